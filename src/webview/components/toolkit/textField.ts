import './toolkit.ts';
import { type TemplateResult, html } from 'lit';
import { live } from 'lit/directives/live.js';
import { ref } from 'lit/directives/ref.js';

export interface TextFieldOptions {
	readonly label: string;
	readonly placeholder: string;
	readonly value: string;
	/** Each change, except while an input method is still composing a word. */
	readonly input: (value: string) => void;
	readonly start?: TemplateResult;
	readonly end?: TemplateResult;
}

export function textField({ label, placeholder, value, input, start, end }: TextFieldOptions): TemplateResult {
	const changed = (event: Event) => {
		if (event instanceof InputEvent && event.isComposing) return;
		if (event.target instanceof HTMLElement && 'value' in event.target && typeof event.target.value === 'string') input(event.target.value);
	};
	// The element overwrites its own name with that of its content when it is connected, which is after this runs.
	const named = (element: Element | undefined) => queueMicrotask(() => element?.setAttribute('aria-label', label));
	return html`<vscode-text-field
		${ref(named)}
		aria-label=${label}
		placeholder=${placeholder}
		.value=${live(value)}
		@input=${changed}
		@compositionend=${changed}
	>
		${start === undefined ? null : html`<span slot="start" class="slot">${start}</span>`}
		${end === undefined ? null : html`<span slot="end" class="slot">${end}</span>`}
	</vscode-text-field>`;
}
