/**
 * The groups and rows that were asked for as a tree, and what differs between two such trees. A node is its id: a refresh that
 * changes one session redraws one row, and everything else keeps its place, selection and expansion.
 */
import type { Grouping, SessionGroup, SessionGroups } from '../../engine/calls/listing.ts';
import type { SessionRow, SubagentRow } from '../../../webview/contract/sessions.ts';
import { countText } from './figures.ts';
import type { Viewer } from './language.ts';
import { type ItemView, sessionItem, type SessionItemView, subagentItem } from './sessionItem.ts';
import { folderName } from './sessionFilter.ts';
import { groupLabel } from './viewChoices.ts';

/** `group/…` (`found/…` while a filter is on), `session/…`, `subagent/…` or `more/…`. */
export type NodeId = string;
/** Groups that are not listed. */
export const moreGroupsId: NodeId = 'more';
/** Of the only group there is without grouping; its rows stand at the top, and it is no row itself. */
const flatId: NodeId = 'group/none';

interface NodeBase {
	readonly id: NodeId;
	/** Null at the top. */
	readonly parent: NodeId | null;
	/** Null while nobody has asked for them. */
	readonly children: readonly NodeId[] | null;
}

export interface GroupNode extends NodeBase {
	readonly kind: 'group';
	readonly group: SessionGroup;
	readonly label: string;
	/** How many sessions stand in it, and where a project lies whose name is that of another. */
	readonly description: string;
	readonly expanded: boolean;
}

export interface SessionNode extends NodeBase {
	readonly kind: 'session';
	readonly row: SessionRow;
	readonly view: SessionItemView;
	/** Forks, continuations or subagents stand below it. */
	readonly canOpen: boolean;
}

export interface SubagentNode extends NodeBase {
	readonly kind: 'subagent';
	readonly row: SubagentRow;
	readonly view: ItemView;
}

/** Stands for the rows that are not shown; of groups when it is at the top of grouped ones. */
export interface MoreNode extends NodeBase {
	readonly kind: 'more';
	/** Whose rows it adds; null where only a filter finds them. */
	readonly of: NodeId | null;
	readonly notShown: number;
}

export type TreeNode = GroupNode | SessionNode | SubagentNode | MoreNode;

export interface SessionTree {
	readonly roots: readonly NodeId[];
	readonly nodes: ReadonlyMap<NodeId, TreeNode>;
}

export interface TreeLook {
	readonly viewer: Viewer;
	readonly nowMs: number;
	readonly grouping: Grouping;
	readonly showProject: boolean;
	readonly filtered: boolean;
}

/** What stands below a group or a session, as far as it was asked for. */
export interface Listed {
	readonly rows: readonly SessionRow[];
	readonly total: number;
	readonly forks: Readonly<Record<string, number>>;
	readonly subagents: readonly SubagentRow[];
}

export interface TreeContent {
	readonly groups: SessionGroups;
	readonly listed: ReadonlyMap<NodeId, Listed>;
}

/** Beyond, a filter finds sooner than scrolling does, and drawing would hold up the extension host. */
export const mostRowsOfGroup = 2_000;
/** So many groups of what a filter found are open at once. */
const openFound = 8;

export const emptyTree: SessionTree = { roots: [], nodes: new Map() };

export function buildTree({ groups, listed }: TreeContent, look: TreeLook): SessionTree {
	const branch = new Branch(listed, look);
	const pinned = groups.groups.filter(({ isPinned }) => isPinned).length;
	const roots = groups.groups.flatMap((group, place) => {
		const index = place - pinned;
		const id = groupId(group, look);
		if (id === flatId) return [...branch.rowsOf(id, 'session', null)];
		const label = groupLabel(look.grouping, group, look.viewer);
		const children = listed.has(id) ? branch.rowsOf(id, rowPath(group, look), id) : null;
		const twin = isTwin(group, groups.groups) ? folderAbove(group.key) : '';
		const description = [countText(group.sessions, look.viewer.locale), twin].filter(part => part !== '').join(' · ');
		branch.nodes.set(id, { kind: 'group', id, parent: null, children, group, label, description, expanded: isOpen(group, index, look) });
		return [id];
	});
	if (groups.moreGroups > 0) {
		branch.nodes.set(moreGroupsId, {
			kind: 'more',
			id: moreGroupsId,
			parent: null,
			children: [],
			of: null,
			notShown: groups.moreGroups,
		});
		roots.push(moreGroupsId);
	}
	return { roots, nodes: branch.nodes };
}

/** Whether the rows of a group are at the top, where they have to be known before anything is shown. */
export function flatGroup(grouping: Grouping): NodeId | null {
	return grouping === 'none' ? flatId : null;
}

class Branch {
	readonly nodes = new Map<NodeId, TreeNode>();
	readonly #listed: ReadonlyMap<NodeId, Listed>;
	readonly #look: TreeLook;

