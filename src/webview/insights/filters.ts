/** The filters that hold on every page: what can be chosen, and what is chosen as chips that go away one by one. */
import { type TemplateResult, css, html, nothing } from 'lit';
import { categoryName } from '../categoryNames.ts';
import { icon } from '../components/icons.ts';
import { type Choice, dropdown } from '../components/toolkit/dropdown.ts';
import type { FilterChoice, FilterChoices } from '../contract/insights.ts';
import type { InsightsQuery, SessionMode } from '../contract/sessions.ts';
import { type Format, clipped } from '../format.ts';
import { type FilterName, setFilters, withoutFilters } from './queries.ts';
import { modes } from './savedQuery.ts';
import { lastPart } from './selectorWords.ts';
import type { View } from './view.ts';
import { type panelStrings, panelText } from './words/panel.ts';

type Key = keyof typeof panelStrings;
type ListFilter = Exclude<FilterName, 'days'>;

const filterLabels: Readonly<Record<FilterName, Key>> = {
	days: 'rangeCustom',
	project: 'filterProject',
	branch: 'filterBranch',
	model: 'filterModel',
	category: 'filterCategory',
	mode: 'filterMode',
};
const anyLabels: Readonly<Record<ListFilter, Key>> = {
	project: 'anyProject',
	branch: 'anyBranch',
	model: 'anyModel',
	category: 'anyCategory',
	mode: 'anyMode',
};
export const modeNames: Readonly<Record<SessionMode, Key>> = {
	interactive: 'modeInteractive',
	background: 'modeBackground',
	forked: 'modeForked',
};
const listFilters: readonly ListFilter[] = ['project', 'branch', 'model', 'category', 'mode'];

/** Values of the lists begin with this, so that "any" is told from the empty name. */
const mark = '=';
const any = '';

/** Beside scope and time range; the number says that something is set while the lists are out of sight. */
export function filterToggle({ state, model, format }: View): TemplateResult | typeof nothing {
	const { query, filtersOpen } = state.saved;
	if (query === null) return nothing;
	const count = setFilters(query).filter(name => name !== 'days').length;
	return html`<button
		class="filter-toggle"
		aria-expanded=${filtersOpen ? 'true' : 'false'}
		aria-controls="filter-lists"
		aria-label=${count === 0 ? panelText('filters') : panelText('filtersActive', { count: format.integer(count) }, count)}
		@click=${() => model.show({ filtersOpen: !filtersOpen })}
	>
		${icon('listFilter')}<span>${panelText('filters')}</span>${count === 0 ? nothing : html`<span class="badge">${format.integer(count)}</span>`}
	</button>`;
}

export function filterLists({ state, model, format }: View): TemplateResult | typeof nothing {
	const { query, filtersOpen } = state.saved;
	if (query === null || !filtersOpen) return nothing;
	return html`<div id="filter-lists" class="filter-lists" role="group" aria-label=${panelText('filters')}>
		${listFilters.map(name => {
			const chosen = query[name] ?? null;
			return html`<div class="filter-list ${name}">
				<span class="filter-name" aria-hidden="true">${panelText(filterLabels[name])}</span>
				${dropdown({
					label: panelText(filterLabels[name]),
					choices: choicesOf(name, state.head?.choices ?? null, chosen, format),
					chosen: chosen === null ? any : mark + chosen,
					pick: value => model.choose(changeOf(name, value === any ? null : value.slice(mark.length))),
				})}
			</div>`;
		})}
	</div>`;
}

/** The value comes from a list of ours; a mode is looked up so that it is one. */
function changeOf(name: ListFilter, value: string | null): Partial<InsightsQuery> {
	return name === 'mode' ? { mode: modes.find(mode => mode === value) ?? null } : { [name]: value };
}

