import assert from 'node:assert/strict';
import * as vscode from 'vscode';

const extensionId = 'session-insights.session-insights-for-claude-code';

describe('The packaged extension', () => {
	it('activates in the extension host', async () => {
		const extension = vscode.extensions.getExtension(extensionId);
		assert.ok(extension, `${extensionId} is not installed`);
		await extension.activate();
		assert.equal(extension.isActive, true);
	});

	it('registers every command that its manifest declares', async () => {
		const extension = vscode.extensions.getExtension(extensionId);
		const manifest = extension?.packageJSON as { readonly contributes?: { readonly commands?: readonly { readonly command: string }[] } };
		const declared = manifest.contributes?.commands?.map(({ command }) => command) ?? [];
		assert.notEqual(declared.length, 0);
		const registered = new Set(await vscode.commands.getCommands(true));
		assert.deepEqual(
			declared.filter(command => !registered.has(command)),
			[],
		);
	});
});
