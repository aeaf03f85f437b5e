/**
 * The grammar of JSON over bytes, without building anything: where does a value end, and is it JSON at all? Accepts exactly
 * what JSON.parse accepts (a property test holds it to that), so that a line which was only skipped through is known to be whole.
 */

/** No JSON, as the answer of every function here. */
export const NOT_JSON = -1;

/** 1 for what may follow a backslash. */
const ESCAPE = new Uint8Array(256);
for (const byte of Buffer.from('"\\/bfnrt')) ESCAPE[byte] = 1;

const HEX = new Uint8Array(256);
for (const byte of Buffer.from('0123456789abcdefABCDEF')) HEX[byte] = 1;

let viewed: Buffer | null = null;
let view: DataView = new DataView(new ArrayBuffer(0));

function look(bytes: Buffer): void {
	viewed = bytes;
	view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
}

/** The bytes as words. Lines of one chunk share their buffer, so this hardly ever makes a new one. */
export function viewOf(bytes: Buffer): DataView {
	if (bytes !== viewed) look(bytes);
	return view;
}

export function skipSpace(bytes: Buffer, from: number, end: number): number {
	let at = from;
	while (at < end) {
		const byte = bytes[at] ?? 0;
		if (byte > 0x20 || (byte !== 0x20 && byte !== 0x0a && byte !== 0x0d && byte !== 0x09)) break;
		at++;
	}
	return at;
}

/**
 * Byte after the closing quote of the string whose text begins at `from`.
 *
 * Four bytes are tested at once for quote, backslash and control characters, with the borrow trick for "has a byte below" and
 * "has a zero byte". The text of tool results is most of a transcript, and this loop most of the time spent on it: written out
 * here and not in a function of its own, it lets whole records be skipped at 680 MB/s instead of 430 (2.5 GHz Xeon).
 */
export function skipString(bytes: Buffer, from: number, end: number): number {
	if (bytes !== viewed) look(bytes);
	const words = view;
	let at = from;
	for (;;) {
		let hit = 0;
		while (at + 4 <= end) {
			const word = words.getInt32(at, true);
			const quote = word ^ 0x22222222;
			const backslash = word ^ 0x5c5c5c5c;
			hit =
				((((word - 0x20202020) | 0) & ~word) | (((quote - 0x01010101) | 0) & ~quote) | (((backslash - 0x01010101) | 0) & ~backslash)) &
				0x80808080;
			if (hit !== 0) {
				at += (31 - Math.clz32(hit & -hit)) >> 3; // the lowest mark is exact, those above it need not be
				break;
			}
			at += 4;
		}
		if (hit === 0) {
			while (at < end) {
				const byte = bytes[at] ?? 0;
				if (byte < 0x20 || byte === 0x22 || byte === 0x5c) break;
				at++;
			}
			if (at >= end) return NOT_JSON;
		}
		const byte = bytes[at];
		if (byte === 0x22) return at + 1;
		if (byte !== 0x5c || at + 1 >= end) return NOT_JSON;
		const escaped = bytes[at + 1] ?? 0;
		if (ESCAPE[escaped] === 1) at += 2;
		else if (escaped === 0x75 && isHex(bytes, at + 2, end)) at += 6;
		else return NOT_JSON;
	}
}

function isHex(bytes: Buffer, from: number, end: number): boolean {
	if (from + 4 > end) return false;
	for (let at = from; at < from + 4; at++) if (HEX[bytes[at] ?? 0] !== 1) return false;
	return true;
}

/** The opening bracket of each container the value is in. */
let open = new Uint8Array(256);

