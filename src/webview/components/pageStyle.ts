/** Layout, tables and figures of the pages in the editor; what they have in common with the page in the sidebar is in `sharedStyle.ts`. */
import { css } from 'lit';

export const pageStyle = css`
	:root {
		--line: var(--vscode-contrastBorder, var(--vscode-widget-border, var(--vscode-panel-border)));
		/* Themes choose it for marks, not for words: a share of the text colour makes it legible. */
		--good: color-mix(in srgb, var(--vscode-charts-green), var(--vscode-foreground) 30%);
		--bar: var(--vscode-charts-blue);
		--bar-2: var(--vscode-charts-green);
		--kind-1: var(--vscode-charts-blue);
		--kind-2: var(--vscode-charts-green);
		--kind-3: var(--vscode-charts-purple);
		--kind-4: var(--vscode-charts-yellow);
		--kind-5: color-mix(in srgb, var(--vscode-charts-yellow), var(--vscode-foreground) 45%);
		--kind-6: var(--vscode-charts-red);
		--kind-7: color-mix(in srgb, var(--vscode-foreground) 45%, transparent);
	}
	insights-page {
		display: block;
		container: page / inline-size;
	}
	main {
		position: relative;
		max-width: 1440px;
		margin-inline: auto;
		padding-inline: clamp(12px, 2.5cqi, 28px);
	}
	h1 {
		font-size: 1.54em;
		line-height: 1.25;
	}
	h2 {
		font-size: 1.077em;
		line-height: 1.5;
	}
	.sections {
		display: grid;
		gap: 28px;
	}
	.sections > * {
		min-width: 0;
	}
	.pair {
		display: grid;
		grid-template-columns: minmax(0, 1.45fr) minmax(0, 1fr);
		gap: 28px 36px;
		align-items: start;
	}
	.section-head {
		display: flex;
		flex-wrap: wrap;
		align-items: center;
		gap: 6px 8px;
		min-height: 28px;
		margin-bottom: 8px;
	}
	.section-head h2 {
		margin-inline-end: auto;
	}
	.section-tools {
		display: flex;
		align-items: center;
		gap: 6px;
	}
	/* The figures shown are the old ones until the new ones are there. */
	.stale {
		opacity: 0.55;
		transition: opacity 120ms 120ms;
	}
	.busy {
		position: fixed;
		inset: 0 0 auto;
		z-index: 3;
	}
	table {
		width: 100%;
		border-collapse: collapse;
		font-variant-numeric: tabular-nums;
	}
	th {
		font-weight: 400;
		text-align: start;
	}
	thead th {
		color: var(--muted);
		font-size: var(--small);
		white-space: nowrap;
		box-shadow: inset 0 -1px 0 var(--line);
	}
	th,
	td {
		padding: 4px 8px;
	}
	tr > :first-child {
		padding-inline-start: 8px;
	}
	.amount {
		text-align: end;
		white-space: nowrap;
	}
	tbody tr:hover {
		background: var(--hover);
		outline: 1px dashed var(--vscode-contrastActiveBorder, transparent);
		outline-offset: -1px;
	}
	.clickable {
		cursor: pointer;
	}
	tr.picked,
	tr.picked:hover {
		background: var(--vscode-list-inactiveSelectionBackground);
		color: var(--vscode-list-inactiveSelectionForeground, inherit);
		box-shadow: inset 2px 0 0 var(--vscode-focusBorder);
	}
	.table-scroll {
		overflow: auto;
	}
	.table-scroll thead th {
		position: sticky;
		top: 0;
		background: var(--vscode-editor-background);
	}
	summary:focus-visible,
	.table-scroll:focus-visible {
		outline: 1px solid var(--vscode-focusBorder);
		outline-offset: -1px;
	}
	.link {
		max-width: 100%;
		overflow: hidden;
		text-align: start;
		text-overflow: ellipsis;
		white-space: nowrap;
	}
	/* A sentence that leads somewhere reads as a sentence. */
	.sentence-link {
		display: inline;
		text-align: start;
		text-decoration: underline var(--grid);
		text-underline-offset: 3px;
		white-space: inherit;
	}
	.sentence-link:hover {
		color: var(--vscode-textLink-foreground);
		text-decoration-color: currentcolor;
	}
	.link:hover,
	tr:hover > th > .link {
		color: var(--vscode-textLink-foreground);
	}
	[aria-disabled='true'] {
		opacity: 0.4;
		cursor: default;
	}
	.disclosure {
		display: inline-flex;
		align-items: center;
		gap: 2px;
		padding: 0 2px 0 6px;
		border-radius: 3px;
		color: var(--muted);
		font-size: var(--small);
	}
	.disclosure:hover {
		background: var(--vscode-toolbar-hoverBackground);
		color: var(--vscode-foreground);
	}
	/* What marks in a chart or a table mean. */
	.key {
		display: flex;
		flex-wrap: wrap;
		gap: 3px 20px;
		margin: 0;
		padding: 0;
		list-style: none;
		color: var(--muted);
		font-size: var(--small);
	}
	.key li {
		display: flex;
		gap: 6px;
		align-items: baseline;
	}
	.muted {
		color: var(--muted);
	}
	/* Not much is known. Themes exist whose muted words are as dark as the others: the slant is the sign that all of them have. */
	.unsure {
		color: color-mix(in srgb, var(--vscode-foreground) 75%, transparent);
		font-style: italic;
	}
	.none {
		display: flex;
		flex-wrap: wrap;
		align-items: center;
		gap: 12px;
		margin: 0;
		padding: 12px 8px;
		color: var(--muted);
	}
	.none p {
		margin: 0;
	}
	@container page (width < 960px) {
		.pair {
			grid-template-columns: minmax(0, 1fr);
		}
	}
	/* Headings take the focus only when what had it is gone. */
	h1:focus,
	h2:focus {
		outline: none;
	}
`;
