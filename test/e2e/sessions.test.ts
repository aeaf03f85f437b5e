import assert from 'node:assert/strict';
import { appendFile } from 'node:fs/promises';
import { runProgram } from '../support/runProgram.ts';
import { transcriptOf } from './transcriptOf.ts';
import { sharedWindow, type TestWindow } from './window.ts';
import { themes, type Theme } from './workbench.ts';

interface Report {
	readonly totals: {
		readonly sessions: number;
		readonly responses: number;
		readonly userPrompts: number;
		readonly toolCalls: number;
		readonly costUsd: number;
	};
}

describe('A workspace with sessions', () => {
	let window: TestWindow;

	before(async () => {
		window = await sharedWindow();
	});

	const panel = (): ReturnType<TestWindow['workbench']['webview']> => window.workbench.webview('Session Insights');
	const figure = async (name: string): Promise<number> =>
		Number(await panel().locator(`[data-figure="${name}"]`).getAttribute('data-value'));

	it('lists them by day, with subagents and forks below their session', async () => {
		const tree = window.workbench.tree;
		for (const group of ['Today', 'Yesterday']) await tree.row(group).first().waitFor();
		await tree.row('Find out why the tide test is flaky').waitFor();
		const parent = tree.row('Cache timetables for offline use');
		await parent.locator('.monaco-tl-twistie').click();
		await tree.row('Try IndexedDB instead of the cache storage').waitFor();
		await tree.row('Find every fetch of a timetable').waitFor();
		await parent.locator('.monaco-tl-twistie').click();
		await tree.row('Find every fetch of a timetable').waitFor({ state: 'detached' });
	});

	it('shows in the panel what the report counts', async () => {
		await window.workbench.runCommand('Session Insights: Open Insights');
		await panel().locator('[data-figure="sessions"]').waitFor();
		await panel().getByRole('combobox', { name: 'Time range' }).click();
		await panel().getByRole('option', { name: 'All time' }).click();
		await panel().locator('.covers .working').waitFor({ state: 'detached' });
		const report = await reportOf(window);
		await panel().locator(`[data-figure="sessions"][data-value="${report.totals.sessions}"]`).waitFor();
		for (const name of ['sessions', 'responses', 'userPrompts', 'toolCalls', 'costUsd'] as const) {
			assert.ok(report.totals[name] > 0, `the sample has no ${name}`);
			// The report rounds its sums of dollars.
			assert.ok(Math.abs((await figure(name)) - report.totals[name]) < 1e-6, `${name}: ${await figure(name)}, ${report.totals[name]}`);
		}
	});

	it('shows a session that grows without any action of a person', async () => {
		const before = await figure('userPrompts');
		// The one that stands first as it is: those who come to a session by keys find the others where they were.
		const { file, sessionId } = await transcriptOf(window, 'Passengers lose signal on the water.');
		const prompt = {
			type: 'user',
			uuid: '00000000-0000-4000-8000-000000000001',
			parentUuid: null,
			isSidechain: false,
			userType: 'external',
			promptSource: 'typed',
			sessionId,
			cwd: window.workspace,
			version: '2.1.220',
			timestamp: new Date().toISOString(),
			message: { role: 'user', content: 'One more thing' },
		};
		await appendFile(file, `${JSON.stringify(prompt)}\n`);
		await panel()
			.locator(`[data-figure="userPrompts"][data-value="${before + 1}"]`)
			.waitFor();
	});

	for (const theme of Object.keys(themes) as Theme[]) {
		it(`has no accessibility violation in the panel in the ${theme} theme`, async () => {
			await window.setTheme(theme);
			await panel().locator(`body.${themes[theme].bodyClass}`).waitFor();
			await window.workbench.screenshot(`insights-${theme}`);
			assert.deepEqual(await window.workbench.accessibilityViolations(), []);
		});
	}

	it('writes no error of ours to the console', () => {
		assert.deepEqual(window.workbench.consoleErrors, []);
	});
});

/** The same engine without VS Code, on the same folders. */
async function reportOf({ claudeDir, workspace }: TestWindow): Promise<Report> {
	const args = ['scripts/report.ts', '--claude-dir', claudeDir, '--workspace', workspace, '--json'];
	return JSON.parse(await runProgram(process.execPath, args)) as Report;
}
