/** The field, and how the search is narrowed: always in sight, whatever is below. */
import { type TemplateResult, css, html, nothing } from 'lit';
import { live } from 'lit/directives/live.js';
import { icon } from '../components/icons.ts';
import type { Scope } from '../contract/sessions.ts';
import { type KindChoice, kindChoices } from './savedState.ts';
import { isUsable } from './states.ts';
import type { StringKey } from './strings.ts';
import { text } from './text.ts';
import type { View } from './view.ts';

const kindNames: Readonly<Record<KindChoice, StringKey>> = {
	all: 'kindsAll',
	prompts: 'kindsPrompts',
	answers: 'kindsAnswers',
	thinking: 'kindsThinking',
	tools: 'kindsTools',
	files: 'kindsFiles',
	titles: 'kindsTitles',
};
const scopeNames: Readonly<Record<Scope, StringKey>> = { workspace: 'scopeWorkspace', all: 'scopeAll' };

export interface BarKeys {
	/** From the field into the list. */
	intoList(): void;
}

export function bar({ state, model }: View, keys: BarKeys): TemplateResult {
	const { saved, hasFolder } = state;
	const typed = (event: Event) => {
		if (event instanceof InputEvent && event.isComposing) return;
		if (event.target instanceof HTMLInputElement) model.type(event.target.value);
	};
	const pressed = (event: KeyboardEvent) => {
		// Keys that an input method takes for itself are not the page's.
		if (event.isComposing) return;
		if (event.key === 'Enter') void model.submit();
		else if (event.key === 'ArrowDown') keys.intoList();
		else if (event.key === 'Escape' && saved.text !== '') model.type('');
		else return;
		event.preventDefault();
	};
	return html`<search class="bar">
		<div class="field">
			${icon('search')}
			<input
				type="text"
				aria-label=${text('field')}
				placeholder=${text('placeholder')}
				spellcheck="false"
				autocomplete="off"
				maxlength="1000"
				dir="auto"
				.value=${live(saved.text)}
				@input=${typed}
				@compositionend=${typed}
				@keydown=${pressed}
			/>
			${
				saved.text === ''
					? nothing
					: html`<button class="icon-button" title=${text('clear')} aria-label=${text('clear')} @click=${() => model.type('')}>
							${icon('close')}
						</button>`
			}
			${
				isUsable(state)
					? html`<button
							class="icon-button"
							title=${text('tips')}
							aria-label=${text('tips')}
							aria-expanded=${saved.tipsOpen ? 'true' : 'false'}
							@click=${() => model.showTips(!saved.tipsOpen)}
						>
							${icon('question')}
						</button>`
					: nothing
			}
		</div>
		<div class="choices">
			<select
				aria-label=${text('scope')}
				?disabled=${!hasFolder}
				@change=${(event: Event) => model.narrow({ scope: chosen(event) === 'workspace' ? 'workspace' : 'all' })}
			>
				${(['workspace', 'all'] as const).map(
					scope => html`<option value=${scope} .selected=${live(scope === (saved.scope ?? 'all'))}>${text(scopeNames[scope])}</option>`,
				)}
			</select>
			<select
				aria-label=${text('kinds')}
				@change=${(event: Event) => model.narrow({ kinds: kindChoices.find(each => each === chosen(event)) ?? 'all' })}
			>
				${kindChoices.map(kind => html`<option value=${kind} .selected=${live(kind === saved.kinds)}>${text(kindNames[kind])}</option>`)}
			</select>
		</div>
	</search>`;
}

function chosen(event: Event): string {
	return event.target instanceof HTMLSelectElement ? event.target.value : '';
}

export const barStyle = css`
	.bar {
		display: grid;
		gap: 6px;
		padding: 6px 12px 8px;
	}
	.field {
		display: flex;
		align-items: center;
		gap: 2px;
		padding-inline: 6px 2px;
		border: 1px solid var(--vscode-input-border, var(--vscode-contrastBorder, transparent));
		border-radius: 4px;
		background: var(--vscode-input-background);
		color: var(--vscode-input-foreground);
	}
	.field:focus-within {
		border-color: var(--vscode-focusBorder);
	}
	.field > .icon {
		color: var(--vscode-input-placeholderForeground);
	}
	.field input {
		flex: 1;
		min-width: 0;
		height: 26px;
		padding: 0 4px;
		border: 0;
		outline: none;
		background: none;
		color: inherit;
		font: inherit;
	}
	.field input::placeholder {
		color: var(--vscode-input-placeholderForeground);
		opacity: 1;
	}
	.choices {
		display: flex;
		gap: 6px;
	}
	select {
		flex: 1 1 0;
		min-width: 0;
		height: 24px;
		padding-inline: 4px;
		border: 1px solid var(--vscode-dropdown-border, var(--vscode-contrastBorder, transparent));
		border-radius: 4px;
		background: var(--vscode-dropdown-background);
		color: var(--vscode-dropdown-foreground);
		font: inherit;
		font-size: var(--small);
		text-overflow: ellipsis;
	}
	select:focus-visible {
		outline: 1px solid var(--vscode-focusBorder);
		outline-offset: -1px;
	}
	select:disabled {
		opacity: 0.6;
	}
`;
