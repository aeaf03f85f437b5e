/** The journal on disk: read from a place on, and added to. */
import { closeSync, constants, fstatSync, openSync, readSync, writeSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { codeOf } from '../atomicFile.ts';
import { decodeHeader, decodeRecord, type JournalHeader, type JournalRecord } from './journalLine.ts';

export interface JournalReading {
	readonly header: JournalHeader;
	readonly records: readonly JournalRecord[];
	/** Byte after the last complete line. */
	readonly end: number;
	/** Size of the file: more than `end` when its last line was cut off. */
	readonly size: number;
}

/** Longer than any header. */
const headerBytes = 512;

/**
 * Reads the whole lines from the position of the journal of that name on, or from the beginning when the file is
 * another one. Lines that are not whole are passed over: whoever writes next begins a new line. Null when there is no
 * file, `unreadable` when it does not begin with a header. Synchronous: a look costs 30 µs, and holds a lock.
 */
export function readJournal(
	path: string,
	from: { readonly journal: string; readonly offset: number } | null,
): JournalReading | 'unreadable' | null {
	let file: number;
	try {
		file = openSync(path, 'r');
	} catch (error) {
		if (codeOf(error) === 'ENOENT') return null;
		throw error;
	}
	try {
		const { size } = fstatSync(file);
		const head = read(file, 0, Math.min(size, headerBytes)).toString('utf8');
		const header = decodeHeader(head.slice(0, Math.max(head.indexOf('\n'), 0)));
		if (header === null) return 'unreadable';
		const begin = header.journal === from?.journal ? from.offset : head.indexOf('\n') + 1;
		const bytes = read(file, begin, Math.max(size - begin, 0));
		const whole = bytes.subarray(0, bytes.lastIndexOf(10) + 1);
		const records = whole
			.toString('utf8')
			.split('\n')
			.map(decodeRecord)
			.filter(record => record !== null);
		return { header, records, end: begin + whole.length, size };
	} finally {
		closeSync(file);
	}
}

/**
 * Adds text at the end, in one write, and flushes it to the disk when `durable`. Answers the size before and after;
 * with a gap between, another process wrote at the same time. Throws what the file system throws; part of the text
 * may stand in the file then, and only a line that is whole counts.
 */
export async function appendToJournal(
	path: string,
	text: string,
	durable: boolean,
): Promise<{ readonly before: number; readonly after: number }> {
	const bytes = Buffer.from(text);
	const sizes = write(path, bytes);
	if (durable) {
		const file = await open(path, 'r+');
		try {
			await file.datasync();
		} finally {
			await file.close();
		}
	}
	return sizes;
}

function write(path: string, bytes: Uint8Array): { readonly before: number; readonly after: number } {
	// Not created when it is gone: a journal begins with a header.
	const file = openSync(path, constants.O_RDWR | constants.O_APPEND);
	try {
		const before = fstatSync(file).size;
		for (let from = 0; from < bytes.length;) from += writeSync(file, bytes, from);
		return { before, after: fstatSync(file).size };
	} finally {
		closeSync(file);
	}
}

function read(file: number, from: number, length: number): Buffer {
	const bytes = Buffer.alloc(length);
	let filled = 0;
	while (filled < length) {
		const count = readSync(file, bytes, filled, length - filled, from + filled);
		if (count === 0) break;
		filled += count;
	}
	return bytes.subarray(0, filled);
}
