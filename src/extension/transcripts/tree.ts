/**
 * The tree of a conversation: which record goes on from which, and where a person went back and said something else.
 *
 * Several children are mostly no fork: a call is answered by its result and by the next block of the same response, hooks and
 * attachments hang beside what goes on. So the order of a conversation is that of the file, in which every record stands behind what it
 * answers, and only what follows another choice at a real fork is left out of it. A real fork has at least two *ways*: children that begin
 * with something a person said and that were answered, or on which more was said later. Of 126 records with several children in the real
 * transcripts, four are.
 */
import type { Spine } from './spine.ts';

export interface ForkPlace {
	/** Row after which the ways part; -1 before the first. */
	readonly parent: number;
	/** First row of each way, in their order. */
	readonly ways: readonly number[];
}

export interface Tree {
	/** Row each row goes on from, also for records that name none: the one before it; -1 for the first. */
	readonly parent: Int32Array;
	/** Last row of the main line at or below a row. */
	readonly last: Int32Array;
	/** Those further up first. */
	readonly forks: readonly ForkPlace[];
}

/** No person goes back so often; of a file made to have more, the others are shown as one line. */
const mostForks = 10_000;

/** What the first thing said at or below a row is. */
const beginsWith = { nothing: 0, command: 1, prompt: 2 } as const;

export function treeOf(spine: Spine): Tree {
	const { parent, repeated } = parentsOf(spine);
	const below = belowOf(spine, parent);
	const forks: ForkPlace[] = [];
	for (const [place, children] of childrenOf(spine, parent, repeated)) {
		const ways = waysOf(children, below);
		if (ways.length > 1 && forks.length < mostForks) forks.push({ parent: place, ways });
	}
	return { parent, last: below.last, forks: forks.sort((a, b) => a.parent - b.parent) };
}

/** Whether a way begins with what an earlier one began with: some versions wrote a conversation again when it was resumed. */
export const isRepetition = (spine: Spine, { ways }: ForkPlace, way: number): boolean =>
	ways.some(other => other < way && spine.at[other] === spine.at[way]);

interface Parents {
	readonly parent: Int32Array;
	/** Rows that begin the conversation once more, told again or said otherwise: by row, the one that began it first. */
	readonly repeated: ReadonlyMap<number, number>;
}

/**
 * Orphans, compactions and queued prompts go on from what stands before them, subagents' words beside it. A prompt that says it answers
 * none was given when a person went back to the very first one.
 */
function parentsOf(spine: Spine): Parents {
	const parent = Int32Array.from(spine.parent);
	const repeated = new Map<number, number>();
	const roots = new Map<number, number>();
	let firstPrompt = -1;
	let before = -1;
	for (let row = 0; row < spine.rows; row++) {
		const isMain = !spine.has(row, 'isSidechain');
		const isPrompt = isMain && spine.is(row, 'prompt');
		if (isPrompt && firstPrompt < 0) firstPrompt = row;
		if ((parent[row] ?? -1) < 0) {
			parent[row] = before;
			if (isPrompt && spine.root[row] === 1 && row !== firstPrompt) {
				repeated.set(row, firstPrompt);
				parent[row] = parent[firstPrompt] ?? -1;
			}
			const at = spine.at[row] ?? Number.NaN;
			if (
				isMain &&
				!repeated.has(row) &&
				!Number.isNaN(at) &&
				!Number.isNaN(spine.key[row] ?? Number.NaN) &&
				!spine.is(row, 'compaction')
			) {
				const first = roots.get(at);
				if (first === undefined) roots.set(at, row);
				else {
					repeated.set(row, first);
					parent[row] = parent[first] ?? -1;
				}
			}
		}
		if (isMain) before = row;
	}
	return { parent, repeated };
}

interface Below {
	readonly last: Int32Array;
	/** 1 where the model said something at or below the row. */
	readonly isAnswered: Uint8Array;
	/** How many prompts stand at or below the row. */
	readonly turns: Int32Array;
	readonly begins: Uint8Array;
}

function belowOf(spine: Spine, parent: Int32Array): Below {
	const { rows } = spine;
	const below = {
		last: new Int32Array(rows),
		isAnswered: new Uint8Array(rows),
		turns: new Int32Array(rows),
		begins: new Uint8Array(rows),
	};
	const { last, isAnswered, turns, begins } = below;
	// Children come after their parents, so one way up the rows sees every row after all that is below it.
	for (let row = rows - 1; row >= 0; row--) {
		if (spine.has(row, 'isSidechain')) continue;
		last[row] = Math.max(last[row] ?? 0, row);
		if (spine.is(row, 'prompt') || spine.made[row] === 1) begins[row] = beginsWith.prompt;
		else if (spine.is(row, 'command')) begins[row] = beginsWith.command;
		if (spine.is(row, 'prompt', 'command') || spine.made[row] === 1) turns[row] = (turns[row] ?? 0) + 1;
		else if (spine.is(row, 'answer', 'thinking', 'tool_call')) isAnswered[row] = 1;
		const up = parent[row] ?? -1;
		if (up < 0) continue;
		last[up] = Math.max(last[up] ?? 0, last[row] ?? 0);
		turns[up] = (turns[up] ?? 0) + (turns[row] ?? 0);
		if (isAnswered[row] === 1) isAnswered[up] = 1;
		// What the harness puts between is passed over: a way that leads to a prompt through it begins with that prompt.
		if ((spine.parent[row] ?? -1) >= 0 && isPassed(spine, up)) begins[up] = Math.max(begins[up] ?? 0, begins[row] ?? 0);
	}
	return below;
}

const isPassed = (spine: Spine, row: number): boolean => spine.is(row, 'context', 'notice') && spine.made[row] === 0;

/** Of rows with several children: the rows that say themselves what they go on from. */
function childrenOf(spine: Spine, parent: Int32Array, repeated: ReadonlyMap<number, number>): Map<number, number[]> {
	const children = new Map<number, number[]>();
	const firstOf = new Int32Array(spine.rows + 1).fill(-1);
	const add = (row: number, place: number, first: number): void => {
		const known = children.get(place);
		if (known !== undefined) known.push(row);
		else children.set(place, [first, row]);
	};
	for (let row = 0; row < spine.rows; row++) {
		if (spine.has(row, 'isSidechain')) continue;
		const place = parent[row] ?? -1;
		const original = repeated.get(row);
		if (original !== undefined) add(row, place, original);
		else if ((spine.parent[row] ?? -1) >= 0) {
			const first = firstOf[place + 1] ?? -1;
			if (first === -1) firstOf[place + 1] = row;
			else add(row, place, first);
		}
	}
	return children;
}

/** Of the children of one record, those that a person can choose between. */
function waysOf(children: readonly number[], { last, isAnswered, turns, begins }: Below): number[] {
	const tip = children.reduce((latest, row) => Math.max(latest, last[row] ?? 0), 0);
	return children.filter(row => {
		if (isAnswered[row] === 1) return begins[row] !== beginsWith.nothing || (turns[row] ?? 0) > 0;
		// Not answered: it stands in the line of the others, unless it is what was said last of all and may still be answered.
		return begins[row] === beginsWith.prompt && last[row] === tip;
	});
}
