import type { Key } from '../facts.ts';

/**
 * The key of an identifier (uuid, `message.id`, `tool_use.id`): 47 bits of a hash over all its characters, the most that SQLite
 * stores in six bytes. Not its first digits: identifiers that begin with a clock, or with zeros as in hand-made files, would fall
 * together.
 */
export function keyOf(identifier: string): Key {
	let a = 0xdeadbeef;
	let b = 0x41c6ce57;
	for (let i = 0; i < identifier.length; i++) {
		const code = identifier.charCodeAt(i);
		a = Math.imul(a ^ code, 2654435761);
		b = Math.imul(b ^ code, 1597334677);
	}
	return finish(a, b);
}

/** `keyOf` of a text straight from its bytes in JSON; -1 when some of them do not mean themselves (escapes, not ASCII). */
export function keyOfPlainBytes(bytes: Uint8Array, start: number, end: number): Key {
	let a = 0xdeadbeef;
	let b = 0x41c6ce57;
	for (let i = start; i < end; i++) {
		const code = bytes[i] ?? 0;
		if (code > 0x7e || code === 0x5c) return -1;
		a = Math.imul(a ^ code, 2654435761);
		b = Math.imul(b ^ code, 1597334677);
	}
	return finish(a, b);
}

/** A hash over bytes of any length, four at a time: for comparing whole inputs of calls. Not equal to `keyOf` of their text. */
export function printOfBytes(bytes: Uint8Array, start: number, end: number): Key {
	const words = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
	let a = 0xdeadbeef ^ (end - start);
	let b = 0x41c6ce57;
	let at = start;
	for (; at + 4 <= end; at += 4) {
		const word = words.getInt32(at, true);
		a = Math.imul(a ^ word, 2654435761);
		a ^= a >>> 15;
		b = Math.imul(b ^ word, 1597334677);
		b ^= b >>> 13;
	}
	for (; at < end; at++) {
		const byte = bytes[at] ?? 0;
		a = Math.imul(a ^ byte, 2654435761);
		b = Math.imul(b ^ byte, 1597334677);
	}
	return finish(a, b);
}

function finish(a: number, b: number): Key {
	const low = Math.imul(a ^ (a >>> 16), 2246822507) ^ Math.imul(b ^ (b >>> 13), 3266489909);
	const high = Math.imul(b ^ (b >>> 16), 2246822507) ^ Math.imul(low ^ (low >>> 13), 3266489909);
	return (high & 0x7fff) * 4294967296 + (low >>> 0);
}
