/**
 * The rows that a key is about. Arrow keys move the focus of a list and leave its selection behind, and VS Code tells an
 * extension of the selection only: without this, Delete would hide the session that was clicked last, wherever the keys have gone.
 */
import * as vscode from 'vscode';

/**
 * All that are selected, when the focused row is one of them; else that row alone. For a command of a key, while the list has
 * the focus: the focused row is the one by which the selection differs once VS Code has been asked to toggle it, and again to undo that.
 */
export async function focusedRows(view: Pick<vscode.TreeView<string>, 'selection'>): Promise<readonly string[]> {
	const selected = view.selection;
	await vscode.commands.executeCommand('list.toggleSelection');
	const toggled = view.selection;
	await vscode.commands.executeCommand('list.toggleSelection');
	const focused = toggled.find(node => !selected.includes(node));
	return focused === undefined ? selected : [focused];
}
