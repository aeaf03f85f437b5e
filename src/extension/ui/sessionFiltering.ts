/** "Filter Sessions": words as they are typed, or one of the things that sessions have in common, with how many have it. */
import * as vscode from 'vscode';
import { type Facet, facets, type SessionFilter } from '../engine/calls/listing.ts';
import type { Engine } from '../engine/client.ts';
import { askCategoryFilter } from './categoryFilter.ts';
import type { Configuration } from './configuration.ts';
import { sessionsText } from './presentation/planText.ts';
import { facetName, facetValueText } from './presentation/sessionFilter.ts';
import type { SessionScope } from './sessionScope.ts';

export interface FilteringParts {
	readonly engine: Engine;
	readonly scope: SessionScope;
	readonly configuration: Configuration;
}

type Choice = { readonly facet: Facet } | { readonly change: Partial<SessionFilter> } | 'clear';
type Item = vscode.QuickPickItem & { readonly choice: Choice };

const facetIcons: Readonly<Record<Facet, string>> = {
	category: 'symbol-class',
	branch: 'git-branch',
	project: 'folder',
	model: 'chip',
	status: 'pulse',
	tag: 'tag',
	mode: 'symbol-misc',
};

export class SessionFiltering {
	readonly #parts: FilteringParts;

	constructor(parts: FilteringParts) {
		this.#parts = parts;
	}

	async ask(): Promise<void> {
		const { scope } = this.#parts;
		const choice = await this.#choose();
		if (choice === undefined) return;
		if (choice === 'clear') scope.clearFilters();
		else if ('change' in choice) scope.setFilter(choice.change);
		else await this.askValue(choice.facet);
	}

	async askValue(facet: Facet): Promise<void> {
		const { engine, scope, configuration } = this.#parts;
		if (facet === 'category') {
			await askCategoryFilter(engine, scope, configuration);
			return;
		}
		const { t } = vscode.l10n;
		const { viewer } = configuration;
		const values = await engine.call('facetValues', { scope: scope.scope, filter: scope.filter, of: facet });
		const present = scope.filter[facet];
		const items = values.map(({ value, name, sessions }) => ({
			label: facetValueText(facet, value, viewer, name),
			description: [sessionsText(sessions, viewer), value === present ? t('chosen') : ''].filter(part => part !== '').join(' · '),
			...(facet === 'project' && value !== '' ? { detail: value } : {}),
			value: value,
		}));
		const chosen = await vscode.window.showQuickPick([{ label: t('All'), value: null }, ...items], {
			title: t('Filter by {0}', facetName(facet, viewer)),
			matchOnDetail: true,
		});
		// The values are the engine's own, of the kind that was asked for.
		if (chosen !== undefined) scope.setFilter({ [facet]: chosen.value });
	}

	#choose(): Promise<Choice | undefined> {
		const { t } = vscode.l10n;
		const pick = vscode.window.createQuickPick<Item>();
		const { promise, resolve } = Promise.withResolvers<Choice | undefined>();
		const fixed = this.#items();
		const show = (typed: string) => {
			const words = typed.trim();
			const contains: Item = {
				label: `$(search) ${t('Contains: {0}', words)}`,
				description: t('title, branch, project, first prompt, tags or note'),
				alwaysShow: true,
				choice: { change: { words } },
			};
			pick.items = words === '' ? fixed : [contains, ...fixed];
		};
		pick.title = t('Filter Sessions');
		pick.placeholder = t('Type words, or choose what to filter by');
		pick.onDidChangeValue(show);
		pick.onDidAccept(() => {
			// Whoever types and presses Enter at once is ahead of the list.
			const words = pick.value.trim();
			const chosen = pick.selectedItems[0]?.choice;
			const areWords =
				words !== '' && (chosen === undefined || (typeof chosen === 'object' && 'change' in chosen && chosen.change.words !== undefined));
			resolve(areWords ? { change: { words } } : chosen);
			pick.hide();
		});
		pick.onDidHide(() => resolve(undefined));
		show('');
		pick.show();
		return promise.finally(() => pick.dispose());
	}

	#items(): readonly Item[] {
		const { t } = vscode.l10n;
		const { filter, isFiltered } = this.#parts.scope;
		const { viewer } = this.#parts.configuration;
		const byFacet = facets.map((facet): Item => {
			const value = filter[facet];
			return {
				label: `$(${facetIcons[facet]}) ${facetName(facet, viewer)}…`,
				...(value === null ? {} : { description: facetValueText(facet, value, viewer) }),
				choice: { facet },
			};
		});
		return [
			...(filter.words === ''
				? []
				: [{ label: `$(close) ${t('Any Words')}`, description: filter.words, choice: { change: { words: '' } } }]),
			...byFacet,
			filter.onlyPinned
				? { label: `$(pinned) ${t('Pinned and Other Sessions')}`, choice: { change: { onlyPinned: false } } }
				: { label: `$(pin) ${t('Only Pinned Sessions')}`, choice: { change: { onlyPinned: true } } },
			filter.showsHidden
				? { label: `$(eye-closed) ${t('Without Hidden Sessions')}`, choice: { change: { showsHidden: false } } }
				: { label: `$(eye) ${t('With Hidden Sessions')}`, choice: { change: { showsHidden: true } } },
			...(isFiltered ? [{ label: `$(clear-all) ${t('Clear All Filters')}`, choice: 'clear' as const }] : []),
		];
	}
}