	constructor(listed: ReadonlyMap<NodeId, Listed>, look: TreeLook) {
		this.#listed = listed;
		this.#look = look;
	}

	/** The rows below a node, each with what is listed below it; `path` begins their ids. */
	rowsOf(of: NodeId, path: string, parent: NodeId | null): readonly NodeId[] {
		const listed = this.#listed.get(of);
		if (listed === undefined) return [];
		const { viewer } = this.#look;
		const agents = listed.subagents.map(row => {
			const id = `subagent/${path}/${row.agentId}`;
			this.nodes.set(id, { kind: 'subagent', id, parent, children: [], row, view: subagentItem(row, viewer) });
			return id;
		});
		// A row that moved between two pages may stand in both.
		const ids = new Set(listed.rows.map(row => this.#session(row, `${path}/${row.id}`, parent, listed.forks)));
		const below = [...agents, ...ids];
		const notShown = listed.total - listed.rows.length;
		if (notShown <= 0) return below;
		const id = `more/${of}`;
		const canAdd = listed.rows.length < mostRowsOfGroup;
		this.nodes.set(id, { kind: 'more', id, parent, children: [], of: canAdd ? of : null, notShown });
		return [...below, id];
	}

	#session(row: SessionRow, id: NodeId, parent: NodeId | null, forks: Readonly<Record<string, number>>): NodeId {
		const { viewer, nowMs, showProject, grouping } = this.#look;
		const canOpen = row.subagents > 0 || (Object.hasOwn(forks, row.id) && !isOwnAncestor(id, row.id));
		const children = canOpen && this.#listed.has(id) ? this.rowsOf(id, id, id) : null;
		const view = sessionItem(row, nowMs, viewer, { showProject, grouping });
		this.nodes.set(id, { kind: 'session', id, parent, children, row, view, canOpen });
		return id;
	}
}

/** A session that is its own ancestor, by damaged records, could be opened for ever. */
function isOwnAncestor(path: NodeId, sessionId: string): boolean {
	return path.split('/').slice(0, -1).includes(sessionId);
}

/** Groups of their own while filtering: what was found is open, although its month had been closed. */
export function groupId(
	group: Pick<SessionGroup, 'isPinned' | 'key'>,
	{ grouping, filtered }: Pick<TreeLook, 'grouping' | 'filtered'>,
): NodeId {
	const kind = filtered ? 'found' : 'group';
	if (group.isPinned) return `${kind}/pinned`;
	return grouping === 'none' ? flatId : `${kind}/${grouping}/${encoded(group.key)}`;
}

/** A session stands in the group of each of its tags: there, its rows need names of their own. */
function rowPath(group: SessionGroup, { grouping }: TreeLook): string {
	return grouping === 'tag' && !group.isPinned && group.key !== '' ? `session/#${encoded(group.key)}` : 'session';
}

/** Names of branches and tags hold slashes, and anything else. */
function encoded(key: string): string {
	return encodeURIComponent(JSON.stringify(key));
}

/** Pinned ones and recent ones are open, and the first group whatever it is: a tree of closed folders shows nothing. */
function isOpen({ isPinned, key }: SessionGroup, index: number, { grouping, filtered }: TreeLook): boolean {
	if (isPinned || index === 0) return true;
	if (filtered || grouping === 'tag') return index < openFound && (filtered || key !== '');
	if (grouping === 'day') return !key.startsWith('month-') && key !== 'undated';
	return grouping === 'status' && key !== 'completed' && key !== 'gone';
}

function isTwin(group: SessionGroup, groups: readonly SessionGroup[]): boolean {
	return group.name !== null && groups.some(other => other.name === group.name && other.key !== group.key);
}

function folderAbove(path: string): string {
	return folderName(path.slice(0, path.length - folderName(path).length - 1));
}

/** The nodes to draw again, none of them below another; `everything` when the top level itself changed. */
export type TreeChanges = 'everything' | readonly NodeId[];

export function changesBetween(before: SessionTree, after: SessionTree): TreeChanges {
	if (!same(before.roots, after.roots)) return 'everything';
	const changed: NodeId[] = [];
	const compare = (ids: readonly NodeId[]) => {
		for (const id of ids) {
			const [old, node] = [before.nodes.get(id), after.nodes.get(id)];
			if (old === undefined || node === undefined) continue;
			if (differs(old, node)) changed.push(id);
			else compare(node.children ?? []);
		}
	};
	compare(after.roots);
	return changed;
}

function differs(old: TreeNode, node: TreeNode): boolean {
	if ((old.children === null) !== (node.children === null) || !same(old.children ?? [], node.children ?? [])) return true;
	// The whole of it, since the hover shows all of a row; what stands below was compared.
	return JSON.stringify({ ...old, children: null }) !== JSON.stringify({ ...node, children: null });
}

function same(a: readonly NodeId[], b: readonly NodeId[]): boolean {
	return a.length === b.length && a.every((id, index) => id === b[index]);
}
