/** Searches in files and on the web. What was found on the web is shown, never fetched. */
import { type TemplateResult, css, html, nothing } from 'lit';
import { linkKind } from '../../components/content/markdown.ts';
import type { SearchDetail, ToolUse, WebDetail } from '../../contract/transcriptTools.ts';
import { box, fileLink, longText } from '../items/parts.ts';
import { line } from '../lineText.ts';
import type { ItemView } from '../view.ts';
import { text } from '../words.ts';
import { results } from './results.ts';

/** Names of files that are drawn. */
const mostFiles = 100;

export function searchBody(view: ItemView, tool: ToolUse, detail: SearchDetail): TemplateResult {
	const { format } = view;
	const hasForm = detail.files.length > 0 || (detail.content !== null && detail.content.text !== '');
	const facts = [
		...detail.options.map(line),
		detail.count === null ? null : text('found', { count: format.integer(detail.count) }, detail.count),
		detail.isTruncated ? text('resultsCut') : null,
	].filter(fact => fact !== null);
	return html`${facts.length === 0 ? nothing : html`<p class="muted facts">${facts.join(' · ')}</p>`}
	${
		detail.files.length === 0
			? nothing
			: html`<ul class="file-list">
					${detail.files.slice(0, mostFiles).map(file => html`<li>${fileLink(view, file)}</li>`)}
					${detail.files.length > mostFiles ? html`<li class="muted">${text('moreFiles', { count: format.integer(detail.files.length - mostFiles) }, detail.files.length - mostFiles)}</li>` : nothing}
				</ul>`
	}
	${detail.content === null || detail.content.text === '' ? nothing : box(longText(view, detail.content, 'terminal'))}
	${hasForm ? nothing : results(view, tool)}`;
}

export function webBody(view: ItemView, detail: WebDetail): TemplateResult {
	const { format } = view;
	const facts = [
		detail.statusCode === null ? null : text('httpStatus', { status: String(detail.statusCode) }),
		detail.bytes === null ? null : format.bytes(detail.bytes),
	].filter(fact => fact !== null);
	return html`${detail.url === null ? nothing : html`<p>${webLink(view, detail.url, detail.url)} <span class="muted">${facts.join(' · ')}</span></p>`}
	${
		detail.prompt === null
			? nothing
			: html`<p class="part-name">${text('askedFor')}</p>
					${longText(view, detail.prompt, 'plain')}`
	}
	${detail.answer === null ? nothing : box(longText(view, detail.answer, 'markdown'), text('result'))}
	${
		detail.links.length === 0
			? nothing
			: html`<ul class="file-list">
					${detail.links.slice(0, mostFiles).map(link => html`<li>${webLink(view, link.url, link.title)}</li>`)}
				</ul>`
	}`;
}

function webLink(view: ItemView, address: string, title: string): TemplateResult {
	const words = line(title === '' ? address : title);
	if (linkKind(address) !== 'web') return html`<bdi>${words}</bdi>`;
	return html`<button class="as-link" title=${line(address)} @click=${() => view.model.actions.openLink(address)}>
		<bdi>${words}</bdi>
	</button>`;
}

export const lookingStyle = css`
	.facts {
		margin: 4px 0 6px;
		font-size: var(--small);
	}
	.facts:empty {
		display: none;
	}
	.file-list {
		display: grid;
		gap: 3px;
		margin: 0 0 8px;
		padding: 0;
		list-style: none;
		overflow-wrap: anywhere;
	}
`;
