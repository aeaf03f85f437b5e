import assert from 'node:assert/strict';
import { mkdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { HeldSession, sessionInsights, sessionThat, workspaceFolder } from './window.ts';

describe('The sessions of the window', () => {
	const sessions: HeldSession[] = [];
	const hold = (cwd: string, seed: string) => {
		const session = new HeldSession(cwd, seed);
		sessions.push(session);
		return session;
	};
	after(async () => {
		await Promise.all(sessions.map(session => session.remove()));
	});

	it('appear when a transcript appears, with its title and figures', async () => {
		const session = hold(workspaceFolder(), 'appears');
		await session.say('Draw the chart');
		const row = await sessionThat(session.id, found => found !== undefined);
		assert.equal(row?.title, 'Draw the chart');
		assert.equal(row.userPrompts, 1);
		assert.equal(row.responses, 1);
		assert.equal(row.file, session.file);
		assert.equal(row.cwd, workspaceFolder());
	});

	it('follow a line appended to a transcript without any action of a person', async () => {
		const session = hold(workspaceFolder(), 'grows');
		await session.say('First');
		await sessionThat(session.id, row => row?.userPrompts === 1);
		await session.say('Second');
		const row = await sessionThat(session.id, found => found?.userPrompts === 2);
		assert.equal(row?.responses, 2);
	});

	it('are those of its folder and of folders below it, and others only when all are asked for', async () => {
		const below = join(workspaceFolder(), 'packages', 'core');
		const elsewhere = join(tmpdir(), 'session-insights-elsewhere');
		for (const folder of [below, elsewhere]) await mkdir(folder, { recursive: true });
		const [inside, outside] = [hold(below, 'below'), hold(elsewhere, 'elsewhere')];
		await inside.say('Inside');
		await outside.say('Outside');
		await sessionThat(inside.id, row => row !== undefined);
		await sessionThat(outside.id, row => row !== undefined, 'all');
		const api = await sessionInsights();
		const { rows } = await api.listSessions({ scope: 'workspace' });
		assert.ok(!rows.some(row => row.id === outside.id));
	});

	it('stay, marked as gone, when their transcript is deleted', async () => {
		const session = hold(workspaceFolder(), 'deleted');
		await session.say('Soon gone');
		await sessionThat(session.id, row => row !== undefined);
		await session.remove();
		const row = await sessionThat(session.id, found => found?.gone === true);
		assert.equal(row?.userPrompts, 1);
	});

	it('are filtered by the words of a filter', async () => {
		const session = hold(workspaceFolder(), 'filtered');
		await session.say('Sharpen the pencils');
		await sessionThat(session.id, row => row !== undefined);
		const api = await sessionInsights();
		const ids = async (filter: string) => (await api.listSessions({ filter })).rows.map(row => row.id);
		assert.deepEqual(await ids('pencils sharpen'), [session.id]);
		assert.deepEqual(await ids('no such words'), []);
	});

	it('can be opened and copied by commands', async () => {
		const session = hold(workspaceFolder(), 'commands');
		await session.say('Copy me');
		await sessionThat(session.id, row => row !== undefined);
		const argument = { sessionId: session.id };
		await vscode.commands.executeCommand('sessionInsights.copySessionId', argument);
		assert.equal(await vscode.env.clipboard.readText(), session.id);
		await vscode.commands.executeCommand('sessionInsights.copyTranscriptPath', argument);
		assert.equal(await vscode.env.clipboard.readText(), session.file);
		await vscode.commands.executeCommand('sessionInsights.openTranscriptFile', argument);
		assert.equal(vscode.window.activeTextEditor?.document.uri.fsPath, session.file);
		await vscode.commands.executeCommand('workbench.action.closeActiveEditor');
	});

	it('are read again when a person asks for it', async () => {
		await vscode.commands.executeCommand('sessionInsights.refresh');
		await vscode.commands.executeCommand('sessionInsights.toggleAllProjects');
		await vscode.commands.executeCommand('sessionInsights.toggleAllProjects');
		const api = await sessionInsights();
		assert.notEqual(api.status.state, 'error');
	});
});
