import assert from 'node:assert/strict';
import type { Grouping, SessionGroup, SessionGroups } from '../../../src/extension/engine/calls/listing.ts';
import {
	buildTree,
	changesBetween,
	groupId,
	type Listed,
	type NodeId,
	type SessionTree,
	type TreeContent,
	type TreeLook,
} from '../../../src/extension/ui/presentation/sessionTree.ts';
import type { SessionRow, SubagentRow } from '../../../src/webview/contract/sessions.ts';
import { berlin, noon, session } from './viewers.ts';

const byDay: TreeLook = { viewer: berlin, nowMs: noon, grouping: 'day', showProject: false, filtered: false };
const of = (id: string, changes: Partial<SessionRow> = {}) => session({ id, title: id, ...changes });
const group = (key: string, sessions: number, rest: Partial<SessionGroup> = {}): SessionGroup => ({
	isPinned: false,
	key,
	name: null,
	sessions,
	...rest,
});
const pinnedGroup = group('', 1, { isPinned: true });
const groupsOf = (groups: readonly SessionGroup[], moreGroups = 0): SessionGroups => ({
	groups,
	moreGroups,
	sessions: 0,
	hidden: 0,
	needInput: 0,
	live: 0,
});
const listed = (rows: readonly SessionRow[], rest: Partial<Listed> = {}): Listed => ({
	rows,
	total: rows.length,
	forks: {},
	subagents: [],
	...rest,
});
const idOf = (key: string, look: Pick<TreeLook, 'grouping' | 'filtered'> = byDay) => groupId({ isPinned: false, key }, look);
const content = (groups: readonly SessionGroup[], lists: Readonly<Record<NodeId, Listed>> = {}, moreGroups = 0): TreeContent => ({
	groups: groupsOf(groups, moreGroups),
	listed: new Map(Object.entries(lists)),
});

/** Roots and what stands below them, as text; `…` below what nobody has asked for. */
function outline(tree: SessionTree): string[] {
	const lines: string[] = [];
	const walk = (ids: readonly NodeId[], depth: number) => {
		for (const id of ids) {
			const node = tree.nodes.get(id);
			assert.ok(node, id);
			const name =
				node.kind === 'group' ? `${node.label} (${node.description})` : node.kind === 'more' ? `more: ${node.notShown}` : node.view.label;
			const canOpen = node.kind === 'group' || (node.kind === 'session' && node.canOpen);
			lines.push(`${'  '.repeat(depth)}${name}${canOpen && node.children === null ? ' …' : ''}`);
			walk(node.children ?? [], depth + 1);
		}
	};
	walk(tree.roots, 0);
	return lines;
}

