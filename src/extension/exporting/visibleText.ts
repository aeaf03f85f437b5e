/** Characters that steer instead of being read: made visible, so that a file shows what it holds. */
import { withoutTerminalCodes } from '../claude/transcript/terminalCodes.ts';

/** Marks that turn the direction of what follows, and ends of lines that only some programs see. */
const steering = /[\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufff9-\ufffb]/g;

/** All but tab and line feed. */
const controls = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g;

/** Text as a person can read it in any program: no escapes, and every hidden mark by its name. */
export function visibleText(text: string): string {
	return withoutTerminalCodes(text.replace(/\r\n?/g, '\n'))
		.replace(steering, mark => `⟦U+${(mark.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}⟧`)
		.replace(controls, control => {
			const code = control.charCodeAt(0);
			return code < 0x20 ? String.fromCharCode(0x2400 + code) : code === 0x7f ? '\u2421' : '\ufffd';
		})
		.toWellFormed();
}

/** On one line, at most so long. */
export function oneLine(text: string, length: number): string {
	const line = visibleText(text.slice(0, length * 4))
		.replace(/\s+/g, ' ')
		.trim();
	return line.length > length ? `${line.slice(0, length - 1).toWellFormed()}…` : line;
}
