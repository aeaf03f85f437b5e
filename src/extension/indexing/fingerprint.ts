/**
 * Short hashes of a file's head and of the bytes before the place where reading stopped.
 *
 * An append leaves both as they are; a file that was rewritten, cut or replaced under the same name does not (the
 * modification time alone tells neither: Claude Code appends titles again and again, and tools set times as they like).
 */
import { createHash } from 'node:crypto';
import { readSync } from 'node:fs';

const headLength = 1024;
const tailLength = 512;

export interface Fingerprint {
	/** `length:hash` of the first bytes, at most 1024 and never past `offset`. */
	readonly head: string;
	/** `length:hash` of the last bytes before `offset`, at most 512. */
	readonly tail: string;
}

/** Fingerprint of the first `offset` bytes of an open file. */
export function fingerprint(fd: number, offset: number): Fingerprint {
	const head = Math.min(headLength, offset);
	const tail = Math.min(tailLength, offset);
	return { head: hashAt(fd, 0, head), tail: hashAt(fd, offset - tail, tail) };
}

/** Whether the first `offset` bytes of an open file are still those the fingerprint was taken of. */
export function matches(fd: number, offset: number, known: Fingerprint): boolean {
	const head = Number.parseInt(known.head, 10);
	const tail = Number.parseInt(known.tail, 10);
	if (!(head >= 0 && tail >= 0 && tail <= offset)) return false;
	return hashAt(fd, 0, head) === known.head && hashAt(fd, offset - tail, tail) === known.tail;
}

function hashAt(fd: number, position: number, length: number): string {
	const bytes = Buffer.alloc(length);
	const read = length === 0 ? 0 : readSync(fd, bytes, 0, length, position);
	return `${read}:${createHash('sha256').update(bytes.subarray(0, read)).digest('base64url').slice(0, 16)}`;
}