describe('The tree of sessions', () => {
	it('has the groups with their counts before anything in them is known', () => {
		const tree = buildTree(content([group('today', 2), group('month-2026-10', 12_345)]), byDay);
		assert.deepEqual(outline(tree), ['Today (2) …', 'October 2026 (12.3K) …']);
	});

	it('has the rows of the groups that were opened', () => {
		const tree = buildTree(content([group('today', 2), group('yesterday', 1)], { [idOf('today')]: listed([of('a'), of('b')]) }), byDay);
		assert.deepEqual(outline(tree), ['Today (2)', '  a', '  b', 'Yesterday (1) …']);
	});

	it('says what is not shown of a group, and adds more of it until a filter finds sooner', () => {
		const rows = Array.from({ length: 200 }, (_, index) => of(`s${index}`));
		const moreOf = (shown: readonly SessionRow[], total: number) => {
			const tree = buildTree(content([group('today', total)], { [idOf('today')]: listed(shown, { total }) }), byDay);
			return tree.nodes.get(`more/${idOf('today')}`);
		};
		assert.equal(moreOf(rows, 200), undefined);
		const more = moreOf(rows, 450);
		assert.deepEqual(more?.kind === 'more' && [more.of, more.notShown], [idOf('today'), 250]);
		const many = Array.from({ length: 2_000 }, (_, index) => of(`s${index}`));
		const filtered = moreOf(many, 9_000);
		assert.deepEqual(filtered?.kind === 'more' && [filtered.of, filtered.notShown], [null, 7_000]);
	});

	it('says that there are more groups than can be shown', () => {
		const tree = buildTree(content([group('a', 1)], {}, 40), { ...byDay, grouping: 'branch' });
		assert.deepEqual(outline(tree), ['a (1) …', 'more: 40']);
	});

	it('has its rows at the top without grouping, with the pinned ones still in a group', () => {
		const look = { ...byDay, grouping: 'none' as const };
		const lists = { 'group/none': listed([of('a'), of('b')], { total: 5 }), 'group/pinned': listed([of('p')]) };
		assert.deepEqual(outline(buildTree(content([pinnedGroup, group('', 5)], lists), look)), ['Pinned (1)', '  p', 'a', 'b', 'more: 3']);
	});

	it('opens subagents and forks below their session when they were asked for', () => {
		const agent: SubagentRow = {
			agentId: 'x',
			sessionId: 'a',
			agentType: null,
			description: 'agent',
			startedAt: null,
			responses: 1,
			toolCalls: 0,
			costUsd: null,
			file: '/x',
		};
		const top = { [idOf('today')]: listed([of('a', { subagents: 1 }), of('b')], { forks: { a: 2 } }) };
		assert.deepEqual(outline(buildTree(content([group('today', 2)], top), byDay)), ['Today (2)', '  a …', '  b']);
		const below = {
			...top,
			'session/a': listed([of('f'), of('g')], { subagents: [agent], forks: { f: 1 } }),
			'session/a/f': listed([of('h')]),
		};
		const tree = buildTree(content([group('today', 2)], below), byDay);
		assert.deepEqual(outline(tree), ['Today (2)', '  a', '    agent', '    f', '      h', '    g', '  b']);
		assert.equal(tree.nodes.get('session/a/f/h')?.parent, 'session/a/f');
		assert.equal(tree.nodes.get('session/a')?.parent, idOf('today'));
	});

	it('ends where a session is its own ancestor', () => {
		const lists = {
			[idOf('today')]: listed([of('a')], { forks: { a: 1 } }),
			'session/a': listed([of('b')], { forks: { b: 1 } }),
			'session/a/b': listed([of('a')], { forks: { a: 1 } }),
		};
		assert.deepEqual(outline(buildTree(content([group('today', 1)], lists), byDay)), ['Today (1)', '  a', '    b', '      a']);
	});

	it('takes no fork from the prototype of an object', () => {
		const lists = { [idOf('today')]: listed([of('constructor'), of('__proto__')]) };
		assert.deepEqual(outline(buildTree(content([group('today', 2)], lists), byDay)), ['Today (2)', '  constructor', '  __proto__']);
	});

	it('shows a session that stands on two pages only once', () => {
		const lists = { [idOf('today')]: listed([of('a'), of('a')]) };
		assert.deepEqual(outline(buildTree(content([group('today', 2)], lists), byDay)), ['Today (2)', '  a']);
	});

	it('gives a session a row of its own in the group of each of its tags', () => {
		const look = { ...byDay, grouping: 'tag' as const };
		const lists = { [idOf('x', look)]: listed([of('a')]), [idOf('y/..', look)]: listed([of('a')]), [idOf('', look)]: listed([of('b')]) };
		const tree = buildTree(content([group('x', 1), group('y/..', 1), group('', 1)], lists), look);
		assert.deepEqual(outline(tree), ['x (1)', '  a', 'y/.. (1)', '  a', 'Not tagged (1)', '  b']);
		assert.equal(tree.nodes.size, 6);
	});

	it('keeps groups apart whose names are odd', () => {
		const look = { ...byDay, grouping: 'branch' as const };
		const keys = ['a/b', 'a', 'a%2Fb', '\ud800', '\udfff', '"', '__proto__', ''];
		assert.equal(new Set(keys.map(key => idOf(key, look))).size, keys.length);
		assert.equal(buildTree(content(keys.map(key => group(key, 1))), look).roots.length, keys.length);
	});

	it('says where two projects of one name lie', () => {
		const look = { ...byDay, grouping: 'project' as const };
		const groups = [
			group('/home/ann/shop', 2, { name: 'shop' }),
			group('C:\\work\\shop', 1, { name: 'shop' }),
			group('/x/y', 1, { name: 'y' }),
			group('', 3),
		];
		assert.deepEqual(outline(buildTree(content(groups), look)), ['shop (2 · ann) …', 'shop (1 · work) …', 'y (1) …', 'No project (3) …']);
	});

	it('opens recent groups, pinned ones, and the first one whatever it is', () => {
		const expanded = (groups: readonly SessionGroup[], grouping: Grouping = 'day', filtered = false) => {
			const tree = buildTree(content(groups), { ...byDay, grouping, filtered });
			return tree.roots.map(id => {
				const node = tree.nodes.get(id);
				return node?.kind === 'group' && node.expanded;
			});
		};
		assert.deepEqual(expanded([group('today', 1), group('yesterday', 1), group('month-2026-10', 1)]), [true, true, false]);
		assert.deepEqual(expanded([group('month-2026-10', 1), group('month-2026-09', 1), group('undated', 1)]), [true, false, false]);
		assert.deepEqual(expanded([pinnedGroup, group('docs', 1), group('feature', 1)], 'category'), [true, true, false]);
		assert.deepEqual(expanded([group('a', 1), group('b', 1), group('', 1)], 'tag'), [true, true, false]);
		assert.deepEqual(expanded([group('x', 1), group('completed', 1), group('error', 1)], 'status'), [true, false, true]);
		const found = expanded(
			Array.from({ length: 10 }, (_, index) => group(`b${index}`, 1)),
			'branch',
			true,
		);
		assert.deepEqual(
			found,
			[true, true, true, true, true, true, true, true, false, false],
			'what a filter found is open, but not without end',
		);
	});

	it('is another group for what a filter found, so that it is open although its month had been closed', () => {
		assert.notEqual(idOf('today', { ...byDay, filtered: true }), idOf('today'));
	});
});

