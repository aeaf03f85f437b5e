/** What the cost went to: models, projects, branches or categories, the costliest first. A row leads to its sessions. */
import { type TemplateResult, html } from 'lit';
import { categoryName } from '../categoryNames.ts';
import { segmented } from '../components/segmented.ts';
import type { CostFigures, CostShare } from '../contract/cost.ts';
import type { SessionSelector } from '../contract/selectors.ts';
import { type Format, clipped } from '../format.ts';
import { type RankColumn, ranking } from './ranking.ts';
import { type ShareBy, shareBys } from './savedState.ts';
import { tokensCell, totalTokens } from './tokens.ts';
import type { View } from './view.ts';
import { costText } from './words/cost.ts';
import { panelText } from './words/panel.ts';

interface Share {
	readonly key: string;
	readonly label: string;
	/** Null where the page does not say. */
	readonly sessions: number | null;
	readonly responses: number;
	readonly tokens: number;
	readonly costUsd: number | null;
	readonly unpricedTokens: number;
}

const noNames = { project: 'noProject', branch: 'noBranch', category: 'noCategory' } as const;

export function costShares(view: View, page: CostFigures): TemplateResult {
	const { state, model, format } = view;
	const by = state.saved.shareBy;
	const { rows, total } = sharesOf(page, by);
	return html`<section aria-labelledby="shares-heading" class="cost-shares">
		<div class="section-head">
			<h2 tabindex="-1" id="shares-heading">${costText('where')}</h2>
			${segmented({
				name: 'share-by',
				label: costText('shareOf'),
				choices: shareBys.map(value => ({ value, label: costText(value) })),
				chosen: by,
				pick: shareBy => model.show({ shareBy }),
			})}
		</div>
		${ranking(view, {
			name: `shares-${by}`,
			label: `${costText('where')}: ${costText(by)}`,
			rows,
			total,
			columns: columnsOf(by, page.costUsd.now, format),
			open: row => model.openSessions(selectorOf(by, row), 'costUsd'),
			title: row => clipped(row.key),
			nothing: costText('sharesNothing'),
		})}
	</section>`;
}

function sharesOf(page: CostFigures, by: ShareBy): { readonly rows: readonly Share[]; readonly total: number } {
	switch (by) {
		case 'model':
			return {
				total: page.models.length,
				rows: page.models.map(({ model, responses, tokens, costUsd }) => ({
					key: model,
					label: model,
					sessions: null,
					responses,
					tokens: totalTokens(tokens),
					costUsd,
					unpricedTokens: costUsd === null ? totalTokens(tokens) : 0,
				})),
			};
		case 'project':
			return labelled(page.projects, noNames.project);
		case 'branch':
			return labelled(page.branches, noNames.branch);
		case 'category': {
			const { total, rows } = labelled(page.categories, noNames.category);
			return { total, rows: rows.map(row => (row.key === '' ? row : { ...row, label: categoryName(row.key) })) };
		}
	}
}

function labelled(
	{ rows, total }: { readonly rows: readonly CostShare[]; readonly total: number },
	none: 'noProject' | 'noBranch' | 'noCategory',
) {
	return { total, rows: rows.map(row => (row.key === '' ? { ...row, label: panelText(none) } : row)) };
}

function selectorOf(by: ShareBy, { key }: Share): SessionSelector {
	switch (by) {
		case 'model':
			return { kind: 'model', model: key };
		case 'project':
			return { kind: 'project', project: key };
		case 'branch':
			return { kind: 'branch', branch: key };
		case 'category':
			return { kind: 'category', category: key };
	}
}

function columnsOf(by: ShareBy, total: number, format: Format): readonly RankColumn<Share>[] {
	return [
		{ label: costText(by), cell: row => html`<bdi>${clipped(row.label)}</bdi>` },
		...(by === 'model'
			? []
			: [
					{
						label: costText('sessionsColumn'),
						amount: true,
						from: 'medium' as const,
						cell: (row: Share) => (row.sessions === null ? '–' : format.integer(row.sessions)),
					},
				]),
		{ label: costText('responses'), amount: true, from: 'wide', cell: row => format.integer(row.responses) },
		{
			label: costText('tokens'),
			amount: true,
			from: 'medium',
			cell: row => tokensCell(row.tokens, format),
		},
		{ label: costText('costColumn'), amount: true, cell: row => costCell(row, format), bar: row => row.costUsd ?? 0 },
		{
			label: costText('share'),
			amount: true,
			width: 'narrow',
			cell: row => (row.costUsd === null || total === 0 ? '–' : format.percent(row.costUsd / total)),
		},
	];
}

function costCell({ costUsd, unpricedTokens }: Share, format: Format): TemplateResult | string {
	if (costUsd === null) {
		const none = costText('noPrice');
		return html`<span class="muted" title=${none}>–<span class="unseen">${none}</span></span>`;
	}
	if (unpricedTokens === 0) return format.usd(costUsd);
	const hint = costText('partlyPriced', { tokens: format.compact(unpricedTokens) });
	return html`<span title=${hint}
		>${format.usd(costUsd)}<span aria-hidden="true" class="partly">+</span><span class="unseen"> ${hint}</span></span
	>`;
}
