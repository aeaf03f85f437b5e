/** Tokens, controls and the few things that all pages share, in the editor and in the sidebar. Colours come from the theme alone. */
import { css } from 'lit';

export const sharedStyle = css`
	:root {
		/* Quiet in every theme: in high contrast the border colour would outshout what stands on it. */
		--grid: color-mix(in srgb, var(--vscode-foreground) 14%, transparent);
		/* Themes choose it for the ground of the editor alone: a share of the text colour keeps it legible on picked rows too. */
		--muted: color-mix(in srgb, var(--vscode-descriptionForeground), var(--vscode-foreground) 20%);
		--hover: var(--vscode-list-hoverBackground);
		--small: 0.923em;
		/* Themes choose it for marks, not for words: a share of the text colour makes it legible. */
		--bad: color-mix(in srgb, var(--vscode-errorForeground), var(--vscode-foreground) 35%);
	}
	body {
		padding: 0;
		color: var(--vscode-foreground);
		line-height: 1.4;
	}
	h1,
	h2 {
		margin: 0;
		font-weight: 600;
	}
	button {
		appearance: none;
		margin: 0;
		padding: 0;
		border: 0;
		background: none;
		color: inherit;
		font: inherit;
		cursor: pointer;
	}
	button:focus-visible {
		outline: 1px solid var(--vscode-focusBorder);
		outline-offset: -1px;
	}
	.icon-button {
		display: inline-flex;
		flex: none;
		align-items: center;
		justify-content: center;
		width: 24px;
		height: 24px;
		border-radius: 5px;
		color: var(--vscode-icon-foreground, inherit);
	}
	.icon-button:hover,
	.icon-button[aria-expanded='true'] {
		background: var(--vscode-toolbar-hoverBackground);
		outline: 1px dashed var(--vscode-contrastActiveBorder, transparent);
		outline-offset: -1px;
	}
	/* Also while the pointer is on it. */
	.icon-button:focus-visible {
		outline: 1px solid var(--vscode-focusBorder);
	}
	.icon {
		flex: none;
		width: 16px;
		height: 16px;
		fill: currentcolor;
		vertical-align: text-bottom;
	}
	.badge {
		flex: none;
		padding: 0 6px;
		border: 1px solid var(--vscode-contrastBorder, transparent);
		border-radius: 9px;
		background: var(--vscode-badge-background);
		color: var(--vscode-badge-foreground);
		font-size: 0.846em;
		line-height: 16px;
	}
	/* What there is to know about the words and figures of the table above. */
	.table-note {
		max-width: 110ch;
		margin: 8px 8px 0;
		color: var(--muted);
		font-size: var(--small);
		text-wrap: pretty;
	}
	/* A page says where it stands. */
	.busy {
		height: 2px;
		overflow: hidden;
	}
	.busy::before {
		content: '';
		display: block;
		width: 18%;
		height: 100%;
		background: var(--vscode-progressBar-background, var(--vscode-charts-blue));
		animation: run 1.8s linear 150ms infinite both;
	}
	@keyframes run {
		from {
			transform: translateX(-100%);
		}
		to {
			transform: translateX(560%);
		}
	}
	.unseen {
		position: absolute;
		width: 1px;
		height: 1px;
		overflow: hidden;
		clip-path: inset(50%);
		white-space: nowrap;
	}
	body.vscode-reduce-motion *,
	body.vscode-reduce-motion *::before {
		animation-duration: 0s !important;
		animation-iteration-count: 1 !important;
		transition: none !important;
	}
	@media (prefers-reduced-motion: reduce) {
		*,
		*::before {
			animation-duration: 0s !important;
			animation-iteration-count: 1 !important;
			transition: none !important;
		}
	}
`;
