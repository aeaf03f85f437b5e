/** The transcript page as a whole: which parts stand where, and the list of items. Draws into the document itself. */
import { LitElement, type TemplateResult, html, nothing } from 'lit';
import { icon } from '../components/icons.ts';
import { VirtualList, type VirtualRows } from '../components/virtualList/virtualList.ts';
import type { Fork, TranscriptHead } from '../contract/transcript.ts';
import { findBar } from './findBar.ts';
import { forkBar } from './fork.ts';
import { header } from './header.ts';
import { matchesIn, paint, unpaint } from './highlightMatches.ts';
import { itemLabel, itemView } from './items/itemView.ts';
import { iconButton } from './items/parts.ts';
import { line } from './lineText.ts';
import { outline } from './outline.ts';
import type { Scroll } from './pageState.ts';
import { emptyState, notices } from './states.ts';
import type { View } from './view.ts';
import { text } from './words.ts';

/** Pixels. Below, the outline lies over the conversation. */
const roomForOutline = 900;
/** Pixels that stay above a row that was jumped to: what stands before it is part of the answer to "where am I". */
const aboveJump = 48;

export class TranscriptPage extends LitElement {
	static override properties = { view: { attribute: false }, announcement: { attribute: false }, turn: { state: true } };
	declare view: View | null;
	/** What the live region says. */
	declare announcement: string;
	/** The turn that is in sight. */
	declare private turn: number;
	#wanted: (() => void) | null = null;
	#match: { readonly item: number; readonly isNew: boolean } | null = null;
	#inItem: number | null = null;
	#painting = false;
	readonly #resized = new ResizeObserver(() => this.view?.model.setNarrow(this.clientWidth < roomForOutline));

	constructor() {
		super();
		this.view = null;
		this.announcement = '';
		this.turn = -1;
	}

