/** What the tests in the extension host share: the window's Claude history, and waiting for the extension to have seen it. */
import assert from 'node:assert/strict';
import { appendFile, mkdir, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import * as vscode from 'vscode';
import type { SessionInsightsApi } from '../../../src/extension/ui/publicApi.ts';
import type { SessionRow } from '../../../src/webview/contract/sessions.ts';
import {
	assistantText,
	conversation,
	type Conversation,
	toJsonl,
	transcriptPath,
	userPrompt,
} from '../../support/historyGenerator/records.ts';

export async function sessionInsights(): Promise<SessionInsightsApi> {
	const extension = vscode.extensions.getExtension<SessionInsightsApi>('session-insights.session-insights-for-claude-code');
	assert.ok(extension, 'the extension is not installed');
	return extension.activate();
}

export function workspaceFolder(): string {
	const folder = vscode.workspace.workspaceFolders?.[0]?.uri.fsPath;
	assert.ok(folder, 'the window has no folder');
	return folder;
}

function claudeDir(): string {
	// The runner gives each window a history of its own; without one these tests would write into somebody's real one.
	const dir = process.env['CLAUDE_CONFIG_DIR'];
	assert.ok(dir, 'CLAUDE_CONFIG_DIR is not set');
	return dir;
}

/** A session that is being held: its transcript grows by `say`, a prompt and its answer at a time. */
export class HeldSession {
	readonly file: string;
	readonly #talk: Conversation;

	constructor(cwd: string, seed: string) {
		this.#talk = conversation({ cwd, seed, startsAt: Date.now() - 3_600_000 });
		this.file = transcriptPath(claudeDir(), this.#talk);
	}

	get id(): string {
		return this.#talk.sessionId;
	}

	async say(prompt: string): Promise<void> {
		await mkdir(dirname(this.file), { recursive: true });
		await appendFile(this.file, toJsonl([userPrompt(this.#talk, prompt), assistantText(this.#talk, 'Done.')]));
	}

	async remove(): Promise<void> {
		await rm(this.file, { force: true });
	}
}

/** Resolves when the session is as `holds` says: asks now, and again each time the extension says that something changed. */
export async function sessionThat(
	id: string,
	holds: (row: SessionRow | undefined) => boolean,
	scope: 'workspace' | 'all' = 'workspace',
): Promise<SessionRow | undefined> {
	const api = await sessionInsights();
	return new Promise((resolve, reject) => {
		const ask = async () => {
			const { rows } = await api.listSessions({ scope });
			const row = rows.find(candidate => candidate.id === id);
			if (!holds(row)) return;
			listening.dispose();
			resolve(row);
		};
		const listening = api.onDidChangeSessions(() => void ask().catch(reject));
		ask().catch(reject);
	});
}

/** A program that stands in for `claude` where installers put it; answers with the file in which it leaves its arguments. */
export async function installFakeClaude(home: string): Promise<string> {
	const program = `${home}/.local/bin/claude`;
	const said = `${home}/claude-was-run-with`;
	await mkdir(dirname(program), { recursive: true });
	await writeFile(program, `#!/bin/sh\nprintf '%s\\n' "$PWD" "$@" > '${said}.part' && mv '${said}.part' '${said}'\n`, { mode: 0o755 });
	return said;
}
