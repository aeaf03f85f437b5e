/** A call of a tool with its result: one line, folded, with what it did below in the form that suits it. */
import { type TemplateResult, css, html, nothing } from 'lit';
import { icon } from '../../components/icons.ts';
import type { ItemResponse } from '../../contract/transcriptItems.ts';
import type { ToolUse } from '../../contract/transcriptTools.ts';
import { box, fileLink, fold, longText } from '../items/parts.ts';
import { line } from '../lineText.ts';
import { responseBrief } from '../items/response.ts';
import type { StringKey } from '../strings.ts';
import type { ItemView } from '../view.ts';
import { text } from '../words.ts';
import { agentBody } from './agent.ts';
import { editBody, editCounts } from './edit.ts';
import { searchBody, webBody } from './looking.ts';
import { planBody, questionsBody, tasksBody, todosBody } from './plans.ts';
import { results } from './results.ts';
import { readBody, shellBody } from './shell.ts';
import { toolTitle } from './toolTitle.ts';

const statusWords: Readonly<Record<Exclude<ToolUse['status'], 'ok'>, StringKey>> = {
	pending: 'statusPending',
	error: 'statusFailed',
	denied: 'statusDenied',
	interrupted: 'statusInterrupted',
};

/** Shorter is no time that anybody waited. */
const leastDurationMs = 100;

/** `response`: the figures of the response that ends with this call. */
export function toolCall(view: ItemView, tool: ToolUse, at: number, response: ItemResponse | null): TemplateResult {
	const { icon: shape, title, summary, isCode } = toolTitle(tool, view.folder);
	const { format } = view;
	// A plan and questions are part of what was said; the rest is how it was done.
	const isOpen = tool.detail.kind === 'plan' || tool.detail.kind === 'questions';
	return fold(view, {
		key: `tool-${at}`,
		icon: shape,
		title,
		summary: html`<bdi class=${isCode ? 'mono' : ''} title=${summary}>${summary}</bdi>`,
		look: `tool status-${tool.status}`,
		isOpen,
		aside: html`${tool.detail.kind === 'edit' ? editCounts(tool.detail) : nothing}
		${tool.isRetry ? html`<span title=${text('retryHint')}>${text('retry')}</span>` : nothing}
		${tool.status === 'ok' ? nothing : html`<span class="tool-status">${icon(tool.status === 'error' ? 'error' : tool.status === 'pending' ? 'watch' : 'circleSlash')} ${text(statusWords[tool.status])}</span>`}
		${tool.durationMs === null || tool.durationMs < leastDurationMs ? nothing : html`<span>${format.duration(tool.durationMs)}</span>`}
		${response === null ? nothing : responseBrief(view, response)}`,
		always: tool.error === null || tool.error === '' ? nothing : html`<p class="tool-error">${line(tool.error)}</p>`,
		content: () => html`${toolBody(view, tool)} ${decisions(view, tool)}`,
	});
}

function toolBody(view: ItemView, tool: ToolUse): TemplateResult {
	const { detail } = tool;
	switch (detail.kind) {
		case 'edit':
			return html`${editBody(view, detail)} ${failure(view, tool)}`;
		case 'read':
			return readBody(view, tool, detail);
		case 'shell':
			return shellBody(view, tool, detail);
		case 'search':
			return html`${searchBody(view, tool, detail)}`;
		case 'todos':
			return html`${todosBody(detail)} ${failure(view, tool)}`;
		case 'task':
			return html`${tasksBody(detail)} ${failure(view, tool)}`;
		case 'plan':
			return html`${planBody(view, tool, detail)}`;
		case 'web':
			return html`${webBody(view, detail)} ${failure(view, tool)}`;
		case 'questions':
			return html`${questionsBody(detail)} ${failure(view, tool)}`;
		case 'agent':
			return html`${agentBody(view, detail)} ${failure(view, tool)}`;
		case 'skill':
			return html`${results(view, tool)}`;
		case 'mcp':
		case 'other':
			return html`${box(longText(view, detail.input, 'code', 'json'), text('input'))} ${results(view, tool)}`;
	}
}

/** Of a call that went well the form says all. */
function failure(view: ItemView, tool: ToolUse): TemplateResult | typeof nothing {
	return tool.status === 'ok' || tool.status === 'pending' ? nothing : results(view, tool);
}

function decisions(view: ItemView, tool: ToolUse): TemplateResult | typeof nothing {
	const { permission, hooks, outputFile } = tool;
	if (permission === null && hooks.length === 0 && outputFile === null) return nothing;
	const permissionWords: Readonly<Record<NonNullable<ToolUse['permission']>['decision'], StringKey>> = {
		allowed: 'permissionAllowed',
		denied: 'permissionDenied',
		bypassed: 'permissionBypassed',
	};
	const by: Readonly<Record<NonNullable<ToolUse['permission']>['source'], StringKey>> = {
		user: 'byPerson',
		rule: 'byRule',
		classifier: 'byClassifier',
		unavailable: 'byUnavailable',
		unknown: 'byUnknown',
	};
	return html`<ul class="decisions muted">
		${
			permission === null
				? nothing
				: html`<li>
						${text(permissionWords[permission.decision], { by: text(by[permission.source]) })}${permission.reason === null ? nothing : html`: <bdi>${line(permission.reason)}</bdi>`}
					</li>`
		}
		${hooks.map(
			hook =>
				html`<li class=${hook.outcome === 'error' || hook.outcome === 'blocked' ? 'failed' : ''}>
					${text('hookRan', { event: line(hook.event), outcome: text(`hook_${hook.outcome}`) })}
					${hook.command === null ? nothing : html`<bdi class="mono">${line(hook.command)}</bdi>`}
					${hook.durationMs === null ? nothing : view.format.duration(hook.durationMs)}
					${hook.error === null ? nothing : html`<bdi>${line(hook.error)}</bdi>`}
				</li>`,
		)}
		${outputFile === null ? nothing : html`<li>${text('wholeOutput')} ${fileLink(view, outputFile)}</li>`}
	</ul>`;
}

export const toolStyle = css`
	.tool-status {
		display: inline-flex;
		align-items: center;
		gap: 4px;
	}
	.status-error .tool-status,
	.tool-error {
		color: var(--bad);
	}
	.tool-error {
		margin: 0 0 4px 46px;
		font-size: var(--small);
		overflow-wrap: anywhere;
	}
	.part-name {
		margin: 8px 0 4px;
		color: var(--muted);
		font-size: var(--small);
	}
	.tool-result > .box + .box {
		margin-block-start: 6px;
	}
	.decisions {
		display: grid;
		gap: 2px;
		margin: 8px 0 0;
		padding: 0;
		font-size: var(--small);
		list-style: none;
		overflow-wrap: anywhere;
	}
`;
