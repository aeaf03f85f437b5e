/**
 * Tabs in the way of the ARIA practices: one tab stop, arrow keys choose at once, Home and End go to the ends. Where they
 * have no room they scroll; the chosen one stays in sight, and an arrow at the edge says that there are more, and leads to them.
 */
import { type TemplateResult, css, html } from 'lit';
import { ref } from 'lit/directives/ref.js';
import { icon } from './icons.ts';

export interface Tab<T extends string> {
	readonly value: T;
	readonly label: string;
}

export interface TabsOptions<T extends string> {
	readonly label: string;
	readonly tabs: readonly Tab<T>[];
	readonly chosen: T;
	readonly pick: (value: T) => void;
}

export function tabId(value: string): string {
	return `tab-${value}`;
}

export function panelId(value: string): string {
	return `panel-${value}`;
}

export function tabs<T extends string>({ label, tabs: all, chosen, pick }: TabsOptions<T>): TemplateResult {
	const key = (event: KeyboardEvent) => {
		const at = all.findIndex(tab => tab.value === chosen);
		const target = {
			ArrowLeft: (at + all.length - 1) % all.length,
			ArrowRight: (at + 1) % all.length,
			Home: 0,
			End: all.length - 1,
		}[event.key];
		const tab = target === undefined ? undefined : all[target];
		if (tab === undefined || !(event.currentTarget instanceof HTMLElement)) return;
		event.preventDefault();
		pick(tab.value);
		event.currentTarget.querySelector<HTMLElement>(`#${tabId(tab.value)}`)?.focus();
	};
	return html`<div class="tab-row">
		<div class="tabs" role="tablist" aria-label=${label} @keydown=${key} ${ref(watchEdges)}>
			${all.map(
				({ value, label: name }) =>
					html`<button
						id=${tabId(value)}
						class="tab"
						role="tab"
						aria-selected=${value === chosen ? 'true' : 'false'}
						aria-controls=${panelId(chosen)}
						tabindex=${value === chosen ? 0 : -1}
						${ref(element => value === chosen && arriveAt(element))}
						@click=${() => pick(value)}
					>
						${name}
					</button>`,
			)}
		</div>
		${(['before', 'after'] as const).map(
			side =>
				html`<span class="more-tabs ${side}" aria-hidden="true" @click=${turn}>
					${icon(side === 'before' ? 'chevronLeft' : 'chevronRight')}
				</span>`,
		)}
	</div>`;
}

/** For the pointer alone: keys and screen readers reach every tab without. */
function turn({ currentTarget }: Event): void {
	if (!(currentTarget instanceof Element)) return;
	const row = currentTarget.parentElement?.querySelector('.tabs');
	if (row === null || row === undefined) return;
	row.scrollBy({ left: (currentTarget.classList.contains('before') ? -1 : 1) * Math.max(80, row.clientWidth - 2 * edge) });
}

const watched = new WeakSet<Element>();

/** Classes of the frame say at which edges there is more, whatever it comes from: scrolling, width, longer words. */
function watchEdges(row: Element | undefined): void {
	if (row === undefined || watched.has(row)) return;
	watched.add(row);
	const look = () => {
		// Parts of a pixel are no tab.
		row.parentElement?.classList.toggle('more-before', row.scrollLeft > 1);
		row.parentElement?.classList.toggle('more-after', row.scrollLeft + row.clientWidth < row.scrollWidth - 1);
	};
	row.addEventListener('scroll', look, { passive: true });
	const resized = new ResizeObserver(() => {
		keepInSight(row.querySelector('[aria-selected=true]'));
		look();
	});
	for (const each of [row, ...row.children]) resized.observe(each);
}

/** Width of the arrows at the ends, in pixels. */
const edge = 36;

const chosenIn = new WeakMap<Element, Element>();

/** Once: who scrolls on to see the others is not taken back by the next redraw. */
function arriveAt(tab: Element | undefined): void {
	const row = tab?.parentElement;
	if (tab === undefined || row === null || row === undefined || chosenIn.get(row) === tab) return;
	chosenIn.set(row, tab);
	keepInSight(tab);
}

/** Clear of the arrows. Sideways only: `scrollIntoView` would move the page too. */
function keepInSight(element: Element | null): void {
	const row = element?.parentElement;
	if (!(element instanceof HTMLElement) || row === null || row === undefined) return;
	const [left, right] = [element.offsetLeft - row.offsetLeft, element.offsetLeft - row.offsetLeft + element.offsetWidth];
	if (left < row.scrollLeft + edge) row.scrollLeft = left - edge;
	else if (right > row.scrollLeft + row.clientWidth - edge) row.scrollLeft = right - row.clientWidth + edge;
}

export const tabsStyle = css`
	.tab-row {
		position: relative;
		margin-bottom: 20px;
	}
	.more-tabs {
		position: absolute;
		inset-block: 0 1px;
		display: none;
		align-items: center;
		width: 36px;
		color: var(--vscode-icon-foreground, var(--vscode-foreground));
		cursor: pointer;
	}
	.more-tabs.before {
		left: 0;
		background: linear-gradient(to left, transparent, var(--vscode-editor-background) 45%);
	}
	.more-tabs.after {
		right: 0;
		justify-content: flex-end;
		background: linear-gradient(to right, transparent, var(--vscode-editor-background) 45%);
	}
	.more-before > .before,
	.more-after > .after {
		display: flex;
	}
	.more-tabs:hover {
		color: var(--vscode-textLink-foreground);
	}
	.tabs {
		display: flex;
		gap: 4px 20px;
		overflow: auto hidden;
		box-shadow: inset 0 -1px 0 var(--line);
		scrollbar-width: none;
	}
	.tab {
		flex: none;
		padding: 6px 1px 8px;
		border-bottom: 2px solid transparent;
		color: var(--vscode-panelTitle-inactiveForeground, var(--muted));
		white-space: nowrap;
	}
	.tab:hover {
		color: var(--vscode-foreground);
	}
	.tab[aria-selected='true'] {
		border-bottom-color: var(--vscode-panelTitle-activeBorder, var(--vscode-focusBorder));
		color: var(--vscode-panelTitle-activeForeground, var(--vscode-foreground));
	}
	.tab:focus-visible {
		outline-offset: -2px;
	}
	@media (forced-colors: active) {
		.tab[aria-selected='true'] {
			border-bottom-color: Highlight;
		}
		.more-tabs[class] {
			background: Canvas;
			color: CanvasText;
		}
	}
`;
