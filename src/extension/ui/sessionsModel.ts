/** Which sessions the tree shows: asks the engine page by page and tells what changed since it last asked. */
import type { CategoryName, Scope, SessionRow } from '../../webview/contract/sessions.ts';
import type { SessionList } from '../engine/api.ts';
import type { Engine } from '../engine/client.ts';
import {
	buildTree,
	changesBetween,
	emptyTree,
	type NodeId,
	type SessionTree,
	type TreeChanges,
	type TreeLook,
} from './presentation/sessionTree.ts';

/** The most that the engine gives at once, and what "Show more" adds. */
const pageSize = 200;
/** Beyond, a filter finds sooner than scrolling does, and drawing would hold up the extension host. */
const mostRows = 2_000;

export interface SessionQuestion {
	readonly scope: Scope;
	readonly filter: string;
	readonly category: CategoryName | null;
}

export class SessionsModel {
	readonly #engine: Pick<Engine, 'call'>;
	readonly #look: () => TreeLook;
	#question: SessionQuestion;
	#wanted = pageSize;
	#list: SessionList | null = null;
	#tree = emptyTree;
	#asking = new AbortController();

	constructor(engine: Pick<Engine, 'call'>, question: SessionQuestion, look: () => TreeLook) {
		this.#engine = engine;
		this.#question = question;
		this.#look = look;
	}

	get tree(): SessionTree {
		return this.#tree;
	}

	/** Whether the present question has been answered. */
	get answered(): boolean {
		return this.#list !== null;
	}

	get canShowMore(): boolean {
		return this.#wanted < mostRows;
	}

	row(node: NodeId): SessionRow | null {
		const found = this.#tree.nodes.get(node);
		return found?.kind === 'session' ? found.row : null;
	}

	/** Another question: the rows of the old one go at once, since they would answer what nobody asks any more. */
	ask(question: SessionQuestion): void {
		this.#asking.abort();
		this.#asking = new AbortController();
		this.#question = question;
		this.#wanted = pageSize;
		this.#list = null;
		this.#tree = emptyTree;
	}

	showMore(): void {
		if (this.canShowMore) this.#wanted += pageSize;
	}

	/** Null when the question changed meanwhile. Rejects like the engine's calls. */
	async reload(): Promise<TreeChanges | null> {
		const { signal } = this.#asking;
		const wanted = this.#wanted;
		const rows: SessionRow[] = [];
		const children: Record<string, readonly SessionRow[]> = {};
		let total = 0;
		try {
			do {
				const page = await this.#engine.call('sessions', { ...this.#question, offset: rows.length, limit: pageSize }, { signal });
				rows.push(...page.rows);
				Object.assign(children, page.children);
				total = page.total;
				// An empty page ends it, should rows have gone meanwhile.
				if (page.rows.length === 0) break;
			} while (rows.length < Math.min(wanted, total));
		} catch (error) {
			if (signal.aborted) return null;
			throw error;
		}
		if (signal.aborted) return null;
		this.#list = { rows, total, children };
		return this.retell();
	}

	/** The same rows at a later moment: relative times move on, days become yesterday. */
	retell(): TreeChanges {
		const before = this.#tree;
		if (this.#list !== null) this.#tree = buildTree(this.#list, this.#look());
		return changesBetween(before, this.#tree);
	}
}
