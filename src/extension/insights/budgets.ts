/** What was spent of the budgets a person set. Pure. */
import type { BudgetPeriod, BudgetState } from '../../webview/contract/cost.ts';
import type { Span } from './history.ts';
import { addDays, daysBetween, type FirstWeekday, type LocalCalendar, type LocalDay, weekStartOf } from './localTime.ts';
import { daysSpan } from './period.ts';

/** Dollars by period; null for no budget. */
export interface Budgets {
	readonly dailyUsd: number | null;
	readonly weeklyUsd: number | null;
	readonly monthlyUsd: number | null;
	/** Of a budget, from 0 to 1. */
	readonly threshold: number;
	/** Of the weekly one, as of the weeks in lists. */
	readonly weekStartsOn: FirstWeekday;
}

/** First and last local day of the period that a day lies in. */
export function budgetDays(period: BudgetPeriod, day: LocalDay, weekStartsOn: FirstWeekday): { first: LocalDay; last: LocalDay } {
	switch (period) {
		case 'daily':
			return { first: day, last: day };
		case 'weekly': {
			const first = weekStartOf(day, weekStartsOn);
			return { first, last: addDays(first, 6) };
		}
		case 'monthly': {
			const first = `${day.slice(0, 7)}-01`;
			const inNext = addDays(first, 31);
			return { first, last: addDays(`${inNext.slice(0, 7)}-01`, -1) };
		}
	}
}

export function budgetStates(
	budgets: Budgets,
	nowMs: number,
	calendar: LocalCalendar,
	spentIn: (span: NonNullable<Span>) => number,
): readonly BudgetState[] {
	const today = calendar.dayOf(nowMs);
	const limits = [
		['daily', budgets.dailyUsd],
		['weekly', budgets.weeklyUsd],
		['monthly', budgets.monthlyUsd],
	] as const;
	return limits.flatMap(([period, limitUsd]) => {
		if (limitUsd === null || !(limitUsd > 0)) return [];
		const { first, last } = budgetDays(period, today, budgets.weekStartsOn);
		const spentUsd = spentIn(daysSpan(first, last, calendar));
		return [
			{
				period,
				first,
				last,
				limitUsd,
				spentUsd,
				threshold: budgets.threshold,
				...outlookOf(spentUsd, limitUsd, budgets.threshold, first, last, today),
			},
		];
	});
}

function outlookOf(
	spentUsd: number,
	limitUsd: number,
	threshold: number,
	first: LocalDay,
	last: LocalDay,
	today: LocalDay,
): Pick<BudgetState, 'state' | 'projectedUsd'> {
	const before = daysBetween(first, today);
	return {
		state: spentUsd >= limitUsd ? 'over' : spentUsd >= limitUsd * threshold ? 'near' : 'within',
		// A day that has begun counts as one: so a projection is rather too low than an alarm for nothing.
		projectedUsd: before === 0 ? null : (spentUsd / (before + 1)) * (daysBetween(first, last) + 1),
	};
}
