/** The sessions that stand out: the longest and the costliest. Each opens its transcript. */
import { type TemplateResult, css, html, nothing } from 'lit';
import type { OverviewFigures } from '../contract/overview.ts';
import type { SessionRow } from '../contract/sessions.ts';
import { type Format, clipped } from '../format.ts';
import { text } from '../text.ts';
import type { View } from './view.ts';
import { overviewText } from './words/overview.ts';
import { panelText } from './words/panel.ts';

export function standouts(view: View, { longest, costliest }: OverviewFigures): TemplateResult {
	const { format } = view;
	return html`<div class="pair even">
		${list(view, 'longest', overviewText('longest'), overviewText('longestSays'), overviewText('noneLongest'), longest, row =>
			format.duration(row.activeMs),
		)}
		${list(view, 'costliest', overviewText('costliest'), overviewText('costliestSays'), overviewText('noneCostliest'), costliest, row =>
			row.costUsd === null ? overviewText('noCost') : format.usd(row.costUsd),
		)}
	</div>`;
}

function list(
	{ model, format }: View,
	name: string,
	heading: string,
	says: string,
	none: string,
	rows: readonly SessionRow[],
	figure: (row: SessionRow) => string,
): TemplateResult {
	return html`<section aria-labelledby="${name}-heading" class="standouts ${name}">
		<div class="section-head"><h2 tabindex="-1" id="${name}-heading">${heading}</h2></div>
		<p class="says">${says}</p>
		${
			rows.length === 0
				? html`<p class="none">${none}</p>`
				: html`<ol>
						${rows.map(row => {
							const title = titleOf(row);
							return html`<li>
								<button
									class="standout"
									title=${panelText('openTranscript', { title })}
									@click=${() => void model.openSession(row.id, 'transcript')}
								>
									<span class="what">
										<span dir="auto" class="title">${title}</span>
										<span class="muted details">${details(row, format)}</span>
									</span>
									<span class="figure-of">${figure(row)}</span>
								</button>
							</li>`;
						})}
					</ol>`
		}
	</section>`;
}

export function titleOf(row: Pick<SessionRow, 'title'>): string {
	return row.title.trim() === '' ? text('untitled') : clipped(row.title);
}

function details(row: SessionRow, format: Format): TemplateResult {
	const started = row.startedAt === null ? null : format.moment(row.startedAt);
	const prompts = overviewText('prompts', { count: format.integer(row.userPrompts) }, row.userPrompts);
	return html`<bdi>${clipped(row.project)}</bdi> · ${started === null ? nothing : html`${started} · `}${prompts}`;
}

export const standoutsStyle = css`
	.pair.even {
		grid-template-columns: repeat(2, minmax(0, 1fr));
	}
	.standouts {
		min-width: 0;
	}
	.standouts ol {
		margin: 0;
		padding: 0;
		list-style: none;
	}
	.standouts li {
		box-shadow: inset 0 -1px 0 var(--grid);
	}
	.standouts li:last-child {
		box-shadow: none;
	}
	.standout {
		display: flex;
		align-items: center;
		gap: 16px;
		width: 100%;
		padding: 6px 8px;
		text-align: start;
	}
	.standout:hover {
		background: var(--hover);
		outline: 1px dashed var(--vscode-contrastActiveBorder, transparent);
		outline-offset: -1px;
	}
	.standout .what {
		flex: 1;
		min-width: 0;
	}
	.standout .title,
	.standout .details {
		display: block;
		overflow: hidden;
		text-overflow: ellipsis;
		white-space: nowrap;
	}
	.standout .details {
		font-size: var(--small);
	}
	.standout .figure-of {
		flex: none;
		font-variant-numeric: tabular-nums;
	}
	@container page (width < 800px) {
		.pair.even {
			grid-template-columns: minmax(0, 1fr);
		}
	}
`;
