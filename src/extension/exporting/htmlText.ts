/** Text of strangers inside an HTML document. */
import MarkdownIt from 'markdown-it';
import { isHarmlessLink, mostMarkdown } from './markdownText.ts';
import { visibleText } from './visibleText.ts';

export function escapeHtml(text: string): string {
	return visibleText(text).replace(/[&<>"'`]/g, character => `&#${character.charCodeAt(0)};`);
}

export function preformatted(text: string): string {
	// A line feed right after the tag would be dropped.
	return `<pre dir="auto">\n${escapeHtml(text.replace(/\n+$/, ''))}</pre>`;
}

function renderer(breaks: boolean) {
	const markdown = new MarkdownIt({ html: false, linkify: false, typographer: false, breaks });
	markdown.validateLink = isHarmlessLink;
	// Nothing is fetched: a picture is named, and its address can be read.
	markdown.renderer.rules['image'] = (tokens, index) => {
		const token = tokens[index];
		return `<code>${escapeHtml(`![${token?.content ?? ''}](${String(token?.attrGet('src') ?? '')})`)}</code>`;
	};
	markdown.renderer.rules['link_open'] = (tokens, index) => {
		const address = String(tokens[index]?.attrGet('href') ?? '');
		return `<a href="${escapeHtml(address)}" rel="noreferrer noopener">`;
	};
	// Alignment would be a style of its own, which the policy of the file forbids.
	markdown.renderer.rules['th_open'] = () => '<th>';
	markdown.renderer.rules['td_open'] = () => '<td>';
	// Headings of an answer stand below those of the document.
	markdown.renderer.rules['heading_open'] = (tokens, index) => `<h${below(tokens[index]?.tag)}>`;
	markdown.renderer.rules['heading_close'] = (tokens, index) => `</h${below(tokens[index]?.tag)}>\n`;
	return markdown;
}

const below = (tag: string | undefined): number => Math.min(6, Number(tag?.slice(1) ?? '1') + 3);

const answers = renderer(false);
/** People end their lines where they want them to end. */
const prompts = renderer(true);

export function htmlOfMarkdown(text: string, keepsLines: boolean): string {
	const shown = visibleText(text);
	return shown.length > mostMarkdown ? preformatted(shown) : (keepsLines ? prompts : answers).render(shown);
}
