/**
 * Settles what stands in several files: collects the keys that a run touched, and marks who owns them.
 */
import type { Key } from '../claude/facts.ts';
import { messageColumns, responseColumns, summaryColumns, toolCallColumns, type RowBatch } from '../store/index/rows.ts';
import type { Claimant } from '../store/index/duplicates.ts';
import type { IndexTables } from '../store/index/indexTables.ts';
import { quarterMs } from './flatten.ts';
import { misplacedCopies, responseChanges, toolCallChanges } from './ownership.ts';

/** Past so many keys one pass over a whole index is quicker than looking each of them up. */
const tooManyKeys = 20_000;

const keyInMessage = messageColumns.indexOf('uuid_key');
const keyInResponse = responseColumns.indexOf('response_key');
const keyInToolCall = toolCallColumns.indexOf('tool_key');
const leafInSummary = summaryColumns.indexOf('leaf_key');

export class Settling {
	readonly #tables: IndexTables;
	readonly #records = new TouchedKeys();
	readonly #responses = new TouchedKeys();
	readonly #toolCalls = new TouchedKeys();
	readonly #leaves = new TouchedKeys();
	#dirtySessions = new Set<number>();

	constructor(tables: IndexTables) {
		this.#tables = tables;
	}

	/** A run before this one was cut off: nothing is known of what it touched. */
	lookAtEverything(): void {
		for (const touched of [this.#records, this.#responses, this.#toolCalls, this.#leaves]) touched.addAll();
	}

	addRows(rows: RowBatch): void {
		this.#records.addColumn(rows.messages, messageColumns.length, keyInMessage);
		this.#responses.addColumn(rows.responses, responseColumns.length, keyInResponse);
		this.#toolCalls.addColumn(rows.toolCalls, toolCallColumns.length, keyInToolCall);
		this.#leaves.addColumn(rows.summaries, summaryColumns.length, leafInSummary);
	}

	/** Everything a file holds: its rows are about to go, or what its claims are weighed by changed. */
	addFile(fileId: number): void {
		const keys = this.#tables.duplicates.keysOf(fileId);
		this.#records.add(keys.records);
		this.#responses.add(keys.responses);
		this.#toolCalls.add(keys.toolCalls);
		this.#leaves.add(keys.leaves);
	}

	addDirtySession(rowId: number): void {
		this.#dirtySessions.add(rowId);
	}

	takeDirtySessions(): ReadonlySet<number> {
		const dirty = this.#dirtySessions;
		this.#dirtySessions = new Set();
		return dirty;
	}

	/** For each file that must be read again: the keys of all its records that other files own. */
	misplacedCopies(): Map<number, readonly Key[]> {
		const { duplicates, files } = this.#tables;
		const keys = this.#records.take();
		if (keys?.length === 0) return new Map();
		const again = new Map<number, Set<Key>>();
		for (const rowId of duplicates.sessionsContinuing(keys)) this.#dirtySessions.add(rowId);
		const shared = duplicates.records(keys);
		const claimants = duplicates.claimants([...new Set(shared.map(row => row.fileId))]);
		const misplaced = misplacedCopies(shared, claimants);
		const moved = new Set(misplaced.map(row => row.key));
		// Those whose marks stay are copies of another session than before.
		for (const row of shared) if (moved.has(row.key)) this.#touch(claimants.get(row.fileId));
		for (const row of misplaced) {
			let copies = again.get(row.fileId);
			if (copies === undefined) again.set(row.fileId, (copies = new Set(files.copiedKeys(row.fileId))));
			if (row.isCopy) copies.add(row.key);
			else copies.delete(row.key);
		}
		return new Map([...again].map(([fileId, copies]) => [fileId, [...copies]]));
	}

	/** Marks which responses and tool calls count; the sessions concerned become dirty, those that a summary titles too. */
	settleCounts(): void {
		const { duplicates } = this.#tables;
		const leaves = this.#leaves.take();
		if (leaves?.length !== 0) for (const rowId of duplicates.sessionsOfLeaves(leaves)) this.#dirtySessions.add(rowId);
		const responseKeys = this.#responses.take();
		const toolKeys = this.#toolCalls.take();
		if (responseKeys?.length === 0 && toolKeys?.length === 0) return;
		this.#tables.change(() => {
			const responses = duplicates.responses(responseKeys);
			const calls = duplicates.toolCalls(toolKeys);
			const claimants = duplicates.claimants([...new Set([...responses, ...calls].map(row => row.fileId))]);
			// Also where nothing moves: the figures of a record in another file may be new.
			for (const row of [...responses, ...calls]) this.#touch(claimants.get(row.fileId));
			for (const change of responseChanges(responses, claimants)) {
				duplicates.setResponse(change.key, change.fileId, change.isCounted, change.usageFrom);
			}
			for (const { call, isCounted } of toolCallChanges(calls, claimants)) {
				duplicates.setToolCall(call, isCounted, call.startedMs === null ? null : Math.floor(call.startedMs / quarterMs) * quarterMs);
			}
		});
	}

	#touch(claimant: Claimant | undefined): void {
		if (claimant !== undefined && claimant.sessionRowId !== null) this.#dirtySessions.add(claimant.sessionRowId);
	}
}

/** Keys a run touched, or all of them when there are too many to name. */
class TouchedKeys {
	#keys = new Set<Key>();
	#isAll = false;

	add(keys: readonly Key[]): void {
		if (this.#isAll) return;
		for (const key of keys) this.#keys.add(key);
		if (this.#keys.size > tooManyKeys) this.addAll();
	}

	addColumn(values: Float64Array, width: number, column: number): void {
		if (this.#isAll) return;
		for (let at = column; at < values.length && this.#keys.size <= tooManyKeys; at += width) {
			const key = values[at] ?? Number.NaN;
			if (!Number.isNaN(key)) this.#keys.add(key);
		}
		if (this.#keys.size > tooManyKeys) this.addAll();
	}

	addAll(): void {
		this.#isAll = true;
		this.#keys.clear();
	}

	/** The keys, or null for all; then starts anew. */
	take(): Key[] | null {
		const keys = this.#isAll ? null : [...this.#keys];
		this.#isAll = false;
		this.#keys = new Set();
		return keys;
	}
}
