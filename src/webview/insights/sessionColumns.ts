/** The columns of the sessions table: what each shows, sorts by and how early it gives way when the page is narrow. */
import { type TemplateResult, html } from 'lit';
import type { SessionRow, SessionSortKey } from '../contract/sessions.ts';
import { type Format, clipped } from '../format.ts';
import type { StringKey } from '../strings.ts';
import { text } from '../text.ts';
import { tokensCell, totalTokens } from './tokens.ts';
import { categoryCell } from './sessionCategory.ts';

export interface SessionColumn {
	/** What the table can be sorted by, and the one thing that it cannot. */
	readonly key: SessionSortKey | 'category';
	readonly label: StringKey;
	/** Numbers stand at the right. */
	readonly amount: boolean;
	/** `always`, or the least width of page that it is shown on: the classes of the style. */
	readonly from: 'always' | 'medium' | 'wide' | 'wider' | 'widest';
	/** Null for the title, whose cell the row draws itself. */
	readonly cell: ((session: SessionRow, format: Format) => TemplateResult | string) | null;
}

export const sessionColumns: readonly SessionColumn[] = [
	{ key: 'startedAt', label: 'started', amount: false, from: 'medium', cell: startedCell },
	{ key: 'title', label: 'sessionTitle', amount: false, from: 'always', cell: null },
	{ key: 'project', label: 'project', amount: false, from: 'wide', cell: projectCell },
	{ key: 'category', label: 'category', amount: false, from: 'medium', cell: categoryCell },
	{ key: 'activeMs', label: 'active', amount: true, from: 'wider', cell: (session, format) => format.duration(session.activeMs) },
	{ key: 'userPrompts', label: 'prompts', amount: true, from: 'widest', cell: (session, format) => format.integer(session.userPrompts) },
	{ key: 'responses', label: 'responses', amount: true, from: 'widest', cell: (session, format) => format.integer(session.responses) },
	{ key: 'toolCalls', label: 'tools', amount: true, from: 'widest', cell: (session, format) => format.integer(session.toolCalls) },
	{
		key: 'tokens',
		label: 'tokens',
		amount: true,
		from: 'wide',
		cell: (session, format) => tokensCell(totalTokens(session.tokens), format),
	},
	{ key: 'costUsd', label: 'cost', amount: true, from: 'always', cell: costCell },
];

export function isSortKey(key: SessionColumn['key']): key is SessionSortKey {
	return key !== 'category';
}

export function startedText(session: SessionRow, format: Format): string {
	return (session.startedAt === null ? null : format.moment(session.startedAt)) ?? text('unknownTime');
}

function startedCell(session: SessionRow, format: Format): TemplateResult {
	const long = session.startedAt === null ? null : format.instantLong(session.startedAt);
	return html`<span title=${long ?? ''}>${startedText(session, format)}</span>`;
}

function projectCell({ project, cwd, gitBranch }: SessionRow): TemplateResult {
	return html`<span dir="auto" title=${clipped(cwd ?? project)}>${clipped(project)}</span>${
			gitBranch === null || gitBranch === ''
				? ''
				: html` <span dir="auto" class="branch muted" title=${clipped(gitBranch)}>${clipped(gitBranch)}</span>`
		}`;
}

function costCell({ costUsd, unpricedTokens }: SessionRow, format: Format): TemplateResult | string {
	if (costUsd === null) return html`<span class="muted" title=${text('noPrice')}>–<span class="unseen">${text('noPrice')}</span></span>`;
	if (unpricedTokens === 0) return format.usd(costUsd);
	const hint = text('partlyPriced', { tokens: format.compact(unpricedTokens) });
	return html`<span title=${hint}
		>${format.usd(costUsd)}<span aria-hidden="true" class="partly">+</span><span class="unseen"> ${hint}</span></span
	>`;
}
