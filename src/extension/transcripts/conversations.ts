/**
 * The conversations that were asked for last, with the places of their records and the branches that are shown of them. Built from the
 * index alone, so that one of half a gigabyte opens without its file being read; extended when the index knows more of the file.
 */
import type { ConversationKey } from '../../webview/contract/conversation.ts';
import type { BranchId } from '../../webview/contract/transcript.ts';
import type { ConversationFile, ConversationQueries } from '../store/index/conversations.ts';
import { type Branch, branchOf, firstChange } from './branch.ts';
import { type CostOf, type FileFigures, fileFigures, type SessionFigures, sessionFigures } from './sessionFigures.ts';
import { Spine } from './spine.ts';
import { type Tree, treeOf } from './tree.ts';

/** Of all conversations together; 70 bytes each. */
const mostRows = 500_000;
const mostBranches = 4;
const mostShown = 6;
/** Files whose figures are kept. */
const mostFigures = 2_000;

export class ConversationError extends Error {
	override readonly name = 'ConversationError';
	readonly reason: 'not-found' | 'cancelled';

	constructor(reason: 'not-found' | 'cancelled', message: string) {
		super(message);
		this.reason = reason;
	}
}

/** One conversation as the index knew it at a moment. Its records do not change. */
export class Conversation {
	readonly key: ConversationKey;
	/** Null when only subagents of the session have one. */
	readonly file: ConversationFile | null;
	readonly spine: Spine;
	readonly tree: Tree;
	readonly revision: number;
	/** Prompts' first lines by their first byte, as far as they were read: an outline is asked for again with every change. */
	readonly firstLines: Map<number, string>;
	readonly #branches = new Map<number, Branch>();

	constructor(key: ConversationKey, file: ConversationFile | null, spine: Spine, revision: number, firstLines: Map<number, string>) {
		this.key = key;
		this.file = file;
		this.spine = spine;
		this.tree = treeOf(spine);
		this.revision = revision;
		this.firstLines = firstLines;
	}

	/** The branch that leads through a row; null for the one written to last. */
	branch(through: number | null): Branch {
		const slot = through ?? -1;
		const branch = this.#branches.get(slot) ?? branchOf(this.spine, this.tree, through);
		this.#branches.delete(slot);
		this.#branches.set(slot, branch);
		drop(this.#branches, mostBranches);
		return branch;
	}
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
	readonly stamp: string;
	readonly timesCleared: number;
	shown: readonly Shown[];
}

export interface ConversationsParts {
	readonly queries: ConversationQueries;
	/** How often all rows of a file were replaced. */
	readonly timesCleared: (fileId: number) => number;
	readonly costOf: CostOf;
	/** Changes when the same tokens cost something else. */
	readonly priceDigest: () => string;
	readonly now: () => Date;
}

export class Conversations {
	readonly #parts: ConversationsParts;
	/** The one asked for last comes last. */
	readonly #entries = new Map<string, Entry>();
	readonly #figures = new Map<number, { readonly stamp: string; readonly figures: FileFigures }>();
	#lastRevision: number;

	constructor(parts: ConversationsParts) {
		this.#parts = parts;
		// Later than any of an engine before, whose revisions a page may still hold.
		this.#lastRevision = parts.now().getTime();
	}

	/** @throws ConversationError `not-found` */
	get(key: ConversationKey): Conversation {
		const { queries } = this.#parts;
		const file = queries.file(key.sessionId, key.agentId);
		if (file === null && (key.agentId !== null || !queries.hasSession(key.sessionId)))
			throw new ConversationError('not-found', key.agentId === null ? 'There is no such session' : 'The session has no such subagent');
		const name = nameOf(key);
		const stamp = file === null ? '' : `${file.id} ${queries.stamp(file.id)}`;
		const known = this.#entries.get(name);
		const entry = known?.stamp === stamp ? known : this.#load(key, file, stamp, known);
		this.#entries.delete(name);
		this.#entries.set(name, entry);
		this.#forgetOldest();
		return entry.conversation;
	}

