import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { JobRow } from '../../../src/webview/contract/jobs.ts';
import { sessionInsights } from './window.ts';

/** Resolves with the newest job of the type once it has ended. */
async function ended(type: JobRow['type'], before: ReadonlySet<string>): Promise<JobRow> {
	const api = await sessionInsights();
	return new Promise((resolve, reject) => {
		const ask = async () => {
			const { recent } = await api.listJobs();
			const found = recent.find(row => row.type === type && !before.has(row.id));
			if (found === undefined) return;
			listening.dispose();
			resolve(found);
		};
		const listening = api.onDidChangeJobs(() => void ask().catch(reject));
		ask().catch(reject);
	});
}

describe('Background jobs', () => {
	for (const [command, type] of [
		['cleanUp', 'clean-up'],
		['compactDatabase', 'vacuum'],
		['backUpNow', 'backup'],
	] as const) {
		it(`do what ${command} asks for, and are listed when they have ended (JOB-8)`, async () => {
			const { active, recent } = await (await sessionInsights()).listJobs();
			const before = new Set([...active, ...recent].map(({ id }) => id));
			await vscode.commands.executeCommand(`sessionInsights.${command}`);
			const row = await ended(type, before);
			assert.equal(row.status, 'completed', row.error?.message);
			assert.equal(row.classification, null);
		});
	}

	it('say that there is none to act on, instead of failing', async () => {
		const { active } = await (await sessionInsights()).listJobs();
		assert.deepEqual(
			active.filter(({ status }) => status === 'running'),
			[],
		);
		for (const command of ['cancelJob', 'retryJob', 'runJobNow', 'raiseJobPriority', 'lowerJobPriority', 'copyJobError'])
			await vscode.commands.executeCommand(`sessionInsights.${command}`, { jobId: 'no such job' });
	});
});
