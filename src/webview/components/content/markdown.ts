/**
 * Markdown as markup that cannot do anything: no HTML of the writer's, no images (their words are shown), no addresses
 * that a browser would follow. What a link leads to stands in `data-target` for the page to decide about.
 */
import MarkdownIt from 'markdown-it';
import { highlighted } from './highlight.ts';

/** Characters. Past that the text is shown as it was written: laying it out would stop the page. */
export const longestMarkdown = 200_000;

const markdownIt = new MarkdownIt({ html: false, linkify: true, breaks: false, maxNesting: 50 });
// Without a scheme it is mostly a file: `README.md` would become a link to a site in Moldova.
markdownIt.linkify.set({ fuzzyLink: false, fuzzyEmail: false, fuzzyIP: false });

/** Addresses on the web, and files by a path: what else there is (`javascript:`, `data:`, `vbscript:`, `file:`) stays text. */
markdownIt.validateLink = address => linkKind(address) !== null;

const { escapeHtml } = markdownIt.utils;

markdownIt.renderer.rules['link_open'] = (tokens, index) => {
	const target = String(tokens[index]?.attrGet('href') ?? '');
	return `<a data-target="${escapeHtml(target)}">`;
};
markdownIt.renderer.rules['image'] = (tokens, index) => {
	const token = tokens[index];
	const words = token?.content ?? '';
	return `<span class="picture" data-target="${escapeHtml(String(token?.attrGet('src') ?? ''))}">${escapeHtml(words)}</span>`;
};
/** Claude may begin with a heading of any level; a page's own headings must not be skipped over. */
markdownIt.renderer.rules['heading_open'] = (tokens, index) => `<p class="heading" data-level="${tokens[index]?.tag.slice(1) ?? '1'}">`;
markdownIt.renderer.rules['heading_close'] = () => '</p>';
const cell = (tag: 'td' | 'th') => (tokens: readonly { attrGet(name: string): string | number | null }[], index: number) => {
	const align = /text-align:(left|center|right)/.exec(String(tokens[index]?.attrGet('style') ?? ''))?.[1];
	return align === undefined ? `<${tag}>` : `<${tag} class="align-${align}">`;
};
markdownIt.renderer.rules['td_open'] = cell('td');
markdownIt.renderer.rules['th_open'] = cell('th');
markdownIt.renderer.rules['fence'] = (tokens, index) => {
	const token = tokens[index];
	return codeMarkup(token?.content ?? '', token?.info.trim().split(/\s+/)[0] ?? '');
};
markdownIt.renderer.rules['code_block'] = (tokens, index) => codeMarkup(tokens[index]?.content ?? '', '');

export type LinkKind = 'web' | 'file';

/** Null for what is no link. */
export function linkKind(address: string): LinkKind | null {
	// A browser skips control characters inside an address, so they make one suspicious.
	if (address === '' || address.length > 2_000 || /[\u0000-\u001f\u007f]/.test(address)) return null;
	if (/^https?:\/\//i.test(address)) return 'web';
	// A drive letter is no scheme.
	if (/^[a-z][a-z0-9+.-]*:/i.test(address) && !/^[a-z]:[\\/]/i.test(address)) return null;
	return address.startsWith('#') || address.startsWith('//') ? null : 'file';
}

/** A file and the line in it: `src/app.ts#L12`, `src/app.ts:12:3`. Null for what is no path. */
export function fileOfLink(address: string): { readonly path: string; readonly line: number | null } | null {
	const decoded = decodedOrSelf(address);
	const match = /^(.+?)(?:#L?(\d+)(?:[-,].*)?|:(\d+)(?::\d+)?(?:-\d+)?)?$/i.exec(decoded);
	const [, path, byHash, byColon] = match ?? [];
	if (path === undefined) return null;
	const line = Number(byHash ?? byColon);
	return { path: path.replace(/#.*$/, ''), line: Number.isSafeInteger(line) && line > 0 ? line : null };
}

export function markdownMarkup(source: string): string {
	return markdownIt.render(source);
}

function codeMarkup(code: string, language: string): string {
	const text = code.replace(/\n$/, '');
	return `<pre data-language="${escapeHtml(language.slice(0, 40))}"><code>${highlighted(text, language.toLowerCase() || null) ?? escapeHtml(text)}</code></pre>`;
}

function decodedOrSelf(address: string): string {
	try {
		return decodeURIComponent(address);
	} catch {
		return address;
	}
}
