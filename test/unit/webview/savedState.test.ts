import assert from 'node:assert/strict';
import fc from 'fast-check';
import { insightsCallValidators } from '../../../src/extension/ui/presentation/insightsCalls.ts';
import { queryOf, selectorOf } from '../../../src/webview/insights/savedQuery.ts';
import { type SavedState, freshState, fromSaved, toSaved } from '../../../src/webview/insights/savedState.ts';

const left: SavedState = {
	query: {
		scope: 'all',
		range: '90d',
		days: { first: '2026-11-02', last: '2026-11-10' },
		project: '/home/ada/work',
		branch: '',
		model: 'claude-opus-4-5',
		category: 'bug_fix',
		mode: 'interactive',
	},
	page: 'sessions',
	behind: { selector: { kind: 'tool', tool: null, only: 'errors' }, from: 'tools', split: null },
	sort: 'costUsd',
	descending: false,
	filter: 'import',
	categoryPath: ['code_work', 'bug_fix'],
	measure: 'activeMs',
	metric: 'tokens',
	calendarMeasure: 'costUsd',
	hoursMeasure: 'sessions',
	shareBy: 'branch',
	tables: ['blocks'],
	unfolded: ['tools'],
	filtersOpen: true,
	tokenKindsOpen: true,
	jobsOpen: false,
	runsOpen: false,
};

describe('What the panel keeps', () => {
	it('comes back as it was', () => {
		assert.deepEqual(fromSaved(JSON.parse(JSON.stringify(toSaved(left)))), left);
	});

	it('of another version is dropped', () => {
		assert.deepEqual(fromSaved({ ...left, version: 1 }), freshState);
	});

	it('falls back field by field where it does not fit', () => {
		const { sort, filter, query, metric, categoryPath, measure, page, behind, tables } = fromSaved({
			...left,
			version: 2,
			sort: 'constructor',
			filter: 7,
			query: { scope: 'moon', range: 'all' },
			metric: null,
			categoryPath: ['code_work', 7],
			measure: 'responses',
			page: '__proto__',
			behind: { from: 'sessions', selector: null },
			tables: ['activity', 7, ''],
		});
		assert.deepEqual(
			{ sort, filter, query, metric, page },
			{ sort: 'startedAt', filter: '', query: null, metric: 'costUsd', page: 'overview' },
		);
		assert.deepEqual(
			{ categoryPath, measure, behind, tables },
			{ categoryPath: [], measure: 'sessions', behind: null, tables: ['activity'] },
		);
	});

	it('lets single filters go that are none, and keeps the others', () => {
		const query = queryOf({
			scope: 'all',
			range: 'all',
			days: { first: '2026-11-10', last: '2026-11-02' },
			model: '',
			branch: 'main',
			mode: 'root',
		});
		assert.deepEqual(query, {
			scope: 'all',
			range: 'all',
			days: null,
			project: null,
			branch: 'main',
			model: null,
			category: null,
			mode: null,
		});
	});

	it('takes of a selector its own fields and no others', () => {
		assert.deepEqual(selectorOf({ kind: 'days', first: '2026-11-02', last: '2026-11-10', path: '/etc' }), {
			kind: 'days',
			first: '2026-11-02',
			last: '2026-11-10',
		});
		for (const none of [
			null,
			'days',
			{},
			{ kind: 'constructor' },
			{ kind: 'days', first: '2026-13-40', last: 'x' },
			{ kind: 'hour', weekday: 7, hour: 1 },
		])
			assert.equal(selectorOf(none), undefined);
	});

	it('can be anything and never stops the page', () => {
		fc.assert(fc.property(fc.anything(), saved => void fromSaved(saved)));
		fc.assert(fc.property(fc.object(), saved => void fromSaved({ ...saved, version: 2 })));
	});

	it('whatever it was, makes no query that the extension would refuse', () => {
		const text = fc.oneof(fc.string(), fc.constant(null), fc.constant('x'.repeat(5_000)));
		const saved = fc.record({
			scope: fc.constantFrom('all', 'workspace'),
			range: fc.constantFrom('30d', 'all'),
			days: fc.record({ first: text, last: text }),
			project: text,
			branch: text,
			model: text,
			category: text,
			mode: text,
		});
		fc.assert(
			fc.property(saved, value => {
				insightsCallValidators.page({ page: 'overview', query: queryOf(value) });
			}),
		);
	});
});
