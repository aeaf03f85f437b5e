/** What stands where the results would: nothing asked, nothing found, no search index, an error. And what is said above them. */
import { type TemplateResult, css, html, nothing } from 'lit';
import { type IconName, icon } from '../components/icons.ts';
import type { SearchProblem, SearchStatus } from '../contract/search.ts';
import { clipped, type Format } from '../format.ts';
import { groupsOf } from './groups.ts';
import type { SearchState } from './searchModel.ts';
import type { StringKey } from './strings.ts';
import { text } from './text.ts';
import type { View } from './view.ts';

export interface Button {
	readonly label: string;
	readonly press: () => void;
	readonly isPrimary?: boolean;
}

function buttonOf({ label, press, isPrimary = false }: Button): TemplateResult {
	return html`<button class=${isPrimary ? 'button primary' : 'button'} @click=${press}>${label}</button>`;
}

function stateOf(name: IconName, title: string, lines: readonly string[], buttons: readonly Button[]): TemplateResult {
	return html`<section class="empty">
		${icon(name)}
		<h2>${title}</h2>
		${lines.map(line => html`<p dir="auto">${line}</p>`)}
		${buttons.length === 0 ? nothing : html`<div class="buttons">${buttons.map(buttonOf)}</div>`}
	</section>`;
}

/** A search would find something: it is switched on, and its index is not damaged. */
export function isUsable({ status, loadError }: SearchState): boolean {
	return loadError === null && status !== null && status.state !== 'off' && status.state !== 'error';
}

/** Null where results, or tips, have the place. */
export function emptyState(view: View): TemplateResult | null {
	const { state, model } = view;
	const { status, loadError, answer, saved } = state;
	if (loadError !== null) {
		const retry: Button = {
			label: text('tryAgain'),
			press: () => void (status === null ? model.start() : model.submit()),
			isPrimary: true,
		};
		return stateOf(
			'error',
			text('errorTitle'),
			[text('loadFailed', { reason: clipped(loadError) })],
			[retry, { label: text('showLog'), press: () => void model.command('showLog') }],
		);
	}
	if (status === null) return html`<p class="loading" role="status">${text('loading')}</p>`;
	if (status.state === 'off')
		return stateOf(
			'search',
			text('offTitle'),
			[text('offText')],
			[
				{ label: text('switchOn'), press: () => void model.command('switchOn'), isPrimary: true },
				{ label: text('openSettings'), press: () => void model.command('openSettings') },
			],
		);
	if (status.state === 'error' && answer === null)
		return stateOf('error', text('errorTitle'), status.problem === null ? [] : [clipped(status.problem)], [
			{ label: text('rebuild'), press: () => void model.command('rebuild'), isPrimary: true },
			{ label: text('showLog'), press: () => void model.command('showLog') },
		]);
	if (saved.text.trim() === '') return stateOf('search', text('emptyTitle'), [text('emptyText')], []);
	if (answer === null || answer.hits.length > 0 || state.searching) return null;
	return nothingFound(view, answer.isIndexComplete);
}

function nothingFound({ state, model }: View, isIndexComplete: boolean): TemplateResult {
	const { saved, hasFolder } = state;
	const [inWorkspace, inKind] = [saved.scope === 'workspace' && hasFolder, saved.kinds !== 'all'];
	return stateOf(
		'search',
		text('noneTitle'),
		[
			text('noneText', { query: clipped(state.answered.trim()) }),
			...(inWorkspace ? [text('noneWorkspace')] : []),
			...(inKind ? [text('noneKinds')] : []),
			...(isIndexComplete ? [] : [text('noneBuilding')]),
		],
		[
			...(inWorkspace ? [{ label: text('searchAllProjects'), press: () => model.narrow({ scope: 'all' }), isPrimary: true }] : []),
			...(inKind ? [{ label: text('searchEverywhere'), press: () => model.narrow({ kinds: 'all' }) }] : []),
		],
	);
}

const problemTexts: Readonly<Record<SearchProblem['kind'], StringKey>> = {
	'nothing to look for': 'problemNothing',
	'open quote': 'problemQuote',
	'not a date': 'problemDate',
	'no value': 'problemValue',
	'only exclusions': 'problemExclusions',
	'too long': 'problemLong',
};

/** Said between the field and the results: the search index, the query, an action that failed. */
export function remarks({ state, format }: View): TemplateResult {
	const { status, answer, actionError } = state;
	return html`${status === null ? nothing : indexRemark(status, format)}
	${(answer?.problems ?? []).map(problem => html`<p class="remark" dir="auto">${icon('info')}${text(problemTexts[problem.kind], { text: clipped(problem.text) })}</p>`)}
	${actionError === null ? nothing : html`<p class="remark" role="alert" dir="auto">${icon('error')}${text('actionFailed', { reason: clipped(actionError) })}</p>`}`;
}

