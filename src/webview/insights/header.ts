/** Name of the page, what it covers, and the two choices that everything on it obeys. */
import { type TemplateResult, css, html, nothing } from 'lit';
import { dropdown } from '../components/toolkit/dropdown.ts';
import { progressRing } from '../components/toolkit/progressRing.ts';
import type { Scope, TimeRange } from '../contract/sessions.ts';
import type { IndexStatus } from '../contract/status.ts';
import type { Format } from '../format.ts';
import { clipped } from '../format.ts';
import type { StringKey } from '../strings.ts';
import { text } from '../text.ts';
import { ranges, scopes } from './savedState.ts';
import type { View } from './view.ts';

const scopeNames: Readonly<Record<Scope, StringKey>> = { workspace: 'scopeWorkspace', all: 'scopeAll' };
const rangeNames: Readonly<Record<TimeRange, StringKey>> = {
	today: 'rangeToday',
	'7d': 'range7d',
	'30d': 'range30d',
	'90d': 'range90d',
	'365d': 'range365d',
	all: 'rangeAll',
};

export function header({ state, model, format }: View): TemplateResult {
	const { query } = state.saved;
	const { snapshot, status } = state;
	const [first, last] = [snapshot?.firstDay ?? null, snapshot?.lastDay ?? null];
	return html`<header class="page-header">
		<div class="heading">
			<h1 tabindex="-1">${text('title')}</h1>
			<p class="covers">
				${
					snapshot === null
						? nothing
						: html`<bdi class="covered" title=${clipped(snapshot.scopeLabel)}>${clipped(snapshot.scopeLabel)}</bdi>`
				}
				${first === null || last === null ? nothing : html`<span>${format.days(first, last)}</span>`}
				${status === null || (snapshot === null && status.state !== 'error') ? nothing : statusLine(status, format)}
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
							choices: ranges.map(value => ({ value, label: text(rangeNames[value]) })),
							chosen: query.range,
							pick: range => model.choose({ range }),
						})}
					</div>`
		}
	</header>`;
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
	.filters > * {
		width: 148px;
	}
	@container page (width < 480px) {
		.filters {
			width: 100%;
		}
		.filters > * {
			flex: 1 1 120px;
			width: auto;
			min-width: 0;
		}
	}
`;
