/**
 * One level of the categories as bars in a table, with the way back up above it. A row leads to the level below, its
 * last button to its sessions. Draws into the page itself, so that the page's styles hold.
 */
import { LitElement, type PropertyValues, type TemplateResult, html } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { categoryName } from '../categoryNames.ts';
import { icon } from '../components/icons.ts';
import type { CategorySum } from '../contract/insights.ts';
import type { CategoryName } from '../contract/sessions.ts';
import { Format, clipped } from '../format.ts';
import type { StringKey } from '../strings.ts';
import { text } from '../text.ts';
import { type CategoryLevel, levelBelow, openPath } from './categoryLevels.ts';
import type { Measure } from './savedState.ts';

export const measureNames: Readonly<Record<Measure, StringKey>> = {
	sessions: 'sessions',
	activeMs: 'activeTime',
	tokens: 'tokens',
	costUsd: 'cost',
};

export class CategoryBars extends LitElement {
	static override properties = {
		sums: { attribute: false },
		path: { attribute: false },
		measure: { attribute: false },
		format: { attribute: false },
		open: { attribute: false },
		pick: { attribute: false },
	};
	declare sums: readonly CategorySum[];
	declare path: readonly CategoryName[];
	declare measure: Measure;
	declare format: Format;
	declare open: (path: readonly CategoryName[]) => void;
	declare pick: (category: CategoryName) => void;
	#hadFocus = false;

	constructor() {
		super();
		this.sums = [];
		this.path = [];
		this.measure = 'sessions';
		this.format = new Format();
		this.open = () => undefined;
		this.pick = () => undefined;
	}

	protected override createRenderRoot(): this {
		return this;
	}

	protected override willUpdate(): void {
		this.#hadFocus = this.contains(document.activeElement);
	}

	protected override render() {
		const path = openPath(this.sums, this.path);
		const levels = levelBelow(this.sums, path, this.measure);
		const most = Math.max(...levels.map(level => level.value));
		return html`${this.#crumbs(path)}
			<table aria-label=${text('categoriesTable', { category: this.#nameOf(path), measure: text(measureNames[this.measure]) })}>
				<thead>
					<tr>
						<th scope="col">${text('category')}</th>
						<th scope="col" class="amount measured">${text(measureNames[this.measure])}</th>
						<th scope="col" class="amount share-of">${text('share')}</th>
						<th scope="col" class="lead"><span class="unseen">${text('actions')}</span></th>
					</tr>
				</thead>
				<tbody>
					${repeat(
						levels,
						level => level.category,
						level => this.#row(level, path, most),
					)}
				</tbody>
			</table>`;
	}

	/** Down to the first row of the level, up to the row one comes from: whoever walks by keyboard is not thrown out. */
	protected override updated(changed: PropertyValues): void {
		if (!changed.has('path') || !this.#hadFocus || this.contains(document.activeElement)) return;
		const before: unknown = changed.get('path');
		const from: unknown = Array.isArray(before) ? before[this.path.length] : undefined;
		const rows = [...this.querySelectorAll<HTMLElement>('tbody tr')];
		const row = rows.find(each => each.dataset['category'] === from) ?? rows[0];
		row?.querySelector('button')?.focus();
	}

	#nameOf(path: readonly CategoryName[]): string {
		const last = path.at(-1);
		return last === undefined ? text('categoriesAll') : categoryName(last);
	}

	#crumbs(path: readonly CategoryName[]): TemplateResult {
		const trails = [...path.keys(), path.length].map(length => path.slice(0, length));
		return html`<nav class="crumbs" aria-label=${text('categoryPath')}>
			<ol>
				${trails.map(
					trail =>
						html`<li>
							${
								trail.length === path.length
									? html`<span aria-current="true">${this.#nameOf(trail)}</span>`
									: html`<button class="crumb" @click=${() => this.open(trail)}>${this.#nameOf(trail)}</button>${icon('chevronRight')}`
							}
						</li>`,
				)}
			</ol>
		</nav>`;
	}

	#row({ category, value, share, opens }: CategoryLevel, path: readonly CategoryName[], most: number): TemplateResult {
		const name = categoryName(category);
		const pick = () => this.pick(category);
		const shown = text('showSessionsOf', { category: name });
		// The row takes the pointer; the buttons inside are what the keyboard and screen readers have.
		return html`<tr class="clickable" data-category=${clipped(category)} @click=${opens ? () => this.open([...path, category]) : pick}>
			<th scope="row">
				${opens ? html`<button class="open" title=${text('openCategory', { category: name })}><span>${name}</span>${icon('chevronRight')}</button>` : name}
			</th>
			<td class="amount measured">
				<div class="bar-line">
					<svg class="category-bar" aria-hidden="true" width="100%" height="8">
						<rect width=${`${most > 0 && value > 0 ? Math.max(0.5, (value / most) * 100) : 0}%`} height="8" rx="2"></rect>
					</svg>
					<span title=${exact(this.format, this.measure, value)}>${short(this.format, this.measure, value)}</span>
				</div>
			</td>
			<td class="amount share-of">${share === null ? '–' : this.format.percent(share)}</td>
			<td class="lead">
				<button
					class="icon-button"
					title=${shown}
					aria-label=${shown}
					@click=${(event: Event) => {
						event.stopPropagation();
						pick();
					}}
				>
					${icon('listFilter')}
				</button>
			</td>
		</tr>`;
	}
}

function short(format: Format, measure: Measure, value: number): string {
	switch (measure) {
		case 'sessions':
			return format.integer(value);
		case 'activeMs':
			return format.duration(value);
		case 'tokens':
			return format.compact(value);
		case 'costUsd':
			return format.usd(value);
	}
}

/** To the last unit, where the short form rounds. */
function exact(format: Format, measure: Measure, value: number): string {
	return measure === 'tokens' ? format.integer(value) : short(format, measure, value);
}

customElements.define('category-bars', CategoryBars);
