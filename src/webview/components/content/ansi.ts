/**
 * What a program printed for a terminal, as text with colours: of all escape sequences only colour, weight and underline
 * mean something on a page, the rest (moving the cursor, titles, links) is dropped. A line that was overprinted after a
 * carriage return shows what stood there last, as in a terminal.
 */
export const ansiColours = ['black', 'red', 'green', 'yellow', 'blue', 'magenta', 'cyan', 'white'] as const;
export type AnsiColour = (typeof ansiColours)[number] | `bright-${(typeof ansiColours)[number]}`;

export interface AnsiRun {
	readonly text: string;
	readonly colour: AnsiColour | null;
	readonly bold: boolean;
	readonly dim: boolean;
	readonly italic: boolean;
	readonly underline: boolean;
}

type Look = Omit<AnsiRun, 'text'>;

const plain: Look = { colour: null, bold: false, dim: false, italic: false, underline: false };
/** Parameters and intermediates are bounded: a sequence that never ends must not swallow the text. */
const sequence =
	/\u001b\[([0-9;:?<=>]{0,64})[ -/]{0,8}([@-~])|\u001b\][^\u0007\u001b\n]{0,4096}(?:\u0007|\u001b\\)|\u001b[PX^_][^\u001b\n]{0,4096}\u001b\\|\u001b[ -/]{0,4}[0-~]|\u001b/g;

export function ansiRuns(source: string): readonly AnsiRun[] {
	const text = overprinted(source);
	if (!text.includes('\u001b')) return text === '' ? [] : [{ text, ...plain }];
	const runs: AnsiRun[] = [];
	let look = plain;
	let end = 0;
	const add = (piece: string) => {
		if (piece !== '') runs.push({ text: piece, ...look });
	};
	for (const found of text.matchAll(sequence)) {
		add(text.slice(end, found.index));
		end = found.index + found[0].length;
		if (found[2] === 'm') look = after(look, found[1] ?? '');
	}
	add(text.slice(end));
	return runs;
}

function after(before: Look, parameters: string): Look {
	const codes = parameters.split(/[;:]/).map(Number);
	let look = before;
	for (let at = 0; at < codes.length; at++) {
		const code = codes[at] ?? 0;
		if (code === 38 || code === 48) {
			// A colour of 256 or of all: the sixteen that themes define are kept, the rest reads as plain text.
			const byIndex = codes[at + 1] === 5;
			if (code === 38) look = { ...look, colour: byIndex ? colourOf(codes[at + 2] ?? -1) : null };
			at += byIndex ? 2 : 4;
		} else look = withCode(look, code);
	}
	return look;
}

function withCode(look: Look, code: number): Look {
	if (code === 0) return plain;
	if (code === 1) return { ...look, bold: true };
	if (code === 2) return { ...look, dim: true };
	if (code === 3) return { ...look, italic: true };
	if (code === 4) return { ...look, underline: true };
	if (code === 22) return { ...look, bold: false, dim: false };
	if (code === 23) return { ...look, italic: false };
	if (code === 24) return { ...look, underline: false };
	if (code === 39) return { ...look, colour: null };
	if (code >= 30 && code <= 37) return { ...look, colour: colourOf(code - 30) };
	if (code >= 90 && code <= 97) return { ...look, colour: colourOf(code - 82) };
	return look;
}

function colourOf(index: number): AnsiColour | null {
	const name = ansiColours[index % 8];
	if (index < 0 || index > 15 || name === undefined) return null;
	return index < 8 ? name : `bright-${name}`;
}

/** `10 %\r50 %\rdone` is `done`. */
function overprinted(source: string): string {
	const text = source.replaceAll(/\r+\n/g, '\n');
	if (!text.includes('\r')) return text;
	return text
		.split('\n')
		.map(line => line.slice(line.replace(/\r+$/, '').lastIndexOf('\r') + 1).replace(/\r+$/, ''))
		.join('\n');
}
