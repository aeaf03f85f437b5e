import './toolkit.ts';
import { type TemplateResult, html } from 'lit';

export interface ButtonOptions {
	readonly label: string;
	/** One primary button at most in a group. */
	readonly kind?: 'primary' | 'secondary';
	readonly press: () => void;
}

export function button({ label, kind = 'secondary', press }: ButtonOptions): TemplateResult {
	return html`<vscode-button appearance=${kind} @click=${press}>${label}</vscode-button>`;
}
