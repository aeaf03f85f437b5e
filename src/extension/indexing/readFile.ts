/** Reads one transcript, or what was appended to it, and hands its rows over piece by piece. */
import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import type { FileSummary, Key } from '../claude/facts.ts';
import { packState, unpackState } from '../claude/readerState.ts';
import { TranscriptReader } from '../claude/transcriptReader.ts';
import { fingerprint, matches, type Fingerprint } from './fingerprint.ts';
import { flatten } from './flatten.ts';
import type { RowBuilder } from './rowBuilder.ts';

/** Large enough that system calls do not show (4 GB/s here), small enough to be reused for every file. */
const chunkBytes = 1 << 20;
/** Rows are handed over after so many bytes of transcript, so that memory stays flat in a file of any size. */
const flushBytes = 4 << 20;

export interface ReadTask {
	readonly fileId: number;
	readonly path: string;
	readonly isSubagent: boolean;
	/** Where the last reading stopped; null reads from the first byte. */
	readonly resume: ReadResume | null;
	/** Keys of the records another file owns. */
	readonly copies: readonly Key[];
}

export interface ReadResume {
	/** The reader's state as it was stored. */
	readonly state: string;
	readonly readOffset: number;
	readonly fingerprint: Fingerprint;
	/** Looks up a record read before; for a thread, which has no database, pairs of key and message offset (-1 for none). */
	readonly earlier: EarlierRecords | Float64Array;
	readonly lastMs: number | null;
}

/** As `ReaderOptions.earlier`. */
export type EarlierRecords = (key: Key) => number | null | undefined;

export type ReadOutcome =
	| { readonly kind: 'read'; readonly fromStart: boolean; readonly done: ReadDone }
	| { readonly kind: 'unchanged'; readonly inode: string; readonly mtimeMs: number; readonly size: number }
	| { readonly kind: 'failed'; readonly code: string };

export interface ReadDone {
	readonly state: string;
	readonly summary: FileSummary;
	readonly readOffset: number;
	readonly fingerprint: Fingerprint;
	readonly inode: string;
	readonly size: number;
	readonly mtimeMs: number;
	readonly bytesRead: number;
}

export interface ReadSink {
	/** Called once before the first rows, saying whether what was known of the file must go. */
	begin(fileId: number, fromStart: boolean): void;
	readonly rows: RowBuilder;
	/** Rows were added: they may be handed on. */
	rowsAdded(): void;
}

let buffer: Buffer | undefined;

/** Synchronous: it runs in reader threads, or in the engine's own thread for a few appended lines. */
export function readFile(task: ReadTask, sink: ReadSink, signal: { readonly aborted: boolean }): ReadOutcome {
	let fd: number;
	try {
		fd = openSync(task.path, 'r');
	} catch (error) {
		return { kind: 'failed', code: codeOf(error) };
	}
	try {
		const stat = fstatSync(fd);
		if (!stat.isFile()) return { kind: 'failed', code: 'ENOTFILE' };
		const at = { inode: String(stat.ino), mtimeMs: Math.trunc(stat.mtimeMs), size: stat.size };
		let { resume } = task;
		if (resume !== null && (stat.size < resume.readOffset || !matches(fd, resume.readOffset, resume.fingerprint))) resume = null;
		if (resume !== null && stat.size === resume.readOffset) return { kind: 'unchanged', ...at };
		const before = resume === null ? null : unpackState(resume.state);
		if (before === null) resume = null;
		const reader = new TranscriptReader({
			state: before,
			copies: new Set(task.copies),
			earlier: resume === null ? () => undefined : lookup(resume.earlier),
			isSubagent: task.isSubagent,
		});
		const context = { fileId: task.fileId, isSubagent: task.isSubagent, lastMs: resume?.lastMs ?? null };
		sink.begin(task.fileId, resume === null);
		buffer ??= Buffer.allocUnsafeSlow(chunkBytes);
		let position = resume?.readOffset ?? 0;
		const start = position;
		let unflushed = 0;
		// Up to the size seen at first: what is appended meanwhile comes with the next reading.
		while (position < stat.size) {
			if (signal.aborted) return { kind: 'failed', code: 'ABORTED' };
			const read = readSync(fd, buffer, 0, Math.min(chunkBytes, stat.size - position), position);
			if (read === 0) break;
			reader.push(buffer.subarray(0, read));
			position += read;
			unflushed += read;
			if (unflushed >= flushBytes) {
				flatten(reader.take(), context, sink.rows);
				sink.rowsAdded();
				unflushed = 0;
			}
		}
		reader.end();
		flatten(reader.take(), context, sink.rows);
		sink.rowsAdded();
		const state = reader.state();
		const done: ReadDone = {
			state: packState(state),
			summary: state.summary,
			readOffset: state.offset,
			fingerprint: fingerprint(fd, state.offset),
			...at,
			bytesRead: position - start,
		};
		return { kind: 'read', fromStart: resume === null, done };
	} catch (error) {
		return { kind: 'failed', code: codeOf(error) };
	} finally {
		closeSync(fd);
	}
}

function lookup(earlier: EarlierRecords | Float64Array): EarlierRecords {
	if (typeof earlier === 'function') return earlier;
	const offsets = new Map<Key, number | null>();
	for (let i = 0; i < earlier.length; i += 2) {
		const offset = earlier[i + 1] ?? -1;
		offsets.set(earlier[i] ?? 0, offset < 0 ? null : offset);
	}
	return key => offsets.get(key);
}

function codeOf(error: unknown): string {
	if (error instanceof Error && 'code' in error && typeof error.code === 'string') return error.code;
	return error instanceof Error ? error.name : 'UNKNOWN';
}
