/** What is said of a budget, and whether it was said before. */
import type { BudgetState } from '../../../webview/contract/cost.ts';
import { costText } from './figures.ts';
import type { Viewer } from './language.ts';

/** One for each state of each period: near and over are two pieces of news. */
const keyOf = ({ period, first, state }: BudgetState): string => `${period} ${first} ${state}`;

/** Budgets a person has to hear of. Over says more than near: who passed both at once hears of the one. */
export function newBudgetNotices(states: readonly BudgetState[], told: readonly string[]): readonly BudgetState[] {
	return states.filter(state => state.state !== 'within' && !told.includes(keyOf(state)));
}

/** What was told by then; of periods that are over nothing has to be remembered. */
export function toldAfter(states: readonly BudgetState[], told: readonly string[]): readonly string[] {
	const running = states.map(({ period, first }) => `${period} ${first} `);
	const kept = told.filter(key => running.some(start => key.startsWith(start)));
	return [...new Set([...kept, ...states.filter(({ state }) => state !== 'within').map(keyOf)])];
}

export function budgetText({ period, state, spentUsd, limitUsd }: BudgetState, { t, locale }: Viewer): string {
	const [spent, limit] = [costText(spentUsd, locale), costText(limitUsd, locale)];
	if (state === 'over') {
		switch (period) {
			case 'daily':
				return t('Claude Code cost {0} today: more than your budget of {1} for a day.', spent, limit);
			case 'weekly':
				return t('Claude Code cost {0} this week: more than your budget of {1} for a week.', spent, limit);
			case 'monthly':
				return t('Claude Code cost {0} this month: more than your budget of {1} for a month.', spent, limit);
		}
	}
	switch (period) {
		case 'daily':
			return t('Claude Code cost {0} today, of your budget of {1} for a day.', spent, limit);
		case 'weekly':
			return t('Claude Code cost {0} this week, of your budget of {1} for a week.', spent, limit);
		case 'monthly':
			return t('Claude Code cost {0} this month, of your budget of {1} for a month.', spent, limit);
	}
}