function choicesOf(name: ListFilter, choices: FilterChoices | null, chosen: string | null, format: Format): readonly Choice<string>[] {
	const found = choices === null ? [] : listOf(name, choices);
	// What is chosen stays in the list, though the period may have none of it.
	const all =
		chosen === null || found.some(each => each.value === chosen) ? found : [...found, { value: chosen, label: chosen, sessions: 0 }];
	return [
		{ value: any, label: panelText(anyLabels[name]) },
		...all.map(({ value, label, sessions }) => ({
			value: mark + value,
			label: panelText('choice', { name: nameOf(name, value, label), sessions: format.integer(sessions) }),
		})),
	];
}

function listOf(name: ListFilter, choices: FilterChoices): readonly FilterChoice[] {
	switch (name) {
		case 'project':
			return choices.projects;
		case 'branch':
			return choices.branches;
		case 'model':
			return choices.models;
		case 'category':
			return choices.categories;
		case 'mode':
			return choices.modes.map(({ value, sessions }) => ({ value, label: value, sessions }));
	}
}

function nameOf(name: ListFilter, value: string, label: string): string {
	switch (name) {
		case 'mode': {
			const mode = modes.find(each => each === value);
			return mode === undefined ? clipped(label) : panelText(modeNames[mode]);
		}
		case 'category':
			return categoryName(value);
		case 'project':
			return value === '' ? panelText('noProject') : clipped(label);
		case 'branch':
			return value === '' ? panelText('noBranch') : clipped(label);
		case 'model':
			return clipped(label);
	}
}

export function filterChips({ state, model, format }: View, removeText: (filter: string) => string): TemplateResult | typeof nothing {
	const { query } = state.saved;
	if (query === null) return nothing;
	const set = setFilters(query);
	if (set.length === 0) return nothing;
	return html`<div class="chips" role="group" aria-label=${panelText('activeFilters')}>
		${set.map(name => {
			const label = chipWords(name, query, format);
			return html`<button class="chip" aria-label=${removeText(label)} @click=${() => model.choose({ [name]: null })}>
				<span dir="auto">${label}</span>${icon('close')}
			</button>`;
		})}
		${set.length < 2 ? nothing : html`<button class="clear-all" @click=${() => model.choose(cleared(query))}>${panelText('clearAll')}</button>`}
	</div>`;
}

/** Absent filters would leave those of before. */
export function cleared(query: InsightsQuery): InsightsQuery {
	return { ...withoutFilters(query), days: null, project: null, branch: null, model: null, category: null, mode: null };
}

function chipWords(name: FilterName, query: InsightsQuery, format: Format): string {
	if (name === 'days') return query.days === null || query.days === undefined ? '' : format.days(query.days.first, query.days.last);
	const value = query[name] ?? '';
	const label = name === 'project' ? lastPart(value) : value;
	return panelText('filterChip', { filter: panelText(filterLabels[name]), value: nameOf(name, value, label) });
}

export const filtersStyle = css`
	.filter-toggle {
		display: inline-flex;
		align-items: center;
		gap: 6px;
		height: 26px;
		padding: 0 9px;
		border: 1px solid var(--vscode-dropdown-border, var(--line));
		border-radius: 3px;
		background: var(--vscode-dropdown-background);
		color: var(--vscode-dropdown-foreground, inherit);
	}
	.filter-toggle:hover,
	.filter-toggle[aria-expanded='true'] {
		border-color: var(--vscode-focusBorder);
	}
	@container page (width < 480px) {
		.filter-toggle > span:not(.badge) {
			display: none;
		}
	}
	.filter-lists {
		display: grid;
		grid-template-columns: repeat(auto-fit, minmax(min(100%, 150px), 1fr));
		gap: 8px 12px;
		margin-bottom: 12px;
		padding: 10px 12px 12px;
		border: 1px solid var(--line);
		border-radius: 4px;
	}
	.filter-list {
		display: grid;
		gap: 3px;
		min-width: 0;
	}
	.filter-name {
		color: var(--muted);
		font-size: var(--small);
	}
	.filter-list vscode-dropdown {
		width: 100%;
		min-width: 0;
	}
	.clear-all {
		padding: 1px 6px;
		border-radius: 3px;
		color: var(--vscode-textLink-foreground);
		font-size: var(--small);
	}
	.clear-all:hover {
		text-decoration: underline;
	}
`;
