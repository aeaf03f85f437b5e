import { Raw, type FieldName, type Fields } from './json.ts';
import { NOT_JSON, skipColon, skipScalar, skipSpace, skipString, skipValue, viewOf } from './skip.ts';
import { slotOf, type Level, type Want, type Wanted } from './wanted.ts';

/** Byte after what was read last. One reader at a time in a thread, and no call returns to anybody in between. */
let cursor = 0;

/**
 * The wanted fields of the object that fills the bytes, everything else only checked. Null when it is no object, no JSON, or
 * unusual in a way (a name with an escape in it) that JSON.parse had better decide. Equal to JSON.parse in every wanted field.
 */
export function scanObject(bytes: Buffer, start: number, end: number, level: Level): Fields | null {
	if (bytes[start] !== 0x7b) return null;
	const fields = readFields(bytes, start, end, level);
	return fields !== null && cursor === end ? fields : null;
}

/** The same of each object of a list; what is no object is kept as bytes. Null when the bytes are no list. */
export function scanList(bytes: Buffer, start: number, end: number, each: Level): readonly unknown[] | null {
	const list = bytes[start] === 0x5b ? readList(bytes, start, end, each) : null;
	return Array.isArray(list) && cursor === end ? list : null;
}

function readFields(bytes: Buffer, start: number, end: number, level: Level): Fields | null {
	const fields: { [Name in FieldName]?: unknown } = {};
	const { runs } = level;
	const run: [FieldName, unknown][] = [];
	let runStart = NOT_JSON;
	let at = skipSpace(bytes, start + 1, end);
	if (at < end && bytes[at] === 0x7d) {
		cursor = at + 1;
		return fields;
	}
	for (;;) {
		if (runs !== null && runStart < 0) {
			const known = runs.find(bytes, viewOf(bytes), at, end);
			if (known !== null) {
				for (const [name, value] of known.fields) fields[name] = value;
				at += known.bytes.length;
			}
		}
		const member = at;
		const close = endOfName(bytes, at, end);
		if (close < 0) return null;
		at = skipColon(bytes, close + 1, end);
		if (at < 0) return null;
		const valueStart = at;
		const wanted = find(level, bytes, member + 1, close);
		let value: unknown;
		if (wanted === null) {
			at = skipValue(bytes, at, end);
			if (at < 0) return null;
		} else {
			cursor = NOT_JSON;
			value = readValue(bytes, at, end, wanted.want);
			if (cursor < 0) return null;
			fields[wanted.name] = value;
			at = cursor;
		}
		if (runs !== null) {
			if (repeats(bytes, valueStart, at, wanted)) {
				if (runStart < 0) runStart = member;
				if (wanted !== null) run.push([wanted.name, value]);
			} else if (runStart >= 0) {
				runs.keep(bytes, runStart, member, run);
				runStart = NOT_JSON;
				run.length = 0;
			}
		}
		if (at < end && (bytes[at] ?? 0) <= 0x20) at = skipSpace(bytes, at, end);
		if (at >= end) return null;
		if (bytes[at] === 0x7d) {
			cursor = at + 1;
			return fields;
		}
		if (bytes[at] !== 0x2c) return null;
		at++;
		if (at < end && (bytes[at] ?? 0) <= 0x20) at = skipSpace(bytes, at, end);
	}
}

/** Whether a member may be part of a run: a text or literal that is read for its value, or a short one that is not read. */
function repeats(bytes: Buffer, start: number, end: number, wanted: Wanted | null): boolean {
	const first = bytes[start];
	if (first === 0x7b || first === 0x5b) return false;
	return wanted === null ? end - start <= 16 : wanted.want === 'value';
}

/** The closing quote of the name whose opening one stands at `at`; -1 for a name that is written with escapes. */
function endOfName(bytes: Buffer, at: number, end: number): number {
	if (bytes[at] !== 0x22) return NOT_JSON;
	for (let i = at + 1; i < end; i++) {
		const byte = bytes[i] ?? 0;
		if (byte === 0x22) return i;
		if (byte === 0x5c || byte < 0x20) return NOT_JSON;
	}
	return NOT_JSON;
}

function find(level: Level, bytes: Buffer, start: number, end: number): Wanted | null {
	const candidates = level.slots[slotOf(end - start, bytes[start] ?? 0)];
	if (candidates === undefined) return null;
	for (const candidate of candidates) if (isSame(candidate.bytes, bytes, start, end)) return candidate;
	return null;
}

