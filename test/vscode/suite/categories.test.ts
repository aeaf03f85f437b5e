import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { HeldSession, sessionInsights, sessionThat, workspaceFolder } from './window.ts';

const settings = () => vscode.workspace.getConfiguration('sessionInsights');

describe('Categories of sessions', () => {
	const sessions: HeldSession[] = [];
	const hold = async (seed: string, prompt: string) => {
		const session = new HeldSession(workspaceFolder(), seed);
		sessions.push(session);
		await session.say(prompt);
		return session;
	};
	after(async () => {
		await settings().update('claudePath', undefined, vscode.ConfigurationTarget.Global);
		await Promise.all(sessions.map(session => session.remove()));
	});

	it('are found by rules without being asked for (CLS-3)', async () => {
		const { id } = await hold('rules', 'Fix the crash when the list is empty');
		const row = await sessionThat(id, found => found?.category?.kind === 'rules');
		assert.equal(row?.category?.kind, 'rules');
		assert.equal(row.category.l2, 'bug_fix');
	});

	it('are those that a person says, until the person takes it back', async () => {
		const { id } = await hold('corrected', 'Fix the crash when the table is empty');
		await sessionThat(id, row => row?.category?.kind === 'rules');
		await vscode.commands.executeCommand('sessionInsights.correctCategory', { sessionId: id, category: 'changelog' });
		const row = await sessionThat(id, found => found?.category?.kind === 'person');
		assert.deepEqual([row?.category?.l1, row?.category?.l2, row?.category?.l3], ['support_work', 'docs', 'changelog']);
		const api = await sessionInsights();
		const ids = async (category: string) => (await api.listSessions({ category })).rows.map(found => found.id);
		assert.ok((await ids('docs')).includes(id));
		assert.ok(!(await ids('bug_fix')).includes(id));
	});

	it('are asked of a model only after the provider was looked at, and what it lacks is said', async () => {
		const { id } = await hold('planned', 'Draw the tide as a curve');
		await sessionThat(id, row => row !== undefined);
		await settings().update('claudePath', '/nowhere/claude', vscode.ConfigurationTarget.Global);
		const plan = await (await sessionInsights()).planClassification([id]);
		assert.equal(plan.toAsk, 1);
		assert.equal(plan.hasConsent, false);
		assert.equal(plan.health.ok, false);
		assert.notEqual(plan.health.text, '');
		assert.match(plan.sample ?? '', /Draw the tide/);
	});

	it('group the tree, and limit it', async () => {
		for (const command of ['groupByCategory', 'groupByDay', 'clearFilter'])
			await vscode.commands.executeCommand(`sessionInsights.${command}`);
		assert.notEqual((await sessionInsights()).status.state, 'error');
	});
});
