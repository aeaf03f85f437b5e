/** Reads single records of a transcript where the index says they lie, and proves that they are still the ones meant. */
import { type FileHandle, open } from 'node:fs/promises';
import { mostRecordBytes } from '../../webview/contract/transcriptItems.ts';
import { keyOfName } from '../claude/transcript/json.ts';
import { type Fields, fieldsOf } from './values.ts';

/** As `UnreadableContent.reason`. */
export type ReadFailureReason = 'gone' | 'changed' | 'too-large' | 'failed';

export class ReadFailure extends Error {
	override readonly name = 'ReadFailure';
	readonly reason: ReadFailureReason;

	constructor(reason: ReadFailureReason, message: string) {
		super(message);
		this.reason = reason;
	}
}

export interface RecordPlace {
	readonly offset: number;
	readonly length: number;
	/** Of its uuid; NaN for a record without one. */
	readonly key: number;
	/** Nothing near it will be read. */
	readonly isAlone?: boolean;
}

/** Records that follow each other are mostly read together: so much is read at once. */
const chunkBytes = 256 * 1024;
/** A call's result may lie further on; going back and forth must not read everything twice. */
const keptChunks = 4;

interface Chunk {
	readonly start: number;
	readonly bytes: Buffer;
}

/** Open for as long as one question takes: a transcript may be deleted or replaced at any time. */
export class RecordFile {
	readonly #file: FileHandle;
	#chunks: readonly Chunk[] = [];

	private constructor(file: FileHandle) {
		this.#file = file;
	}

	/** @throws ReadFailure */
	static async open(path: string): Promise<RecordFile> {
		try {
			return new RecordFile(await open(path, 'r'));
		} catch (error) {
			throw failureOf(error);
		}
	}

	async close(): Promise<void> {
		this.#chunks = [];
		await this.#file.close().catch(() => undefined);
	}

	/** The record at a place. @throws ReadFailure */
	async record(place: RecordPlace): Promise<Fields> {
		const bytes = await this.bytes(place);
		let value: unknown;
		try {
			value = JSON.parse(bytes.toString('utf8'));
		} catch {
			throw new ReadFailure('changed', 'The record is no JSON any more');
		}
		const fields = fieldsOf(value);
		if (fields === null || !isMeant(fields, place.key)) throw new ReadFailure('changed', 'Another record stands in its place');
		return fields;
	}

	/** Only lent until the next call. @throws ReadFailure */
	async bytes({ offset, length, isAlone = false }: RecordPlace): Promise<Buffer> {
		if (length > mostRecordBytes) throw new ReadFailure('too-large', `The record has ${length} bytes`);
		const known = this.#chunks.find(({ start, bytes }) => start <= offset && offset + length <= start + bytes.length);
		const chunk = known ?? (await this.#read(offset, isAlone ? length : Math.max(length, chunkBytes)));
		if (chunk.bytes.length < offset + length - chunk.start) throw new ReadFailure('changed', 'The transcript is shorter than it was');
		if (isAlone) return chunk.bytes.subarray(offset - chunk.start, offset - chunk.start + length);
		// The one used last stays longest; one of a large record is not kept.
		const kept = [chunk, ...this.#chunks.filter(other => other !== chunk)].slice(0, keptChunks);
		this.#chunks = kept.filter(({ bytes }) => bytes.length <= chunkBytes);
		return chunk.bytes.subarray(offset - chunk.start, offset - chunk.start + length);
	}

	async #read(start: number, length: number): Promise<Chunk> {
		const bytes = Buffer.allocUnsafe(length);
		let size = 0;
		try {
			while (size < length) {
				const { bytesRead } = await this.#file.read(bytes, size, length - size, start + size);
				if (bytesRead === 0) break;
				size += bytesRead;
			}
		} catch (error) {
			throw failureOf(error);
		}
		return { start, bytes: bytes.subarray(0, size) };
	}
}

function failureOf(error: unknown): ReadFailure {
	const { code, message } = error as NodeJS.ErrnoException;
	return new ReadFailure(code === 'ENOENT' || code === 'ENOTDIR' ? 'gone' : 'failed', message);
}

/** As the index made its key: of the record it is a copy of, when it says so. A queued prompt has no uuid. */
function isMeant(fields: Fields, key: number): boolean {
	const found = keyOfName(fieldsOf(fields['forkedFrom'])?.['messageUuid']) ?? keyOfName(fields['uuid']);
	return Number.isNaN(key) ? found === null : found === key;
}
