/**
 * Text of strangers with what cannot be seen made visible: characters that turn the reading direction round, take no
 * room or control a terminal. They are how one text is made to look like another, and how instructions are hidden in it.
 * Joiners inside words and emoji, and the tags of a flag, are what they seem and stay.
 */
export type VisiblePart = string | HiddenCharacter;

export interface HiddenCharacter {
	/** `U+202E`. */
	readonly code: string;
	/** Of a run of the same character. */
	readonly count: number;
	readonly kind: 'direction' | 'invisible' | 'control';
}

// Tags (U+E0000…) lie outside the basic plane; a flag's tags follow the black flag U+1F3F4.
const suspicious =
	/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]|[\u{e0000}-\u{e0fff}]/u;
const hidden =
	/(?:\u{1f3f4}[\u{e0020}-\u{e007f}]{1,8})|([\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\u{e0000}-\u{e0fff}])\1*/gu;

/** The pieces in their order. A carriage return before a line feed is the end of a line on Windows, nothing hidden. */
export function visibleParts(text: string): readonly VisiblePart[] {
	if (!suspicious.test(text)) return text === '' ? [] : [text];
	const source = text.replaceAll('\r\n', '\n');
	const parts: VisiblePart[] = [];
	let end = 0;
	for (const found of source.matchAll(hidden)) {
		const character = found[1];
		if (character === undefined) continue;
		if (found.index > end) parts.push(source.slice(end, found.index));
		const point = character.codePointAt(0) ?? 0;
		parts.push({ code: nameOf(point), count: found[0].length / character.length, kind: kindOf(point) });
		end = found.index + found[0].length;
	}
	if (end < source.length) parts.push(source.slice(end));
	return parts;
}

/** The same in one string, for places where a mark cannot stand: labels, titles, one-line summaries. */
export function visibleString(text: string): string {
	return visibleParts(text)
		.map(part => (typeof part === 'string' ? part : `[${part.code}]`))
		.join('');
}

function nameOf(point: number): string {
	return `U+${point.toString(16).toUpperCase().padStart(4, '0')}`;
}

function kindOf(point: number): HiddenCharacter['kind'] {
	if (point === 0x61c || point === 0x200e || point === 0x200f || (point >= 0x202a && point <= 0x202e)) return 'direction';
	if (point >= 0x2066 && point <= 0x2069) return 'direction';
	return point < 0xa0 ? 'control' : 'invisible';
}