/** Byte after the value that begins at `from`, however deeply it is nested. */
export function skipValue(bytes: Buffer, from: number, end: number): number {
	let depth = 0;
	let at = from;
	for (;;) {
		if (at >= end) return NOT_JSON;
		const first = bytes[at] ?? 0;
		if (first === 0x22) at = skipString(bytes, at + 1, end);
		else if (first === 0x7b || first === 0x5b) {
			at = skipSpace(bytes, at + 1, end);
			if (at >= end) return NOT_JSON;
			if (bytes[at] === first + 2) at++;
			else {
				if (depth === open.length) open = grown(open);
				open[depth++] = first;
				if (first === 0x7b) at = skipName(bytes, at, end);
				if (at < 0) return NOT_JSON;
				continue;
			}
		} else at = skipScalar(bytes, at, end);
		if (at < 0) return NOT_JSON;
		for (;;) {
			if (depth === 0) return at;
			if (at < end && (bytes[at] ?? 0) <= 0x20) at = skipSpace(bytes, at, end);
			if (at >= end) return NOT_JSON;
			const byte = bytes[at] ?? 0;
			const bracket = open[depth - 1] ?? 0;
			if (byte === 0x2c) {
				at++;
				if (at < end && (bytes[at] ?? 0) <= 0x20) at = skipSpace(bytes, at, end);
				if (bracket === 0x7b) at = skipName(bytes, at, end);
				if (at < 0) return NOT_JSON;
				break;
			}
			if (byte !== bracket + 2) return NOT_JSON; // the closing brackets stand two behind the opening ones
			depth--;
			at++;
		}
	}
}

/** Byte where the value begins of the member whose name begins at `from`. */
function skipName(bytes: Buffer, from: number, end: number): number {
	if (from >= end || bytes[from] !== 0x22) return NOT_JSON;
	const at = skipString(bytes, from + 1, end);
	return at < 0 ? NOT_JSON : skipColon(bytes, at, end);
}

export function skipColon(bytes: Buffer, from: number, end: number): number {
	let at = from;
	if (at < end && (bytes[at] ?? 0) <= 0x20) at = skipSpace(bytes, at, end);
	if (at >= end || bytes[at] !== 0x3a) return NOT_JSON;
	at++;
	return at < end && (bytes[at] ?? 0) <= 0x20 ? skipSpace(bytes, at, end) : at;
}

const TRUE = Buffer.from('true');
const FALSE = Buffer.from('false');
const NULL = Buffer.from('null');

/** Byte after a number or a literal. */
export function skipScalar(bytes: Buffer, from: number, end: number): number {
	switch (bytes[from]) {
		case 0x74:
			return skipWord(bytes, from, end, TRUE);
		case 0x66:
			return skipWord(bytes, from, end, FALSE);
		case 0x6e:
			return skipWord(bytes, from, end, NULL);
		default:
			return skipNumber(bytes, from, end);
	}
}

function skipWord(bytes: Buffer, from: number, end: number, word: Buffer): number {
	if (from + word.length > end) return NOT_JSON;
	for (let i = 0; i < word.length; i++) if (bytes[from + i] !== word[i]) return NOT_JSON;
	return from + word.length;
}

function skipNumber(bytes: Buffer, from: number, end: number): number {
	let at = bytes[from] === 0x2d ? from + 1 : from;
	const whole = at;
	at = skipDigits(bytes, at, end);
	if (at === whole || (bytes[whole] === 0x30 && at > whole + 1)) return NOT_JSON;
	if (at < end && bytes[at] === 0x2e) {
		const fraction = at + 1;
		at = skipDigits(bytes, fraction, end);
		if (at === fraction) return NOT_JSON;
	}
	if (at < end && (bytes[at] === 0x65 || bytes[at] === 0x45)) {
		const sign = bytes[at + 1];
		const exponent = at + (sign === 0x2b || sign === 0x2d ? 2 : 1);
		at = skipDigits(bytes, exponent, end);
		if (at === exponent || exponent > end) return NOT_JSON;
	}
	return at;
}

function skipDigits(bytes: Buffer, from: number, end: number): number {
	let at = from;
	while (at < end) {
		const byte = bytes[at] ?? 0;
		if (byte < 0x30 || byte > 0x39) break;
		at++;
	}
	return at;
}

function grown(bytes: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
	const larger = new Uint8Array(bytes.length * 2);
	larger.set(bytes);
	return larger;
}
