import assert from 'node:assert/strict';
import fc from 'fast-check';
import { type SavedState, freshState, fromSaved, toSaved } from '../../../src/webview/insights/savedState.ts';

const left: SavedState = {
	query: { scope: 'all', range: '90d' },
	sort: 'costUsd',
	descending: false,
	filter: 'import',
	span: { first: '2026-11-16', last: '2026-11-22' },
	model: 'claude-opus-4-5',
	category: 'bug_fix',
	categoryPath: ['code_work', 'bug_fix'],
	measure: 'activeMs',
	metric: 'tokens',
	daysAsTable: true,
	tokenKindsOpen: true,
	jobsOpen: true,
	runsOpen: true,
};

describe('What the page keeps', () => {
	it('comes back as it was', () => {
		assert.deepEqual(fromSaved(JSON.parse(JSON.stringify(toSaved(left)))), left);
	});

	it('of another version is dropped', () => {
		assert.deepEqual(fromSaved({ ...left, version: 2 }), freshState);
	});

	it('falls back field by field where it does not fit', () => {
		const { sort, filter, span, query, metric, category, categoryPath, measure } = fromSaved({
			...left,
			version: 1,
			sort: 'constructor',
			filter: 7,
			span: { first: '2026-11-16', last: 'then' },
			query: { scope: 'moon', range: 'all' },
			metric: null,
			category: 'x'.repeat(41),
			categoryPath: ['code_work', 7],
			measure: 'responses',
		});
		assert.deepEqual({ sort, filter, span, query, metric }, { sort: 'startedAt', filter: '', span: null, query: null, metric: 'costUsd' });
		assert.deepEqual({ category, categoryPath, measure }, { category: null, categoryPath: [], measure: 'sessions' });
	});

	it('by a page that knew no categories yet is still good', () => {
		const since = new Set(['category', 'categoryPath', 'measure', 'jobsOpen']);
		const older = Object.fromEntries(Object.entries(left).filter(([field]) => !since.has(field)));
		assert.deepEqual(fromSaved({ ...older, version: 1 }), {
			...left,
			category: null,
			categoryPath: [],
			measure: 'sessions',
			jobsOpen: false,
		});
	});

	it('can be anything and never stops the page', () => {
		fc.assert(fc.property(fc.anything(), saved => void fromSaved(saved)));
		fc.assert(fc.property(fc.object(), saved => void fromSaved({ ...saved, version: 1 })));
	});
});
