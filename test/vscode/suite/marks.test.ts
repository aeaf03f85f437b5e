import assert from 'node:assert/strict';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { HeldSession, sessionInsights, sessionThat, workspaceFolder } from './window.ts';

describe('What a person writes on sessions', () => {
	const sessions: HeldSession[] = [];
	const hold = async (seed: string, prompt: string): Promise<string> => {
		const session = new HeldSession(workspaceFolder(), seed);
		sessions.push(session);
		await session.say(prompt);
		await sessionThat(session.id, row => row !== undefined);
		return session.id;
	};
	const run = (command: string, argument?: unknown): Thenable<unknown> =>
		vscode.commands.executeCommand(`sessionInsights.${command}`, argument);
	after(async () => {
		await run('stopShowingHidden');
		await run('clearFilter');
		await Promise.all(sessions.map(session => session.remove()));
	});

	it('is a name that stands everywhere, and is taken back by an empty one', async () => {
		const sessionId = await hold('named', 'Draw the chart of names');
		await run('renameSession', { sessionId, title: 'Charts' });
		const row = await sessionThat(sessionId, found => found?.title === 'Charts');
		assert.equal(row?.givenTitle, 'Charts');
		const api = await sessionInsights();
		const ids = async (filter: string) => (await api.listSessions({ filter })).rows.map(({ id }) => id);
		assert.deepEqual(await ids('charts'), [sessionId]);
		await run('renameSession', { sessionId, title: '' });
		assert.equal((await sessionThat(sessionId, found => found?.givenTitle === null))?.title, 'Draw the chart of names');
	});

	it('is a pin, tags, a note, and that one is hidden', async () => {
		const sessionId = await hold('marked', 'Mark me');
		await run('pinSession', { sessionId });
		await run('editTags', { sessionId, tags: ['later', ' ask  Ann '] });
		await run('editNote', { sessionId, note: 'As said on the phone' });
		await run('hideSession', { sessionId });
		const row = await sessionThat(sessionId, found => found?.isHidden === true);
		assert.deepEqual([row?.isPinned, row?.tags, row?.note], [true, ['ask Ann', 'later'], 'As said on the phone']);
		await run('unhideSession', { sessionId });
		await run('unpinSession', { sessionId });
		await sessionThat(sessionId, found => found?.isHidden === false && !found.isPinned);
	});

	it('needs a session: without one, nothing happens', async () => {
		for (const command of ['pinSession', 'hideSession', 'renameSession', 'editTags', 'editNote'])
			await run(command, { sessionId: 'nobody' });
	});

	it('does not stop any way of listing them', async () => {
		for (const command of ['showHidden', 'stopShowingHidden', 'groupByCategory', 'groupByDay', 'clearFilter']) await run(command);
		assert.notEqual((await sessionInsights()).status.state, 'error');
	});

	it('stands beside the list of sessions for one file, which opens for any file', async () => {
		await run('sessionsForFile', vscode.Uri.file(join(workspaceFolder(), 'nothing-is-there.ts')));
		assert.notEqual((await sessionInsights()).status.state, 'error');
	});
});
