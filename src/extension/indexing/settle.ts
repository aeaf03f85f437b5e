/**
 * Settles what stands in several files: collects the keys that a run touched, and marks who owns them.
 */
import type { Key } from '../claude/facts.ts';
import { messageColumns, responseColumns, toolCallColumns, type FileRows } from '../store/index/rows.ts';
import type { IndexTables } from '../store/index/indexTables.ts';
import type { SqlValue } from '../store/sqlite.ts';
import { quarterMs } from './flatten.ts';
import { misplacedCopies, responseChanges, toolCallChanges } from './ownership.ts';

/** Past so many keys one pass over a whole index is quicker than looking each of them up. */
const tooManyKeys = 20_000;

const keyInMessage = messageColumns.indexOf('uuid_key');
const keyInResponse = responseColumns.indexOf('response_key');
const keyInToolCall = toolCallColumns.indexOf('tool_key');

export class Settling {
	readonly #tables: IndexTables;
	readonly #records = new TouchedKeys();
	readonly #responses = new TouchedKeys();
	readonly #toolCalls = new TouchedKeys();
	#dirtySessions = new Set<number>();

	constructor(tables: IndexTables) {
		this.#tables = tables;
	}

	/** A run before this one was cut off: nothing is known of what it touched. */
	lookAtEverything(): void {
		for (const touched of [this.#records, this.#responses, this.#toolCalls]) touched.addAll();
	}

	addRows(rows: FileRows): void {
		this.#records.addColumn(rows.messages, messageColumns.length, keyInMessage);
		this.#responses.addColumn(rows.responses, responseColumns.length, keyInResponse);
		this.#toolCalls.addColumn(rows.toolCalls, toolCallColumns.length, keyInToolCall);
	}

	addKeys(keys: { readonly records: readonly Key[]; readonly responses: readonly Key[]; readonly toolCalls: readonly Key[] }): void {
		this.#records.add(keys.records);
		this.#responses.add(keys.responses);
		this.#toolCalls.add(keys.toolCalls);
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
		const again = new Map<number, Set<Key>>();
		if (keys?.length === 0) return again as Map<number, never>;
		const shared = duplicates.records(keys);
		const claimants = duplicates.claimants([...new Set(shared.map(row => row.fileId))]);
		for (const row of misplacedCopies(shared, claimants)) {
			if (claimants.get(row.fileId)?.isGone === true) {
				// It cannot be read again. It comes first in any claim, so this only takes a mark away.
				duplicates.setGoneCopy(row.key, row.fileId, row.isCopy);
				continue;
			}
			let copies = again.get(row.fileId);
			if (copies === undefined) again.set(row.fileId, (copies = new Set(files.copiedKeys(row.fileId))));
			if (row.isCopy) copies.add(row.key);
			else copies.delete(row.key);
		}
		return new Map([...again].map(([fileId, copies]) => [fileId, [...copies]]));
	}

	/** Marks which responses and tool calls count; the sessions concerned become dirty. */
	settleCounts(): void {
		const { duplicates } = this.#tables;
		const responseKeys = this.#responses.take();
		const toolKeys = this.#toolCalls.take();
		if (responseKeys?.length === 0 && toolKeys?.length === 0) return;
		this.#tables.change(() => {
			const responses = duplicates.responses(responseKeys);
			const calls = duplicates.toolCalls(toolKeys);
			const claimants = duplicates.claimants([...new Set([...responses, ...calls].map(row => row.fileId))]);
			const touch = (fileId: number): void => {
				const rowId = claimants.get(fileId)?.sessionRowId;
				if (rowId !== undefined && rowId !== null) this.#dirtySessions.add(rowId);
			};
			for (const change of responseChanges(responses, claimants)) {
				duplicates.setResponse(change.key, change.fileId, change.isCounted, change.usageFrom);
				touch(change.fileId);
			}
			for (const { call, isCounted } of toolCallChanges(calls, claimants)) {
				duplicates.setToolCall(call, isCounted, call.startedMs === null ? null : Math.floor(call.startedMs / quarterMs) * quarterMs);
				touch(call.fileId);
			}
		});
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

	addColumn(values: readonly SqlValue[], width: number, column: number): void {
		if (this.#isAll) return;
		for (let at = column; at < values.length; at += width) {
			const key = values[at];
			if (typeof key === 'number') this.#keys.add(key);
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
