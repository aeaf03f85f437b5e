import assert from 'node:assert/strict';
import { LocalCalendar } from '../../../src/extension/insights/localTime.ts';
import { comparable, comparisonOf, minimumGroup, patternsFigures } from '../../../src/extension/insights/patterns.ts';
import type { HistorySessionRow } from '../../../src/extension/store/index/historyRows.ts';
import { Random } from '../../support/historyGenerator/random.ts';
import { sessionsOf as sessionsIn } from '../../../src/extension/insights/selection.ts';
import { allOf, sessionsOf } from './sessions.ts';

const calendar = new LocalCalendar('Europe/Berlin');
const selectionOf = (rows: readonly Partial<HistorySessionRow>[]) => allOf(sessionsOf(...rows.map(row => ({ row }))));
const times = <T>(count: number, make: (i: number) => T): T[] => Array.from({ length: count }, (_, i) => make(i));

/** Sessions in which nothing goes with anything. */
function random(seed: number, count: number): Partial<HistorySessionRow>[] {
	const numbers = new Random(seed);
	const below = (n: number): number => Math.floor(numbers.next() * n);
	/** So many of `n` as chance gives. */
	const some = (n: number, probability: number): number => times(n, () => numbers.next() < probability).filter(Boolean).length;
	return times(count, () => {
		const edits = below(6);
		const prompts = 1 + below(30);
		const calls = 1 + below(80);
		const edited = 1 + below(10);
		return {
			active_ms: below(7_200_000),
			user_prompts: prompts,
			prompt_word_count: below(200),
			correction_count: some(prompts - 1, 0.1),
			files_touched: below(20),
			files_edited: edited,
			same_file_edit_count: some(edited * 3, 0.3),
			tool_calls: calls,
			total_retries: some(calls, 0.05),
			interruptions: some(prompts, 0.05),
			edit_turns: edits,
			retried_edit_turns: some(edits, 0.3),
			cost_usd: numbers.next() * 20,
			used_plan_mode: below(2),
			subagents: below(2),
			test_runs: below(2),
			started_at: new Date(Date.parse('2026-01-01') + below(90 * 1440) * 60_000).toISOString(),
			models: JSON.stringify([below(2) === 0 ? 'a' : 'b']),
		};
	});
}

describe('Patterns', () => {
	it('are found where sessions with many prompts went with more corrections, with both sides and their figures', () => {
		const rows = times(120, i => ({ user_prompts: i < 60 ? 4 : 41, correction_count: i < 60 ? 0 : 12 + (i % 5) }));
		const { patterns, sessions, comparisons } = patternsFigures(selectionOf(rows), null, calendar);
		assert.equal(sessions, 120);
		const found = patterns.find(({ factor, outcome }) => factor === 'turns' && outcome === 'corrections');
		assert.ok(found !== undefined && comparisons > 0);
		assert.deepEqual(
			[found.first.sessions, found.second.sessions, found.effect, found.strength, found.isSecondBetter],
			[60, 60, 1, 'large', false],
		);
		assert.ok(Math.abs(found.second.mean - 14 / 40) < 1e-9);
		assert.ok(found.interval.low > 0.147 && found.interval.high <= 1);
	});

	it('part sessions at a whole number, where the median lies between two', () => {
		const rows = times(120, i => ({ user_prompts: i < 60 ? 4 : 5, correction_count: i < 60 ? 0 : 2 + (i % 2) }));
		const { patterns } = patternsFigures(selectionOf(rows), null, calendar);
		const found = patterns.find(({ factor, outcome }) => factor === 'turns' && outcome === 'corrections');
		assert.deepEqual([found?.splitAt, found?.first.sessions, found?.second.sessions], [4, 60, 60]);
	});

	it('are not made of fewer sessions than the minimum, and say how many there were', () => {
		const rows = times(2 * minimumGroup - 2, i => ({
			user_prompts: i < minimumGroup - 1 ? 2 : 40,
			correction_count: i < minimumGroup - 1 ? 0 : 20,
		}));
		const { patterns, withheld, comparisons } = patternsFigures(selectionOf(rows), null, calendar);
		assert.deepEqual([patterns, comparisons], [[], 0]);
		const turns = withheld.find(({ factor, outcome }) => factor === 'turns' && outcome === 'corrections');
		assert.deepEqual([turns?.reason, turns?.firstSessions, turns?.secondSessions], ['fewSessions', minimumGroup - 1, minimumGroup - 1]);
	});

	it('are hardly ever found in random data, although more than thirty comparisons are made', () => {
		const results = times(40, seed => patternsFigures(selectionOf(random(seed + 1, 400)), null, calendar));
		assert.ok(results.every(({ comparisons }) => comparisons > 30));
		// One in twenty by the rule; four of forty would already be a rare accident.
		const withAny = results.filter(({ patterns }) => patterns.length > 0).length;
		assert.ok(withAny <= 4, `${withAny} of 40`);
	});

	it('leave out background sessions, those without prompt or answer, and stubs', () => {
		const rows: Partial<HistorySessionRow>[] = [
			{},
			{ mode: 'background' },
			{ user_prompts: 0 },
			{ responses: 0 },
			{ is_stub: 1 },
			{ mode: 'forked' },
		];
		assert.deepEqual(
			sessionsIn(comparable(selectionOf(rows), null)).map(({ row }) => row.id),
			[1, 6],
		);
	});

	it('part day from night and week from weekend by local clocks, also on the day they change', () => {
		const starts = ['2026-03-29T03:30:00Z', '2026-03-29T04:30:00Z', '2026-03-29T16:30:00Z', '2026-03-27T22:30:00Z', '2026-03-27T23:30:00Z'];
		const selection = selectionOf(starts.map(started_at => ({ started_at })));
		const ids = (factor: 'timeOfDay' | 'weekday', side: 'first' | 'second') =>
			comparisonOf(selection, calendar, { factor, outcome: 'interruptions', detail: null })[side].map(({ row }) => row.id);
		// Berlin is two hours ahead from the 29th on, one hour before: 5:30, 6:30, 18:30, Friday 23:30, Saturday 0:30.
		assert.deepEqual(ids('timeOfDay', 'first'), [2]);
		assert.deepEqual(ids('weekday', 'first'), [4]);
	});

	it('measure only where the outcome applies', () => {
		const selection = selectionOf([{ user_prompts: 1 }, { user_prompts: 2 }, { edit_turns: 3, retried_edit_turns: 1 }]);
		const having = (outcome: 'corrections' | 'oneShot') => {
			const { first, second } = comparisonOf(selection, calendar, { factor: 'planMode', outcome, detail: null });
			return [...first, ...second].map(({ row }) => row.id);
		};
		assert.deepEqual(having('corrections'), [2]);
		assert.deepEqual(having('oneShot'), [3]);
	});
});
