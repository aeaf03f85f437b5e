import assert from 'node:assert/strict';
import fc from 'fast-check';
import { groupsOf, linesOf, nearestLine, partsOf } from '../../../src/webview/search/groups.ts';
import { freshState, fromSaved, toSaved } from '../../../src/webview/search/savedState.ts';
import type { SearchHit } from '../../../src/webview/contract/search.ts';

function hit(sessionId: string, index: number, timestamp: string | null = null): SearchHit {
	return {
		sessionId,
		title: index === 0 ? null : `Title of ${sessionId}`,
		project: null,
		messageId: `m${index}`,
		agentId: null,
		role: 'user',
		kind: 'prompt',
		tool: null,
		timestamp,
		file: 'x',
		offset: index,
		snippet: { text: 'text', matches: [], isCutBefore: false, isCutAfter: false },
		score: 10 - index,
	};
}

describe('search results', () => {
	const hits = [hit('b', 0, '2026-01-01T00:00:00Z'), hit('a', 1), hit('b', 2, '2026-02-01T00:00:00Z')];

	it('stand by session, the session with the best one first', () => {
		const groups = groupsOf(hits);
		assert.deepEqual(
			groups.map(group => [group.sessionId, group.title, group.timestamp, group.hits.length]),
			[
				['b', 'Title of b', '2026-02-01T00:00:00Z', 2],
				['a', 'Title of a', null, 1],
			],
		);
	});

	it('of a folded session are out of reach of the arrow keys', () => {
		assert.equal(linesOf(groupsOf(hits), new Set()).length, 5);
		assert.deepEqual(
			linesOf(groupsOf(hits), new Set(['b'])).map(line => line.hit?.messageId ?? line.group.sessionId),
			['b', 'a', 'm1'],
		);
	});

	it('have keys of their own', () => {
		const keys = linesOf(groupsOf(hits), new Set()).map(line => line.key);
		assert.equal(new Set(keys).size, keys.length);
	});

	it('of another answer are gone on with from where one was, or from the nearest line that is left', () => {
		const linesWith = (...indices: readonly number[]) => linesOf(groupsOf(indices.map(index => hit('a', index))), new Set());
		const before = linesWith(1, 2, 3, 4);
		const key = before[3]?.key ?? '';
		const message = (after: typeof before) => nearestLine(before, key, after)?.hit?.messageId ?? null;
		assert.equal(message(linesWith(4, 3, 1)), 'm3');
		assert.equal(message(linesWith(1, 2, 4)), 'm4');
		assert.equal(message(linesWith(9, 2, 1)), 'm2');
		const others = linesOf(groupsOf([hit('b', 6), hit('b', 7)]), new Set());
		assert.equal(message(others), 'm7', 'as far down as there are lines');
		assert.equal(nearestLine(before, key, []), null);
		assert.equal(nearestLine(before, 'of another list', before), null);
	});
});

describe('a snippet', () => {
	it('marks what was found', () => {
		assert.deepEqual(
			partsOf({
				text: 'one two one',
				matches: [
					{ start: 0, end: 3 },
					{ start: 8, end: 11 },
				],
				isCutBefore: false,
				isCutAfter: false,
			}),
			[
				{ text: 'one', isMatch: true },
				{ text: ' two ', isMatch: false },
				{ text: 'one', isMatch: true },
			],
		);
	});

	it('holds each character once, whatever places are named', () => {
		const place = fc.integer({ min: -50, max: 200 });
		fc.assert(
			fc.property(fc.string({ unit: 'grapheme-ascii' }), fc.array(fc.record({ start: place, end: place })), (text, matches) => {
				const parts = partsOf({ text, matches, isCutBefore: false, isCutAfter: false });
				assert.equal(parts.map(part => part.text).join(''), text);
			}),
		);
	});

	it('shows the characters that would hide or turn others', () => {
		const [part] = partsOf({ text: 'a\u202Eb\u0000c\u001Bd\u200De', matches: [], isCutBefore: false, isCutAfter: false });
		assert.equal(part?.text, 'a\u00b7b\u00b7c\u00b7d\u200De');
	});
});

describe('what the search page keeps', () => {
	it('comes back as it was', () => {
		const state = {
			...freshState,
			text: 'retry',
			scope: 'all',
			kinds: 'tools',
			folded: ['a'],
			active: 'x',
			limit: 100,
			tipsOpen: true,
		} as const;
		assert.deepEqual(fromSaved(structuredClone(toSaved(state))), state);
	});

	it('is not trusted', () => {
		fc.assert(
			fc.property(fc.anything(), fc.anything(), fc.anything(), (text, folded, limit) => {
				const state = fromSaved({ version: 1, text, folded, limit, scope: text, kinds: folded, active: limit, tipsOpen: text });
				assert.equal(typeof state.text, 'string');
				assert.ok(state.limit >= 50 && state.limit <= 200);
				assert.ok(state.folded.every(id => typeof id === 'string'));
			}),
		);
		assert.deepEqual(fromSaved({ version: 99, text: 'x' }), freshState);
		assert.deepEqual(fromSaved(null), freshState);
	});
});
