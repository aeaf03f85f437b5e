/**
 * The sessions that were asked for as a tree of groups and rows, and what differs between two such trees. A node is its
 * id: a refresh that changes one session redraws one row, and everything else keeps its place, selection and expansion.
 */
import type { SessionRow } from '../../../webview/contract.ts';
import type { SessionList } from '../../engine/api.ts';
import type { Viewer } from './language.ts';
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

export interface TreeLook {
	readonly viewer: Viewer;
	readonly nowMs: number;
	readonly showProject: boolean;
	readonly filtered: boolean;
}

export const emptyTree: SessionTree = { roots: [], nodes: new Map(), notShown: 0 };

/** `sessions` is newest activity first, as the engine lists them. */
export function buildTree({ rows, total, children }: SessionList, { viewer, nowMs, showProject, filtered }: TreeLook): SessionTree {
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
	const groups = new Map<string, { label: string; children: NodeId[] }>();
	for (const row of rows) {
		const { key, label } = dayGroupOf(lastActiveMs(row), nowMs, viewer);
		const group = groups.get(key) ?? { label, children: [] };
		groups.set(key, group);
		const id = add(row, 'session', []);
		if (!group.children.includes(id)) group.children.push(id);
	}
	const notShown = Math.max(0, total - rows.length);
	const roots: NodeId[] = [];
	for (const [key, { label, children }] of groups) {
		// Groups of their own while filtering: what was found is open, although its month had been closed.
		const id = `${filtered ? 'found' : 'group'}/${key}`;
		const isLast = roots.length === groups.size - 1;
		// The newest group is open even when it is a month: a tree of closed folders shows nothing.
		const expanded = filtered || roots.length === 0 || !key.startsWith('month-');
		nodes.set(id, { kind: 'group', id, label, count: isLast && notShown > 0 ? null : children.length, expanded, children });
		roots.push(id);
	}
	if (notShown > 0) roots.push(moreId);
	return { roots, nodes, notShown };
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
