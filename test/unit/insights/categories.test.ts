import assert from 'node:assert/strict';
import { agreementOf, categoryFigures, judgedApart, judgementsOf } from '../../../src/extension/insights/categories.ts';
import type { Span } from '../../../src/extension/insights/history.ts';
import { LocalHours } from '../../../src/extension/insights/hourTable.ts';
import { addDays, LocalCalendar } from '../../../src/extension/insights/localTime.ts';
import { allOf, sessionsOf, used } from './sessions.ts';

const judge = (sessionId: string, kind: 'model' | 'person', l2: string) => ({ sessionId, kind, l2 });
const none = { both: 0, same: 0 };

describe('Judgements', () => {
	it('are the last of each kind for each session', () => {
		const { model, person } = judgementsOf([
			judge('a', 'model', 'docs'),
			judge('a', 'person', 'feature'),
			judge('b', 'person', 'testing'),
			judge('a', 'model', 'bug_fix'),
		]);
		assert.deepEqual([...model], [['a', 'bug_fix']]);
		assert.deepEqual(
			[...person],
			[
				['a', 'feature'],
				['b', 'testing'],
			],
		);
	});
});

describe('Categories of a period', () => {
	const berlin = new LocalCalendar('Europe/Berlin');
	const day = (name: string) => ({ fromMs: berlin.startOf(name), toMs: berlin.startOf(addDays(name, 1)) });
	const sorted = { category_l1: 'code_work', category_l2: 'bug_fix', category_l3: 'logic_fix', category_source: 'rules' };
	const quarter = (at: string) => Date.parse(at);
	const resumed = {
		row: { ...sorted, active_ms: 1_800_000, cost_usd: 3 },
		usage: [used('2026-11-01T10:00:00Z', { costUsd: 2 }), used('2026-11-20T10:00:00Z', { model: 'haiku', input: 7, costUsd: 1 })],
		activity: [
			{ session: 0, quarter: quarter('2026-11-01T10:00:00Z'), prompts: 1, toolCalls: 0, activeMs: 1_500_000 },
			{ session: 0, quarter: quarter('2026-11-20T10:00:00Z'), prompts: 1, toolCalls: 0, activeMs: 300_000 },
		],
	};
	const stub = { row: { ...sorted, is_stub: 1 }, usage: [used('2026-11-20T11:00:00Z', { input: 3, costUsd: 0.5 })] };
	const figuresOf = (span: Span, model: string | null = null) =>
		categoryFigures(new LocalHours({ ...allOf(sessionsOf(resumed, stub)), model }, berlin), span, new Map(), judgementsOf([])).sums.map(
			({ sessions, activeMs, tokens, costUsd }) => [sessions, activeMs, tokens, costUsd],
		);

	it('have what was done in it, and not what the session did before', () => {
		assert.deepEqual(figuresOf(null), [[1, 1_800_000, 1_000_010, 3.5]]);
		assert.deepEqual(figuresOf(day('2026-11-01')), [[1, 1_500_000, 1_000_000, 2]]);
		assert.deepEqual(figuresOf(day('2026-11-20')), [[1, 300_000, 10, 1.5]]);
		assert.deepEqual(figuresOf(day('2026-11-10')), []);
	});

	it('have of tokens and cost what the model of the filter came to', () => {
		assert.deepEqual(figuresOf(null, 'haiku'), [[1, 1_800_000, 7, 1]]);
	});
});

describe('The agreement', () => {
	it('has a row for what the first of each two says, and counts where the other says the same', () => {
		const rules = new Map([
			['a', 'docs'],
			['b', 'docs'],
			['c', 'testing'],
		]);
		const judgements = judgementsOf([
			judge('a', 'model', 'docs'),
			judge('b', 'model', 'feature'),
			judge('b', 'person', 'feature'),
			judge('c', 'person', 'docs'),
		]);
		assert.deepEqual(agreementOf(rules, judgements), [
			{ l2: 'docs', modelAndRules: { both: 1, same: 1 }, personAndRules: { both: 1, same: 0 }, personAndModel: none },
			{ l2: 'feature', modelAndRules: { both: 1, same: 0 }, personAndRules: { both: 1, same: 0 }, personAndModel: { both: 1, same: 1 } },
		]);
	});

	it('leads to the sessions in which the two differ', () => {
		const rules = new Map([
			['a', 'docs'],
			['b', 'docs'],
			['c', 'testing'],
		]);
		const judgements = judgementsOf([
			judge('a', 'model', 'docs'),
			judge('b', 'model', 'feature'),
			judge('b', 'person', 'testing'),
			judge('c', 'person', 'docs'),
			judge('unknown to the rules', 'model', 'feature'),
		]);
		const apart = (pair: 'modelAndRules' | 'personAndRules' | 'personAndModel', category: string) => [
			...judgedApart(rules, judgements, pair, category),
		];
		assert.deepEqual(apart('modelAndRules', 'docs'), []);
		assert.deepEqual(apart('modelAndRules', 'feature'), ['b']);
		assert.deepEqual(apart('personAndRules', 'docs'), ['c']);
		assert.deepEqual(apart('personAndModel', 'testing'), ['b']);
	});

	it('puts the category with the most comparisons first, and equal ones by name', () => {
		const rules = new Map(['a', 'b', 'c', 'd'].map(id => [id, 'docs']));
		const judgements = judgementsOf([
			judge('a', 'model', 'testing'),
			judge('b', 'model', 'testing'),
			judge('c', 'model', 'refactor'),
			judge('d', 'person', 'feature'),
		]);
		assert.deepEqual(
			agreementOf(rules, judgements).map(({ l2 }) => l2),
			['testing', 'feature', 'refactor'],
		);
	});

	it('compares no session that the rules have not seen, and none that only they have', () => {
		const judgements = judgementsOf([judge('gone', 'model', 'docs'), judge('gone', 'person', 'docs')]);
		assert.deepEqual(agreementOf(new Map([['other', 'docs']]), judgements), []);
	});
});
