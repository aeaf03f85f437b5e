/**
 * The records of a line with all their fields, as `JSON.parse` gives them: for texts, which the scanner of `parse.ts` passes over.
 * Both find the same records at the same places.
 */

export interface WholeRecord {
	readonly record: unknown;
	/** First byte and the one after the last, in the line's bytes. */
	readonly start: number;
	readonly end: number;
}

/** Objects that are glued together are tried at so many places; nobody writes more into one line. */
const mostSeams = 50;

/** Normally one; several where newlines are missing; none where the line is torn. */
export function wholeRecordsOf(bytes: Buffer, from: number, to: number): WholeRecord[] {
	let start = from;
	// What an unclean shutdown or an editor leaves before a record.
	while (start < to && (isSpace(bytes[start]) || bytes[start] === 0 || isMark(bytes, start))) start += isMark(bytes, start) ? 3 : 1;
	let end = to;
	while (end > start && isSpace(bytes[end - 1])) end--;
	if (start === end) return [];
	const record = parsed(bytes, start, end);
	return record === undefined ? glued(bytes, start, end) : [{ record, start, end }];
}

function glued(bytes: Buffer, from: number, to: number): WholeRecord[] {
	const found: WholeRecord[] = [];
	let start = from;
	let seams = 0;
	for (let seam = bytes.indexOf('}{', start); seam >= 0 && seam < to && seams < mostSeams; seam = bytes.indexOf('}{', seam + 1)) {
		seams++;
		const record = parsed(bytes, start, seam + 1);
		if (record === undefined) continue;
		found.push({ record, start, end: seam + 1 });
		start = seam + 1;
	}
	const last = start === from ? undefined : parsed(bytes, start, to);
	if (last !== undefined) found.push({ record: last, start, end: to });
	return found;
}

function parsed(bytes: Buffer, start: number, end: number): unknown {
	if (bytes[start] !== 0x7b || bytes[end - 1] !== 0x7d) return undefined;
	try {
		return JSON.parse(bytes.toString('utf8', start, end));
	} catch {
		return undefined;
	}
}

const isSpace = (byte: number | undefined): boolean => byte === 0x20 || byte === 0x09 || byte === 0x0d || byte === 0x0a;

const isMark = (bytes: Buffer, at: number): boolean => bytes[at] === 0xef && bytes[at + 1] === 0xbb && bytes[at + 2] === 0xbf;
