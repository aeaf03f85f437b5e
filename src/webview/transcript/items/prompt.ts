/** What a person typed: prompts, and commands with a slash or for the shell. */
import { type TemplateResult, css, html, nothing } from 'lit';
import { icon } from '../../components/icons.ts';
import type { TranscriptItem } from '../../contract/transcriptItems.ts';
import type { ItemView } from '../view.ts';
import { text } from '../words.ts';
import { contentBlocks } from './contentBlocks.ts';
import { itemActions, itemTime } from './itemLine.ts';
import { notesFold } from './marks.ts';
import { badge, box, longText } from './parts.ts';
import { line } from '../lineText.ts';

type Of<K extends TranscriptItem['kind']> = Extract<TranscriptItem, { kind: K }>;

const speakers = {
	person: { icon: 'person', name: 'you' },
	plan: { icon: 'checklist', name: 'planCarriedOut' },
	agent: { icon: 'robot', name: 'agentTask' },
} as const;

export function promptItem(view: ItemView, item: Of<'prompt'>): TemplateResult {
	const isEmpty = item.text.text.trim() === '' && item.attachments.length === 0;
	return html`<div class="prompt-card">
		<div class="item-line">
			<h2 class="who">${icon(speakers[item.from].icon)} ${text(speakers[item.from].name)}</h2>
			${item.isQueued ? badge(text('queued'), text('queuedHint')) : nothing}
			${item.isFeedback ? badge(text('feedback'), text('feedbackHint')) : nothing}
			${item.isCorrection ? badge(text('correction'), text('correctionHint')) : nothing} ${itemTime(view)} ${itemActions(view)}
		</div>
		${isEmpty ? html`<p class="muted">${text('emptyPrompt')}</p>` : html`<div class="prompt-text">${longText(view, item.text, item.from === 'person' ? 'plain' : 'markdown')}</div>`}
		${item.attachments.length === 0 ? nothing : html`<div class="attachments">${contentBlocks(view, item.attachments)}</div>`}
		${item.context.length === 0 ? nothing : notesFold(view, item.context, 'context')}
	</div>`;
}

export function commandItem(view: ItemView, item: Of<'command'>): TemplateResult {
	return html`<div class="prompt-card command-card">
		<div class="item-line">
			<h2 class="who">${icon(item.isShell ? 'terminal' : 'person')} ${text(item.isShell ? 'youRan' : 'you')}</h2>
			${itemTime(view)} ${itemActions(view)}
		</div>
		<div class="command-text mono">
			<bdi class="command-name">${line(item.name)}</bdi>
			${item.args.text.trim() === '' ? nothing : html`<div class="command-args">${longText(view, item.args, 'plain')}</div>`}
		</div>
		${item.output === null || item.output.text === '' ? nothing : box(longText(view, item.output, 'terminal'))}
	</div>`;
}

export const promptStyle = css`
	.prompt-card {
		margin-block: 20px 10px;
		padding: 8px 14px 12px;
		border: 1px solid var(--vscode-contrastBorder, color-mix(in srgb, var(--vscode-focusBorder) 35%, transparent));
		border-radius: 8px;
		background: color-mix(in srgb, var(--vscode-focusBorder) 9%, transparent);
	}
	body.vscode-high-contrast .prompt-card {
		border-inline-start-width: 4px;
		background: none;
	}
	.virtual-row:first-child .prompt-card {
		margin-block-start: 12px;
	}
	.who {
		display: inline-flex;
		align-items: center;
		gap: 6px;
		font-size: 1em;
	}
	.prompt-text {
		font-size: 1.04em;
		line-height: 1.5;
	}
	.command-text {
		display: flex;
		flex-wrap: wrap;
		gap: 2px 8px;
	}
	.command-name {
		overflow-wrap: anywhere;
		font-weight: 600;
	}
	.command-text + .box {
		margin-block-start: 8px;
	}
	.command-args {
		flex: 1;
		min-width: 12ch;
	}
	.attachments {
		display: grid;
		gap: 8px;
		margin-block-start: 8px;
	}
`;