	/** For the model, which knows no list. */
	get listScroll(): Scroll {
		return {
			toItem: (index, { marks, focus }) => this.#whenListed(list => list.scrollToRow(index, { offset: marks ? -aboveJump : 0, focus })),
			toEnd: () => this.#whenListed(list => list.scrollToEnd()),
			toMatch: item => {
				this.#match = { item, isNew: true };
				this.#whenListed(list => {
					if (list.querySelector(`:scope > .virtual-rows > [data-index="${item}"]`) === null)
						list.scrollToRow(item, { offset: -aboveJump });
				});
				this.#paintSoon();
			},
			current: () => this.#list()?.current ?? 0,
		};
	}

	protected override createRenderRoot(): this {
		return this;
	}

	override connectedCallback(): void {
		super.connectedCallback();
		document.addEventListener('keydown', this.#key);
		this.addEventListener('follow-link', event => this.#follow(event.address));
		this.addEventListener('copy-text', event => this.view?.model.actions.copy(event.text));
		this.#resized.observe(this);
	}

	protected override render() {
		const { view } = this;
		if (view === null) return nothing;
		const { state, model } = view;
		const { head } = state;
		const isBusy = (head === null && state.loadError === null) || state.copying;
		return html`<main aria-busy=${isBusy ? 'true' : 'false'}>
			${isBusy ? html`<div class="busy" aria-hidden="true"></div>` : nothing}
			${head === null ? html`<h1 class="unseen">${text('title')}</h1>` : header(view, head)}
			${head === null ? nothing : notices(view, head)}
			<div class="columns ${model.isOutlineShown && head !== null ? 'with-outline' : ''} ${state.isNarrow ? 'narrow' : ''}">
				<div class="conversation">
					${head === null || head.items === 0 ? emptyState(view) : this.#conversation(view, head)}
					${
						state.findOpen && head !== null
							? findBar(
									view,
									by => this.#stepFind(by),
									() => this.#closeFind(),
								)
							: nothing
					}
				</div>
				${model.isOutlineShown && head !== null ? outline(view, this.turn, state.isNarrow) : nothing}
			</div>
			<div role="status" class="unseen">${this.announcement}</div>
		</main>`;
	}

	protected override updated(): void {
		const { view } = this;
		const list = this.#list();
		if (view === null || list === null) return;
		list.onView = ({ first, last, read, isAtEnd }) => {
			view.model.items.want(first, last);
			const turn = view.model.turnAt(read);
			queueMicrotask(() => {
				this.turn = turn;
				view.model.keepPlace(first, isAtEnd);
			});
			if (view.state.findOpen) this.#paintSoon();
		};
		const wanted = this.#wanted;
		this.#wanted = null;
		wanted?.();
		if (view.state.findOpen) this.#paintSoon();
	}

	#conversation(view: View, head: TranscriptHead): TemplateResult {
		const { state, model } = view;
		return html`${this.#turnBar(view)}
			<virtual-list class="items" .rows=${this.#rows(view, head)} .label=${text('title')} .hint=${text('listHint')}></virtual-list>
			${
				state.unseen > 0
					? html`<button class="new-items" @click=${() => model.toEnd()}>
							${icon('arrowDown')} ${text('newItems', { count: view.format.integer(state.unseen) }, state.unseen)}
						</button>`
					: nothing
			}`;
	}

	#rows(view: View, head: TranscriptHead): VirtualRows {
		const { model, state } = view;
		const forks = new Map(head.forks.map(fork => [fork.item, fork]));
		const prompts = new Set(state.outline?.turns.map(turn => turn.item));
		return {
			count: head.items,
			name: `${head.conversation.sessionId}/${head.conversation.agentId ?? ''}/${head.branch}`,
			estimate: index => (prompts.has(index) ? 110 : 56),
			label: index => {
				const item = model.items.item(index);
				return item === null ? text('loading') : itemLabel(item);
			},
			row: index => this.#row(view, head, index, forks.get(index)),
		};
	}

	#row(view: View, head: TranscriptHead, index: number, fork: Fork | undefined): TemplateResult {
		const { model } = view;
		const item = model.items.item(index);
		const error = model.items.errorOf(index);
		const content =
			item !== null
				? itemView(
						{ ...view, item, conversation: head.conversation, depth: 0, folder: head.session.cwd, draw: itemView },
						model.items.item(index - 1),
					)
				: error !== null
					? html`<p class="failed">
							${text('itemFailed', { reason: line(error) })}
							<button class="as-link" @click=${() => model.opening.retry()}>${text('tryAgain')}</button>
						</p>`
					: html`<div class="ghost row-ghost"></div>`;
		return html`<div class="column">${fork === undefined ? nothing : forkBar(view, fork)} ${content}</div>`;
	}

	/** Under which prompt one is reading; the way to the next and the one before. */
	#turnBar(view: View): TemplateResult {
		const { model, state, format } = view;
		const turns = state.outline?.turns ?? [];
		const turn = turns[this.turn];
		const { at, all } = model.promptNumber(this.turn);
		const words =
			turn === undefined
				? ''
				: turn.kind === 'none'
					? text('beforeFirstPrompt')
					: turn.firstLine.trim() === ''
						? text('emptyPrompt')
						: line(turn.firstLine);
		return html`<div class="turn-bar">
			<button
				class="turn-now"
				?disabled=${turn === undefined}
				title=${text('toPrompt')}
				@click=${() => turn !== undefined && model.goTo(turn.item)}
			>
				<span class="muted turn-at"
					>${turn === undefined || at === 0 ? '' : text('turnOf', { at: format.integer(at), all: format.integer(all) })}</span
				>
				<span class="turn-text" dir="auto">${words}</span>
			</button>
			${iconButton('arrowUp', text('previousPrompt'), () => model.stepTurn(-1))}
			${iconButton('arrowDown', text('nextPrompt'), () => model.stepTurn(1))}
		</div>`;
	}

	#list(): VirtualList | null {
		const list = this.querySelector('virtual-list.items');
		return list instanceof VirtualList ? list : null;
	}

	/** Now, or when the list that is asked for has been drawn. */
	#whenListed(act: (list: VirtualList) => void): void {
		this.#wanted = () => {
			const list = this.#list();
			if (list !== null) act(list);
		};
		this.requestUpdate();
	}

	#follow(address: string): void {
		this.view?.model.actions.follow(address);
	}

	readonly #key = (event: KeyboardEvent): void => {
		const model = this.view?.model;
		if (model === undefined || event.defaultPrevented) return;
		const isCommand = (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey;
		if (isCommand && event.key.toLowerCase() === 'f') this.#openFind();
		else if (event.altKey && !event.ctrlKey && !event.metaKey && (event.key === 'ArrowDown' || event.key === 'ArrowUp'))
			model.stepTurn(event.key === 'ArrowDown' ? 1 : -1);
		else if (event.key === 'F3' && this.view?.state.findOpen === true) this.#stepFind(event.shiftKey ? -1 : 1);
		else if (event.key === 'Escape' && this.view?.state.findOpen === true) this.#closeFind();
		else return;
		event.preventDefault();
	};

	#openFind(): void {
		this.view?.model.openFind();
		void this.updateComplete.then(() => {
			const input = this.querySelector<HTMLInputElement>('.find-input');
			input?.focus();
			input?.select();
		});
	}

	#closeFind(): void {
		this.view?.model.closeFind();
		this.#match = null;
		this.#inItem = null;
		unpaint();
		this.querySelector<HTMLElement>('virtual-list.items .virtual-row[tabindex="0"]')?.focus({ preventScroll: true });
	}

	#stepFind(by: 1 | -1): void {
		this.view?.model.stepFind(by, this.#inItem);
	}

	/** After the rows have been drawn: once in a frame. */
	#paintSoon(): void {
		if (this.#painting) return;
		this.#painting = true;
		requestAnimationFrame(() => {
			this.#painting = false;
			this.#paint();
		});
	}

	#paint(): void {
		const { view } = this;
		const list = this.#list();
		if (view === null || list === null || !view.state.findOpen) return;
		const { find } = view.state;
		const at = find.at === null ? null : { item: find.matches[find.at.match]?.item ?? -1, occurrence: find.at.occurrence };
		const all: Range[] = [];
		let here: Range | null = null;
		for (const row of list.querySelectorAll<HTMLElement>(':scope > .virtual-rows > .virtual-row')) {
			const ranges = matchesIn(row, find.text, find.matchCase);
			all.push(...ranges);
			if (at === null || Number(row.dataset['index']) !== at.item) continue;
			here = ranges[Math.min(at.occurrence, ranges.length - 1)] ?? null;
			this.#inItem = ranges.length === 0 ? null : ranges.length;
		}
		paint(all, here);
		if (this.#match?.isNew !== true || here === null) return;
		this.#match = { ...this.#match, isNew: false };
		const [place, frame] = [here.getBoundingClientRect(), list.getBoundingClientRect()];
		if (place.top < frame.top + 40 || place.bottom > frame.bottom - 20) list.scrollBy(0, place.top - frame.top - frame.height / 3);
	}
}

customElements.define('transcript-page', TranscriptPage);
