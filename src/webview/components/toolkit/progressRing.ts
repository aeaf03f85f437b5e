import './toolkit.ts';
import { type TemplateResult, html } from 'lit';

/** Something is under way; the words beside it say what, so it has no name of its own. */
export function progressRing(): TemplateResult {
	return html`<vscode-progress-ring aria-hidden="true"></vscode-progress-ring>`;
}