describe('What changed in the tree', () => {
	const [today, yesterday] = [idOf('today'), idOf('yesterday')];
	const groups = [group('today', 2), group('yesterday', 1)];
	const lists = { [today]: listed([of('a'), of('b')]), [yesterday]: listed([of('c')]) };
	const before = buildTree(content(groups, lists), byDay);
	const changes = (after: TreeContent, nowMs = noon) => changesBetween(before, buildTree(after, { ...byDay, nowMs }));

	it('is nothing when nothing changed', () => {
		assert.deepEqual(changes(content(groups, lists)), []);
	});

	it('is one row when one session grew, or only what its hover shows changed', () => {
		assert.deepEqual(changes(content(groups, { ...lists, [today]: listed([of('a', { costUsd: 9 }), of('b')]) })), ['session/a']);
		assert.deepEqual(changes(content(groups, { ...lists, [today]: listed([of('a', { note: 'x' }), of('b')]) })), ['session/a']);
	});

	it('is one group when its rows changed places or number, or its count did', () => {
		assert.deepEqual(changes(content(groups, { ...lists, [today]: listed([of('b'), of('a')]) })), [today]);
		assert.deepEqual(changes(content([group('today', 3), group('yesterday', 1)], lists)), [today]);
	});

	it('is a group whose rows are not known any more, so that it asks for them when it is opened', () => {
		assert.deepEqual(changes(content(groups, { [today]: listed([of('a'), of('b')]) })), [yesterday]);
	});

	it('is both groups when a session moved from one to the other', () => {
		const moved = content([group('today', 1), group('yesterday', 2)], {
			[today]: listed([of('b')]),
			[yesterday]: listed([of('a'), of('c')]),
		});
		assert.deepEqual(changes(moved), [today, yesterday]);
	});

	it('is everything when a group came or went', () => {
		assert.equal(changes(content([group('today', 2)], lists)), 'everything');
		assert.equal(changes(content([pinnedGroup, ...groups], lists)), 'everything');
	});

	it('is the session that got forks, and the fork when that changed', () => {
		const withFork = (changed: Partial<SessionRow>) =>
			content(groups, { ...lists, [today]: listed([of('a'), of('b')], { forks: { a: 1 } }), 'session/a': listed([of('f', changed)]) });
		assert.deepEqual(changes(withFork({})), ['session/a']);
		assert.deepEqual(changesBetween(buildTree(withFork({}), byDay), buildTree(withFork({ toolCalls: 99 }), byDay)), ['session/a/f']);
	});

	it('is the rows whose relative time went on, when only time passed', () => {
		assert.deepEqual(changes(content(groups, lists), noon + 3_600_000), ['session/a', 'session/b', 'session/c']);
	});
});
