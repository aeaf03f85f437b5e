/** Five-hour blocks: the one going on with its pace, and the last ones on a timeline. No limit is claimed. */
import { type TemplateResult, css, html, nothing } from 'lit';
import '../charts/dayTimeline.ts';
import type { Stretch } from '../charts/dayTimeline.ts';
import { chartSection, tableBehind } from '../components/chartSection.ts';
import type { BlockFigures, UsageBlock } from '../contract/cost.ts';
import type { Format } from '../format.ts';
import { blockDays } from './blockDays.ts';
import { inBothForms } from './tokens.ts';
import type { View } from './view.ts';
import { costText } from './words/cost.ts';

/** Two weeks: what a person remembers, and what fits without scrolling. */
const drawnDays = 14;

export function blocks(view: View, figures: BlockFigures): TemplateResult {
	const { state, model, format } = view;
	const { days, placed } = blockDays(figures.blocks, drawnDays, format);
	const open = (startedAt: string) => model.openSessions({ kind: 'block', startedAt }, 'costUsd');
	const stretches: readonly Stretch[] = placed.map(({ block, pieces }) => ({
		key: block.startedAt,
		pieces,
		name: blockName(block, format),
		label: format.usd(block.costUsd),
		shortLabel: format.usdBrief(block.costUsd),
		value: block.costUsd,
		isGoingOn: block.isActive,
		details: () => [
			{ label: costText('costColumn'), value: format.usd(block.costUsd), shown: true },
			{ label: costText('tokens'), value: format.integer(block.tokens), shown: false },
			{ label: costText('responses'), value: format.integer(block.responses), shown: false },
			{ label: costText('sessionsColumn'), value: format.integer(block.sessions), shown: false },
		],
		description: costText('blockDescription', {
			block: blockName(block, format),
			cost: format.usd(block.costUsd),
			tokens: format.integer(block.tokens),
			sessions: costText('sessions', { count: format.integer(block.sessions) }, block.sessions),
		}),
	}));
	return chartSection({
		name: 'blocks',
		heading: costText('blocks'),
		says: costText('blocksSays'),
		isTable: state.saved.tables.includes('blocks'),
		showTable: isTable => model.showTable('blocks', isTable),
		chart: () =>
			figures.blocks.length === 0
				? html`<p class="none">${costText('blocksNone')}</p>`
				: html`${current(view, figures)}
						<day-timeline
							.rows=${days.map(day => `${format.weekday((new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7, 'short')} ${format.dayShort(day)}`)}
							.stretches=${stretches}
							.label=${costText('blocksLabel')}
							.hint=${costText('blocksHint')}
							.hourText=${(hour: number) => format.hourBrief(hour)}
							.valueText=${(from: number, to: number) =>
								costText(from === 0 ? 'blockUpTo' : 'blockFromTo', { from: format.usdShort(from), to: format.usdShort(to) })}
							.goingOnText=${costText('active')}
							.pick=${open}
						></day-timeline>
						${
							figures.total <= placed.length
								? nothing
								: html`<p class="listed muted">
										${costText(
											figures.blocks.length < figures.total ? 'blocksShown' : 'blocksShownAll',
											{
												days: format.integer(days.length),
												shown: format.integer(figures.blocks.length),
												count: format.integer(figures.total),
											},
											days.length,
										)}
									</p>`
						}`,
		table: () =>
			tableBehind(
				costText('blocksLabel'),
				[
					{ label: costText('blockColumn') },
					{ label: costText('costColumn'), amount: true },
					{ label: costText('tokens'), amount: true },
					{ label: costText('responses'), amount: true },
					{ label: costText('blockSessions'), amount: true },
				],
				figures.blocks.map(block => ({
					cells: [
						block.isActive ? `${blockName(block, format)} (${costText('active')})` : blockName(block, format),
						format.usd(block.costUsd),
						format.integer(block.tokens),
						format.integer(block.responses),
						format.integer(block.sessions),
					],
					pick: () => open(block.startedAt),
				})),
			),
	});
}

function blockName({ startedAt, endsAt }: UsageBlock, format: Format): string {
	return costText('block', { start: format.moment(startedAt) ?? startedAt, end: format.time(endsAt) ?? endsAt });
}

function current({ model, format }: View, { current: now, medianUsd, costliestUsd }: BlockFigures): TemplateResult {
	const typical =
		medianUsd === null || costliestUsd === null
			? nothing
			: html`<p class="muted typical">
					${costText('blockTypical', { median: format.usd(medianUsd), costliest: format.usd(costliestUsd) })}
				</p>`;
	if (now === null) return html`${typical}`;
	const { block } = now;
	const pace = inBothForms(format, tokens => {
		const rate = costText('blockPace', {
			perHour: format.usd(now.costUsdPerHour),
			tokens: tokens(Math.round(now.tokensPerMinute)),
			elapsed: format.duration(now.elapsedMinutes * 60_000),
		});
		const end = costText('blockProjected', {
			cost: format.usd(now.projectedCostUsd),
			tokens: tokens(Math.round(now.projectedTokens)),
		});
		return `${rate}. ${end}.`;
	});
	return html`<div class="block-now">
			<p>
				<strong>${costText('blockNow')}</strong>
				<button class="figure-link" @click=${() => model.openSessions({ kind: 'block', startedAt: block.startedAt }, 'costUsd')}>
					<span class="number">${format.usd(block.costUsd)}</span>
				</button>
				<span class="muted">
					${costText('blockUntil', {
						start: format.time(block.startedAt) ?? '',
						end: format.time(block.endsAt) ?? '',
						remaining: format.duration(now.remainingMinutes * 60_000),
					})}
				</span>
			</p>
			<p class="muted" title=${pace.exact}>${pace.shown}</p>
		</div>
		${typical}`;
}

export const blocksStyle = css`
	.block-now {
		margin-bottom: 10px;
		padding: 8px 12px;
		border: 1px solid var(--line);
		border-inline-start: 3px solid var(--bar);
		border-radius: 3px;
		font-variant-numeric: tabular-nums;
	}
	.block-now p {
		display: flex;
		flex-wrap: wrap;
		align-items: baseline;
		gap: 2px 12px;
		margin: 0;
	}
	.block-now .number {
		font-size: 1.3em;
	}
	.typical {
		margin: 0 0 8px;
		font-variant-numeric: tabular-nums;
	}
`;
