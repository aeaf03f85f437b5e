/**
 * Elements that show a stranger's text: as Markdown, as code in colours, as what a program printed, or as it stands. Each
 * draws when its text changes and at no other time; none of them can run or fetch anything. A link is told to the page
 * by the event `follow-link`, a copy button by `copy-text`.
 */
import { ansiRuns } from './ansi.ts';
import { highlighted } from './highlight.ts';
import { longestMarkdown, markdownMarkup } from './markdown.ts';
import { type ContentWords, safeContent, safeText } from './safeContent.ts';

export class FollowLinkEvent extends Event {
	readonly address: string;
	constructor(address: string) {
		super('follow-link', { bubbles: true });
		this.address = address;
	}
}

export class CopyTextEvent extends Event {
	readonly text: string;
	constructor(text: string) {
		super('copy-text', { bubbles: true });
		this.text = text;
	}
}

declare global {
	interface HTMLElementEventMap {
		'follow-link': FollowLinkEvent;
		'copy-text': CopyTextEvent;
	}
}

/** Lines are laid out one block at a time: those out of sight are not. A word of megabytes is cut into blocks, too. */
const blockLength = 20_000;

let words: ContentWords | null = null;

/** To be called before the first element is drawn. */
export function speakContent(spoken: ContentWords): void {
	words = spoken;
}

function spoken(): ContentWords {
	if (words === null) throw new Error('speakContent was not called');
	return words;
}

abstract class ContentElement extends HTMLElement {
	#text = '';

	get text(): string {
		return this.#text;
	}

	set text(text: string) {
		if (text === this.#text && this.hasChildNodes()) return;
		this.#text = text;
		this.replaceChildren(this.draw(text));
	}

	protected abstract draw(text: string): Node;

	protected redraw(): void {
		if (this.hasChildNodes()) this.replaceChildren(this.draw(this.#text));
	}
}

export class MarkdownText extends ContentElement {
	connectedCallback(): void {
		this.dir = 'auto';
		this.addEventListener('click', hearClick);
		this.addEventListener('keydown', hearKey);
	}

	protected draw(text: string): Node {
		if (text.length > longestMarkdown) return blocks(text);
		const content = safeContent(markdownMarkup(text), spoken());
		for (const block of content.children) block.setAttribute('dir', 'auto');
		return content;
	}
}

export class CodeText extends ContentElement {
	#language: string | null = null;

	set language(language: string | null) {
		if (language === this.#language) return;
		this.#language = language;
		this.redraw();
	}

	protected draw(text: string): Node {
		const markup = highlighted(text, this.#language);
		return markup === null ? blocks(text) : safeContent(markup, spoken());
	}
}

export class PlainText extends ContentElement {
	protected draw(text: string): Node {
		return blocks(text);
	}
}

export class TerminalText extends ContentElement {
	protected draw(text: string): Node {
		const fragment = document.createDocumentFragment();
		for (const { text: piece, colour, bold, dim, italic, underline } of ansiRuns(text)) {
			const content = blocks(piece);
			const classes = [
				colour === null ? '' : `ansi-${colour}`,
				bold ? 'ansi-bold' : '',
				dim ? 'ansi-dim' : '',
				italic ? 'ansi-italic' : '',
				underline ? 'ansi-underline' : '',
			].filter(name => name !== '');
			if (classes.length === 0) fragment.append(content);
			else {
				const run = document.createElement('span');
				run.classList.add(...classes);
				run.append(content);
				fragment.append(run);
			}
		}
		return fragment;
	}
}

function blocks(text: string): DocumentFragment {
	if (text.length <= blockLength) return safeText(text, spoken());
	const fragment = document.createDocumentFragment();
	for (const piece of blocksOf(text)) {
		const block = document.createElement('div');
		block.className = 'text-block';
		block.append(safeText(piece, spoken()));
		fragment.append(block);
	}
	return fragment;
}

/** At ends of lines where there are any; the newline there is the end of the block itself. */
export function blocksOf(text: string): readonly string[] {
	const pieces: string[] = [];
	let start = 0;
	while (start < text.length) {
		if (text.length - start <= blockLength) {
			pieces.push(text.slice(start));
			break;
		}
		const newline = text.lastIndexOf('\n', start + blockLength);
		if (newline > start) {
			pieces.push(text.slice(start, newline));
			start = newline + 1;
			continue;
		}
		// Not inside a character.
		const end = start + blockLength;
		const code = text.charCodeAt(end - 1);
		const cut = code >= 0xd800 && code <= 0xdbff ? end - 1 : end;
		pieces.push(text.slice(start, cut));
		start = cut;
	}
	return pieces;
}

function hearClick(event: Event): void {
	const target = event.target instanceof Element ? event.target : null;
	const copy = target?.closest('.copy-code') ?? null;
	const code = copy?.closest('.code-block')?.querySelector('code') ?? null;
	if (copy !== null && code !== null) copy.dispatchEvent(new CopyTextEvent(textOfCode(code)));
	else if (!follow(target)) return;
	event.preventDefault();
	event.stopPropagation();
}

function hearKey(event: KeyboardEvent): void {
	if (event.key === 'Enter' && event.target instanceof Element && event.target.matches('a') && follow(event.target)) event.preventDefault();
}

function follow(target: Element | null): boolean {
	const link = target?.closest<HTMLElement>('a[data-target]') ?? null;
	if (link === null) return false;
	link.dispatchEvent(new FollowLinkEvent(link.dataset['target'] ?? ''));
	return true;
}

/** As it was written: a mark stands for a character that must not be copied as its name. */
function textOfCode(code: Element): string {
	return [...code.childNodes].map(copied).join('');
}

function copied(node: Node): string {
	if (node instanceof HTMLElement && node.classList.contains('hidden-character')) return '';
	return node.hasChildNodes() ? [...node.childNodes].map(copied).join('') : (node.textContent ?? '');
}

customElements.define('markdown-text', MarkdownText);
customElements.define('code-text', CodeText);
customElements.define('plain-text', PlainText);
customElements.define('terminal-text', TerminalText);
