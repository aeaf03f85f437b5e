/**
 * What must not leave this machine in a prompt, nor stand in a log or an export (NFR-2): keys, tokens, passwords,
 * private keys and connection strings. Knows nothing of who asks.
 */
import { type Place, type Reading, readingsOf } from './readings.ts';
import { type SecretKind, shapes } from './secretShapes.ts';

export interface Redaction {
	readonly text: string;
	/** How many of which kind were taken out. */
	readonly found: Readonly<Partial<Record<SecretKind, number>>>;
}

/** One place in a text. */
export interface FoundSecret {
	readonly kind: SecretKind;
	readonly secret: string;
}

/** What stands for a secret. */
export const redactionMark = (kind: SecretKind): string => `[redacted ${kind}]`;

/**
 * Puts `[redacted <kind>]`, or what `markOf` gives, in place of every secret it recognises; null from `markOf` leaves that one
 * where it is. Marks must begin with `[redacted`. Twice gives the same as once. The text may have been cut at its end: what only
 * begins there like a secret counts as one.
 */
export function redactSecrets(text: string, markOf: (found: FoundSecret) => string | null = ({ kind }) => redactionMark(kind)): Redaction {
	const found: Partial<Record<SecretKind, number>> = {};
	let left = text;
	// What one secret hid, by standing right before it or being too long, is seen once that is gone.
	for (let round = 0, isDone = false; !isDone && round < mostRounds; round++) {
		let redacted = '';
		let done = 0;
		for (const { kind, from, to } of secretsIn(left)) {
			const mark = markOf({ kind, secret: left.slice(from, to) });
			if (mark === null) continue;
			found[kind] = (found[kind] ?? 0) + 1;
			redacted += left.slice(done, from) + mark;
			done = to;
		}
		isDone = done === 0;
		left = redacted + left.slice(done);
	}
	return { text: left, found };
}

const mostRounds = 5;

interface SecretPlace extends Place {
	readonly kind: SecretKind;
}

/** In their order, none within another: what several shapes or readings take for a secret is one, as long as all of them together. */
function secretsIn(text: string): readonly SecretPlace[] {
	const places = readingsOf(text)
		.flatMap(secretsOf)
		.toSorted((a, b) => a.from - b.from || b.to - a.to);
	const apart: SecretPlace[] = [];
	for (const place of places) {
		const last = apart.at(-1);
		if (last === undefined || place.from >= last.to) apart.push(place);
		else if (place.to > last.to) apart[apart.length - 1] = { ...last, to: place.to };
	}
	return apart;
}

/** Stands for what one shape took out, as long as that, while the others look; no text has it. */
const taken = '\ufdd0';
/** As `redactionMark` makes them; they count as taken. */
const marks = /\[redacted[^\]\r\n]{0,40}\]/g;

function secretsOf({ text, placeOf }: Reading): readonly SecretPlace[] {
	const places: SecretPlace[] = [];
	let left = text.replace(marks, mark => taken.repeat(mark.length));
	for (const { kind, pattern, isSecret } of shapes) {
		let next = '';
		let done = 0;
		pattern.lastIndex = 0;
		for (let match = pattern.exec(left); match !== null; match = pattern.exec(left)) {
			const [whole] = match;
			const { secret: matched = whole, name = '', quote = '' } = match.groups ?? {};
			const at = whole.lastIndexOf(matched);
			const from = match.index + at;
			const after = left.charAt(match.index + whole.length);
			// A backslash before a quote belongs to that.
			const secret = /["'`]/.test(left.charAt(from + matched.length)) ? matched.replace(/\\+$/, '') : matched;
			const isKnown = secret === '' || secret.startsWith('[redacted') || secret.startsWith(taken);
			if (isKnown || isSecret?.(secret, { name, isQuoted: quote !== '', after }) === false) {
				// What is no secret may be the name of one.
				if (at > 0) pattern.lastIndex = from;
				continue;
			}
			places.push({ kind, ...placeOf(from, from + secret.length) });
			next += left.slice(done, from) + taken.repeat(secret.length);
			done = from + secret.length;
		}
		left = next + left.slice(done);
	}
	return places;
}

/** For logs, which are read aloud in bug reports: no secret, no home folder. `home` is its real path; both separators are understood. */
export function redactForLog(text: string, home: string): string {
	const withoutKeys = redactSecrets(text).text;
	if (home.length < 2) return withoutKeys;
	return withoutKeys.replaceAll(home, '~').replaceAll(home.replaceAll('\\', '/'), '~');
}
