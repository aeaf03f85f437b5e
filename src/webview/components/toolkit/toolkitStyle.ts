import { css } from 'lit';

/** What the toolkit gets wrong in themes that leave a colour out: it falls back on its own dark one. */
export const toolkitStyle = css`
	vscode-option[aria-selected='true'] {
		color: var(--vscode-list-activeSelectionForeground, var(--vscode-foreground));
	}
	body.vscode-reduce-motion vscode-progress-ring::part(indeterminate-indicator-1) {
		animation: none;
		stroke-dasharray: 22px 22px;
	}
`;
