/** Desktop VS Code, with a profile of its own: the user's settings, extensions and windows stay untouched. */
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { runProgram } from '../../test/support/runProgram.ts';
import { onPath } from '../../test/support/systemTools.ts';

const usualPlaces = [
	'/Applications/Visual Studio Code.app/Contents/Resources/app/bin/code',
	join(homedir(), 'Applications/Visual Studio Code.app/Contents/Resources/app/bin/code'),
	'/usr/share/code/bin/code',
	'/snap/bin/code',
	join(process.env['LOCALAPPDATA'] ?? 'C:\\', 'Programs', 'Microsoft VS Code', 'bin', 'code.cmd'),
	'C:\\Program Files\\Microsoft VS Code\\bin\\code.cmd',
];

/** Path of the `code` command, or null when no desktop VS Code can open a window from here. */
export function findDesktop(env: NodeJS.ProcessEnv): string | null {
	// In a remote terminal `code` talks to the window it belongs to, which has the user's own profile.
	if (env['VSCODE_IPC_HOOK_CLI'] !== undefined) return null;
	const hasDisplay = process.platform !== 'linux' || env['DISPLAY'] !== undefined || env['WAYLAND_DISPLAY'] !== undefined;
	if (!hasDisplay) return null;
	return onPath('code') ?? usualPlaces.find(place => existsSync(place)) ?? null;
}

export interface DesktopOptions {
	readonly code: string;
	readonly vsix: string;
	readonly workspace: string;
	/** Holds the profile. */
	readonly dataDir: string;
	readonly env: NodeJS.ProcessEnv;
	/** Ends the wait; the window is closed with it. */
	readonly signal: AbortSignal;
}

/** Opens a window and resolves when the person has closed it. */
export async function openDesktop({ code, vsix, workspace, dataDir, env, signal }: DesktopOptions): Promise<void> {
	const profile = ['--user-data-dir', join(dataDir, 'user-data'), '--extensions-dir', join(dataDir, 'extensions')];
	await runProgram(code, [...profile, '--install-extension', vsix, '--force'], { env });
	await new Promise<void>((resolve, reject) => {
		const child = spawn(code, [...profile, '--new-window', '--wait', '--disable-workspace-trust', '--skip-welcome', workspace], {
			env,
			stdio: 'ignore',
			shell: process.platform === 'win32',
		});
		signal.addEventListener('abort', () => child.kill());
		child.on('error', reject);
		child.on('close', () => {
			resolve();
		});
	});
}
