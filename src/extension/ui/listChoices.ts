/** "Group Sessions By" and "Sort Sessions By": the ways there are, with the present one marked. */
import * as vscode from 'vscode';
import type { Configuration } from './configuration.ts';
import { groupingName, groupings, orderDetail, orderName, orders } from './presentation/viewChoices.ts';
import type { SessionScope } from './sessionScope.ts';

export async function askGrouping(scope: SessionScope, configuration: Configuration): Promise<void> {
	const { viewer } = configuration;
	const items = groupings.map(value => ({ label: groupingName(value, viewer), value }));
	const chosen = await choose(vscode.l10n.t('Group Sessions By'), items, scope.grouping);
	if (chosen !== undefined) await scope.groupBy(chosen);
}

export async function askOrder(scope: SessionScope, configuration: Configuration): Promise<void> {
	const { viewer } = configuration;
	const items = orders.map(value => ({ label: orderName(value, viewer), description: orderDetail(value, viewer), value }));
	const chosen = await choose(vscode.l10n.t('Sort Sessions By'), items, scope.order);
	if (chosen !== undefined) await scope.sortBy(chosen);
}

async function choose<Value>(
	title: string,
	items: readonly (vscode.QuickPickItem & { readonly value: Value })[],
	present: Value,
): Promise<Value | undefined> {
	const marked = items.map(item => ({ ...item, label: `$(${item.value === present ? 'check' : 'blank'}) ${item.label}` }));
	return (await vscode.window.showQuickPick(marked, { title, matchOnDescription: true }))?.value;
}
