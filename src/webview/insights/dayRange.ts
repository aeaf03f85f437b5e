/** The two days of a time range that a person chooses themselves. Draws into the page, so that the page's styles hold. */
import { LitElement, type PropertyValues, css, html, nothing } from 'lit';
import { button } from '../components/toolkit/button.ts';
import type { DaySpan } from '../contract/sessions.ts';
import { isDay } from './savedQuery.ts';
import { panelText } from './words/panel.ts';

export class DayRange extends LitElement {
	static override properties = {
		days: { attribute: false },
		latest: { attribute: false },
		pick: { attribute: false },
		wrong: { state: true },
	};
	declare days: DaySpan;
	/** No later day can be chosen: there are no sessions of tomorrow. */
	declare latest: string | null;
	declare pick: (days: DaySpan) => void;
	declare private wrong: boolean;

	constructor() {
		super();
		this.days = { first: '', last: '' };
		this.latest = null;
		this.pick = () => undefined;
		this.wrong = false;
	}

	protected override createRenderRoot(): this {
		return this;
	}

	protected override willUpdate(changed: PropertyValues): void {
		if (changed.has('days')) this.wrong = false;
	}

	protected override render() {
		return html`<div
			class="day-range"
			role="group"
			aria-label=${panelText('rangeCustom')}
			@keydown=${(event: KeyboardEvent) => this.#key(event)}
		>
			<label
				>${panelText('from')}
				<input
					type="date"
					name="first"
					required
					.value=${this.days.first}
					max=${this.latest ?? nothing}
					aria-invalid=${this.wrong ? 'true' : 'false'}
			/></label>
			<label
				>${panelText('to')}
				<input
					type="date"
					name="last"
					required
					.value=${this.days.last}
					max=${this.latest ?? nothing}
					aria-invalid=${this.wrong ? 'true' : 'false'}
			/></label>
			${button({ label: panelText('apply'), press: () => this.#apply() })}
			${this.wrong ? html`<p role="alert">${panelText('daysWrong')}</p>` : nothing}
		</div>`;
	}

	/** No form: the frame that VS Code shows pages in lets none be sent. */
	#key(event: KeyboardEvent): void {
		if (event.key === 'Enter' && event.target instanceof HTMLInputElement) this.#apply();
	}

	#apply(): void {
		const [first, last] = [this.#value('first'), this.#value('last')];
		if (!isDay(first) || !isDay(last)) return;
		this.wrong = first > last;
		if (!this.wrong) this.pick({ first, last });
	}

	#value(name: 'first' | 'last'): string {
		return this.querySelector<HTMLInputElement>(`input[name=${name}]`)?.value ?? '';
	}
}

customElements.define('day-range', DayRange);

export const dayRangeStyle = css`
	.day-range {
		display: flex;
		flex-wrap: wrap;
		align-items: center;
		gap: 8px 12px;
		margin-bottom: 12px;
	}
	.day-range label {
		display: inline-flex;
		align-items: center;
		gap: 6px;
		color: var(--muted);
	}
	.day-range input {
		height: 26px;
		box-sizing: border-box;
		padding: 0 6px;
		border: 1px solid var(--vscode-input-border, var(--vscode-dropdown-border, var(--line)));
		border-radius: 2px;
		background: var(--vscode-input-background);
		color: var(--vscode-input-foreground);
		font: inherit;
		color-scheme: dark;
	}
	body.vscode-light .day-range input,
	body.vscode-high-contrast-light .day-range input {
		color-scheme: light;
	}
	.day-range input:focus {
		outline: 1px solid var(--vscode-focusBorder);
		outline-offset: -1px;
	}
	.day-range p {
		flex-basis: 100%;
		margin: 0;
		color: var(--bad);
	}
`;
