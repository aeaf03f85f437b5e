import assert from 'node:assert/strict';
import { searchCallValidators } from '../../../src/extension/ui/presentation/searchCalls.ts';
import { countText, pickLines } from '../../../src/extension/ui/presentation/searchPickItems.ts';
import type { SearchAnswer, SearchHit } from '../../../src/webview/contract/search.ts';
import { berlin } from './viewers.ts';

const query = { text: 'retry', scope: 'all', sessionId: null, kinds: null, offset: 0, limit: 50, isTyping: true } as const;

function hit(change: Partial<SearchHit> = {}): SearchHit {
	return {
		sessionId: 'one',
		title: 'Add paging',
		project: 'shop',
		messageId: 'm1',
		agentId: null,
		role: 'user',
		kind: 'prompt',
		tool: null,
		timestamp: '2026-11-18T09:00:00.000Z',
		file: '/x/one.jsonl',
		offset: 0,
		snippet: { text: 'please add paging', matches: [{ start: 11, end: 17 }], isCutBefore: false, isCutAfter: false },
		score: 1,
		...change,
	};
}

function answer(hits: readonly SearchHit[], change: Partial<SearchAnswer> = {}): SearchAnswer {
	return { hits, total: hits.length, totalIsExact: true, isComplete: true, isIndexComplete: true, durationMs: 1, problems: [], ...change };
}

describe('what the search page may ask', () => {
	it('is taken as it is when it has the right shape', () => {
		assert.deepEqual(searchCallValidators.search(query), query);
		assert.deepEqual(searchCallValidators.search({ ...query, kinds: ['prompt', 'title'] }).kinds, ['prompt', 'title']);
		assert.deepEqual(searchCallValidators.open({ sessionId: 'a', agentId: null, messageId: '@12' }).messageId, '@12');
	});

	const wrong: readonly (readonly [keyof typeof searchCallValidators, unknown])[] = [
		['ready', {}],
		['search', null],
		['search', { ...query, text: 'x'.repeat(1_001) }],
		['search', { ...query, scope: 'everything' }],
		['search', { ...query, kinds: [] }],
		['search', { ...query, kinds: ['password'] }],
		['search', { ...query, offset: -1 }],
		['search', { ...query, limit: 201 }],
		['search', { ...query, limit: 1.5 }],
		['search', { ...query, isTyping: 1 }],
		['search', { ...query, sql: 'DROP' }],
		['open', { sessionId: '', agentId: null, messageId: 'm' }],
		['open', { sessionId: 'a', messageId: 'm' }],
		['open', { sessionId: 'a', agentId: null, messageId: null }],
		['command', { action: 'workbench.action.terminal.new' }],
	];
	for (const [call, params] of wrong) {
		it(`is refused as ${call} with ${JSON.stringify(params).slice(0, 60)}`, () => {
			assert.throws(() => searchCallValidators[call](params));
		});
	}
});

describe('a result in the quick pick', () => {
	it('says what was said, by whom, when and where', () => {
		const [line] = pickLines(answer([hit({ kind: 'toolResult', tool: 'Bash' })]), berlin);
		assert.equal(line?.label, 'please add paging');
		assert.equal(line.description, 'Tool result: Bash · Nov 18, 2026, 10:00 AM');
		assert.equal(line.detail, 'Add paging · shop');
	});

	it('shows the match, however far into the text it is', () => {
		const text = `${'word '.repeat(60)}needle ${'word '.repeat(60)}`;
		const start = text.indexOf('needle');
		const [line] = pickLines(
			answer([hit({ snippet: { text, matches: [{ start, end: start + 6 }], isCutBefore: false, isCutAfter: true } })]),
			berlin,
		);
		assert.match(line?.label ?? '', /^….*needle/);
	});

	it('draws no icon and hides nothing that a transcript says', () => {
		const text = '$(trash) \u202Eevil\u202C \u001B[31m\nnext';
		const [line] = pickLines(
			answer([hit({ title: '$(bug)', snippet: { text, matches: [], isCutBefore: false, isCutAfter: false } })]),
			berlin,
		);
		assert.equal(line?.label, String.raw`\$(trash) evil [31m next`);
		assert.match(line.detail, /^\\\$\(bug\)/);
	});

	it('has a name for a session without a title', () => {
		assert.equal(pickLines(answer([hit({ title: null, project: null })]), berlin)[0]?.detail, 'Untitled session');
	});

	it('stands above a line that says how many there are', () => {
		assert.equal(countText(answer([hit()]), berlin), '1 result');
		assert.equal(countText(answer([hit(), hit()]), berlin), '2 results');
		assert.equal(countText(answer([hit()], { total: 1_234 }), berlin), 'The best 1 of 1,234 results');
		assert.equal(countText(answer([hit()], { total: 500, totalIsExact: false }), berlin), 'The best 1 of more than 500 results');
	});
});
