import { type TemplateResult, html, nothing } from 'lit';
import type { ToolUse } from '../../contract/transcriptTools.ts';
import { contentBlocks } from '../items/contentBlocks.ts';
import type { ItemView } from '../view.ts';
import { text } from '../words.ts';

/** The whole result, where the tool's own form does not show it. */
export function results(view: ItemView, tool: ToolUse): TemplateResult {
	if (tool.result.length === 0) return html`${nothing}`;
	return html`<div class="tool-result">
		<p class="part-name">${text(tool.status === 'error' ? 'errorText' : 'result')}</p>
		${contentBlocks(view, tool.result, 'terminal')}
	</div>`;
}
