/** The search page as a whole, and the way of the focus through it. Draws into the document itself, so that one sheet of style holds. */
import { LitElement, html, nothing } from 'lit';
import { bar } from './bar.ts';
import { groupsOf, type Line, linesOf, nearestLine } from './groups.ts';
import { results } from './results.ts';
import { mostResults } from './savedState.ts';
import { emptyState, isUsable, remarks, summary } from './states.ts';
import { text } from './text.ts';
import { tipList } from './tips.ts';
import type { View } from './view.ts';

/** Lines that PageUp and PageDown pass over. */
const pageOfLines = 10;

export class SearchPage extends LitElement {
	static override properties = { view: { attribute: false }, announcement: { attribute: false } };
	declare view: View | null;
	/** What the live region says. */
	declare announcement: string;
	#lines: readonly Line[] = [];
	/** The line that takes the focus once it is drawn. */
	#wanted: string | null = null;
	/** What has the focus while the page is drawn anew, and the lines around it. */
	#held: { readonly key: string | null; readonly lines: readonly Line[] } | null = null;

	constructor() {
		super();
		this.view = null;
		this.announcement = '';
	}

	/** Also before the field is drawn. */
	async focusField(): Promise<void> {
		await this.updateComplete;
		const field = this.querySelector('input');
		field?.focus();
		field?.select();
	}

	protected override createRenderRoot(): this {
		return this;
	}

	protected override willUpdate(): void {
		this.#held = this.#focusHeld();
	}

	protected override render() {
		const { view } = this;
		if (view === null) return nothing;
		const { state, model } = view;
		const { answer, saved } = state;
		const empty = emptyState(view);
		const isListed = empty === null && answer !== null && answer.hits.length > 0;
		this.#lines = isListed ? linesOf(groupsOf(answer.hits), new Set(saved.folded)) : [];
		const active = this.#lines.find(line => line.key === saved.active)?.key ?? this.#lines[0]?.key ?? null;
		const isMore = isListed && answer.hits.length < answer.total && answer.hits.length >= saved.limit && saved.limit < mostResults;
		const isWaitingForWords = saved.text.trim() === '' || answer?.hits.length === 0;
		const mayHaveTips = isUsable(state);
		const hasTips = !saved.tipsOpen && empty !== null && isWaitingForWords && mayHaveTips;
		return html`<main aria-busy=${state.searching ? 'true' : 'false'}>
			<h1 class="unseen">${text('title')}</h1>
			<div class="top">
				${bar(view, { intoList: () => this.#goTo(active) })}
				${state.searching ? html`<div class="busy" aria-hidden="true"></div>` : nothing}
			</div>
			${remarks(view)} ${saved.tipsOpen && mayHaveTips ? tipList(view, () => void this.focusField()) : nothing}
			${empty === null ? summary(view) : empty}
			${isListed ? results(view, this.#lines, active, { pressed: (event, line) => this.#pressed(event, line) }) : nothing}
			${isMore ? html`<div class="more"><button class="button" @click=${() => model.more()}>${text('more')}</button></div>` : nothing}
			${hasTips ? tipList(view, () => void this.focusField()) : nothing}
			<div id="hint" class="unseen">${text('resultsHint')}</div>
			<div role="status" class="unseen">${this.announcement}</div>
		</main>`;
	}

	protected override updated(): void {
		const wanted = this.#wanted ?? this.#lostLine();
		const line = wanted === null ? null : this.querySelector<HTMLElement>(`[data-key="${CSS.escape(wanted)}"]`);
		this.#wanted = null;
		line?.focus();
		line?.scrollIntoView({ block: 'nearest' });
		if (this.#isFocusLost()) this.querySelector('input')?.focus();
		this.#held = null;
	}

	/** Null when the focus is not the page's to keep: taking it then would draw somebody out of an editor. */
	#focusHeld(): { readonly key: string | null; readonly lines: readonly Line[] } | null {
		const at = document.activeElement;
		if (at === null || !this.contains(at) || !document.hasFocus()) return null;
		const key = at.closest('.more') === null ? at.getAttribute('data-key') : this.#lines.at(-1)?.key;
		return { key: key ?? null, lines: this.#lines };
	}

	/** What had the focus was taken away, or put elsewhere, which a browser answers in the same way. */
	#isFocusLost(): boolean {
		return this.#held !== null && document.activeElement === document.body;
	}

	#lostLine(): string | null {
		if (this.#held === null || this.#held.key === null || !this.#isFocusLost()) return null;
		return nearestLine(this.#held.lines, this.#held.key, this.#lines)?.key ?? null;
	}

	#goTo(key: string | null): void {
		if (key === null || this.view === null) return;
		this.#wanted = key;
		this.view.model.moveTo(key);
		this.requestUpdate();
	}

	#step(line: Line, by: number): void {
		const at = this.#lines.findIndex(({ key }) => key === line.key);
		this.#goTo(this.#lines[Math.min(this.#lines.length - 1, Math.max(0, at + by))]?.key ?? null);
	}

	#pressed(event: KeyboardEvent, line: Line): void {
		const { view } = this;
		if (view === null || event.ctrlKey || event.metaKey || event.altKey) return;
		const { model, state } = view;
		const { group, hit } = line;
		const isFolded = state.saved.folded.includes(group.sessionId);
		const header = this.#lines.find(each => each.group === group && each.hit === null);
		switch (event.key) {
			case 'ArrowDown':
				this.#step(line, 1);
				break;
			case 'ArrowUp':
				if (line.key === this.#lines[0]?.key) void this.focusField();
				else this.#step(line, -1);
				break;
			case 'PageDown':
				this.#step(line, pageOfLines);
				break;
			case 'PageUp':
				this.#step(line, -pageOfLines);
				break;
			case 'Home':
				this.#goTo(this.#lines[0]?.key ?? null);
				break;
			case 'End':
				this.#goTo(this.#lines.at(-1)?.key ?? null);
				break;
			case 'ArrowRight':
				if (hit === null && isFolded) model.fold(group.sessionId, false);
				else if (hit === null) this.#step(line, 1);
				break;
			case 'ArrowLeft':
				if (hit === null) model.fold(group.sessionId, true);
				else this.#goTo(header?.key ?? null);
				break;
			case 'Enter':
			case ' ':
				if (hit === null) model.fold(group.sessionId, !isFolded);
				else void model.open(hit);
				break;
			case 'Escape':
				void this.focusField();
				break;
			default:
				return;
		}
		event.preventDefault();
	}
}

customElements.define('search-page', SearchPage);
