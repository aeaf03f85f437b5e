import { css } from 'lit';

/** Columns give way by the width of the page, not of the window: the panel may stand beside others. */
export const sessionsStyle = css`
	sessions-table {
		display: block;
	}
	.total {
		margin-inline-start: 4px;
		color: var(--muted);
		font-weight: 400;
		font-variant-numeric: tabular-nums;
	}
	.filter-field {
		flex: 0 1 280px;
		min-width: 140px;
	}
	.filter-field vscode-text-field {
		display: block;
	}
	.filter-field .slot {
		display: flex;
		align-items: center;
		width: auto;
		height: auto;
	}
	table.sessions {
		table-layout: fixed;
	}
	.sessions thead th {
		position: sticky;
		top: 0;
		z-index: 1;
		padding: 0;
		background: var(--vscode-editor-background);
	}
	.sort {
		display: flex;
		align-items: center;
		width: 100%;
		min-height: 28px;
		padding: 4px 8px;
		font-weight: inherit;
		text-align: start;
	}
	.unsorted {
		padding: 4px 8px;
	}
	.sort .icon {
		flex: none;
		margin-inline-end: -4px;
	}
	.amount .sort {
		justify-content: flex-end;
	}
	.amount .sort .icon {
		order: -1;
	}
	[aria-sort='ascending'] .sort,
	[aria-sort='descending'] .sort {
		color: var(--vscode-foreground);
	}
	.sort:hover {
		color: var(--vscode-foreground);
	}
	.sessions td {
		overflow: hidden;
		text-overflow: ellipsis;
		white-space: nowrap;
	}
	.sessions tr.session {
		position: relative;
		height: 28px;
		cursor: pointer;
	}
	.session:focus-visible {
		outline: 1px solid var(--vscode-list-focusOutline, var(--vscode-focusBorder));
		outline-offset: -1px;
	}
	:is(.session, .sessions-key) .badge {
		border: 1px solid var(--line);
		background: none;
		color: var(--muted);
	}
	/* What waits for a person stands out from what goes on by itself. */
	.session .badge.waiting {
		border-color: var(--vscode-editorWarning-foreground, var(--vscode-charts-yellow));
		color: var(--vscode-foreground);
		font-weight: 600;
	}
	.session .badge.processing {
		border-color: color-mix(in srgb, var(--vscode-charts-green), transparent 40%);
		color: var(--good);
	}
	.session .badge.error {
		border-color: color-mix(in srgb, var(--vscode-errorForeground), transparent 40%);
		color: var(--bad);
	}
	.session.gone .title-text {
		color: var(--muted);
	}
	.sessions .startedAt {
		width: 128px;
	}
	.sessions .project {
		width: 17%;
	}
	.sessions .category {
		width: 120px;
	}
	/* "12h 34m", and "12h 34 Min." in languages that write it longer. */
	.sessions .activeMs {
		width: 96px;
	}
	.sessions .userPrompts,
	.sessions .toolCalls {
		width: 70px;
	}
	.sessions .responses {
		width: 86px;
	}
	.sessions .tokens {
		width: 84px;
	}
	.sessions .costUsd {
		width: 76px;
	}
	.title-and-actions {
		display: flex;
		align-items: center;
	}
	.title-words {
		flex: 1;
		min-width: 0;
		overflow: hidden;
	}
	/* No column of their own, which would stand empty: the title makes room on the row that one is on, as in the editor's lists. */
	.action-buttons {
		display: flex;
		flex: none;
		/* Hidden from sight only: Tab reaches them on the row that one is on. */
		width: 0;
		margin-block: -2px;
		overflow: hidden;
		opacity: 0;
	}
	.session:is(:hover, :focus-visible, :focus-within) .action-buttons {
		width: auto;
		margin-inline-start: 6px;
		opacity: 1;
	}
	.title-line {
		display: flex;
		align-items: center;
		gap: 6px;
		min-width: 0;
	}
	.title-text {
		overflow: hidden;
		text-overflow: ellipsis;
		min-width: 40px;
	}
	.branch {
		margin-inline-start: 4px;
		font-size: var(--small);
	}
	.meta {
		display: none;
		overflow: hidden;
		font-size: var(--small);
	}
	.meta > span {
		overflow: hidden;
		text-overflow: ellipsis;
	}
	.category-line {
		display: flex;
		align-items: center;
		gap: 4px;
	}
	.category-name {
		overflow: hidden;
		text-overflow: ellipsis;
	}
	.category-line .icon {
		width: 13px;
		height: 13px;
		color: var(--muted);
	}
	.partly {
		color: var(--muted);
	}
	.narrow-sort {
		display: none;
		align-items: center;
		gap: 4px;
	}
	.chips {
		display: flex;
		flex-wrap: wrap;
		gap: 6px;
		margin-bottom: 8px;
	}
	.chip {
		display: inline-flex;
		align-items: center;
		gap: 4px;
		max-width: 100%;
		padding: 1px 4px 1px 10px;
		border: 1px solid var(--vscode-contrastBorder, transparent);
		border-radius: 11px;
		background: var(--vscode-badge-background);
		color: var(--vscode-badge-foreground);
		font-size: var(--small);
		line-height: 18px;
	}
	.chip span {
		overflow: hidden;
		text-overflow: ellipsis;
		white-space: nowrap;
	}
	.way-back {
		display: flex;
		flex-wrap: wrap;
		align-items: center;
		gap: 4px 20px;
		margin-bottom: 10px;
	}
	.way-back .back {
		display: inline-flex;
		align-items: center;
		gap: 2px;
		padding: 2px 6px 2px 0;
		border-radius: 3px;
		color: var(--vscode-textLink-foreground);
	}
	.way-back .back:hover {
		text-decoration: underline;
	}
	#sessions-heading {
		min-width: 0;
		overflow-wrap: anywhere;
	}
	.pager {
		display: flex;
		align-items: center;
		justify-content: flex-end;
		gap: 2px;
		padding-top: 6px;
		color: var(--muted);
		font-variant-numeric: tabular-nums;
	}
	.pager span {
		margin-inline-end: 8px;
	}
	@container page (width < 1240px) {
		.sessions .from-widest {
			display: none;
		}
	}
	@container page (width < 960px) {
		.sessions .from-wider {
			display: none;
		}
		.narrow-sort {
			display: flex;
		}
	}
	@container page (width < 800px) {
		.sessions .from-wide {
			display: none;
		}
	}
	@container page (width < 560px) {
		.sessions .from-medium {
			display: none;
		}
		.sessions tr.session {
			height: 42px;
		}
		.filter-field {
			flex: 1 1 100%;
		}
		.meta {
			display: flex;
			gap: 10px;
		}
		.meta-started,
		.meta-category {
			flex: none;
		}
		/* The second line makes room: what the session is called stays. */
		.title-and-actions {
			position: relative;
		}
		.action-buttons {
			position: absolute;
			inset-block-end: 0;
			inset-inline-end: 0;
		}
		.action-buttons .icon-button {
			width: 22px;
		}
		.session:is(:hover, :focus-visible, :focus-within) .meta {
			padding-inline-end: 112px;
		}
		.session:is(:hover, :focus-visible, :focus-within) .meta-started {
			flex-shrink: 1;
		}
		.session:is(:hover, :focus-visible, :focus-within) :is(.meta-category, .meta-project) {
			display: none;
		}
	}
	@media (forced-colors: active) {
		:is(.session, .sessions-key) .badge[class] {
			color: CanvasText;
		}
	}
`;
