/**
 * What stands after `password =`, `token:` or "the password is" and is no secret: program text, a placeholder, or a word
 * of the sentence. Knows words only, nothing of keys.
 */

export interface Surroundings {
	/** It stands in quotes, and so is meant as it stands. */
	readonly isQuoted: boolean;
	/** The character after it; empty at the end. */
	readonly after: string;
}

/** A name of a value, or something to be filled in. */
const placeholder =
	/^(?:<|\$[\w({]|%|process\.|os\.|env\.|import\.|self\.|this\.|(?:null|undefined|true|false|string|number|boolean|required|optional)$|\*{3}|x{4}|\.{3}|your[-_]|my[-_])/i;

/** `request.headers.token` */
const member = /^[A-Za-z_$]+(?:[?!]?\.[A-Za-z_$]+)+$/;

/** `getToken(`, `row[0].secret`, `useRef<string>(null`: what follows the name is a call or an index, not more of a password. */
const call = /^[A-Za-z_$][\w$]*(?:[?!]?\.[\w$]+)*(?:<[^<>()]{0,60}>)?[([]/;
const callEnd = /[([\]{]$|\]\.[A-Za-z_$]+$/;
/** A call whose end is not seen. A password has a digit or another sign in it, more often than not. */
const callInLetters = /^[A-Za-z_$.?!([{]+$/;

/** `Array<string>` */
const generic = /^[A-Za-z_$][\w$.]*<[\w$.<]*>{0,3}$/;

/** A list or a group, as far as it goes; `[a]b` is neither. */
const group = /^[([{][^)\]}]*[)\]}]?$/;

/** Not what people use for a password, whatever its shape. */
export function isProgramText(value: string, { isQuoted, after }: Surroundings): boolean {
	if (placeholder.test(value) || member.test(value)) return true;
	if (isQuoted) return false;
	const isCall = call.test(value) && (callEnd.test(value) || callInLetters.test(value) || /[)\]"'`,;=]/.test(after));
	return isCall || generic.test(value) || group.test(value);
}

const wordLists = [
	// What sentences go on with.
	'a an the not no never always only still also now just too very so more less longer shorter than then',
	'in on at to for from with without by of as if when because what where that this these those it its and or but',
	'here there about under over out up down one your my his her their our both either neither being set unset kept sent',
	'lost gone reset read put held built made given taken shown known unknown written case plain clear part up-to-date',
	'wrong right incorrect correct invalid valid empty missing blank weak strong short long stale secure insecure safe unsafe',
	'visible hidden mandatory necessary needed okay fine same different good bad old new used unused exposed public private',
	'nicht kein falsch richtig leer zu zum zur das der die den dem ein eine einen im in auf von für noch immer auch nur jetzt',
	'wird wurde erforderlich nötig ungültig abgelaufen siehe',
	// What programs put there.
	'str text value values input output string strings number integer boolean bool bytes buffer object array list char varchar any',
	'unknown void null none nil undefined true false self this await async new typeof function return yield lambda const static',
	'data props params args option options form field label button element event state body query result response request',
	'config env default secret credential credentials key token user username login name email hash salt cipher plaintext text',
	'required optional flag type interface schema prompt placeholder example redacted omitted',
];
const plainWords = new Set(wordLists.flatMap(words => words.split(' ')));

/** Parts of names that programs give to what holds a password. */
const nameOfSecret = /passw|passphrase|pwd|secret|token|hash|crypt|input|value|field|param|config|string|user|prompt|valid|check/i;

/** A single word that a sentence or a program has there, as far as one can tell; `swordfish` is none. */
export function isPlainWord(value: string): boolean {
	const word = value.replace(/[.!?:…]+$/, '');
	if (!/^[\p{L}_$'’-]+$/u.test(word)) return false;
	const isName = /[a-z][A-Z]|_/.test(word) || nameOfSecret.test(word);
	return isName || /(?:ed|ing|ly)$/.test(word) || plainWords.has(word.toLowerCase());
}
