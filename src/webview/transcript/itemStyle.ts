/** What the items of a conversation share: lines, folds, boxes. A reading view: quiet, with prompts standing out. */
import { css } from 'lit';

export const itemStyle = css`
	.column {
		box-sizing: border-box;
		width: 100%;
		max-width: 900px;
		margin-inline: auto;
		padding-inline: 20px;
	}
	.item {
		position: relative;
		padding-block: 1px;
	}
	.virtual-row:last-child .item {
		padding-block-end: 24px;
	}
	.virtual-row:focus-visible .item::before {
		content: '';
		position: absolute;
		inset: 0 -10px 0 -12px;
		border-inline-start: 2px solid var(--vscode-focusBorder);
		pointer-events: none;
	}
	.item.marked::after {
		content: '';
		position: absolute;
		inset: 0 -8px;
		border: 1px solid var(--vscode-editor-findMatchBorder, transparent);
		border-radius: 6px;
		background: var(--vscode-editor-findMatchHighlightBackground, transparent);
		pointer-events: none;
		animation: marked 2.4s ease-out forwards;
	}
	@keyframes marked {
		40% {
			opacity: 1;
		}
		to {
			opacity: 0;
		}
	}
	.item.sidechain {
		padding-inline-start: 12px;
		border-inline-start: 2px solid var(--grid);
	}
	.copied-note {
		display: flex;
		align-items: center;
		gap: 10px;
		margin: 14px 0 4px;
		color: var(--muted);
		font-size: var(--small);
	}
	.copied-note::before,
	.copied-note::after {
		content: '';
		flex: 1;
		border-top: 1px solid var(--grid);
	}
	.item-line {
		display: flex;
		flex-wrap: wrap;
		align-items: center;
		gap: 2px 8px;
		min-height: 24px;
		margin-block-end: 4px;
	}
	.who {
		display: inline-flex;
		align-items: center;
		gap: 6px;
		font-weight: 600;
	}
	.item-time {
		font-size: var(--small);
		font-variant-numeric: tabular-nums;
	}
	.item-actions {
		display: inline-flex;
		gap: 1px;
		margin-inline-start: auto;
		border-radius: 5px;
		background: var(--vscode-editor-background);
		opacity: 0;
	}
	.item:hover > .item-line .item-actions,
	.item:hover > .prompt-card .item-actions,
	.virtual-row:focus .item-actions,
	.item:focus-within .item-actions {
		opacity: 1;
	}
	@media (hover: none) {
		.item-actions {
			opacity: 1;
		}
	}
	.prompt-card .item-actions {
		background: none;
	}
	.fold-line {
		display: flex;
		align-items: center;
		gap: 8px;
		min-width: 0;
		border-radius: 5px;
	}
	.fold-line:hover {
		background: var(--hover);
	}
	.fold-head {
		display: flex;
		flex: 1 1 auto;
		align-items: center;
		gap: 6px;
		min-width: 0;
		min-height: 26px;
		padding-inline-end: 4px;
		border-radius: 5px;
		text-align: start;
	}
	.fold-mark,
	.fold-icon {
		flex: none;
		width: 16px;
		height: 16px;
		color: var(--muted);
	}
	.fold-mark + .fold-icon {
		margin-inline-start: -4px;
	}
	.fold-title {
		flex: none;
		max-width: 60%;
		overflow: hidden;
		font-weight: 600;
		text-overflow: ellipsis;
		white-space: nowrap;
	}
	.fold-summary {
		flex: 1 1 0;
		min-width: 0;
		overflow: hidden;
		color: var(--muted);
		text-overflow: ellipsis;
		white-space: nowrap;
	}
	.fold-summary .mono {
		font-size: 0.95em;
	}
	.fold-aside {
		display: inline-flex;
		flex: none;
		align-items: center;
		gap: 10px;
		padding-inline-end: 6px;
		color: var(--muted);
		font-size: var(--small);
		font-variant-numeric: tabular-nums;
		white-space: nowrap;
	}
	.fold.quiet .fold-title,
	.fold.thinking .fold-title {
		font-weight: 400;
		color: var(--muted);
	}
	.fold.bad .fold-icon {
		color: var(--bad);
	}
	.fold-body {
		margin: 4px 0 10px 24px;
		overflow-wrap: anywhere;
	}
	.fold-body p {
		margin-block: 4px;
	}
	.box {
		overflow: clip;
		border: 1px solid var(--vscode-contrastBorder, transparent);
		border-radius: 6px;
		background: var(--code-ground);
	}
	.box + .box {
		margin-block-start: 6px;
	}
	.box-head {
		display: flex;
		align-items: center;
		justify-content: space-between;
		min-height: 24px;
		padding: 2px 2px 0 12px;
		color: var(--muted);
		font-size: var(--small);
	}
	.box-body {
		padding: 8px 12px;
		line-height: 1.45;
	}
	.box-head + .box-body {
		padding-block-start: 2px;
	}
	.text-rest {
		display: flex;
		flex-wrap: wrap;
		gap: 2px 12px;
		margin: 6px 0 2px;
		font-size: var(--small);
	}
	.as-link {
		max-width: 100%;
		overflow-wrap: anywhere;
		text-align: start;
	}
	.as-link:disabled {
		cursor: default;
		opacity: 0.6;
	}
	.row-ghost {
		margin-block: 14px;
	}
	@container page (width < 560px) {
		.column {
			padding-inline: 12px;
		}
		.fold-body {
			margin-inline-start: 6px;
		}
		.response-brief,
		.fold-aside > .edit-counts + span {
			display: none;
		}
		/* What a step did is more than its name: below it, it has the whole width. */
		.fold-line {
			flex-wrap: wrap;
			gap: 0 8px;
		}
		.fold-head {
			flex: 1 1 60%;
			flex-wrap: wrap;
			row-gap: 0;
			padding-block: 3px;
		}
		.fold-title {
			max-width: calc(100% - 44px);
		}
		.fold-summary {
			display: -webkit-box;
			flex: 1 0 100%;
			box-sizing: border-box;
			-webkit-box-orient: vertical;
			-webkit-line-clamp: 2;
			padding-inline-start: 40px;
			white-space: normal;
			overflow-wrap: anywhere;
		}
		.fold-aside {
			flex-wrap: wrap;
			max-width: 100%;
			gap: 0 10px;
			padding-inline-start: 40px;
		}
	}
`;
