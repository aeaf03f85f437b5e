/**
 * The bytes of a shard: a part of the search index that is written once and never changed.
 *
 *     head | postings | dictionary | places of its blocks | documents | foot
 *
 * The dictionary is in blocks of words in order, each word without what it shares with the one before. A shard is read at the
 * places that a search needs; only the places of the blocks and the documents are held in memory.
 */
import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { crc32 } from 'node:zlib';
import { ByteReader, ByteWriter, damaged, ShardError } from './bytes.ts';

/** Raise it when the format changes, or which records and words are in: shards of another version are built anew. */
export const shardVersion = 5;

const magic = 0x73687264;
const headBytes = 8;
const footBytes = 40;

export const wordsInBlock = 64;

export interface ShardParts {
	readonly postings: Buffer;
	readonly dictionary: Buffer;
	/** First word and place of each block. */
	readonly blocks: Buffer;
	readonly documents: Buffer;
}

/** Bytes that are copied or summed up in one step. */
const bytesAtOnce = 1 << 20;

/** In steps of a millisecond. */
export function* shardBytes(parts: ShardParts): Generator<void, Buffer> {
	const head = new ByteWriter(headBytes);
	head.word32(magic);
	head.word32(shardVersion);
	const sections = [head.bytes(), parts.postings, parts.dictionary, parts.blocks, parts.documents];
	const bytes = Buffer.allocUnsafeSlow(sections.reduce((sum, section) => sum + section.length, footBytes));
	let length = 0;
	for (const section of sections) {
		for (let at = 0; at < section.length; at += bytesAtOnce) {
			length += section.copy(bytes, length, at, at + bytesAtOnce);
			yield;
		}
	}
	const foot = new ByteWriter(footBytes);
	for (const section of sections) foot.word32(section.length);
	foot.word32(crc32(parts.documents, crc32(parts.blocks)));
	let sum = 0;
	for (let at = 0; at < length; at += bytesAtOnce) {
		sum = crc32(bytes.subarray(at, Math.min(length, at + bytesAtOnce)), sum);
		yield;
	}
	foot.word32(sum);
	foot.word32(shardVersion);
	foot.word32(crc32(foot.bytes()));
	foot.word32(magic);
	bytes.set(foot.bytes(), length);
	return bytes;
}

/** Where bytes are read from: a file, or memory. */
export interface ByteSource {
	readonly size: number;
	/** Throws `ShardError` when there are not so many. */
	read(from: number, length: number): Buffer;
	close(): void;
}

export class MemorySource implements ByteSource {
	readonly bytes: Buffer;

	constructor(bytes: Buffer) {
		this.bytes = bytes;
	}

	get size(): number {
		return this.bytes.length;
	}

	read(from: number, length: number): Buffer {
		if (from < 0 || length < 0 || from + length > this.bytes.length) throw damaged();
		return this.bytes.subarray(from, from + length);
	}

	close(): void {
		// Nothing was opened.
	}
}

export class FileSource implements ByteSource {
	readonly #file: number;
	readonly size: number;

	/** @throws `ShardError` `gone` when the file is not there, else what the file system throws. */
	constructor(path: string) {
		try {
			this.#file = openSync(path, 'r');
		} catch (error) {
			if (error instanceof Error && 'code' in error && error.code === 'ENOENT') throw new ShardError('gone', `${path} is not there`);
			throw error;
		}
		this.size = fstatSync(this.#file).size;
	}

	read(from: number, length: number): Buffer {
		if (from < 0 || length < 0 || from + length > this.size) throw damaged();
		const bytes = Buffer.allocUnsafe(length);
		for (let read = 0; read < length;) {
			const more = readSync(this.#file, bytes, read, length - read, from + read);
			if (more === 0) throw damaged();
			read += more;
		}
		return bytes;
	}

	close(): void {
		closeSync(this.#file);
	}
}

export interface ShardLayout {
	readonly postingsAt: number;
	readonly dictionaryAt: number;
	readonly dictionaryEnd: number;
	readonly blocks: Buffer;
	readonly documents: Buffer;
}

/** Where the parts of a shard lie. Throws `ShardError` when it is none, or not as it was written. */
export function readLayout(source: ByteSource): ShardLayout {
	if (source.size < headBytes + footBytes) throw damaged();
	const bytes = source.read(source.size - footBytes, footBytes);
	const foot = new ByteReader(bytes);
	const lengths = [foot.word32(), foot.word32(), foot.word32(), foot.word32(), foot.word32()];
	const [head = 0, postings = 0, dictionary = 0, blocks = 0, documents = 0] = lengths;
	const metaSum = foot.word32();
	foot.word32();
	const version = foot.word32();
	if (foot.word32() !== crc32(bytes.subarray(0, footBytes - 8)) || foot.word32() !== magic) throw damaged('its end is not its own');
	if (version !== shardVersion) throw new ShardError('newer', `A part of the search index is of version ${version}`);
	if (lengths.reduce((sum, length) => sum + length, footBytes) !== source.size) throw damaged();
	const postingsAt = head;
	const dictionaryAt = postingsAt + postings;
	const dictionaryEnd = dictionaryAt + dictionary;
	const layout = {
		postingsAt,
		dictionaryAt,
		dictionaryEnd,
		blocks: source.read(dictionaryEnd, blocks),
		documents: source.read(dictionaryEnd + blocks, documents),
	};
	if (crc32(layout.documents, crc32(layout.blocks)) !== metaSum) throw damaged('its checksum differs');
	return layout;
}

/** Reads all of it, a megabyte a step. Throws `ShardError` when a byte is not as it was written. */
export function* checkWhole(source: ByteSource): Generator<void, void> {
	const end = source.size - footBytes;
	let sum = 0;
	for (let at = 0; at < end; at += bytesAtOnce) {
		sum = crc32(source.read(at, Math.min(bytesAtOnce, end - at)), sum);
		yield;
	}
	if (sum !== source.read(end + 24, 4).readUInt32LE(0)) throw damaged('its checksum differs');
}
