import './toolkit.ts';
import { type TemplateResult, html } from 'lit';
import { live } from 'lit/directives/live.js';

export interface Choice<T extends string> {
	readonly value: T;
	readonly label: string;
}

export interface DropdownOptions<T extends string> {
	readonly label: string;
	readonly choices: readonly Choice<T>[];
	readonly chosen: T;
	readonly disabled?: boolean;
	readonly pick: (value: T) => void;
}

/** `chosen` is said twice: the options' attribute is what the element starts from, as it drops a value given before its options are there. */
export function dropdown<T extends string>({ label, choices, chosen, disabled = false, pick }: DropdownOptions<T>): TemplateResult {
	const change = (event: Event) => {
		const value: unknown = event.target instanceof HTMLElement && 'value' in event.target ? event.target.value : null;
		const choice = choices.find(each => each.value === value);
		if (choice !== undefined && choice.value !== chosen) pick(choice.value);
	};
	return html`<vscode-dropdown aria-label=${label} ?disabled=${disabled} .value=${live(chosen)} @change=${change}>
		${choices.map(
			choice => html`<vscode-option value=${choice.value} ?selected=${choice.value === chosen}>${choice.label}</vscode-option>`,
		)}
	</vscode-dropdown>`;
}
