/** What all items are made of: folds, long texts with the way to their rest, badges, small buttons. */
import { type TemplateResult, html, nothing } from 'lit';
import { type IconName, icon } from '../../components/icons.ts';
import type { ItemText } from '../../contract/transcriptText.ts';
import { line, pathText } from '../lineText.ts';
import { longestText } from '../longTexts.ts';
import type { ItemView } from '../view.ts';
import { text } from '../words.ts';

export type TextLook = 'markdown' | 'plain' | 'terminal' | 'code';

export interface FoldOptions {
	/** Unique within the item. */
	readonly key: string;
	readonly icon: IconName;
	readonly title: string;
	/** Beside the title, in what room there is. */
	readonly summary?: TemplateResult | string;
	/** At the end of the line. */
	readonly aside?: TemplateResult | typeof nothing;
	readonly isOpen?: boolean;
	/** Stays folded when what is found lies in this item: unfolding it would load another conversation. */
	readonly isShy?: boolean;
	/** Becomes a class. */
	readonly look?: string;
	/** Drawn when it is open; null when there is nothing inside. */
	readonly content: (() => TemplateResult) | null;
	/** Below the line, folded or not. */
	readonly always?: TemplateResult | typeof nothing;
}

/** One line that says what it is, and below it, when somebody wants to know, all of it. */
export function fold(view: ItemView, options: FoldOptions): TemplateResult {
	const { key, title, summary = '', aside = nothing, isOpen = false, isShy = false, look = '', content, always = nothing } = options;
	const name = foldKey(view, key);
	const open = content !== null && view.model.isOpen(name, isOpen || (!isShy && isFound(view)));
	const inside = html`<span class="fold-mark">${content === null ? nothing : icon(open ? 'chevronDown' : 'chevronRight')}</span>
		<span class="fold-icon">${icon(options.icon)}</span>
		<span class="fold-title">${title}</span>
		<span class="fold-summary">${summary}</span>`;
	return html`<div class="fold ${look} ${open ? 'open' : ''}">
		<div class="fold-line">
			${
				content === null
					? html`<div class="fold-head">${inside}</div>`
					: html`<button class="fold-head" aria-expanded=${open ? 'true' : 'false'} @click=${() => view.model.fold(name, !open)}>
							${inside}
						</button>`
			}
			${aside === nothing ? nothing : html`<span class="fold-aside">${aside}</span>`}
		</div>
		${always} ${open ? html`<div class="fold-body">${content()}</div>` : nothing}
	</div>`;
}

/** The match that somebody is led to lies in this item: it must not be folded away. */
function isFound({ state, item, depth }: ItemView): boolean {
	const { at, matches } = state.find;
	return depth === 0 && at !== null && matches[at.match]?.item === item.index;
}

export function foldKey({ conversation, item }: ItemView, key: string): string {
	return `${conversation.agentId ?? ''}/${item.id}/${key}`;
}

/** The text, and where it was cut the way to its rest. */
export function longText(view: ItemView, source: ItemText, look: TextLook, language: string | null = null): TemplateResult {
	const { model, format } = view;
	const part = model.partOf(view.conversation, view.item.id, source.part);
	const shown = model.texts.shown(part, source);
	const rest = Math.max(0, source.fullLength - shown.text.length);
	const isTooLong = shown.text.length >= longestText;
	return html`${textElement(shown.text, look, language)}
	${
		shown.next === null
			? nothing
			: html`<p class="text-rest">
					<span class="muted"
						>${text('textCut', { shown: format.compact(shown.text.length), all: format.compact(source.fullLength) })}</span
					>
					${
						isTooLong
							? html`<button class="as-link" @click=${() => model.actions.session('file')}>${text('openFile')}</button>`
							: html`<button class="as-link" ?disabled=${shown.isLoading} @click=${() => void model.texts.more(part, source)}>
									${text(shown.isLoading ? 'loading' : rest > 500_000 ? 'showMore' : 'showRest')}
								</button>`
					}
					${shown.error === null ? nothing : html`<span class="failed">${shown.error}</span>`}
				</p>`
	}`;
}

export function textElement(source: string, look: TextLook, language: string | null = null): TemplateResult {
	switch (look) {
		case 'markdown':
			return html`<markdown-text .text=${source}></markdown-text>`;
		case 'plain':
			return html`<plain-text dir="auto" .text=${source}></plain-text>`;
		case 'terminal':
			return html`<terminal-text .text=${source}></terminal-text>`;
		case 'code':
			return html`<code-text .language=${language} .text=${source}></code-text>`;
	}
}

/** In a box of its own: code, output, a stranger's long text. */
export function box(content: TemplateResult, label: string | null = null, copy: (() => void) | null = null): TemplateResult {
	return html`<div class="box">
		${
			label === null && copy === null
				? nothing
				: html`<div class="box-head">
						<span>${label ?? ''}</span>
						${copy === null ? nothing : iconButton('copy', text('copy'), copy)}
					</div>`
		}
		<div class="box-body">${content}</div>
	</div>`;
}

export function iconButton(name: IconName, label: string, press: () => void, extra = ''): TemplateResult {
	return html`<button class="icon-button ${extra}" title=${label} aria-label=${label} @click=${press}>${icon(name)}</button>`;
}

export function badge(label: string, hint = '', look = ''): TemplateResult {
	return html`<span class="badge ${look}" title=${hint}>${label}</span>`;
}

/** A path that opens in the editor. */
export function fileLink(view: ItemView, path: string, lineNumber: number | null = null): TemplateResult {
	const shown = pathText(path, view.folder);
	return html`<button class="as-link mono" title=${line(path)} @click=${() => view.model.actions.openFile(path, lineNumber)}>
		<bdi>${shown}${lineNumber === null ? nothing : `:${lineNumber}`}</bdi>
	</button>`;
}
