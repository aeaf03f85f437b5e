import assert from 'node:assert/strict';
import { watch } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { basename, dirname } from 'node:path';
import * as vscode from 'vscode';
import { HeldSession, installFakeClaude, sessionThat, workspaceFolder } from './window.ts';

/** Resolves with the text of a file that is moved into place by somebody else. */
function textOf(file: string): Promise<string> {
	return new Promise((resolve, reject) => {
		const look = () => {
			readFile(file, 'utf8').then(
				text => {
					watcher.close();
					resolve(text);
				},
				() => undefined,
			);
		};
		const watcher = watch(dirname(file), (_, name) => {
			if (name === basename(file)) look();
		});
		watcher.on('error', reject);
		look();
	});
}

describe('Resuming a session', () => {
	it('runs claude itself in the folder of the session, without a shell (NFR-2)', async function () {
		if (process.platform === 'win32') {
			console.log('Skipped: the stand-in for claude is a shell script.');
			this.skip();
		}
		const said = await installFakeClaude(homedir());
		const session = new HeldSession(workspaceFolder(), 'resumed');
		await session.say('Go on with this');
		await sessionThat(session.id, row => row !== undefined);
		const opened = new Promise<vscode.Terminal>(resolve => {
			const listening = vscode.window.onDidOpenTerminal(terminal => {
				listening.dispose();
				resolve(terminal);
			});
		});
		await vscode.commands.executeCommand('sessionInsights.resumeInTerminal', { sessionId: session.id });
		const terminal = await opened;
		const { shellPath, shellArgs, cwd } = terminal.creationOptions as vscode.TerminalOptions;
		assert.equal(shellPath, `${homedir()}/.local/bin/claude`);
		assert.deepEqual(shellArgs, ['--resume', session.id]);
		assert.equal(cwd, workspaceFolder());
		assert.equal(await textOf(said), `${workspaceFolder()}\n--resume\n${session.id}\n`);
		terminal.dispose();
		await session.remove();
	});
});
