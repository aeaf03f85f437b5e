/** Where the parts of the transcript page stand: the conversation fills the window and scrolls by itself. */
import { css } from 'lit';

export const layoutStyle = css`
	html,
	body {
		height: 100%;
		overflow: hidden;
	}
	transcript-page {
		display: block;
		height: 100%;
		container: page / inline-size;
	}
	transcript-page main {
		display: flex;
		flex-direction: column;
		max-width: none;
		height: 100%;
		padding: 0;
	}
	.columns {
		position: relative;
		display: grid;
		flex: 1;
		grid-template-columns: minmax(0, 1fr);
		min-height: 0;
	}
	.columns.with-outline:not(.narrow) {
		grid-template-columns: minmax(0, 1fr) minmax(220px, 25%);
	}
	.conversation {
		position: relative;
		display: flex;
		flex-direction: column;
		min-width: 0;
		min-height: 0;
	}
	virtual-list.items {
		flex: 1;
		min-height: 0;
	}
	.outline .outline-list {
		min-height: 0;
	}
	.columns.narrow .outline {
		position: absolute;
		inset: 0 0 0 auto;
		z-index: 4;
		width: min(320px, 88%);
		border-inline-start: 1px solid var(--vscode-contrastBorder, var(--line));
		box-shadow: -4px 0 16px var(--vscode-widget-shadow, transparent);
	}
	.turn-bar {
		display: flex;
		align-items: center;
		gap: 2px;
		min-height: 30px;
		padding-inline: 20px 14px;
		border-bottom: 1px solid var(--grid);
	}
	.turn-now {
		display: flex;
		flex: 1;
		gap: 10px;
		min-width: 0;
		padding: 3px 4px;
		border-radius: 4px;
		text-align: start;
	}
	.turn-now:disabled {
		cursor: default;
	}
	.turn-now:not(:disabled):hover {
		background: var(--hover);
	}
	.turn-at {
		flex: none;
		font-variant-numeric: tabular-nums;
	}
	.turn-text {
		overflow: hidden;
		text-overflow: ellipsis;
		white-space: nowrap;
	}
	.new-items {
		position: absolute;
		inset-block-end: 14px;
		inset-inline-start: 50%;
		z-index: 2;
		display: inline-flex;
		align-items: center;
		gap: 6px;
		padding: 5px 14px;
		border: 1px solid var(--vscode-contrastBorder, var(--vscode-button-border, transparent));
		border-radius: 14px;
		background: var(--vscode-button-background);
		color: var(--vscode-button-foreground);
		box-shadow: 0 2px 8px var(--vscode-widget-shadow, transparent);
		transform: translateX(-50%);
	}
	.new-items:hover {
		background: var(--vscode-button-hoverBackground);
	}
	@container page (width < 560px) {
		.turn-bar {
			padding-inline: 10px 8px;
		}
	}
`;
