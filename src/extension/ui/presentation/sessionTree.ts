/**
 * The sessions that were asked for as a tree of groups and rows, and what differs between two such trees. A node is its
 * id: a refresh that changes one session redraws one row, and everything else keeps its place, selection and expansion.
 */
import type { CategoryName, SessionRow } from '../../../webview/contract/sessions.ts';
import type { SessionList } from '../../engine/api.ts';
import type { Viewer } from './language.ts';
import { categoryLabel } from './categoryNames.ts';
import { dayGroupOf } from './localTime.ts';
import { type ItemView, lastActiveMs, sessionItem } from './sessionItem.ts';

/** `group/…` (`found/…` while a filter is on), `session/…`, `subagent/…` or `more`. */
export type NodeId = string;
export const moreId: NodeId = 'more';

export interface SessionNode {
	readonly kind: 'session';
	readonly id: NodeId;
	readonly row: SessionRow;
	readonly view: ItemView;
	/** Forks and continuations; subagents are asked for when the node is opened. */
	readonly children: readonly NodeId[];
}

export interface GroupNode {
	readonly kind: 'group';
	readonly id: NodeId;
	readonly label: string;
	/** Of level 2, when the rows are grouped by category; null for a group of days and for sessions without one. */
	readonly category: CategoryName | null;
	/** How many sessions stand in it; null while more of them may not be loaded yet. */
	readonly count: number | null;
	readonly expanded: boolean;
	readonly children: readonly NodeId[];
}

export interface SessionTree {
	readonly roots: readonly NodeId[];
	readonly nodes: ReadonlyMap<NodeId, SessionNode | GroupNode>;
	/** Rows that the engine has beyond those shown. */
	readonly notShown: number;
}

export type Grouping = 'day' | 'category';

export interface TreeLook {
	readonly viewer: Viewer;
	readonly nowMs: number;
	readonly grouping: Grouping;
	readonly showProject: boolean;
	readonly filtered: boolean;
}

export const emptyTree: SessionTree = { roots: [], nodes: new Map(), notShown: 0 };

interface Group {
	readonly key: string;
	readonly label: string;
	readonly category: CategoryName | null;
	readonly children: NodeId[];
}

/** `rows` is newest activity first, as the engine lists them. */
export function buildTree({ rows, total, children }: SessionList, look: TreeLook): SessionTree {
	const { viewer, nowMs, showProject, filtered } = look;
	const nodes = new Map<NodeId, SessionNode | GroupNode>();
	const add = (row: SessionRow, parentPath: string, ancestors: readonly string[]): NodeId => {
		const path = `${parentPath}/${row.id}`;
		const line = [...ancestors, row.id];
		// A session that is its own ancestor, by damaged records, would never end.
		const own = Object.hasOwn(children, row.id) ? (children[row.id] ?? []) : [];
		const forks = own.filter(child => !line.includes(child.id)).map(child => add(child, path, line));
		nodes.set(path, { kind: 'session', id: path, row, view: sessionItem(row, nowMs, viewer, { showProject }), children: forks });
		return path;
	};
	const groups = new Map<string, Group>();
	for (const row of rows) {
		const empty = emptyGroupOf(row, look);
		const group = groups.get(empty.key) ?? empty;
		groups.set(group.key, group);
		const id = add(row, 'session', []);
		if (!group.children.includes(id)) group.children.push(id);
	}
	const notShown = Math.max(0, total - rows.length);
	const roots: NodeId[] = [];
	const ordered = look.grouping === 'day' ? [...groups.values()] : byFrequency([...groups.values()]);
	for (const { key, label, category, children } of ordered) {
		// Groups of their own while filtering: what was found is open, although its month had been closed.
		const id = `${filtered ? 'found' : 'group'}/${key}`;
		// What is not loaded yet is older: it belongs to the last day, and to any category.
		const mayGrow = notShown > 0 && (look.grouping === 'category' || roots.length === groups.size - 1);
		// The first group is open even when it is a month: a tree of closed folders shows nothing.
		const expanded = filtered || roots.length === 0 || (look.grouping === 'day' && !key.startsWith('month-'));
		nodes.set(id, { kind: 'group', id, label, category, count: mayGrow ? null : children.length, expanded, children });
		roots.push(id);
	}
	if (notShown > 0) roots.push(moreId);
	return { roots, nodes, notShown };
}

function emptyGroupOf(row: SessionRow, { grouping, viewer, nowMs }: TreeLook): Group {
	if (grouping === 'day') return { ...dayGroupOf(lastActiveMs(row), nowMs, viewer), category: null, children: [] };
	const category = row.category?.l2 ?? null;
	if (category === null) return { key: 'uncategorized', label: viewer.t('Not classified yet'), category, children: [] };
	return { key: `category-${category}`, label: categoryLabel(category), category, children: [] };
}

/** The most frequent first, equal ones by name; sessions without a category come last. */
function byFrequency(groups: readonly Group[]): readonly Group[] {
	const isLast = (group: Group) => Number(group.category === null);
	return groups.toSorted((a, b) => isLast(a) - isLast(b) || b.children.length - a.children.length || (a.label < b.label ? -1 : 1));
}

/** The sessions in a group or below a row, forks included; each once. */
export function sessionsBelow(tree: SessionTree, id: NodeId): readonly string[] {
	const node = tree.nodes.get(id);
	if (node === undefined) return [];
	const own = node.kind === 'session' ? [node.row.id] : [];
	return [...new Set([...own, ...node.children.flatMap(child => sessionsBelow(tree, child))])];
}

/** The nodes to draw again, none of them below another; `everything` when the top level itself changed. */
export type TreeChanges = 'everything' | readonly NodeId[];

export function changesBetween(before: SessionTree, after: SessionTree): TreeChanges {
	if (before.notShown !== after.notShown || !same(before.roots, after.roots)) return 'everything';
	const changed: NodeId[] = [];
	const compare = (ids: readonly NodeId[]) => {
		for (const id of ids) {
			const [old, node] = [before.nodes.get(id), after.nodes.get(id)];
			if (old === undefined || node === undefined) continue;
			if (differs(old, node)) changed.push(id);
			else compare(node.children);
		}
	};
	compare(after.roots);
	return changed;
}

function differs(old: SessionNode | GroupNode, node: SessionNode | GroupNode): boolean {
	if (!same(old.children, node.children)) return true;
	if (old.kind === 'group') return node.kind !== 'group' || old.label !== node.label || old.count !== node.count;
	if (node.kind === 'group') return true;
	// The row as a whole, since the hover shows all of it.
	return JSON.stringify([old.view, old.row]) !== JSON.stringify([node.view, node.row]);
}

function same(a: readonly NodeId[], b: readonly NodeId[]): boolean {
	return a.length === b.length && a.every((id, index) => id === b[index]);
}
