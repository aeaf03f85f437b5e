/**
 * One branch of a conversation as a list of items: which rows are on it, and which of them are shown together.
 *
 * A call and its result are one item, so are a compaction and its summary, and what nobody said that stands together.
 */
import type { OutlineTurn } from '../../webview/contract/transcript.ts';
import type { Spine } from './spine.ts';
import { type ForkPlace, isRepetition, type Tree } from './tree.ts';

/** A longer run of notes is several items, so that none grows without end. */
const mostNotes = 40;

export interface ShownFork {
	/** First item after the fork. */
	readonly item: number;
	readonly selected: number;
	readonly ways: readonly { readonly row: number; readonly items: number; readonly isRepetition: boolean }[];
}

export interface Branch {
	readonly items: number;
	/** Row each item begins with. */
	readonly rowOf: Int32Array;
	/** Last row that belongs to an item. */
	readonly endOf: Int32Array;
	/** Item of each row; -1 for rows that are not on this branch. */
	readonly itemOf: Int32Array;
	/** 1 for items with which a response ends. */
	readonly endsResponse: Uint8Array;
	/** Item each turn begins with. The first turn begins with item 0, be it a prompt or not. */
	readonly turns: Int32Array;
	/** Turn of each item. */
	readonly turnOf: Int32Array;
	readonly forks: readonly ShownFork[];
}

/** `through`: a row that is to be on the branch; null for the one written to last. */
export function branchOf(spine: Spine, tree: Tree, through: number | null): Branch {
	const chosen = chosenWays(tree, through);
	const isHidden = hiddenRows(spine, tree, chosen);
	const itemOf = new Int32Array(spine.rows).fill(-1);
	const rowOf: number[] = [];
	const endOf: number[] = [];
	const turns: number[] = [];
	const turnOf: number[] = [];
	const notes = new Notes(spine);
	for (let row = 0; row < spine.rows; row++) {
		if (isHidden[row] === 1) continue;
		const joined = joinedItem(spine, row, itemOf) ?? notes.joined(row, rowOf.length - 1);
		const item = joined ?? rowOf.length;
		itemOf[row] = item;
		if (joined === null) {
			rowOf.push(row);
			notes.began(row);
			if (item === 0 || beginsTurn(spine, row)) turns.push(item);
			turnOf.push(turns.length - 1);
		}
		endOf[item] = row;
	}
	return {
		items: rowOf.length,
		rowOf: Int32Array.from(rowOf),
		endOf: Int32Array.from(endOf),
		itemOf,
		endsResponse: responseEnds(spine, itemOf, rowOf.length),
		turns: Int32Array.from(turns),
		turnOf: Int32Array.from(turnOf),
		forks: shownForks(spine, tree, chosen, { isHidden, itemOf }),
	};
}

/**
 * First item that may differ between two branches, as far as the index tells. Every item before it shows the same records in the same
 * form.
 */
export function firstChange(spine: Spine, branch: Branch, oldSpine: Spine, old: Branch): number {
	const most = Math.min(branch.items, old.items);
	for (let item = 0; item < most; item++) {
		const [row, oldRow] = [branch.rowOf[item] ?? 0, old.rowOf[item] ?? 0];
		const [end, oldEnd] = [branch.endOf[item] ?? 0, old.endOf[item] ?? 0];
		const isSame =
			spine.offset[row] === oldSpine.offset[oldRow] &&
			spine.length[row] === oldSpine.length[oldRow] &&
			spine.type[row] === oldSpine.type[oldRow] &&
			spine.flags[row] === oldSpine.flags[oldRow] &&
			Object.is(spine.key[row], oldSpine.key[oldRow]) &&
			spine.offset[end] === oldSpine.offset[oldEnd] &&
			branch.endsResponse[item] === old.endsResponse[item];
		if (!isSame) return item;
	}
	return most;
}

/** For each fork, the index of the way that is shown: the one that leads to `through`, else the one written to last. */
function chosenWays({ forks, parent, last }: Tree, through: number | null): number[] {
	const path = new Set<number>();
	for (let row = through ?? -1; row >= 0; row = parent[row] ?? -1) path.add(row);
	return forks.map(({ ways }) => {
		const named = ways.findIndex(way => path.has(way));
		if (named >= 0) return named;
		return ways.reduce((best, way, index) => ((last[way] ?? 0) > (last[ways[best] ?? 0] ?? 0) ? index : best), 0);
	});
}

