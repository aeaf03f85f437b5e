/** One row of the sessions table. What a person wrote is text, never markup, and keeps its own direction. */
import { type TemplateResult, html, nothing } from 'lit';
import { type IconName, icon } from '../components/icons.ts';
import type { InsightsPageCalls } from '../contract/insights.ts';
import type { SessionRow } from '../contract/sessions.ts';
import { type Format, clipped } from '../format.ts';
import type { StringKey } from '../strings.ts';
import { text } from '../text.ts';
import { badgesOf } from './sessionBadges.ts';
import { categoryCell } from './sessionCategory.ts';
import { sessionColumns, startedText } from './sessionColumns.ts';

export type SessionAction = InsightsPageCalls['openSession']['params']['action'];

interface ActionButton {
	readonly action: SessionAction;
	readonly label: StringKey;
	readonly icon: IconName;
	/** The transcript must still be on disk. */
	readonly needsFile: boolean;
}

const actionButtons: readonly ActionButton[] = [
	{ action: 'resume', label: 'resume', icon: 'terminal', needsFile: true },
	{ action: 'reveal', label: 'reveal', icon: 'folderOpened', needsFile: true },
	{ action: 'copyId', label: 'copyId', icon: 'copy', needsFile: false },
	{ action: 'classify', label: 'classify', icon: 'sparkle', needsFile: true },
	{ action: 'correctCategory', label: 'correctCategory', icon: 'tag', needsFile: false },
];

export interface SessionRowOptions {
	readonly session: SessionRow;
	readonly format: Format;
	/** The row that Tab leads to; only its buttons can be tabbed to. */
	readonly active: boolean;
	/** Position in the whole list, from 2 (the header is 1). */
	readonly position: number;
	readonly act: (action: SessionAction) => void;
}

export function sessionRow({ session, format, active, position, act }: SessionRowOptions): TemplateResult {
	return html`<tr
		class="session ${session.gone ? 'gone' : ''}"
		data-session-id=${session.id}
		aria-rowindex=${position}
		tabindex=${active ? 0 : -1}
		@click=${() => act('transcript')}
	>
		${sessionColumns.map(({ key, amount, from, cell }) =>
			cell === null
				? html`<td class="title">
						<div class="title-and-actions">
							<div class="title-words">${titleCell(session, format)}</div>
							${actions(session, active, act)}
						</div>
					</td>`
				: html`<td class="${key} from-${from} ${amount ? 'amount' : ''}">${cell(session, format)}</td>`,
		)}
	</tr>`;
}

/** At the end of the title, which gives way: over the figures they would hide what the row is looked at for. */
function actions(session: SessionRow, active: boolean, act: (action: SessionAction) => void): TemplateResult {
	return html`<div class="action-buttons">
		${actionButtons
			.filter(each => !each.needsFile || (!session.gone && session.file !== null))
			.map(
				each =>
					html`<button
						class="icon-button"
						tabindex=${active ? 0 : -1}
						title=${text(each.label)}
						aria-label=${text(each.label)}
						@click=${(event: Event) => {
							event.stopPropagation();
							act(each.action);
						}}
					>
						${icon(each.icon)}
					</button>`,
			)}
	</div>`;
}

function titleCell(session: SessionRow, format: Format): TemplateResult {
	const title = session.title.trim() === '' ? text('untitled') : clipped(session.title);
	return html`<div class="title-line">
			<span dir="auto" class="title-text" title=${title}>${title}</span>
			${badgesOf(session).map(
				({ kind, label, hint, count }) =>
					html`<span class="badge ${kind}" title=${hint === null ? '' : text(hint)}
						>${text(label, { count: format.integer(count) }, count)}</span
					>`,
			)}
		</div>
		<div class="meta muted">
			<span class="meta-started">${startedText(session, format)}</span>
			${session.category === null ? nothing : html`<div class="meta-category">${categoryCell(session, format)}</div>`}
			<span dir="auto" class="meta-project">${clipped(session.project)}</span>
		</div>`;
}
