/** Text of transcripts on its way to a model: without secrets, without what hides, at a length that can be paid for. */
import type { SearchSnippet } from '../../webview/contract/search.ts';
import { withoutTerminalCodes } from '../privacy/readings.ts';
import { redactSecrets } from '../privacy/redact.ts';

/** Control characters, and marks that turn writing direction or are not seen at all: a way to say to a model what a person does not read. */
const unseen = /(?:(?![\n\u200c\u200d])[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\u{e0000}-\u{e007f}])+/gu;
/** As only a machine writes it. A part of a key has not the shape of a key: what was cut is known by this alone. */
const longRandom = /[A-Za-z0-9+/_-]{32,}={0,2}/g;
const looksRandom = (run: string): boolean => /\d/.test(run) && /[A-Z]/.test(run) && /[a-z]/.test(run);

/** Colours leave no gap: a name that was coloured in part is one word. */
function readable(text: string): string {
	return withoutTerminalCodes(text).toWellFormed().replace(unseen, ' ');
}

function cut(text: string, most: number): string {
	const characters = Array.from(text.slice(0, most * 2 + 2));
	return characters.length > most ? `${characters.slice(0, most).join('').trimEnd()}…` : text;
}

/** Secrets go before the text is cut: half of one is not recognised any more. */
export function quoted(text: string, most: number): string {
	// A prompt may be megabytes long; what is far beyond the cut is not looked at.
	return cut(readable(redactSecrets(text.slice(0, most * 4 + 4_000)).text).trim(), most);
}

/** The same on one line. */
export function quotedLine(text: string, most: number): string {
	return cut(
		readable(redactSecrets(text.slice(0, most * 4 + 4_000)).text)
			.replace(/\s+/g, ' ')
			.trim(),
		most,
	);
}

/**
 * A snippet was cut by the search, perhaps in the midst of a secret: the words at its ends, and everything long that only a
 * machine writes, are left out.
 */
export function quotedSnippet({ text, isCutBefore, isCutAfter }: SearchSnippet, most: number): string {
	const looked = text.slice(0, most * 4);
	// Before it is made readable too: what hides may stand within a name, and be a gap then.
	const whole = redactSecrets(
		readable(redactSecrets(looked).text).replace(longRandom, run => (looksRandom(run) ? '[redacted]' : run)),
	).text;
	const before = isCutBefore ? whole.replace(/^\S+/, '…') : whole;
	const ends = isCutAfter || looked.length < text.length ? before.replace(/\S+$/, '…') : before;
	return cut(ends.replace(/\s+/g, ' ').trim(), most);
}
