/** "Filter by Category": the categories that have sessions, with how many. */
import * as vscode from 'vscode';
import type { CategoryName } from '../../webview/contract/sessions.ts';
import type { Engine } from '../engine/client.ts';
import type { Configuration } from './configuration.ts';
import { filterChoices } from './presentation/categoryChoices.ts';
import { sessionsText } from './presentation/planText.ts';
import type { SessionScope } from './sessionScope.ts';

type Item = vscode.QuickPickItem & { readonly category: CategoryName | null };

export async function askCategoryFilter(engine: Engine, scope: SessionScope, configuration: Configuration): Promise<void> {
	const { t } = vscode.l10n;
	const [taxonomy, counts] = await Promise.all([engine.call('taxonomy', null), engine.call('categoryCounts', { scope: scope.scope })]);
	const items = filterChoices(taxonomy, counts, { t }).map(({ category, label, sessions, isNested }): Item => ({
		label: isNested ? `$(blank)${label}` : label,
		description: sessionsText(sessions, configuration.viewer),
		picked: category === scope.filter.category,
		category,
	}));
	if (items.length === 0) {
		void vscode.window.showInformationMessage(t('No session has a category yet.'));
		return;
	}
	const all: Item = { label: t('All Categories'), picked: scope.filter.category === null, category: null };
	const chosen = await vscode.window.showQuickPick([all, ...items], { title: t('Filter by Category'), matchOnDescription: true });
	if (chosen !== undefined) scope.setFilter({ category: chosen.category });
}
