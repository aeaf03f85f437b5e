/** Tokens, type and the few things that every part of the page shares. Colours come from the theme alone. */
import { css } from 'lit';

export const searchStyle = css`
	:root {
		--grid: color-mix(in srgb, var(--vscode-foreground) 14%, transparent);
		--muted: var(--vscode-descriptionForeground);
		--hover: var(--vscode-list-hoverBackground);
		--small: 0.923em;
		--bad: color-mix(in srgb, var(--vscode-errorForeground), var(--vscode-foreground) 35%);
	}
	body {
		padding: 0;
		color: var(--vscode-foreground);
		line-height: 1.4;
	}
	search-page {
		display: block;
	}
	.top {
		position: sticky;
		top: 0;
		z-index: 1;
		background: var(--vscode-sideBar-background, var(--vscode-editor-background));
	}
	:root {
		/* What the keyboard moves to stops below the field and the choices. */
		scroll-padding-top: 76px;
	}
	/* A view that is opened for the first time is this low: its results need all of it. */
	@media (max-height: 220px) {
		:root {
			scroll-padding-top: 0;
		}
		.top {
			position: static;
		}
	}
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
		outline-offset: 1px;
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
	.icon-button:focus-visible {
		outline: 1px solid var(--vscode-focusBorder);
		outline-offset: -1px;
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
	.busy {
		position: absolute;
		inset: auto 0 0;
		height: 2px;
		overflow: hidden;
	}
	.busy::before {
		content: '';
		display: block;
		width: 18%;
		height: 100%;
		background: var(--vscode-progressBar-background);
		animation: run 1.8s linear 250ms infinite both;
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
	}
	@media (prefers-reduced-motion: reduce) {
		*,
		*::before {
			animation-duration: 0s !important;
			animation-iteration-count: 1 !important;
		}
	}
`;
