/** The lines of the ledger's journal: a checksum, a space and JSON each. Pure. */
import { crc32 } from 'node:zlib';
import type { SqlValue } from '../sqlite.ts';

/** One statement that was run, with its parameters. */
export type Write = readonly [sql: string, ...params: SqlValue[]];

/** First line of a journal. */
export interface JournalHeader {
	readonly journal: string;
	/** Schema version the writes are meant for. */
	readonly schema: number;
	/** Changes up to this one are in the file the journal belongs to. */
	readonly base: number;
	/** Generation of the lock under which the journal was begun. */
	readonly generation: number;
}

/** One change: all its writes or none. */
export interface JournalRecord {
	/** Number of the change; 0 for a fence, which changes nothing and only says that an older generation is over. */
	readonly sequence: number;
	readonly generation: number;
	readonly writes: readonly Write[];
}

/** How far a reader of journals has come. */
export interface Position {
	readonly journal: string;
	/** Byte after the last complete line that was read. */
	readonly offset: number;
	readonly sequence: number;
	readonly generation: number;
}

export function encodeHeader(header: JournalHeader): string {
	return line([header.journal, header.schema, header.base, header.generation]);
}

export function encodeRecord(record: JournalRecord): string {
	const writes = record.writes.map(write =>
		write.map(value => (value instanceof Uint8Array ? { bytes: Buffer.from(value).toString('base64') } : value)),
	);
	return line([record.sequence, record.generation, writes]);
}

/** Null for a line that is not whole, such as the last words of a process that was killed. */
export function decodeHeader(text: string): JournalHeader | null {
	const value = decode(text);
	if (!Array.isArray(value)) return null;
	const [journal, schema, base, generation] = value as unknown[];
	const isWhole = typeof journal === 'string' && typeof schema === 'number' && typeof base === 'number' && typeof generation === 'number';
	return isWhole ? { journal, schema, base, generation } : null;
}

export function decodeRecord(text: string): JournalRecord | null {
	const value = decode(text);
	if (!Array.isArray(value)) return null;
	const [sequence, generation, writes] = value as unknown[];
	if (typeof sequence !== 'number' || typeof generation !== 'number' || !Array.isArray(writes)) return null;
	// The checksum vouches for what `encodeRecord` wrote.
	return { sequence, generation, writes: (writes as [string, ...Encoded[]][]).map(([sql, ...params]) => [sql, ...params.map(plain)]) };
}

/**
 * What to do with the next record. One of a lower generation comes from a process that had lost the lock (suspended
 * and woken again), and changes nothing; one that was read before is passed over; after a gap nothing can be trusted.
 */
export function judge(position: Position, record: JournalRecord): 'apply' | 'pass over' | 'gap' {
	if (record.generation < position.generation || record.sequence <= position.sequence) return 'pass over';
	return record.sequence === position.sequence + 1 ? 'apply' : 'gap';
}

type Encoded = Exclude<SqlValue, Uint8Array> | { readonly bytes: string };

function plain(value: Encoded): SqlValue {
	return typeof value === 'object' && value !== null ? Buffer.from(value.bytes, 'base64') : value;
}

function line(value: unknown): string {
	const json = JSON.stringify(value);
	return `${checksum(json)} ${json}\n`;
}

function decode(text: string): unknown {
	const json = text.slice(9);
	if (json === '' || text.slice(0, 9) !== `${checksum(json)} `) return null;
	return JSON.parse(json);
}

const checksum = (json: string): string => crc32(json).toString(16).padStart(8, '0');
