/** What the page says when there are no figures: why, and what to do next (VIEW-5). Each case is decided here, purely. */
import { type TemplateResult, css, html, nothing } from 'lit';
import { type IconName, icon } from '../components/icons.ts';
import { button } from '../components/toolkit/button.ts';
import { text } from '../text.ts';
import { indexingText } from './header.ts';
import type { PageState } from './pageState.ts';
import { cleared } from './filters.ts';
import { setFilters } from './queries.ts';
import type { View } from './view.ts';
import { panelText } from './words/panel.ts';

export type Emptiness = 'loading' | 'indexing' | 'error' | 'noFolder' | 'none' | 'scope' | 'range' | 'filters';

/** Null when there is something to show. */
export function emptinessOf(state: PageState): Emptiness | null {
	const { status, head, hasFolder, saved, loadError } = state;
	const noFolder = !hasFolder && saved.query?.scope === 'workspace';
	if (head === null) {
		if (status === null) return loadError === null ? 'loading' : 'error';
		if (status.state === 'error') return 'error';
		if (noFolder) return 'noFolder';
		return status.state === 'ready' ? 'loading' : 'indexing';
	}
	// What ran is worth looking at, though no session is there (any more).
	if (head.sessions > 0 || saved.page === 'jobs' || saved.page === 'sessions') return null;
	// What subagents did is there, though their sessions have no transcript that would count.
	if (hasFigures(state)) return null;
	if (noFolder) return 'noFolder';
	if (status?.state === 'indexing' && status.sessions === 0) return 'indexing';
	if (status?.sessions === 0) return 'none';
	const { query } = head;
	if (setFilters(query).some(name => name !== 'days')) return 'filters';
	const isAllTime = query.range === 'all' && (query.days ?? null) === null;
	// Without a period there is nothing in this scope at any time.
	if (query.scope === 'workspace' && (isAllTime || head.firstDay === null)) return 'scope';
	return isAllTime ? 'none' : 'range';
}

function hasFigures({ pages, saved }: PageState): boolean {
	const totals = saved.page === 'overview' ? pages.overview?.figures.totals : saved.page === 'cost' ? pages.cost?.figures : undefined;
	if (totals !== undefined) return totals.tokens.now > 0 || totals.costUsd.now > 0;
	if (saved.page === 'tools') return (pages.tools?.figures.calls ?? 0) > 0;
	return saved.page === 'categories' && (pages.categories?.figures.sums.length ?? 0) > 0;
}

export function emptyState(view: View, why: Emptiness): TemplateResult {
	const { model, state, format } = view;
	const showAll = button({ label: text('showAllProjects'), kind: 'primary', press: () => model.choose({ scope: 'all' }) });
	const refresh = (kind: 'primary' | 'secondary') =>
		button({ label: text('actionRefresh'), kind, press: () => void model.command('refresh') });
	switch (why) {
		case 'loading':
			return html`<p class="loading" role="status">${text('loading')}</p>`;
		case 'indexing':
			return message('history', text('emptyIndexing'), text('emptyIndexingText'), progress(view));
		case 'error':
			return message(
				'error',
				text('emptyError'),
				text('emptyErrorText'),
				html`${refresh('primary')} ${button({ label: text('actionShowLog'), press: () => void model.command('showLog') })}`,
			);
		case 'noFolder':
			return message('inbox', text('emptyNoFolder'), text('emptyNoFolderText'), showAll);
		case 'none':
			return message(
				'inbox',
				text('emptyNone'),
				text('emptyNoneText'),
				html`${refresh('primary')} ${button({ label: text('actionOpenSettings'), press: () => void model.command('openSettings') })}`,
			);
		case 'scope':
			return message('inbox', text('emptyScope'), text('emptyScopeText'), showAll);
		case 'filters': {
			const { query } = state.saved;
			return message(
				'listFilter',
				panelText('noMatchTitle'),
				panelText('noMatchText'),
				button({
					label: panelText('clearAll'),
					kind: 'primary',
					press: () => {
						if (query !== null) model.choose(cleared(query));
					},
				}),
			);
		}
		case 'range': {
			const { firstDay, lastDay, query } = state.head ?? { firstDay: null, lastDay: null, query: null };
			const words =
				(query?.range === 'today' && (query.days ?? null) === null) || firstDay === null || lastDay === null
					? text('emptyRangeToday')
					: text('emptyRangeText', { first: format.dayMedium(firstDay), last: format.dayMedium(lastDay) });
			return message(
				'inbox',
				text('emptyRange'),
				words,
				html`${button({ label: text('showAllTime'), kind: 'primary', press: () => model.choose({ range: 'all', days: null }) })}
				${query?.scope === 'workspace' ? button({ label: text('showAllProjects'), press: () => model.choose({ scope: 'all' }) }) : nothing}`,
			);
		}
	}
}

function message(name: IconName, title: string, words: string, actions: TemplateResult): TemplateResult {
	return html`<section class="empty">
		${icon(name)}
		<h2>${title}</h2>
		<p>${words}</p>
		<div class="empty-actions">${actions}</div>
	</section>`;
}

function progress({ state, format }: View): TemplateResult {
	const { status } = state;
	if (status === null) return html``;
	const known = status.bytesTotal > 0;
	const words = indexingText(status, format);
	return html`<div class="progress">
		${
			known
				? html`<progress aria-label=${text('emptyIndexing')} max=${status.bytesTotal} .value=${status.bytesDone}></progress>`
				: html`<progress aria-label=${text('emptyIndexing')}></progress>`
		}
		<p>
			${words}${known ? html`<br />${text('statusBytes', { done: format.bytes(status.bytesDone), total: format.bytes(status.bytesTotal) })}` : nothing}
		</p>
	</div>`;
}

export const emptyStateStyle = css`
	.loading {
		color: var(--muted);
		/* Most answers are quicker than an eye: words that flash up are worse than none. */
		animation: appear 1ms 400ms both;
	}
	@keyframes appear {
		from {
			visibility: hidden;
		}
	}
	.empty {
		display: flex;
		flex-direction: column;
		align-items: center;
		max-width: 440px;
		margin: 12vh auto 64px;
		text-align: center;
	}
	.empty > .icon {
		width: 40px;
		height: 40px;
		margin-bottom: 14px;
		color: var(--muted);
	}
	.empty h2 {
		font-size: 1.25em;
	}
	.empty p {
		margin: 8px 0 0;
		color: var(--muted);
		text-wrap: pretty;
	}
	.empty-actions {
		display: flex;
		flex-wrap: wrap;
		justify-content: center;
		gap: 8px;
		margin-top: 18px;
		width: 100%;
	}
	.progress {
		width: 100%;
		max-width: 320px;
		font-variant-numeric: tabular-nums;
	}
	progress {
		display: block;
		appearance: none;
		width: 100%;
		height: 4px;
		border: 0;
		border-radius: 2px;
		background: var(--grid);
		overflow: hidden;
	}
	progress::-webkit-progress-bar {
		background: var(--grid);
	}
	progress::-webkit-progress-value {
		background: var(--vscode-progressBar-background, var(--bar));
	}
	progress:indeterminate {
		background: linear-gradient(90deg, var(--grid) 35%, var(--vscode-progressBar-background, var(--bar)) 50%, var(--grid) 65%) 0 0 / 300%
			100%;
		animation: sweep 1.6s linear infinite;
	}
	progress:indeterminate::-webkit-progress-bar {
		background: transparent;
	}
	@keyframes sweep {
		from {
			background-position: 100% 0;
		}
		to {
			background-position: 0 0;
		}
	}
`;