function hiddenRows(spine: Spine, { parent, forks }: Tree, chosen: readonly number[]): Uint8Array {
	const isHidden = new Uint8Array(spine.rows);
	forks.forEach(({ ways }, fork) =>
		ways.forEach((way, index) => {
			if (index !== chosen[fork]) isHidden[way] = 1;
		}),
	);
	for (let row = 0; row < spine.rows; row++) {
		const up = parent[row] ?? -1;
		if (up >= 0 && isHidden[up] === 1) isHidden[row] = 1;
	}
	return isHidden;
}

/** Item of the call a row is the result of, or of the compaction it sums up. */
function joinedItem(spine: Spine, row: number, itemOf: Int32Array): number | null {
	const before = spine.is(row, 'tool_result')
		? (spine.callOf[row] ?? -1)
		: spine.is(row, 'compact_summary') && spine.is(spine.parent[row] ?? -1, 'compaction')
			? (spine.parent[row] ?? -1)
			: -1;
	const item = before < 0 ? -1 : (itemOf[before] ?? -1);
	return item < 0 ? null : item;
}

/** Gathers what nobody said while nothing else comes between. */
class Notes {
	readonly #spine: Spine;
	#open = -1;
	#size = 0;

	constructor(spine: Spine) {
		this.#spine = spine;
	}

	joined(row: number, lastItem: number): number | null {
		if (!isNote(this.#spine, row) || this.#open < 0 || this.#size >= mostNotes) return null;
		if (this.#spine.has(row, 'isSidechain') !== this.#spine.has(this.#open, 'isSidechain')) return null;
		this.#size++;
		return lastItem;
	}

	began(row: number): void {
		this.#open = isNote(this.#spine, row) ? row : -1;
		this.#size = 1;
	}
}

export const isNote = (spine: Spine, row: number): boolean => spine.is(row, 'context', 'notice') && spine.made[row] === 0;

/** What a turn that begins with this row begins with. */
export const turnKind = (spine: Spine, row: number): OutlineTurn['kind'] =>
	spine.made[row] === 1 ? 'made' : spine.is(row, 'prompt') ? 'prompt' : spine.is(row, 'command') ? 'command' : 'none';

const beginsTurn = (spine: Spine, row: number): boolean => turnKind(spine, row) !== 'none' && !spine.has(row, 'isSidechain');

function responseEnds(spine: Spine, itemOf: Int32Array, items: number): Uint8Array {
	const ends = new Uint8Array(items);
	const seen = new Set<number>();
	for (let row = spine.rows - 1; row >= 0; row--) {
		const item = itemOf[row] ?? -1;
		const response = spine.response[row] ?? Number.NaN;
		if (item < 0 || Number.isNaN(response) || seen.has(response)) continue;
		seen.add(response);
		ends[item] = 1;
	}
	return ends;
}

function shownForks(
	spine: Spine,
	{ forks, parent }: Tree,
	chosen: readonly number[],
	{ isHidden, itemOf }: { readonly isHidden: Uint8Array; readonly itemOf: Int32Array },
): ShownFork[] {
	const visible = forks
		.map((fork, index) => ({ fork, selected: chosen[index] ?? 0 }))
		.filter(({ fork, selected }) => isHidden[fork.ways[selected] ?? 0] === 0);
	const sizes = visible.length === 0 ? null : rowsBelow(spine, parent);
	return visible.map(({ fork, selected }) => ({
		item: itemOf[fork.ways[selected] ?? 0] ?? 0,
		selected,
		ways: waysShown(spine, fork, sizes),
	}));
}

const waysShown = (spine: Spine, fork: ForkPlace, sizes: Int32Array | null): ShownFork['ways'] =>
	fork.ways.map(row => ({ row, items: sizes?.[row] ?? 0, isRepetition: isRepetition(spine, fork, row) }));

/** How many items stand at or below each row, counted as if each began one unless it surely joins another. */
function rowsBelow(spine: Spine, parent: Int32Array): Int32Array {
	const sizes = new Int32Array(spine.rows);
	for (let row = spine.rows - 1; row >= 0; row--) {
		const isJoined = (spine.is(row, 'tool_result') && (spine.callOf[row] ?? -1) >= 0) || (isNote(spine, row) && isNote(spine, row - 1));
		sizes[row] = (sizes[row] ?? 0) + (isJoined ? 0 : 1);
		const up = parent[row] ?? -1;
		if (up >= 0) sizes[up] = (sizes[up] ?? 0) + (sizes[row] ?? 0);
	}
	return sizes;
}
