/** A row as presentation describes it, as VS Code's tree takes it. */
import * as vscode from 'vscode';
import type { ItemView } from './presentation/sessionItem.ts';

export function treeItemOf(id: string, view: ItemView, collapsible: vscode.TreeItemCollapsibleState): vscode.TreeItem {
	const item = new vscode.TreeItem(view.label, collapsible);
	item.id = id;
	item.description = view.description;
	item.contextValue = view.contextValue;
	item.iconPath = new vscode.ThemeIcon(view.icon.id, view.icon.color === null ? undefined : new vscode.ThemeColor(view.icon.color));
	item.accessibilityInformation = { label: view.accessibleLabel };
	return item;
}
