/** Name of the panel, what it covers, and the choices that all of its pages obey. */
import { type TemplateResult, css, html, nothing } from 'lit';
import { icon } from '../components/icons.ts';
import { dropdown } from '../components/toolkit/dropdown.ts';
import { progressRing } from '../components/toolkit/progressRing.ts';
import type { DaySpan, Scope, TimeRange } from '../contract/sessions.ts';
import type { IndexStatus } from '../contract/status.ts';
import type { Format } from '../format.ts';
import { clipped } from '../format.ts';
import type { StringKey } from '../strings.ts';
import { text } from '../text.ts';
import './dayRange.ts';
import { filterChips, filterLists, filterToggle } from './filters.ts';
import { ranges, scopes } from './savedQuery.ts';
import type { View } from './view.ts';
import { panelText } from './words/panel.ts';

const scopeNames: Readonly<Record<Scope, StringKey>> = { workspace: 'scopeWorkspace', all: 'scopeAll' };
const rangeNames: Readonly<Record<TimeRange, StringKey>> = {
	today: 'rangeToday',
	'7d': 'range7d',
	'30d': 'range30d',
	'90d': 'range90d',
	'365d': 'range365d',
	all: 'rangeAll',
};

/** In the list of time ranges: days that a person chooses. */
const custom = 'custom';

export function header(view: View): TemplateResult {
	const { state, model, format } = view;
	const { query } = state.saved;
	const { head, status } = state;
	const [first, last] = [head?.firstDay ?? null, head?.lastDay ?? null];
	const days = query?.days ?? null;
	return html`<header class="page-header">
			<div class="heading">
				<h1 tabindex="-1">${text('title')}</h1>
				<p class="covers">
					${head === null ? nothing : html`<bdi class="covered" title=${clipped(head.scopeLabel)}>${clipped(head.scopeLabel)}</bdi>`}
					${first === null || last === null ? nothing : html`<span>${format.days(first, last)}</span>`}
					${status === null || (head === null && status.state !== 'error') ? nothing : statusLine(status, format)}
				</p>
			</div>
			${
				query === null
					? nothing
					: html`<div class="filters">
							${dropdown({
								label: text('scope'),
								choices: scopes.map(value => ({ value, label: text(scopeNames[value]) })),
								chosen: query.scope,
								disabled: !state.hasFolder && query.scope === 'all',
								pick: scope => model.choose({ scope }),
							})}
							${dropdown({
								label: text('range'),
								choices: [
									...ranges.map(value => ({ value, label: text(rangeNames[value]) })),
									{ value: custom, label: panelText('rangeCustom') },
								],
								chosen: days === null ? query.range : custom,
								pick: (range: TimeRange | typeof custom) =>
									model.choose(range === custom ? { days: firstDays(first, last) } : { range, days: null }),
							})}
							${filterToggle(view)}
							<button
								class="icon-button export"
								title=${panelText('export')}
								aria-label=${panelText('export')}
								@click=${() => void model.export()}
							>
								${icon('download')}
							</button>
						</div>`
			}
		</header>
		${
			days === null
				? nothing
				: html`<day-range .days=${days} .latest=${today(format)} .pick=${(chosen: DaySpan) => model.choose({ days: chosen })}></day-range>`
		}
		${filterLists(view)} ${filterChips(view, filter => text('removeFilter', { filter }))}`;
}

/** What is shown at the moment, so that nothing changes before a person has chosen. */
function firstDays(first: string | null, last: string | null): DaySpan {
	const now = new Date().toISOString().slice(0, 10);
	return { first: first ?? last ?? now, last: last ?? now };
}

function today(format: Format): string | null {
	return format.localHour(new Date().toISOString())?.day ?? null;
}

function statusLine(status: IndexStatus, format: Format): TemplateResult | typeof nothing {
	switch (status.state) {
		case 'starting':
			return html`<span class="working">${progressRing()} ${text('statusStarting')}</span>`;
		case 'indexing':
			return html`<span class="working">${progressRing()} ${indexingText(status, format)}</span>`;
		case 'error':
			return html`<span>${text('statusError')}</span>`;
		case 'ready': {
			const time = status.lastIndexedAt === null ? null : format.time(status.lastIndexedAt);
			return time === null ? nothing : html`<span>${text('statusReady', { time })}</span>`;
		}
	}
}

/** Files first, as they are what a person can picture; bytes are what the time goes with. */
export function indexingText(status: IndexStatus, format: Format): string {
	if (status.filesTotal === 0) return text('statusIndexingUnknown');
	return text('statusIndexing', { done: format.integer(status.filesDone), count: format.integer(status.filesTotal) }, status.filesTotal);
}

export const headerStyle = css`
	.page-header {
		display: flex;
		flex-wrap: wrap;
		align-items: flex-start;
		justify-content: space-between;
		gap: 10px 24px;
		padding-block: 20px 16px;
	}
	.heading {
		flex: 1 1 260px;
		min-width: 0;
	}
	.covers {
		display: flex;
		flex-wrap: wrap;
		gap: 2px 16px;
		font-variant-numeric: tabular-nums;
		margin: 4px 0 0;
		color: var(--muted);
	}
	.covers > * {
		max-width: 100%;
		overflow: hidden;
		text-overflow: ellipsis;
		white-space: nowrap;
	}
	.covers > .working {
		display: inline-flex;
		align-items: center;
		gap: 6px;
		white-space: normal;
	}
	.covers vscode-progress-ring {
		width: 14px;
		height: 14px;
	}
	.filters {
		display: flex;
		flex-wrap: wrap;
		gap: 8px;
	}
	.filters > .export {
		align-self: center;
	}
	.filters > vscode-dropdown {
		width: 148px;
	}
	@container page (width < 480px) {
		/* Beside the name of the panel: the choices need their words. */
		.page-header {
			position: relative;
		}
		.filters > .export {
			position: absolute;
			inset-block-start: 22px;
			inset-inline-end: 0;
		}
		.filters {
			width: 100%;
		}
		.filters > vscode-dropdown {
			flex: 1 1 104px;
			width: auto;
			min-width: 0;
		}
	}
`;
