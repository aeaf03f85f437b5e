/**
 * Markup made of a stranger's text, as elements of the page: cleaned once more by a library that does nothing else,
 * with what cannot be seen marked, links that only the page opens, and code that can be copied.
 */
import DOMPurify from 'dompurify';
import { iconElement } from '../icons.ts';
import { linkKind } from './markdown.ts';
import { type HiddenCharacter, visibleParts } from './visibleText.ts';

/** Words that the page says in the content. */
export interface ContentWords {
	readonly copy: string;
	readonly table: string;
	readonly done: string;
	readonly toDo: string;
	image(words: string): string;
	hidden(character: HiddenCharacter): string;
	codeIn(language: string): string;
}

const allowed = {
	ALLOWED_TAGS: [
		'p',
		'br',
		'hr',
		'strong',
		'em',
		's',
		'code',
		'pre',
		'blockquote',
		'ul',
		'ol',
		'li',
		'table',
		'thead',
		'tbody',
		'tr',
		'th',
		'td',
		'a',
		'span',
	],
	ALLOWED_ATTR: ['class', 'start', 'data-target', 'data-language', 'data-level'],
	ALLOW_DATA_ATTR: false,
	ALLOW_ARIA_ATTR: false,
	RETURN_DOM_FRAGMENT: true,
} as const;

/** Headings of an answer stand below those of the page, which has two levels. */
const firstLevel = 3;

export function safeContent(markup: string, words: ContentWords): DocumentFragment {
	const fragment = DOMPurify.sanitize(markup, {
		...allowed,
		ALLOWED_TAGS: [...allowed.ALLOWED_TAGS],
		ALLOWED_ATTR: [...allowed.ALLOWED_ATTR],
	});
	markHidden(fragment, words);
	for (const link of fragment.querySelectorAll('a')) prepareLink(link);
	for (const picture of fragment.querySelectorAll<HTMLElement>('span.picture')) {
		picture.textContent = words.image(picture.textContent);
		picture.title = picture.dataset['target'] ?? '';
	}
	for (const table of fragment.querySelectorAll('table')) wrapTable(table, words);
	for (const code of fragment.querySelectorAll('pre')) addCopying(code, words);
	for (const item of fragment.querySelectorAll('li')) markTask(item, words);
	nameHeadings(fragment);
	return fragment;
}

/** Text as it is, with what cannot be seen marked. */
export function safeText(text: string, words: ContentWords): DocumentFragment {
	const fragment = document.createDocumentFragment();
	fragment.append(...visibleParts(text).map(part => (typeof part === 'string' ? part : markOf(part, words))));
	return fragment;
}

function markHidden(fragment: DocumentFragment, words: ContentWords): void {
	const walker = document.createTreeWalker(fragment, NodeFilter.SHOW_TEXT);
	const found: Text[] = [];
	for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) if (node instanceof Text) found.push(node);
	for (const node of found) {
		const parts = visibleParts(node.data);
		if (parts.some(part => typeof part !== 'string'))
			node.replaceWith(...parts.map(part => (typeof part === 'string' ? part : markOf(part, words))));
	}
}

function markOf(hidden: HiddenCharacter, words: ContentWords): HTMLElement {
	const mark = document.createElement('span');
	mark.className = 'hidden-character';
	mark.textContent = hidden.count === 1 ? hidden.code : `${hidden.code} ×${hidden.count}`;
	mark.title = words.hidden(hidden);
	return mark;
}

/** Without an address: neither the browser nor VS Code's frame can follow it by itself. */
function prepareLink(link: HTMLElement): void {
	const target = link.dataset['target'] ?? '';
	if (linkKind(target) === null) {
		link.replaceWith(...link.childNodes);
		return;
	}
	link.setAttribute('role', 'link');
	link.tabIndex = 0;
	link.title = target;
}

/** `- [x] done`, as GitHub writes lists of tasks. */
function markTask(item: HTMLElement, words: ContentWords): void {
	const first = item.firstChild instanceof Text ? item.firstChild : (item.firstElementChild?.firstChild ?? null);
	const mark = first instanceof Text ? /^\[([ xX])\] /.exec(first.data) : null;
	if (mark === null || !(first instanceof Text)) return;
	const isDone = mark[1] !== ' ';
	first.data = first.data.slice(mark[0].length);
	const shape = iconElement(isDone ? 'pass' : 'circle');
	shape.setAttribute('role', 'img');
	shape.removeAttribute('aria-hidden');
	shape.setAttribute('aria-label', isDone ? words.done : words.toDo);
	item.classList.add('task');
	first.parentNode?.insertBefore(shape, first);
}

function wrapTable(table: HTMLTableElement, words: ContentWords): void {
	const wrap = document.createElement('div');
	wrap.className = 'wide';
	wrap.tabIndex = 0;
	wrap.setAttribute('role', 'group');
	wrap.setAttribute('aria-label', words.table);
	table.replaceWith(wrap);
	wrap.append(table);
}

function addCopying(code: HTMLElement, words: ContentWords): void {
	const language = code.dataset['language'] ?? '';
	const block = document.createElement('div');
	block.className = 'code-block';
	const head = document.createElement('div');
	head.className = 'code-head';
	const name = document.createElement('span');
	name.className = 'code-language';
	name.textContent = language;
	const copy = document.createElement('button');
	copy.type = 'button';
	copy.className = 'icon-button copy-code';
	copy.title = words.copy;
	copy.setAttribute('aria-label', words.codeIn(language));
	copy.append(iconElement('copy'));
	head.append(name, copy);
	code.replaceWith(block);
	block.append(head, code);
}

function nameHeadings(fragment: DocumentFragment): void {
	let level = firstLevel - 1;
	for (const heading of fragment.querySelectorAll<HTMLElement>('p.heading')) {
		level = Math.min(firstLevel - 1 + Number(heading.dataset['level'] ?? 1), level + 1, 6);
		heading.setAttribute('role', 'heading');
		heading.setAttribute('aria-level', String(level));
	}
}
