/** A part of the page that is closed until somebody wants to know: its heading stays, its content unfolds below. */
import { type TemplateResult, css, html, nothing } from 'lit';

export interface FoldedOptions {
	/** Becomes a class. */
	readonly name: string;
	readonly heading: string;
	/** Beside the heading: what there is to know without unfolding. */
	readonly aside?: string;
	readonly open: boolean;
	readonly toggle: (open: boolean) => void;
	readonly content: TemplateResult;
}

export function folded({ name, heading, aside = '', open, toggle, content }: FoldedOptions): TemplateResult {
	const toggled = (event: Event) => {
		if (event.target instanceof HTMLDetailsElement && event.target.open !== open) toggle(event.target.open);
	};
	return html`<details class="folded ${name}" ?open=${open} @toggle=${toggled}>
		<summary>
			<h2>${heading}</h2>
			${aside === '' ? nothing : html`<span class="aside">${aside}</span>`}
		</summary>
		${content}
	</details>`;
}

export const foldedStyle = css`
	.folded summary {
		display: flex;
		flex-wrap: wrap;
		align-items: baseline;
		gap: 0 6px;
		width: fit-content;
		max-width: 100%;
		padding: 2px 4px 2px 0;
		cursor: pointer;
		list-style: none;
	}
	.folded summary::before {
		content: '';
		flex: none;
		align-self: center;
		width: 5px;
		height: 5px;
		margin-inline: 2px 4px;
		border: solid currentcolor;
		border-width: 0 1.2px 1.2px 0;
		transform: rotate(-45deg);
	}
	.folded[open] summary::before {
		transform: rotate(45deg) translate(-1px, -1px);
	}
	.folded h2 {
		flex: none;
	}
	.folded .aside {
		margin-inline-start: 4px;
		color: var(--muted);
		font-size: var(--small);
		font-variant-numeric: tabular-nums;
	}
	@container page (width < 560px) {
		.folded .aside {
			flex-basis: 100%;
			margin-inline-start: 18px;
		}
	}
	.folded .table-scroll {
		margin-top: 8px;
	}
	.folded table {
		white-space: nowrap;
	}
	.failed {
		color: var(--bad);
	}
	/* Where both do not fit, the reason goes below the word, instead of over the next column. */
	.folded td.failed {
		white-space: normal;
	}
	.reason {
		display: inline-block;
		min-width: 20ch;
		vertical-align: top;
		color: var(--muted);
		white-space: normal;
	}
`;