	/** Remembers what was told, and says from which item on it differs from what was told at revision `since`. */
	changedFrom({ key, revision, spine }: Conversation, branchId: BranchId, branch: Branch, since: number | null): number {
		const entry = this.#entries.get(nameOf(key));
		const before = entry?.shown.find(shown => shown.revision === since && shown.branchId === branchId);
		if (entry !== undefined) {
			const others = entry.shown.filter(shown => shown.branchId !== branchId || shown.revision !== revision);
			entry.shown = [...others, { revision, branchId, spine, branch }].slice(-mostShown);
		}
		return before === undefined ? 0 : firstChange(spine, branch, before.spine, before.branch);
	}

	figures(sessionId: string): SessionFigures {
		const { queries, priceDigest } = this.#parts;
		const prices = priceDigest();
		return sessionFigures(
			sessionId,
			queries.files(sessionId),
			file => this.#figuresOf(file, prices),
			fileId => queries.agentsOf(fileId),
		);
	}

	/** A session's other files stay what they were while one of them grows. */
	#figuresOf({ id, size, readOffset, goneAt }: ConversationFile, prices: string): FileFigures {
		const stamp = JSON.stringify([prices, size, readOffset, goneAt]);
		const known = this.#figures.get(id);
		const figures = known?.stamp === stamp ? known.figures : fileFigures(id, this.#parts.queries, this.#parts.costOf);
		this.#figures.delete(id);
		this.#figures.set(id, { stamp, figures });
		drop(this.#figures, mostFigures);
		return figures;
	}

	#load(key: ConversationKey, file: ConversationFile | null, stamp: string, known: Entry | undefined): Entry {
		const timesCleared = file === null ? 0 : this.#parts.timesCleared(file.id);
		const isGrown = file !== null && known?.conversation.file?.id === file.id && known.timesCleared === timesCleared;
		const spine = this.#spineOf(file, isGrown ? known.conversation.spine : null);
		this.#lastRevision++;
		const conversation = new Conversation(
			key,
			file,
			spine,
			this.#lastRevision,
			isGrown ? known.conversation.firstLines : new Map<number, string>(),
		);
		// Of a very long conversation only what was told last is remembered.
		const shown = known?.shown.slice(spine.rows > mostRows / 8 ? -1 : -mostShown) ?? [];
		return { conversation, stamp, timesCleared, shown };
	}

	/** `before`: what is known of the file's first rows. */
	#spineOf(file: ConversationFile | null, before: Spine | null): Spine {
		const { queries } = this.#parts;
		const none = new Float64Array();
		if (file === null) return Spine.of(none, none);
		if (before === null || before.rows === 0) return Spine.of(queries.spine(file.id, 0), queries.joins(file.id, 0));
		const next = (before.offset.at(-1) ?? 0) + 1;
		return before.with(queries.spine(file.id, next), queries.joins(file.id, next));
	}

	/** The conversation asked for last stays, whatever its size. */
	#forgetOldest(): void {
		let rows = 0;
		const [, ...others] = [...this.#entries].reverse().map(([name, { conversation, shown }]) => {
			const spines = new Set([conversation.spine, ...shown.map(({ spine }) => spine)]);
			for (const spine of spines) rows += spine.rows;
			return { name, isTooMuch: rows > mostRows };
		});
		for (const { name, isTooMuch } of others) if (isTooMuch) this.#entries.delete(name);
	}
}

const nameOf = ({ sessionId, agentId }: ConversationKey): string => JSON.stringify([sessionId, agentId]);

/** The first of a map are those asked for longest ago. */
function drop<K>(map: Map<K, unknown>, most: number): void {
	for (const key of map.keys()) {
		if (map.size <= most) return;
		map.delete(key);
	}
}
