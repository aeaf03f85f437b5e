/** What the page says when there is no conversation to show, or one that is not whole: why, and what to do. */
import { type TemplateResult, css, html, nothing } from 'lit';
import { type IconName, icon } from '../components/icons.ts';
import { button } from '../components/toolkit/button.ts';
import type { TranscriptHead } from '../contract/transcript.ts';
import { iconButton } from './items/parts.ts';
import { line } from './lineText.ts';
import type { View } from './view.ts';
import { text } from './words.ts';

/** In place of the conversation. */
export function emptyState({ model, state }: View): TemplateResult {
	const { head, loadError } = state;
	if (head === null) {
		if (loadError === null) return loading();
		if (loadError.reason === 'not-found' || loadError.reason === 'unknown-session')
			return message(
				'inbox',
				text('notFound'),
				text('notFoundText'),
				button({ label: text('tryAgain'), press: () => model.opening.retry() }),
			);
		return message(
			'error',
			text('failed'),
			loadError.text,
			button({ label: text('tryAgain'), kind: 'primary', press: () => model.opening.retry() }),
		);
	}
	if (head.file.state === 'waiting') return message('history', text('waiting'), text('waitingText'), nothing);
	if (head.file.state === 'gone') return message('inbox', text('gone'), text('goneText'), nothing);
	if (head.file.state === 'none') return message('inbox', text('noFile'), text('noFileText'), nothing);
	return message(
		'commentDiscussion',
		text('empty'),
		text('emptyText'),
		button({ label: text('openFile'), press: () => model.actions.session('file') }),
	);
}

/** Above the conversation. */
export function notices(view: View, head: TranscriptHead): TemplateResult {
	const { model, state, format } = view;
	const { malformedLines } = head.file;
	return html`${state.actionError === null ? nothing : notice('error', line(state.actionError), () => model.actions.dismissError())}
	${state.loadError === null ? nothing : notice('error', text('loadFailed', { reason: line(state.loadError.text) }), null, button({ label: text('tryAgain'), press: () => model.opening.retry() }))}
	${head.file.state === 'gone' && head.items > 0 ? notice('info', text('goneNotice')) : nothing}
	${head.file.state === 'waiting' && head.items > 0 ? notice('info', text('waitingNotice')) : nothing}
	${head.isOtherBranch ? notice('info', text('otherBranch')) : nothing}
	${malformedLines > 0 ? notice('warning', text('malformed', { count: format.integer(malformedLines) }, malformedLines)) : nothing}`;
}

function notice(
	kind: 'info' | 'warning' | 'error',
	words: string,
	close: (() => void) | null = null,
	action: TemplateResult | typeof nothing = nothing,
): TemplateResult {
	return html`<div class="notice ${kind}" role=${kind === 'error' ? 'alert' : 'note'}>
		${icon(kind)}
		<p>${words}</p>
		${action} ${close === null ? nothing : iconButton('close', text('dismiss'), close)}
	</div>`;
}

function loading(): TemplateResult {
	return html`<div class="loading-page" role="status" aria-label=${text('loading')}>
		${[72, 100, 88, 40, 100, 64].map((_, index) => html`<div class="ghost ghost-${index}"></div>`)}
	</div>`;
}

function message(shape: IconName, title: string, words: string, actions: TemplateResult | typeof nothing): TemplateResult {
	return html`<section class="empty">
		${icon(shape)}
		<h2 tabindex="-1">${title}</h2>
		<p class="muted">${words}</p>
		<div class="empty-actions">${actions}</div>
	</section>`;
}

export const statesStyle = css`
	.empty {
		display: grid;
		justify-items: center;
		align-content: center;
		gap: 8px;
		height: 100%;
		padding: 24px;
		text-align: center;
		overflow-wrap: anywhere;
	}
	.empty .icon {
		width: 36px;
		height: 36px;
		opacity: 0.6;
	}
	.empty p {
		max-width: 46ch;
		margin: 0;
	}
	.empty-actions {
		margin-block-start: 6px;
	}
	.notice {
		display: flex;
		align-items: flex-start;
		gap: 8px;
		padding: 5px 20px;
		border-bottom: 1px solid var(--line);
	}
	.notice p {
		flex: 1;
		min-width: 0;
		margin: 1px 0;
		overflow-wrap: anywhere;
	}
	.notice > .icon {
		margin-block-start: 2px;
	}
	.notice.error > .icon {
		fill: var(--vscode-errorForeground);
	}
	.notice.warning > .icon {
		fill: var(--vscode-editorWarning-foreground);
	}
	.notice.info > .icon {
		fill: var(--vscode-editorInfo-foreground);
	}
	.loading-page {
		display: grid;
		box-sizing: border-box;
		align-content: start;
		gap: 12px;
		width: 100%;
		max-width: 820px;
		margin-inline: auto;
		padding: 28px 20px;
	}
	.ghost {
		height: 14px;
		border-radius: 4px;
		background: color-mix(in srgb, var(--vscode-foreground) 9%, transparent);
		animation: ghost 1.6s ease-in-out infinite;
	}
	.ghost-0 {
		height: 54px;
		border-radius: 8px;
	}
	.ghost-3 {
		width: 40%;
	}
	.ghost-5 {
		width: 64%;
	}
	@keyframes ghost {
		50% {
			opacity: 0.45;
		}
	}
`;
