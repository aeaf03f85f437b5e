import assert from 'node:assert/strict';
import type { SessionList } from '../../../src/extension/engine/api.ts';
import { buildTree, changesBetween, moreId, sessionsBelow, type SessionTree } from '../../../src/extension/ui/presentation/sessionTree.ts';
import type { SessionRow } from '../../../src/webview/contract/sessions.ts';
import { berlin, category, noon, session } from './viewers.ts';

const look = { viewer: berlin, nowMs: noon, grouping: 'day' as const, showProject: false, filtered: false };
const list = (rows: readonly SessionRow[], rest: Partial<SessionList> = {}): SessionList => ({
	rows,
	total: rows.length,
	children: {},
	...rest,
});
const of = (id: string, endedAt: string | null, changes: Partial<SessionRow> = {}) =>
	session({ id, title: id, startedAt: null, endedAt, ...changes });

const today = '2026-11-18T10:00:00Z';
const yesterday = '2026-11-17T10:00:00Z';
const october = '2026-10-10T10:00:00Z';

/** Roots and what stands below them, as text. */
function outline(tree: SessionTree): string[] {
	const lines: string[] = [];
	const walk = (ids: readonly string[], depth: number) => {
		for (const id of ids) {
			const node = tree.nodes.get(id);
			const name = node === undefined ? id : node.kind === 'group' ? `${node.label} (${node.count ?? '?'})` : node.view.label;
			lines.push(`${'  '.repeat(depth)}${name}`);
			walk(node?.children ?? [], depth + 1);
		}
	};
	walk(tree.roots, 0);
	return lines;
}

describe('the tree of sessions', () => {
	it('groups sessions by the day of their last activity', () => {
		const tree = buildTree(list([of('a', today), of('b', today), of('c', yesterday), of('d', october), of('e', null)]), look);
		assert.deepEqual(outline(tree), ['Today (2)', '  a', '  b', 'Yesterday (1)', '  c', 'October 2026 (1)', '  d', 'No date (1)', '  e']);
	});

	it('opens recent groups, and the first one whatever it is', () => {
		const expanded = (rows: readonly SessionRow[], filtered = false) => {
			const tree = buildTree(list(rows), { ...look, filtered });
			return tree.roots.map(id => {
				const node = tree.nodes.get(id);
				return node?.kind === 'group' && node.expanded;
			});
		};
		assert.deepEqual(expanded([of('a', today), of('b', yesterday), of('c', october)]), [true, true, false]);
		assert.deepEqual(expanded([of('c', october), of('d', '2026-09-01T10:00:00Z')]), [true, false]);
		assert.deepEqual(expanded([of('a', today), of('c', october)], true), [true, true], 'what a filter found is always open');
	});

	it('nests forks under their session, to any depth', () => {
		const tree = buildTree(
			list([of('a', today)], { children: { a: [of('fork', today), of('other', today)], fork: [of('fork of fork', today)] } }),
			look,
		);
		assert.deepEqual(outline(tree), ['Today (1)', '  a', '    fork', '      fork of fork', '    other']);
	});

	it('ends where a session is its own ancestor', () => {
		const tree = buildTree(list([of('a', today)], { children: { a: [of('b', today)], b: [of('a', today)] } }), look);
		assert.deepEqual(outline(tree), ['Today (1)', '  a', '    b']);
	});

	it('takes no child from the prototype of an object', () => {
		const tree = buildTree(list([of('constructor', today), of('__proto__', today)]), look);
		assert.deepEqual(outline(tree), ['Today (2)', '  constructor', '  __proto__']);
	});

	it('shows a session twice in a page only once', () => {
		assert.deepEqual(outline(buildTree(list([of('a', today), of('a', today)]), look)), ['Today (1)', '  a']);
	});

	it('ends in "more" while the engine has more, and then does not count the last group', () => {
		const tree = buildTree(list([of('a', today), of('b', yesterday)], { total: 10 }), look);
		assert.deepEqual(outline(tree), ['Today (1)', '  a', 'Yesterday (?)', '  b', moreId]);
		assert.equal(tree.notShown, 8);
	});
});

