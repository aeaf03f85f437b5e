/**
 * Which sessions the tree shows: asks the engine for the groups, and for the rows of those that are open, page by page; tells
 * what changed since it last asked. What somebody closed is forgotten, so that a tree of 10,000 sessions costs what is in sight.
 */
import type { GroupName, GroupsQuery, SessionGroups } from '../engine/calls/listing.ts';
import type { SessionRow } from '../../webview/contract/sessions.ts';
import type { Engine } from '../engine/client.ts';
import {
	buildTree,
	changesBetween,
	emptyTree,
	flatGroup,
	type Listed,
	mostRowsOfGroup,
	type NodeId,
	type SessionTree,
	type TreeChanges,
	type TreeLook,
	type TreeNode,
} from './presentation/sessionTree.ts';

/** The most that the engine gives at once, and what "Show More" adds. */
const pageSize = 200;

interface Opened {
	/** Rows that a person wanted to see. */
	wanted: number;
	isOpen: boolean;
	/** Null while they are being asked for. */
	listed: Listed | null;
}

/** What a session or a group has below it, with the way to get it. */
type Source = { readonly group: GroupName } | { readonly session: SessionRow };

export class SessionsModel {
	readonly #engine: Pick<Engine, 'call'>;
	readonly #look: () => TreeLook;
	#question: GroupsQuery;
	/** What the tree is the answer to: for a moment after another question, that of before. */
	#answered: GroupsQuery;
	#groups: SessionGroups | null = null;
	readonly #opened = new Map<NodeId, Opened>();
	#tree = emptyTree;
	/** Of the question before: VS Code shows its rows until it has asked for all new ones, and a person may act on them. */
	#leaving = emptyTree;
	#asking = new AbortController();

	constructor(engine: Pick<Engine, 'call'>, question: GroupsQuery, look: () => TreeLook) {
		this.#engine = engine;
		this.#question = question;
		this.#answered = question;
		this.#look = look;
	}

	get tree(): SessionTree {
		return this.#tree;
	}

	/** What the present question was answered with; null before. */
	get groups(): SessionGroups | null {
		return this.#groups;
	}

	/** What the rows that are shown are the answer to. */
	get question(): GroupsQuery {
		return this.#answered;
	}

	row(node: NodeId): SessionRow | null {
		const found = this.node(node);
		return found?.kind === 'session' ? found.row : null;
	}

	/** Undefined for what no row on the screen stands for. */
	node(node: NodeId): TreeNode | undefined {
		return this.#tree.nodes.get(node) ?? this.#leaving.nodes.get(node);
	}

