/** Commands with what they printed, and files that were read. */
import { type TemplateResult, html, nothing } from 'lit';
import { languageOfPath } from '../../components/content/highlight.ts';
import type { ItemText } from '../../contract/transcriptText.ts';
import type { ReadDetail, ShellDetail, ToolUse } from '../../contract/transcriptTools.ts';
import { box, fileLink, longText } from '../items/parts.ts';
import { line } from '../lineText.ts';
import type { ItemView } from '../view.ts';
import { text } from '../words.ts';
import { results } from './results.ts';

export function shellBody(view: ItemView, tool: ToolUse, detail: ShellDetail): TemplateResult {
	const { model } = view;
	const [output, errorOutput] = [printed(detail.output), printed(detail.errorOutput)];
	const isSilent = output === null && errorOutput === null;
	return html`${detail.description === null ? nothing : html`<p class="muted">${line(detail.description)}</p>`}
		${box(longText(view, detail.command, 'code', 'bash'), text('command'), () => model.actions.copy(detail.command.text))}
		${output === null ? nothing : box(longText(view, output, 'terminal'), text('output'))}
		${errorOutput === null ? nothing : box(longText(view, errorOutput, 'terminal'), text('errorOutput'))}
		${isSilent ? (tool.result.length > 0 && tool.status !== 'ok' ? results(view, tool) : outputMissing(tool)) : nothing}
		<p class="muted facts">${shellFacts(detail).join(' · ')}</p>`;
}

function printed(output: ItemText | null): ItemText | null {
	return output === null || output.text === '' ? null : output;
}

function outputMissing(tool: ToolUse): TemplateResult | typeof nothing {
	return tool.status === 'ok' ? html`<p class="muted">${text('noOutput')}</p>` : nothing;
}

function shellFacts({ exitCode, backgroundId, meaning }: ShellDetail): readonly string[] {
	return [
		exitCode === null || exitCode === 0 ? null : text('exitCode', { code: String(exitCode) }),
		meaning === null ? null : line(meaning),
		backgroundId === null ? null : text('inBackground', { id: line(backgroundId) }),
	].filter(fact => fact !== null);
}

export function readBody(view: ItemView, tool: ToolUse, detail: ReadDetail): TemplateResult {
	const { format } = view;
	const facts = [
		detail.lines === null || detail.totalLines === null
			? null
			: text('linesOf', { lines: format.integer(detail.lines), all: format.integer(detail.totalLines) }, detail.totalLines),
		detail.isUnchanged ? text('unchangedSince') : null,
	].filter(fact => fact !== null);
	return html`<div class="edit-tools">
			${fileLink(view, detail.filePath, detail.startLine)} <span class="muted">${facts.join(' · ')}</span>
		</div>
		${detail.content === null ? results(view, tool) : box(longText(view, detail.content, 'code', languageOfPath(detail.filePath)))}`;
}
