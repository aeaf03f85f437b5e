/** A row of choices of which one holds, as VS Code draws them; underneath are radio buttons, so arrow keys work by themselves. */
import { type TemplateResult, css, html } from 'lit';

export interface SegmentedOptions<T extends string> {
	/** Unique in the page. */
	readonly name: string;
	readonly label: string;
	readonly choices: readonly { readonly value: T; readonly label: string }[];
	readonly chosen: T;
	readonly pick: (value: T) => void;
}

export function segmented<T extends string>({ name, label, choices, chosen, pick }: SegmentedOptions<T>): TemplateResult {
	return html`<div class="segmented" role="radiogroup" aria-label=${label}>
		${choices.map(
			choice =>
				html`<label>
					<input type="radio" name=${name} value=${choice.value} .checked=${choice.value === chosen} @change=${() => pick(choice.value)} />
					<span>${choice.label}</span>
				</label>`,
		)}
	</div>`;
}

export const segmentedStyle = css`
	.segmented {
		display: inline-flex;
		border: 1px solid var(--vscode-radio-inactiveBorder, var(--line));
		border-radius: 3px;
		overflow: hidden;
	}
	.segmented label {
		position: relative;
		display: inline-flex;
		cursor: pointer;
	}
	.segmented label + label {
		border-inline-start: 1px solid var(--vscode-radio-inactiveBorder, var(--line));
	}
	.segmented input {
		position: absolute;
		inset: 0;
		margin: 0;
		opacity: 0;
		cursor: pointer;
	}
	.segmented span {
		padding: 2px 10px;
		font-size: var(--small);
		line-height: 18px;
		color: var(--muted);
	}
	.segmented label:hover span {
		background: var(--vscode-radio-inactiveHoverBackground, var(--hover));
	}
	.segmented input:checked + span {
		background: var(--vscode-radio-activeBackground, var(--hover));
		color: var(--vscode-radio-activeForeground, var(--vscode-foreground));
		box-shadow: inset 0 -2px 0 var(--vscode-radio-activeBorder, var(--vscode-focusBorder));
	}
	.segmented input:focus-visible + span {
		outline: 1px solid var(--vscode-focusBorder);
		outline-offset: -2px;
	}
	@container page (width < 340px) {
		.segmented span {
			padding-inline: 7px;
		}
	}
	@media (forced-colors: active) {
		.segmented input:checked + span {
			forced-color-adjust: none;
			background: Highlight;
			color: HighlightText;
		}
	}
`;