function isSame(known: Buffer, bytes: Buffer, start: number, end: number): boolean {
	if (known.length !== end - start) return false;
	for (let i = 0; i < known.length; i++) if (known[i] !== bytes[start + i]) return false;
	return true;
}

/** Leaves the cursor behind the value, or at -1. */
function readValue(bytes: Buffer, at: number, end: number, want: Want): unknown {
	const byte = bytes[at];
	if (want === 'value') {
		if (byte === 0x22) return readText(bytes, at, end);
		if (byte !== 0x7b && byte !== 0x5b) return readScalar(bytes, at, end);
	} else if (want !== 'raw') {
		if (byte === 0x7b && 'slots' in want) return readFields(bytes, at, end, want) ?? failed();
		if (byte === 0x5b && 'each' in want) return readList(bytes, at, end, want.each);
	}
	cursor = byte === 0x22 ? skipString(bytes, at + 1, end) : skipValue(bytes, at, end);
	if (cursor < 0) return undefined;
	const raw = new Raw(bytes, at, cursor);
	return want === 'value' ? raw.value() : raw;
}

function failed(): unknown {
	cursor = NOT_JSON;
	return undefined;
}

function readList(bytes: Buffer, start: number, end: number, each: Level): unknown {
	const list: unknown[] = [];
	let at = skipSpace(bytes, start + 1, end);
	if (at < end && bytes[at] === 0x5d) {
		cursor = at + 1;
		return list;
	}
	for (;;) {
		cursor = NOT_JSON;
		if (at >= end) return undefined;
		list.push(readValue(bytes, at, end, each));
		if (cursor < 0) return undefined;
		at = skipSpace(bytes, cursor, end);
		if (at < end && bytes[at] === 0x5d) {
			cursor = at + 1;
			return list;
		}
		if (at >= end || bytes[at] !== 0x2c) return failed();
		at = skipSpace(bytes, at + 1, end);
	}
}

function readScalar(bytes: Buffer, at: number, end: number): unknown {
	cursor = skipScalar(bytes, at, end);
	if (cursor < 0) return undefined;
	switch (bytes[at]) {
		case 0x74:
			return true;
		case 0x66:
			return false;
		case 0x6e:
			return null;
		default:
			return readNumber(bytes, at, cursor);
	}
}

function readNumber(bytes: Buffer, start: number, end: number): number {
	if (end - start > 9) return Number(bytes.toString('latin1', start, end));
	let number = 0;
	for (let at = start; at < end; at++) {
		const digit = (bytes[at] ?? 0) - 0x30;
		if (digit < 0 || digit > 9) return Number(bytes.toString('latin1', start, end));
		number = number * 10 + digit;
	}
	return number;
}

/** The text of a field that mostly repeats; texts with escapes or beyond ASCII are decoded in full. */
function readText(bytes: Buffer, quote: number, end: number): unknown {
	const start = quote + 1;
	let hash = 0;
	let at = start;
	for (; at < end; at++) {
		const byte = bytes[at] ?? 0;
		if (byte < 0x20 || byte > 0x7f || byte === 0x22 || byte === 0x5c) break;
		hash = (Math.imul(hash, 31) + byte) | 0;
	}
	if (at < end && bytes[at] === 0x22) {
		cursor = at + 1;
		return interned(bytes, start, at, hash);
	}
	cursor = skipString(bytes, start, end);
	return cursor < 0 ? undefined : new Raw(bytes, quote, cursor).value();
}

/** Texts met lately: types, ids of the session, directories and versions repeat from record to record. */
const TEXTS: string[] = new Array<string>(512).fill('');
/** Longer texts hardly repeat. */
const MAX_INTERNED = 256;

function interned(bytes: Buffer, start: number, end: number, hash: number): string {
	if (end - start > MAX_INTERNED) return bytes.toString('latin1', start, end);
	const slot = (hash ^ (hash >>> 9)) & 511;
	const known = TEXTS[slot] ?? '';
	if (known.length === end - start && isText(known, bytes, start)) return known;
	const text = bytes.toString('latin1', start, end);
	TEXTS[slot] = text;
	return text;
}

function isText(text: string, bytes: Buffer, start: number): boolean {
	for (let i = 0; i < text.length; i++) if (text.charCodeAt(i) !== bytes[start + i]) return false;
	return true;
}
