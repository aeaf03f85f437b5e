/**
 * The file that a request's answer goes to. The child writes it by itself, so that an answer that arrived is there
 * whatever becomes of this process (CLS-8: one written to a pipe would be lost with its reader).
 */
import { closeSync, fstatSync, openSync, readSync } from 'node:fs';

/** An answer takes a few kilobytes; this is more than the CLI says in ten minutes. */
export const largestAnswer = 4 << 20;

const chunkSize = 256 << 10;

/** Follows the file from its beginning: what was added since the last time. */
export class AnswerReader {
	readonly #path: string;
	readonly #take: (bytes: Uint8Array) => void;
	#offset = 0;

	constructor(path: string, take: (bytes: Uint8Array) => void) {
		this.#path = path;
		this.#take = take;
	}

	/** Answers false once the file is larger than any answer; what was read until then was taken. A missing file is an empty one. */
	read(): boolean {
		let file: number;
		try {
			file = openSync(this.#path, 'r');
		} catch {
			return true;
		}
		try {
			const { size } = fstatSync(file);
			const chunk = Buffer.allocUnsafe(chunkSize);
			while (this.#offset < Math.min(size, largestAnswer)) {
				const count = readSync(file, chunk, 0, Math.min(chunkSize, largestAnswer - this.#offset), this.#offset);
				if (count === 0) break;
				this.#offset += count;
				this.#take(chunk.subarray(0, count));
			}
			return size <= largestAnswer;
		} finally {
			closeSync(file);
		}
	}
}
