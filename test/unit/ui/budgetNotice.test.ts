import assert from 'node:assert/strict';
import { budgetText, newBudgetNotices, toldAfter } from '../../../src/extension/ui/presentation/budgetNotice.ts';
import type { BudgetState } from '../../../src/webview/contract/cost.ts';
import { berlin } from './viewers.ts';

const budget = (change: Partial<BudgetState> = {}): BudgetState => ({
	period: 'daily',
	first: '2026-03-02',
	last: '2026-03-02',
	limitUsd: 10,
	spentUsd: 8.5,
	threshold: 0.8,
	state: 'near',
	projectedUsd: null,
	...change,
});

describe('Notices of budgets', () => {
	it('come once when a budget is near, and once more when it is passed', () => {
		const near = [budget()];
		assert.deepEqual(newBudgetNotices(near, []), near);
		const told = toldAfter(near, []);
		assert.deepEqual(newBudgetNotices(near, told), []);
		const over = [budget({ state: 'over', spentUsd: 11 })];
		assert.deepEqual(newBudgetNotices(over, told), over);
		assert.deepEqual(newBudgetNotices(over, toldAfter(over, told)), []);
		assert.deepEqual(newBudgetNotices([budget({ state: 'within' })], []), []);
	});

	it('come again in the next period, and what was told of the last one is forgotten', () => {
		const told = toldAfter([budget({ state: 'over' })], []);
		const next = [budget({ first: '2026-03-03', last: '2026-03-03' })];
		assert.deepEqual(newBudgetNotices(next, told), next);
		assert.equal(toldAfter(next, told).length, 1);
	});

	it('say what was spent, of what, and in which time', () => {
		assert.match(budgetText(budget(), berlin), /\$8\.50 today, of your budget of \$10\.00 for a day/);
		assert.match(budgetText(budget({ period: 'monthly', state: 'over', spentUsd: 12 }), berlin), /\$12\.00 this month: more than/);
	});
});