	/** Another question. The rows of the one before stay until it is answered, so that nothing flashes. */
	ask(question: GroupsQuery): void {
		this.#asking.abort();
		this.#asking = new AbortController();
		this.#question = question;
		this.#groups = null;
		this.#opened.clear();
		// Without any, the question before was not answered in full yet: what is on the screen is older still.
		if ([...this.#tree.nodes.values()].some(({ kind }) => kind === 'session')) this.#leaving = this.#tree;
	}

	/** There is nothing to ask about, as without a folder. */
	clear(): void {
		this.ask(this.#question);
		this.#tree = emptyTree;
	}

	/** Asks again for everything that is open. Null when the question changed meanwhile. Rejects like the engine's calls; rows that answer another question are gone then. */
	async reload(): Promise<TreeChanges | null> {
		try {
			return await this.#reload();
		} catch (error) {
			if (this.#groups === null) this.#tree = emptyTree;
			throw error;
		}
	}

	async #reload(): Promise<TreeChanges | null> {
		const { signal } = this.#asking;
		const flat = flatGroup(this.#question.grouping);
		if (flat !== null && !this.#opened.has(flat)) this.#opened.set(flat, { wanted: pageSize, isOpen: true, listed: null });
		// What was closed is asked for when it is opened again.
		for (const [id, { isOpen }] of this.#opened) if (!isOpen) this.#opened.delete(id);
		const asked = [...this.#opened].flatMap(([id, opened]) => {
			const source = this.#sourceOf(id);
			return source === null ? [] : [{ id, wanted: opened.wanted, source }];
		});
		const answers = await this.#unlessAborted(signal, () =>
			Promise.all([
				this.#engine.call('sessionGroups', this.#question, { signal }),
				Promise.all(asked.map(async ({ id, wanted, source }) => ({ id, listed: await this.#list(source, wanted, signal) }))),
			]),
		);
		if (answers === null) return null;
		const [groups, lists] = answers;
		this.#groups = groups;
		this.#answered = this.#question;
		for (const { id, listed } of lists) {
			const opened = this.#opened.get(id);
			if (opened !== undefined) opened.listed = listed;
		}
		const changes = this.retell();
		for (const id of this.#opened.keys()) if (id !== flat && !this.#tree.nodes.has(id)) this.#opened.delete(id);
		return changes;
	}

	/** What stands below a node; asked for when it is opened first. Empty when the question changed meanwhile. */
	async children(node: NodeId): Promise<readonly NodeId[]> {
		const known = this.#tree.nodes.get(node)?.children;
		const opened = this.#opened.get(node);
		if (opened !== undefined) opened.isOpen = true;
		// Until the present question is answered, nobody can say what stands below a row of the one before.
		if ((known !== null && known !== undefined) || this.#groups === null) return known ?? [];
		await this.#open(node, opened?.wanted ?? pageSize);
		return this.#tree.nodes.get(node)?.children ?? [];
	}

	/** It costs nothing from the next reload on. */
	close(node: NodeId): void {
		const opened = this.#opened.get(node);
		if (opened !== undefined) opened.isOpen = false;
	}

	/** One page more below a node. */
	async showMore(node: NodeId): Promise<TreeChanges> {
		if (this.#groups === null) return [];
		const before = this.#tree;
		const wanted = (this.#opened.get(node)?.wanted ?? 0) + pageSize;
		await this.#open(node, Math.min(mostRowsOfGroup, wanted));
		return changesBetween(before, this.#tree);
	}

	/** The same rows at a later moment: relative times move on. */
	retell(): TreeChanges {
		const before = this.#tree;
		if (this.#groups !== null) this.#tree = buildTree({ groups: this.#groups, listed: this.#listed() }, this.#look());
		return changesBetween(before, this.#tree);
	}

	async #open(node: NodeId, wanted: number): Promise<void> {
		const source = this.#sourceOf(node);
		if (source === null) return;
		const { signal } = this.#asking;
		const listed = await this.#unlessAborted(signal, () => this.#list(source, wanted, signal));
		if (listed === null) return;
		this.#opened.set(node, { wanted, isOpen: true, listed });
		this.retell();
	}

	#listed(): ReadonlyMap<NodeId, Listed> {
		return new Map([...this.#opened].flatMap(([id, { listed }]) => (listed === null ? [] : [[id, listed] as const])));
	}

	#sourceOf(node: NodeId): Source | null {
		if (node === flatGroup(this.#question.grouping)) return { group: { isPinned: false, key: '' } };
		const found = this.#tree.nodes.get(node);
		if (found?.kind === 'group') return { group: { isPinned: found.group.isPinned, key: found.group.key } };
		return found?.kind === 'session' ? { session: found.row } : null;
	}

	async #list(source: Source, wanted: number, signal: AbortSignal): Promise<Listed> {
		const rows: SessionRow[] = [];
		const forks: Record<string, number> = {};
		let total = 0;
		const subagents =
			'session' in source && source.session.subagents > 0
				? await this.#engine.call('subagents', { sessionId: source.session.id }, { signal })
				: [];
		do {
			const range = { offset: rows.length, limit: pageSize };
			const slice =
				'group' in source
					? await this.#engine.call('groupSessions', { ...this.#question, ...source, ...range }, { signal })
					: await this.#engine.call(
							'forks',
							{ sessionId: source.session.id, showsHidden: this.#question.filter.showsHidden, ...range },
							{ signal },
						);
			rows.push(...slice.rows);
			Object.assign(forks, slice.forks);
			total = slice.total;
			// An empty page ends it, should rows have gone meanwhile.
			if (slice.rows.length === 0) total = rows.length;
		} while (rows.length < Math.min(wanted, total));
		return { rows, total, forks, subagents };
	}

	async #unlessAborted<T>(signal: AbortSignal, work: () => Promise<T>): Promise<T | null> {
		try {
			const result = await work();
			return signal.aborted ? null : result;
		} catch (error) {
			if (signal.aborted) return null;
			throw error;
		}
	}

	/** The group that a node stands for, as the engine knows it. */
	groupOf(node: NodeId): GroupName | null {
		const found = this.#tree.nodes.get(node);
		return found?.kind === 'group' ? found.group : null;
	}
}
