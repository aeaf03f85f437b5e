/** What a person should know about the data, each with the one thing that can be done about it. */
import { type TemplateResult, css, html, nothing } from 'lit';
import { type IconName, icon } from '../components/icons.ts';
import { button } from '../components/toolkit/button.ts';
import type { Notice, NoticeAction } from '../contract/status.ts';
import { clipped } from '../format.ts';
import type { StringKey } from '../strings.ts';
import { text } from '../text.ts';
import type { View } from './view.ts';

export const actionNames: Readonly<Record<NoticeAction, StringKey>> = {
	classify: 'actionClassify',
	showJobs: 'actionShowJobs',
	showLog: 'actionShowLog',
	refresh: 'actionRefresh',
	rebuildIndex: 'actionRebuildIndex',
	openSettings: 'actionOpenSettings',
	reloadWindow: 'actionReloadWindow',
};
const kindNames: Readonly<Record<Notice['kind'], StringKey>> = { info: 'noticeInfo', warning: 'noticeWarning', error: 'noticeError' };
const kindIcons: Readonly<Record<Notice['kind'], IconName>> = { info: 'info', warning: 'warning', error: 'error' };

export function notices({ state, model }: View): TemplateResult | typeof nothing {
	const { status, loadError, actionError } = state;
	if ((status?.notices ?? []).length === 0 && loadError === null && actionError === null) return nothing;
	return html`<div class="notices">
		${(status?.notices ?? []).map(({ kind, text: words, action }) =>
			notice(
				kind,
				words,
				action === null ? nothing : button({ label: text(actionNames[action]), press: () => void model.command(action) }),
			),
		)}
		${
			loadError === null
				? nothing
				: notice('error', text('loadFailed', { reason: loadError }), button({ label: text('tryAgain'), press: () => model.retry() }))
		}
		${actionError === null ? nothing : notice('error', text('actionFailed', { reason: actionError }), nothing)}
	</div>`;
}

function notice(kind: Notice['kind'], words: string, action: TemplateResult | typeof nothing): TemplateResult {
	return html`<div class="notice ${kind}" role=${kind === 'error' ? 'alert' : 'status'}>
		${icon(kindIcons[kind])}
		<p dir="auto"><span class="unseen">${text(kindNames[kind])}: </span>${clipped(words)}</p>
		${action}
	</div>`;
}

export const noticesStyle = css`
	.notices {
		display: grid;
		gap: 8px;
		margin-bottom: 16px;
	}
	.notice {
		display: flex;
		flex-wrap: wrap;
		align-items: center;
		gap: 6px 10px;
		padding: 7px 12px;
		border: 1px solid var(--line);
		border-inline-start: 3px solid var(--kind);
		border-radius: 3px;
	}
	.notice .icon {
		color: var(--kind);
	}
	.notice p {
		flex: 1 1 200px;
		margin: 0;
		overflow-wrap: anywhere;
	}
	.notice.info {
		--kind: var(--vscode-editorInfo-foreground, var(--vscode-charts-blue));
	}
	.notice.warning {
		--kind: var(--vscode-editorWarning-foreground, var(--vscode-charts-yellow));
	}
	.notice.error {
		--kind: var(--vscode-errorForeground, var(--vscode-charts-red));
	}
`;
