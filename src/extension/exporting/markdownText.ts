/**
 * Text of strangers inside a Markdown document: shown as it was meant, unable to leave its place. Raw HTML is escaped, pictures
 * and links to anything but the web lose their power, fences are longer than what they hold.
 */
import MarkdownIt from 'markdown-it';
import { visibleText } from './visibleText.ts';

/** Longer Markdown is shown as it was written: nobody reads it, and laying it out takes long. */
export const mostMarkdown = 300_000;

/** Looks at what a program that allows everything would make of it. */
const judge = new MarkdownIt({ html: true, linkify: false });
judge.validateLink = () => true;

/**
 * To addresses of the web, of mail, and inside the document; names of files have no scheme. In a page that lies on a disk, an address
 * that begins with two slashes is another computer of the network, which would be told who opens it.
 */
export function isHarmlessLink(address: string): boolean {
	const plain = address.replaceAll(/[\s\p{Cc}]/gu, '').toLowerCase();
	return /^(?:https?:|mailto:)/.test(plain) || !/^(?:[^/?#]*:|[/\\]{2})/.test(plain);
}

/** One line of plain text. */
export function escapeMarkdown(text: string): string {
	return visibleText(text)
		.replace(/\s+/g, ' ')
		.replace(/[\\`*_[\]#|~!$]/g, '\\$&')
		.replaceAll('&', '&amp;')
		.replaceAll('<', '&lt;')
		.replaceAll('>', '&gt;');
}

/** In backticks, on one line. */
export function inlineCode(text: string): string {
	const line = visibleText(text).replace(/\s+/g, ' ').trim();
	if (line === '') return '';
	const ticks = '`'.repeat(longestRun(line) + 1);
	return line.startsWith('`') || line.endsWith('`') ? `${ticks} ${line} ${ticks}` : `${ticks}${line}${ticks}`;
}

export function fence(text: string, language = ''): string {
	const shown = visibleText(text).replace(/\n+$/, '');
	const ticks = '`'.repeat(Math.max(3, longestRun(shown) + 1));
	return `${ticks}${language.replace(/[^\w+#.-]/g, '')}\n${shown}\n${ticks}`;
}

export function quote(markdown: string): string {
	return markdown
		.split('\n')
		.map(line => (line === '' ? '>' : `> ${line}`))
		.join('\n');
}

/** Markdown that may stand among other Markdown: code stays as it is, all else can do nothing. */
export function safeMarkdown(text: string): string {
	const shown = visibleText(text).trim();
	if (shown.length > mostMarkdown) return fence(shown);
	for (const attempt of [withoutHtml(shown, false), withoutHtml(shown, true)]) if (isHarmless(attempt)) return attempt;
	return fence(shown, 'markdown');
}

function longestRun(text: string): number {
	return (text.match(/`+/g) ?? []).reduce((most, run) => Math.max(most, run.length), 0);
}

/** Whether anything of it would be more than text, code and links to the web; and whether it ends with itself. */
function isHarmless(markdown: string): boolean {
	// What follows must not be drawn into an open fence or list.
	const tokens = judge.parse(`${markdown}\n\n\n# the end`, {});
	const last = tokens.at(-3);
	if (last?.type !== 'heading_open' || last.level !== 0) return false;
	return tokens
		.flatMap(token => [token, ...(token.children ?? [])])
		.every(token => {
			if (token.type === 'html_block' || token.type === 'html_inline' || token.type === 'image') return false;
			return token.type !== 'link_open' || isHarmlessLink(String(token.attrGet('href') ?? ''));
		});
}

function withoutHtml(markdown: string, alsoLinks: boolean): string {
	const lines = markdown.split('\n');
	const isCode = new Set<number>();
	for (const token of judge.parse(markdown, {})) {
		if ((token.type === 'fence' || token.type === 'code_block') && token.map !== null)
			for (let line = token.map[0]; line < token.map[1]; line++) isCode.add(line);
	}
	const stretches: string[] = [];
	for (let at = 0; at < lines.length;) {
		const begin = at;
		const code = isCode.has(at);
		while (at < lines.length && isCode.has(at) === code) at++;
		const stretch = lines.slice(begin, at).join('\n');
		stretches.push(code ? stretch : escapeAroundCode(stretch, alsoLinks));
	}
	return closed(stretches.join('\n'));
}

/** A fence that is never closed would take in all that follows. */
function closed(markdown: string): string {
	let open: string | null = null;
	for (const line of markdown.split('\n')) {
		const run = /^ {0,3}(`{3,}|~{3,})(.*)$/.exec(line);
		const marks = run?.[1] ?? '';
		if (marks === '') continue;
		if (open === null) open = marks;
		else if (marks.startsWith(open) && (run?.[2] ?? '').trim() === '') open = null;
	}
	return open === null ? markdown : `${markdown}\n${open}`;
}

/** Escapes all but what stands between two equal runs of backticks. */
function escapeAroundCode(text: string, alsoLinks: boolean): string {
	let result = '';
	let at = 0;
	for (const run of text.matchAll(/`+/g)) {
		if (run.index < at) continue;
		const end = endOfCode(text, run.index + run[0].length, run[0].length);
		if (end === null) continue;
		result += escaped(text.slice(at, run.index), alsoLinks) + text.slice(run.index, end);
		at = end;
	}
	return result + escaped(text.slice(at), alsoLinks);
}

/** Code does not reach over an empty line. */
function endOfCode(text: string, from: number, length: number): number | null {
	const border = text.indexOf('\n\n', from);
	const within = text.slice(from, Math.min(border < 0 ? text.length : border, from + 20_000));
	for (const run of within.matchAll(/`+/g)) if (run[0].length === length) return from + run.index + length;
	return null;
}

function escaped(text: string, alsoLinks: boolean): string {
	const plain = text.replaceAll('<', '&lt;').replaceAll('![', '!\\[');
	return alsoLinks ? plain.replaceAll('[', '\\[').replaceAll('\\\\[', '\\[') : plain;
}
