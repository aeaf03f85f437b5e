/** The sessions behind the figures: filter, what was picked elsewhere on the page, the table, and its pages. */
import { type TemplateResult, html, nothing } from 'lit';
import { icon } from '../components/icons.ts';
import { button } from '../components/toolkit/button.ts';
import { dropdown } from '../components/toolkit/dropdown.ts';
import { textField } from '../components/toolkit/textField.ts';
import type { SessionPage } from '../contract/sessions.ts';
import { text } from '../text.ts';
import { cleared } from './filters.ts';
import { pageSize } from './pageModel.ts';
import { setFilters } from './queries.ts';
import type { Behind } from './savedState.ts';
import { filterOf, selectorWords } from './selectorWords.ts';
import { isSortKey, sessionColumns } from './sessionColumns.ts';
import { sessionsKey } from './sessionsKey.ts';
import { firstDirection } from './sessionsTable.ts';
import './sessionsTable.ts';
import type { View } from './view.ts';
import { panelText } from './words/panel.ts';

export function sessions(view: View): TemplateResult {
	const { state, model, format } = view;
	const { sessions: page, saved, loadingSessions } = state;
	return html`<section aria-labelledby="sessions-heading" aria-busy=${loadingSessions ? 'true' : 'false'} class="sessions-page">
		${saved.behind === null ? nothing : wayBack(view, saved.behind)}
		<div class="section-head">
			<h2 tabindex="-1" id="sessions-heading">
				${saved.behind?.selector ? selectorWords(saved.behind.selector, format, saved.behind.split) : text('sessionsTable')}${
					page === null ? nothing : html` <span class="total">${format.integer(page.total)}</span>`
				}
			</h2>
			${narrowSort(view)}
			<div class="filter-field">
				${textField({
					label: text('filterSessions'),
					placeholder: text('filterPlaceholder'),
					value: saved.filter,
					input: filter => model.narrow({ filter }),
					start: icon('search'),
					...(saved.filter === ''
						? {}
						: {
								end: html`<button
									class="icon-button"
									aria-label=${text('clearFilter')}
									title=${text('clearFilter')}
									@click=${(event: Event) => {
										backToField(event.currentTarget);
										model.narrow({ filter: '' });
									}}
								>
									${icon('close')}
								</button>`,
							}),
				})}
			</div>
		</div>
		${
			page === null || page.uncounted === 0 || saved.filter !== ''
				? nothing
				: html`<p class="says">${text('uncounted', { count: format.integer(page.uncounted) }, page.uncounted)}</p>`
		}
		${
			page?.total === 0
				? noMatch(view)
				: html`<sessions-table
							.page=${page}
							.sort=${saved.sort}
							.descending=${saved.descending}
							.format=${format}
							.sortBy=${(sort: typeof saved.sort, descending: boolean) => model.narrow({ sort, descending })}
							.act=${(id: string, action: Parameters<typeof model.openSession>[1]) => void model.openSession(id, action)}
						></sessions-table>
						${page === null ? nothing : html`${pager(view, page)} ${sessionsKey(page.rows)}`}`
		}
	</section>`;
}

/** Where one came from, and what else can be done with what the sessions have in common. */
function wayBack({ model }: View, { from, selector }: Behind): TemplateResult {
	const change = selector === null ? null : filterOf(selector);
	return html`<nav class="way-back" aria-label=${panelText('back', { page: panelText(from) })}>
		<button class="back" @click=${() => model.goBack()}>${icon('chevronLeft')}${panelText('back', { page: panelText(from) })}</button>
		${
			selector === null
				? nothing
				: html`${
							change === null
								? nothing
								: html`<button class="sentence-link" @click=${() => model.keepAsFilter(change)}>${panelText('useAsFilter')}</button>`
						} <button class="sentence-link" @click=${() => model.showAllSessions()}>${panelText('allSessions')}</button>`
		}
	</nav>`;
}

function noMatch({ state, model }: View): TemplateResult {
	const { filter, behind, query } = state.saved;
	const isFiltered = query !== null && setFilters(query).length > 0;
	return html`<div class="none">
		<p>${text('noMatch')}</p>
		${
			filter === '' && behind === null && !isFiltered
				? nothing
				: button({
						label: text('clearFilters'),
						press: () => {
							if (filter !== '') model.narrow({ filter: '' });
							else if (behind !== null) model.showAllSessions();
							else if (query !== null) model.choose(cleared(query));
						},
					})
		}
	</div>`;
}

/** The button goes away with the filter. A field that holds the focus in its content takes none itself: the content gives it up first. */
function backToField(button: EventTarget | null): void {
	if (!(button instanceof HTMLElement)) return;
	button.blur();
	button.closest<HTMLElement>('vscode-text-field')?.focus();
}

/** Where columns have no room their headings are gone too, and with them the way to sort by them. */
function narrowSort({ state, model }: View): TemplateResult {
	const { sort, descending } = state.saved;
	return html`<div class="narrow-sort">
		${dropdown({
			label: text('sortBy'),
			choices: sessionColumns.flatMap(({ key, label }) => (isSortKey(key) ? [{ value: key, label: text(label) }] : [])),
			chosen: sort,
			pick: key => model.narrow({ sort: key, descending: firstDirection(key) }),
		})}
		<button
			class="icon-button"
			aria-label=${text(descending ? 'sortDescending' : 'sortAscending')}
			title=${text(descending ? 'sortDescending' : 'sortAscending')}
			@click=${() => model.narrow({ descending: !descending })}
		>
			${icon(descending ? 'arrowSmallDown' : 'arrowSmallUp')}
		</button>
	</div>`;
}

function pager({ model, format }: View, { query, rows, total }: SessionPage): TemplateResult | typeof nothing {
	if (total <= pageSize) return nothing;
	const lastOffset = Math.floor((total - 1) / pageSize) * pageSize;
	const atStart = query.offset === 0;
	const atEnd = query.offset >= lastOffset;
	return html`<nav class="pager" aria-label=${text('sessionsTable')}>
		<span>
			${text('sessionsPage', {
				first: format.integer(query.offset + 1),
				last: format.integer(query.offset + rows.length),
				total: format.integer(total),
			})}
		</span>
		<button
			class="icon-button"
			aria-label=${text('previousPage')}
			title=${text('previousPage')}
			aria-disabled=${atStart ? 'true' : 'false'}
			@click=${() => (atStart ? undefined : model.turnTo(query.offset - pageSize))}
		>
			${icon('chevronLeft')}
		</button>
		<button
			class="icon-button"
			aria-label=${text('nextPage')}
			title=${text('nextPage')}
			aria-disabled=${atEnd ? 'true' : 'false'}
			@click=${() => (atEnd ? undefined : model.turnTo(query.offset + pageSize))}
		>
			${icon('chevronRight')}
		</button>
	</nav>`;
}
