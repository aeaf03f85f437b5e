import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { sessionInsights } from './window.ts';

const panels = () =>
	vscode.window.tabGroups.all
		.flatMap(group => group.tabs)
		.filter(tab => tab.input instanceof vscode.TabInputWebview && tab.input.viewType.endsWith('sessionInsights.insights'));

/** Resolves when the tabs are as `holds` says; VS Code tells of a new tab after the command that opened it. */
function tabsThat(holds: () => boolean): Promise<void> {
	return new Promise(resolve => {
		const look = () => {
			if (!holds()) return;
			listening.dispose();
			resolve();
		};
		const listening = vscode.window.tabGroups.onDidChangeTabs(look);
		look();
	});
}

describe('The insights panel', () => {
	before(sessionInsights);
	after(() => vscode.commands.executeCommand('workbench.action.closeAllEditors'));

	it('opens once, and comes to the front when it is asked for again', async () => {
		await vscode.commands.executeCommand('sessionInsights.openInsights');
		await tabsThat(() => panels().length === 1);
		await vscode.commands.executeCommand('workbench.action.files.newUntitledFile');
		await tabsThat(() => panels()[0]?.isActive === false);
		await vscode.commands.executeCommand('sessionInsights.openInsights');
		await tabsThat(() => panels()[0]?.isActive === true);
		assert.equal(panels().length, 1);
	});

	it('can be closed and opened again', async () => {
		await vscode.window.tabGroups.close(panels());
		await tabsThat(() => panels().length === 0);
		await vscode.commands.executeCommand('sessionInsights.openInsights');
		await tabsThat(() => panels().length === 1);
	});

	it('opens another one beside the first, and comes back to the one looked at last', async () => {
		await vscode.commands.executeCommand('sessionInsights.openInsightsBeside');
		await tabsThat(() => panels().length === 2 && panels()[1]?.isActive === true);
		assert.notEqual(panels()[0]?.group, panels()[1]?.group);
		await vscode.commands.executeCommand('workbench.action.focusFirstEditorGroup');
		await vscode.commands.executeCommand('workbench.action.files.newUntitledFile');
		await vscode.commands.executeCommand('sessionInsights.openInsights');
		await tabsThat(() => panels()[0]?.isActive === true);
		assert.equal(panels().length, 2);
	});
});
