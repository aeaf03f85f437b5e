import { objectOf, type Fields } from './json.ts';
import { scanObject } from './scan.ts';
import { RECORD } from './wanted.ts';

/** What one line held: its objects were handed over one by one. */
export interface LineReading {
	readonly objects: number;
	/** Part of the line is not JSON, or not an object. */
	readonly isMalformed: boolean;
}

export type RecordSink = (record: Fields, start: number, end: number) => void;

const BLANK: LineReading = { objects: 0, isMalformed: false };
const ONE: LineReading = { objects: 1, isMalformed: false };

/**
 * Reads the objects of a line: normally one; two when the newline between them is missing; those at its head when the
 * rest is torn; the one behind a run of NUL bytes that an unclean shutdown left (IDX-5).
 */
export function readLine(bytes: Buffer, from: number, to: number, emit: RecordSink): LineReading {
	let start = from;
	let end = to;
	while (start < end && isSpace(bytes[start])) start++;
	while (end > start && isSpace(bytes[end - 1])) end--;
	if (start === end) return BLANK;
	const record = parseObject(bytes, start, end);
	if (record === null) return recover(bytes, start, end, emit);
	emit(record, start, end);
	return ONE;
}

/** Null when the bytes are not one JSON object. Bytes that are no UTF-8 are read as U+FFFD. */
function parseObject(bytes: Buffer, start: number, end: number): Fields | null {
	const record = scanObject(bytes, start, end, RECORD);
	if (record !== null) return record;
	try {
		return objectOf(JSON.parse(bytes.toString('utf8', start, end)));
	} catch {
		return null;
	}
}

/** Reads the objects that stand whole at the head of an unfinished line. Returns where the rest begins. */
export function readHead(bytes: Buffer, from: number, to: number, emit: RecordSink): number {
	let rest = from;
	for (;;) {
		let start = rest;
		while (start < to && isSpace(bytes[start])) start++;
		const close = objectEnd(bytes, start, to);
		const record = close < 0 ? null : parseObject(bytes, start, close);
		if (record === null) return rest;
		emit(record, start, close);
		rest = close;
	}
}

function recover(bytes: Buffer, from: number, to: number, emit: RecordSink): LineReading {
	let start = from;
	let end = to;
	while (start < end && isFiller(bytes[start])) start++;
	while (end > start && isFiller(bytes[end - 1])) end--;
	let isMalformed = start !== from || end !== to;
	let objects = 0;
	while (start < end) {
		const close = objectEnd(bytes, start, end);
		const record = close < 0 ? null : parseObject(bytes, start, close);
		if (record === null) return { objects, isMalformed: true };
		emit(record, start, close);
		objects++;
		start = close;
		while (start < end && isSpace(bytes[start])) start++;
	}
	if (objects === 0) isMalformed = true;
	return { objects, isMalformed };
}

/** Byte after the bracket that closes the object at `start`; -1 when there is none. */
function objectEnd(bytes: Buffer, start: number, end: number): number {
	if (bytes[start] !== 0x7b) return -1;
	let depth = 0;
	for (let at = start; at < end; at++) {
		const byte = bytes[at];
		if (byte === 0x22) {
			at++;
			while (at < end && bytes[at] !== 0x22) at += bytes[at] === 0x5c ? 2 : 1;
		} else if (byte === 0x7b || byte === 0x5b) depth++;
		else if ((byte === 0x7d || byte === 0x5d) && --depth === 0) return at + 1;
	}
	return -1;
}

const isSpace = (byte: number | undefined): boolean => byte === 0x20 || byte === 0x0d || byte === 0x09 || byte === 0x0a;
const isFiller = (byte: number | undefined): boolean => byte === 0 || isSpace(byte);