function indexRemark({ state, bytesDone, bytesTotal }: SearchStatus, format: Format): TemplateResult | typeof nothing {
	if (state === 'waiting') return html`<p class="remark" role="status">${icon('info')}${text('waiting')}</p>`;
	if (state !== 'building') return nothing;
	const isKnown = bytesTotal > 0;
	return html`<div class="remark building">
		<p id="building">
			${isKnown ? text('building', { done: format.bytes(bytesDone), total: format.bytes(bytesTotal) }) : text('buildingUnknown')}
		</p>
		${
			isKnown
				? html`<progress aria-labelledby="building" max=${bytesTotal} .value=${bytesDone}></progress>`
				: html`<progress aria-labelledby="building"></progress>`
		}
	</div>`;
}

/** How many results there are, and what of them is shown. */
export function summary({ state, format }: View): TemplateResult {
	const { answer, searching } = state;
	if (answer === null) return searching ? html`<p class="summary">${text('searching')}</p>` : html``;
	if (answer.hits.length === 0) return html``;
	const { hits, total, totalIsExact } = answer;
	const count = format.integer(total);
	const sessions = groupsOf(hits).length;
	return html`<p class="summary">
		<span>${text(totalIsExact ? 'countExact' : 'countAtLeast', { count }, total)}</span>
		${
			hits.length < total
				? html`<span>${text('shownOf', { shown: format.integer(hits.length) })}</span>`
				: html`<span>${text('inSessions', { count: format.integer(sessions) }, sessions)}</span>`
		}
		${searching ? html`<span>${text('stillLooking')}</span>` : nothing}
	</p>`;
}

export const statesStyle = css`
	.empty {
		display: flex;
		flex-direction: column;
		align-items: center;
		margin: 32px 20px 12px;
		text-align: center;
	}
	.empty > .icon {
		width: 32px;
		height: 32px;
		margin-bottom: 10px;
		color: var(--muted);
	}
	.empty h2 {
		font-size: 1.077em;
	}
	.empty p {
		max-width: 100%;
		margin: 6px 0 0;
		color: var(--muted);
		overflow-wrap: anywhere;
		text-wrap: pretty;
	}
	.buttons {
		display: grid;
		gap: 6px;
		width: 100%;
		max-width: 300px;
		margin-top: 14px;
	}
	.button {
		padding: 4px 12px;
		border: 1px solid var(--vscode-button-border, var(--vscode-contrastBorder, transparent));
		border-radius: 4px;
		background: var(--vscode-button-secondaryBackground);
		color: var(--vscode-button-secondaryForeground);
		line-height: 18px;
		text-align: center;
	}
	.button:hover {
		background: var(--vscode-button-secondaryHoverBackground);
	}
	.button.primary {
		background: var(--vscode-button-background);
		color: var(--vscode-button-foreground);
	}
	.button.primary:hover {
		background: var(--vscode-button-hoverBackground);
	}
	.loading {
		padding: 4px 12px;
		color: var(--muted);
		/* Most answers are quicker than an eye: words that flash up are worse than none. */
		animation: appear 1ms 400ms both;
	}
	@keyframes appear {
		from {
			visibility: hidden;
		}
	}
	.remark {
		display: flex;
		gap: 6px;
		margin: 0;
		padding: 2px 12px 6px;
		color: var(--muted);
		font-size: var(--small);
		overflow-wrap: anywhere;
	}
	.remark[role='alert'] {
		color: var(--bad);
	}
	.building {
		display: grid;
		gap: 4px;
		font-variant-numeric: tabular-nums;
	}
	.building p {
		margin: 0;
	}
	progress {
		display: block;
		appearance: none;
		width: 100%;
		height: 3px;
		border: 0;
		background: var(--grid);
		overflow: hidden;
	}
	progress::-webkit-progress-bar {
		background: var(--grid);
	}
	progress::-webkit-progress-value {
		background: var(--vscode-progressBar-background);
	}
	.summary {
		display: flex;
		flex-wrap: wrap;
		gap: 0 8px;
		margin: 0;
		padding: 0 12px 4px;
		color: var(--muted);
		font-size: var(--small);
		font-variant-numeric: tabular-nums;
	}
	.more {
		padding: 4px 12px 16px;
	}
	.more .button {
		width: 100%;
	}
`;
