/**
 * The conversations that were asked for last, with the places of their records and the branches that are shown of them. Built from the
 * index alone, so that one of half a gigabyte opens without its file being read; built again when the index knows more of the file.
 */
import type { ConversationKey } from '../../webview/contract/conversation.ts';
import type { BranchId } from '../../webview/contract/transcript.ts';
import type { ConversationFile, ConversationQueries } from '../store/index/conversations.ts';
import { type Branch, branchOf, firstChange } from './branch.ts';
import { agentIdOf, type CostOf, type SessionFigures, sessionFigures } from './sessionFigures.ts';
import { Spine } from './spine.ts';
import { type Tree, treeOf } from './tree.ts';

/** Of all conversations together; 70 bytes each. */
const mostRows = 500_000;
const mostBranches = 4;
const mostShown = 6;
const mostSessions = 4;

export class ConversationError extends Error {
	override readonly name = 'ConversationError';
	readonly reason: 'not-found' | 'cancelled';

	constructor(reason: 'not-found' | 'cancelled', message: string) {
		super(message);
		this.reason = reason;
	}
}

/** One conversation as the index knew it at a moment. Nothing of it changes. */
export interface Conversation {
	readonly key: ConversationKey;
	/** Null when only subagents of the session have one. */
	readonly file: ConversationFile | null;
	readonly spine: Spine;
	readonly tree: Tree;
	readonly revision: number;
	/** Prompts' first lines by their first byte, as far as they were read: an outline is asked for again with every change. */
	readonly firstLines: Map<number, string>;
}

/** What was told of a branch, to say later what changed. */
interface Shown {
	readonly revision: number;
	readonly branchId: BranchId;
	readonly spine: Spine;
	readonly branch: Branch;
}

interface Entry {
	readonly conversation: Conversation;
	readonly branches: Map<number, Branch>;
	shown: readonly Shown[];
}

export interface ConversationsParts {
	readonly queries: ConversationQueries;
	readonly costOf: CostOf;
	/** Changes when the same tokens cost something else. */
	readonly priceDigest: () => string;
	readonly now: () => Date;
}

export class Conversations {
	readonly #parts: ConversationsParts;
	/** The one asked for last comes last. */
	readonly #entries = new Map<string, Entry>();
	readonly #figures = new Map<string, { readonly stamp: string; readonly figures: SessionFigures }>();
	#lastRevision: number;

	constructor(parts: ConversationsParts) {
		this.#parts = parts;
		// Later than any of an engine before, whose revisions a page may still hold.
		this.#lastRevision = parts.now().getTime();
	}

	/** @throws ConversationError `not-found` */
	get(key: ConversationKey): Conversation {
		return this.#entry(key).conversation;
	}

	/** The branch that leads through a row; null for the one written to last. */
	branch({ key }: Conversation, through: number | null): Branch {
		const { conversation, branches } = this.#entry(key);
		const slot = through ?? -1;
		const branch = branches.get(slot) ?? branchOf(conversation.spine, conversation.tree, through);
		branches.delete(slot);
		branches.set(slot, branch);
		drop(branches, mostBranches);
		return branch;
	}

	/** Remembers what was told, and says from which item on it differs from what was told at revision `since`. */
	changedFrom({ key, revision, spine }: Conversation, branchId: BranchId, branch: Branch, since: number | null): number {
		const entry = this.#entry(key);
		const before = entry.shown.find(shown => shown.revision === since && shown.branchId === branchId);
		const others = entry.shown.filter(shown => shown.branchId !== branchId || shown.revision !== revision);
		entry.shown = [...others, { revision, branchId, spine, branch }].slice(-mostShown);
		return before === undefined ? 0 : firstChange(spine, branch, before.spine, before.branch);
	}

	figures(sessionId: string): SessionFigures {
		const { queries, costOf, priceDigest } = this.#parts;
		const files = queries.files(sessionId);
		const stamp = [priceDigest(), ...files.map(file => file.stamp)].join('\n');
		const known = this.#figures.get(sessionId);
		const figures = known?.stamp === stamp ? known.figures : sessionFigures(sessionId, files, queries, costOf);
		this.#figures.delete(sessionId);
		this.#figures.set(sessionId, { stamp, figures });
		drop(this.#figures, mostSessions);
		return figures;
	}

	#entry(key: ConversationKey): Entry {
		const name = JSON.stringify([key.sessionId, key.agentId]);
		const file = this.#fileOf(key);
		const known = this.#entries.get(name);
		const isCurrent = known !== undefined && known.conversation.file?.stamp === file?.stamp;
		const entry = isCurrent ? known : this.#load(key, file, known);
		this.#entries.delete(name);
		this.#entries.set(name, entry);
		let rows = 0;
		for (const [other, { conversation, shown }] of [...this.#entries].reverse()) {
			rows += conversation.spine.rows + shown.reduce((sum, { spine }) => (spine === conversation.spine ? sum : sum + spine.rows), 0);
			if (rows > mostRows && other !== name) this.#entries.delete(other);
		}
		return entry;
	}

	#load(key: ConversationKey, file: ConversationFile | null, known: Entry | undefined): Entry {
		const { queries } = this.#parts;
		const spine = new Spine(
			file === null ? new Float64Array() : queries.spine(file.id),
			file === null ? new Float64Array() : queries.joins(file.id),
		);
		this.#lastRevision++;
		const conversation: Conversation = {
			key,
			file,
			spine,
			tree: treeOf(spine),
			revision: this.#lastRevision,
			firstLines:
				known !== undefined && isSameFile(known.conversation.file, file) ? known.conversation.firstLines : new Map<number, string>(),
		};
		// Of a very long conversation only what was told last is remembered.
		const shown = known?.shown.slice(spine.rows > mostRows / 8 ? -1 : -mostShown) ?? [];
		return { conversation, branches: new Map(), shown };
	}

	#fileOf({ sessionId, agentId }: ConversationKey): ConversationFile | null {
		const files = this.#parts.queries.files(sessionId);
		const found = files.find(file =>
			agentId === null ? file.kind === 'session' : file.kind === 'subagent' && agentIdOf(file) === agentId,
		);
		if (found !== undefined) return found;
		if (agentId === null && files.length > 0) return null;
		throw new ConversationError('not-found', agentId === null ? 'There is no such session' : 'The session has no such subagent');
	}
}

/** Read on from where it ended, not from its first byte: what was known of its records still holds. */
const isSameFile = (before: ConversationFile | null, after: ConversationFile | null): boolean =>
	before !== null && after !== null && before.id === after.id && before.readOffset <= after.readOffset && before.goneAt === after.goneAt;

/** The first of a map are those asked for longest ago. */
function drop<K>(map: Map<K, unknown>, most: number): void {
	for (const key of map.keys()) {
		if (map.size <= most) return;
		map.delete(key);
	}
}
