/**
 * Tabs in the way of the ARIA practices: one tab stop, arrow keys choose at once, Home and End go to the ends. Where they
 * have no room they scroll; the chosen one stays in sight.
 */
import { type TemplateResult, css, html } from 'lit';
import { ref } from 'lit/directives/ref.js';

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
	return html`<div class="tabs" role="tablist" aria-label=${label} @keydown=${key}>
		${all.map(
			({ value, label: name }) =>
				html`<button
					id=${tabId(value)}
					class="tab"
					role="tab"
					aria-selected=${value === chosen ? 'true' : 'false'}
					aria-controls=${panelId(chosen)}
					tabindex=${value === chosen ? 0 : -1}
					${ref(element => value === chosen && keepInSight(element))}
					@click=${() => pick(value)}
				>
					${name}
				</button>`,
		)}
	</div>`;
}

/** Sideways only: `scrollIntoView` would move the page too. */
function keepInSight(element: Element | undefined): void {
	const row = element?.parentElement;
	if (!(element instanceof HTMLElement) || row === null || row === undefined) return;
	const [left, right] = [element.offsetLeft - row.offsetLeft, element.offsetLeft - row.offsetLeft + element.offsetWidth];
	if (left < row.scrollLeft) row.scrollLeft = left - 24;
	else if (right > row.scrollLeft + row.clientWidth) row.scrollLeft = right - row.clientWidth + 24;
}

export const tabsStyle = css`
	.tabs {
		display: flex;
		gap: 4px 20px;
		overflow: auto hidden;
		margin-bottom: 20px;
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
	}
`;
