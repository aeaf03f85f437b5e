import assert from 'node:assert/strict';
import type { SessionSelector } from '../../../src/webview/contract/selectors.ts';
import { Format } from '../../../src/webview/format.ts';
import { sameQuery, setFilters } from '../../../src/webview/insights/queries.ts';
import { filterOf, lastPart, selectorWords } from '../../../src/webview/insights/selectorWords.ts';

const format = new Format('en-GB', 'UTC');

describe('The sessions behind a figure', () => {
	const named: readonly (readonly [SessionSelector, string])[] = [
		[{ kind: 'days', first: '2026-11-16', last: '2026-11-16' }, 'Sessions of Monday, 16 November 2026'],
		[{ kind: 'days', first: '2026-11-16', last: '2026-11-22' }, 'Sessions of 16\u2009–\u200922 Nov 2026'],
		[{ kind: 'hour', weekday: 0, hour: 23 }, 'Sessions of Mondays between 23:00 and 00:00'],
		[{ kind: 'project', project: '/home/ada/work/storefront' }, 'Sessions of the project storefront'],
		[{ kind: 'project', project: '' }, 'Sessions without a project'],
		[{ kind: 'branch', branch: '' }, 'Sessions without a branch'],
		[{ kind: 'category', category: 'logic-fix' }, 'Sessions of the category Logic fix'],
		[{ kind: 'category', category: '' }, 'Sessions that are not sorted yet'],
		[{ kind: 'tool', tool: 'Bash', only: 'retries' }, 'Sessions in which Bash was tried again after it failed'],
		[{ kind: 'tool', tool: null, only: 'denied' }, 'Sessions with a tool call that was denied'],
		[{ kind: 'error', error: 'noMatch', tool: 'Edit' }, 'Sessions with the error “Text to replace not found” of Edit'],
		[{ kind: 'unpriced', model: null }, 'Sessions with a model that has no known price'],
		[{ kind: 'mcpServer', server: 'github', only: 'errors' }, 'Sessions in which a call of the MCP server github failed'],
		[{ kind: 'subagents', model: 'haiku' }, 'Sessions with subagents that used haiku'],
		[{ kind: 'sortedBy', by: 'stale' }, 'Sessions that have grown since a model sorted them'],
		[{ kind: 'judgedApart', pair: 'personAndModel', category: 'docs' }, 'Sessions that you put into Docs, and a model elsewhere'],
		[{ kind: 'copies' }, 'Sessions with history copied from another one'],
		[{ kind: 'pattern', factor: 'planMode', outcome: 'cost', detail: null, side: 'second' }, 'Sessions with plan mode'],
	];
	for (const [selector, words] of named) it(`are named in words: ${words}`, () => assert.equal(selectorWords(selector, format), words));

	it('of a pattern are named with what parts the groups, also when that is not known any more', () => {
		const turns = { kind: 'pattern', factor: 'turns', outcome: 'cost', detail: null, side: 'first' } as const;
		assert.equal(selectorWords(turns, format, 12), 'Sessions with up to 12 prompts');
		assert.equal(selectorWords(turns, format), 'Sessions with up to … prompts');
	});

	it('become a filter where there is one that means the same', () => {
		assert.deepEqual(filterOf({ kind: 'branch', branch: '' }), { branch: '' });
		assert.deepEqual(filterOf({ kind: 'days', first: '2026-11-16', last: '2026-11-22' }), {
			days: { first: '2026-11-16', last: '2026-11-22' },
		});
		assert.equal(filterOf({ kind: 'tool', tool: 'Bash', only: 'calls' }), null);
		assert.equal(filterOf({ kind: 'category', category: '' }), null, 'no filter lets through what has no category');
	});

	it('are of a project that is called by the end of its path, on any system', () => {
		assert.equal(lastPart('/home/ada/work/'), 'work');
		assert.equal(lastPart('C:\\work\\shop'), 'shop');
		assert.equal(lastPart('/'), '/');
	});
});

describe('Filters', () => {
	it('are the same whether they are absent or null; chosen days stand in the place of the range', () => {
		assert.ok(sameQuery({ scope: 'all', range: '30d' }, { scope: 'all', range: '30d', model: null, days: null }));
		const days = { first: '2026-11-01', last: '2026-11-02' };
		assert.ok(sameQuery({ scope: 'all', range: '30d', days }, { scope: 'all', range: 'all', days }));
		assert.ok(!sameQuery({ scope: 'all', range: '30d', branch: '' }, { scope: 'all', range: '30d' }), 'no branch is a branch to filter by');
	});

	it('that are set are named in their order', () => {
		assert.deepEqual(setFilters({ scope: 'all', range: '30d', mode: 'forked', branch: '', model: null }), ['branch', 'mode']);
	});
});
