/**
 * The rows of the sessions table as one tab stop: arrow keys move between sessions, Enter opens the transcript, Tab
 * goes on to the buttons of the session one is on. Draws into the page itself, so that the page's styles hold.
 */
import { LitElement, type PropertyValues, html } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { icon } from '../components/icons.ts';
import type { SessionPage, SessionSortKey } from '../contract/sessions.ts';
import { Format } from '../format.ts';
import { text } from '../text.ts';
import { type SessionColumn, isSortKey, sessionColumns } from './sessionColumns.ts';
import { type SessionAction, sessionRow } from './sessionRowView.ts';

export class SessionsTable extends LitElement {
	static override properties = {
		page: { attribute: false },
		sort: { attribute: false },
		descending: { attribute: false },
		format: { attribute: false },
		sortBy: { attribute: false },
		act: { attribute: false },
		active: { state: true },
	};
	declare page: SessionPage | null;
	declare sort: SessionSortKey;
	declare descending: boolean;
	declare format: Format;
	declare sortBy: (key: SessionSortKey, descending: boolean) => void;
	declare act: (id: string, action: SessionAction) => void;
	/** Id of the row that Tab leads to. */
	declare private active: string | null;

	constructor() {
		super();
		this.page = null;
		this.sort = 'startedAt';
		this.descending = true;
		this.format = new Format();
		this.sortBy = () => undefined;
		this.act = () => undefined;
		this.active = null;
	}

	protected override createRenderRoot(): this {
		return this;
	}

	protected override willUpdate(changed: PropertyValues): void {
		const rows = this.page?.rows ?? [];
		if (changed.has('page') && !rows.some(row => row.id === this.active)) this.active = rows[0]?.id ?? null;
	}

	protected override render() {
		const { rows, total, query } = this.page ?? { rows: [], total: 0, query: { offset: 0 } };
		return html`<table
			role="grid"
			class="sessions"
			aria-labelledby="sessions-heading"
			aria-description=${text('gridHint')}
			aria-rowcount=${total + 1}
			@keydown=${(event: KeyboardEvent) => this.#key(event)}
			@focusin=${(event: FocusEvent) => this.#focused(event)}
		>
			<thead>
				<tr aria-rowindex="1">
					${sessionColumns.map(column => this.#heading(column))}
				</tr>
			</thead>
			<tbody>
				${repeat(
					rows,
					session => session.id,
					(session, index) =>
						sessionRow({
							session,
							format: this.format,
							active: session.id === this.active,
							position: query.offset + index + 2,
							act: action => this.act(session.id, action),
						}),
				)}
			</tbody>
		</table>`;
	}

	#heading({ key, label, amount, from }: SessionColumn) {
		if (!isSortKey(key)) return html`<th scope="col" class="${key} from-${from}"><span class="unsorted">${text(label)}</span></th>`;
		const sorted = this.sort === key;
		return html`<th
			scope="col"
			class="${key} ${amount ? 'amount' : ''} from-${from}"
			aria-sort=${sorted ? (this.descending ? 'descending' : 'ascending') : 'none'}
		>
			<button class="sort" @click=${() => this.sortBy(key, sorted ? !this.descending : firstDirection(key))}>
				<span>${text(label)}</span>${sorted ? icon(this.descending ? 'arrowSmallDown' : 'arrowSmallUp') : ''}
			</button>
		</th>`;
	}

	#focused(event: FocusEvent): void {
		const row = event.target instanceof Element ? event.target.closest<HTMLElement>('tr[data-session-id]') : null;
		if (row !== null) this.active = row.dataset['sessionId'] ?? null;
	}

	#key(event: KeyboardEvent): void {
		const row = event.target;
		// Keys inside a button of the row are the button's.
		if (!(row instanceof HTMLTableRowElement) || row.dataset['sessionId'] === undefined) return;
		const all = [...this.querySelectorAll<HTMLElement>('tr[data-session-id]')];
		const at = all.indexOf(row);
		const target = { ArrowUp: at - 1, ArrowDown: at + 1, PageUp: at - 10, PageDown: at + 10, Home: 0, End: all.length - 1 }[event.key];
		if (target !== undefined) all[Math.min(all.length - 1, Math.max(0, target))]?.focus();
		else if (event.key === 'Enter') this.act(row.dataset['sessionId'], 'transcript');
		else return;
		event.preventDefault();
	}
}

/** Words begin at A; times and amounts with the newest and largest. */
export function firstDirection(key: SessionSortKey): boolean {
	return key !== 'title' && key !== 'project';
}

customElements.define('sessions-table', SessionsTable);