describe('the tree of categories', () => {
	const byCategory = { ...look, grouping: 'category' as const };
	const fix = (id: string) => of(id, today, { category: category() });
	const docs = (id: string) => of(id, yesterday, { category: category({ l1: 'support_work', l2: 'docs', l3: 'readme' }) });

	it('has a group for each category of level 2, the most frequent first, and unsorted sessions last', () => {
		const tree = buildTree(list([of('new', today), fix('a'), docs('b'), docs('c')]), byCategory);
		assert.deepEqual(outline(tree), ['Docs (2)', '  b', '  c', 'Bug fix (1)', '  a', 'Not classified yet (1)', '  new']);
		const groups = tree.roots.map(id => tree.nodes.get(id));
		assert.deepEqual(
			groups.map(node => node?.kind === 'group' && [node.category, node.expanded]),
			[
				['docs', true],
				['bug_fix', false],
				[null, false],
			],
		);
	});

	it('counts no group while the engine has more, since any of them may grow', () => {
		const tree = buildTree(list([fix('a'), docs('b')], { total: 3 }), byCategory);
		assert.deepEqual(outline(tree), ['Bug fix (?)', '  a', 'Docs (?)', '  b', moreId]);
	});

	it('changes as a whole when a session gets another category', () => {
		const [before, after] = [buildTree(list([fix('a'), docs('b')]), byCategory), buildTree(list([docs('a'), docs('b')]), byCategory)];
		assert.equal(changesBetween(before, after), 'everything');
	});

	it('knows the sessions of a group, forks included, each once', () => {
		const tree = buildTree(list([fix('a'), fix('b')], { children: { a: [of('fork', today)], b: [of('fork', today)] } }), byCategory);
		assert.deepEqual(sessionsBelow(tree, tree.roots[0] ?? ''), ['a', 'fork', 'b']);
		assert.deepEqual(sessionsBelow(tree, 'gone'), []);
	});
});

describe('what changed in the tree', () => {
	const rows = [of('a', today), of('b', today), of('c', yesterday)];
	const before = buildTree(list(rows), look);
	const changes = (after: SessionList, nowMs = noon) => changesBetween(before, buildTree(after, { ...look, nowMs }));

	it('is nothing when nothing changed', () => {
		assert.deepEqual(changes(list(rows)), []);
	});

	it('is one row when one session grew', () => {
		assert.deepEqual(changes(list([of('a', today, { costUsd: 9 }), of('b', today), of('c', yesterday)])), ['session/a']);
	});

	it('is one row when only what the tooltip shows has changed', () => {
		assert.deepEqual(changes(list([of('a', today, { compactions: 1 }), of('b', today), of('c', yesterday)])), ['session/a']);
	});

	it('is one group when its rows changed places or number', () => {
		assert.deepEqual(changes(list([of('b', today), of('a', today), of('c', yesterday)])), ['group/today']);
		assert.deepEqual(changes(list([of('new', today), ...rows])), ['group/today']);
	});

	it('is both groups when a session moved from one to the other', () => {
		assert.deepEqual(changes(list([of('b', today), of('a', yesterday), of('c', yesterday)])), ['group/today', 'group/yesterday']);
	});

	it('is everything when a group came or went', () => {
		assert.equal(changes(list(rows.slice(0, 2))), 'everything');
		assert.equal(changes(list([...rows, of('d', october)])), 'everything');
		assert.equal(changes(list(rows, { total: 4 })), 'everything');
	});

	it('is the parent when it got a fork, and the fork when that changed', () => {
		const withFork = (changed: Partial<SessionRow>) => list(rows, { children: { a: [of('fork', today, changed)] } });
		assert.deepEqual(changes(withFork({})), ['session/a']);
		assert.deepEqual(changesBetween(buildTree(withFork({}), look), buildTree(withFork({ toolCalls: 99 }), look)), ['session/a/fork']);
	});

	it('is the rows whose relative time went on, when only time passed', () => {
		assert.deepEqual(changes(list(rows), noon + 3_600_000), ['session/a', 'session/b']);
	});
});
