import assert from 'node:assert/strict';
import { openModelServer, type ModelServer } from '../support/modelServer.ts';
import { openSampleWindow, type TestWindow } from './window.ts';

describe('Classifying sessions in the window', () => {
	const opened: { close(): Promise<void> }[] = [];
	let model: ModelServer;
	let window: TestWindow;

	before(async () => {
		model = await openModelServer();
		opened.unshift(model);
		window = await openSampleWindow({
			trust: true,
			settings: {
				'sessionInsights.classification.provider': 'openai-compatible',
				'sessionInsights.classification.openAiUrl': model.url,
				'sessionInsights.classification.openAiModel': 'test-model',
				'sessionInsights.classification.sessionsPerRequest': 2,
				'sessionInsights.classification.concurrency': 1,
			},
		});
		opened.unshift(window);
	});
	after(async () => {
		for (const each of opened) await each.close();
	});

	const dialog = () => window.workbench.page.locator('.monaco-dialog-box');
	const ask = async () => {
		await window.workbench.runCommand('Session Insights: Classify Sessions…');
		await dialog().waitFor();
	};

	it('says in an untrusted workspace why it cannot be, and what to do (NFR-2)', async () => {
		await window.workbench.runCommand('Session Insights: Classify Sessions…');
		const said = window.workbench.notification('needs a trusted workspace');
		const manage = said.getByRole('button', { name: 'Manage Trust' });
		await manage.waitFor();
		await window.workbench.screenshot('classify-untrusted');
		await manage.click();
		const trust = window.workbench.page.locator('.workspace-trust-editor').getByRole('button', { name: 'Trust', exact: true });
		await trust.click();
		await trust.waitFor({ state: 'detached' });
		// The extension's process hears of it a moment later.
		await window.host.evaluate(
			vscode =>
				new Promise<void>(granted => {
					if (vscode.workspace.isTrusted) granted();
					else
						vscode.workspace.onDidGrantWorkspaceTrust(() => {
							granted();
						});
				}),
			null,
		);
		await window.host.evaluate(vscode => vscode.commands.executeCommand('workbench.action.closeAllEditors'), null);
		await window.workbench.editors.first().waitFor({ state: 'detached' });
	});

	it('asks a person first, and sends nothing to a model before the answer (CLS-6)', async () => {
		await ask();
		const text = await dialog().innerText();
		assert.match(text, /Classify \d+ sessions with OpenAI-compatible endpoint \(test-model\)\?/);
		assert.match(text, /Sent to 127\.0\.0\.1/);
		await window.workbench.screenshot('classify-question');
		await dialog().getByRole('button', { name: 'Show an Example' }).click();
		await window.workbench.tab('What is sent of a session').waitFor();
		await window.workbench.notification('This is what would be sent').waitFor();
		await window.workbench.screenshot('classify-example');
		assert.equal(model.asked, 0);
		await window.workbench.notification('This is what would be sent').getByRole('button', { name: 'Continue…' }).click();
		await dialog().waitFor();
	});

	it('shows how far it is, also after the window was reloaded, and goes on (JOB-5, JOB-7)', async () => {
		model.hold();
		await dialog().getByRole('button', { name: 'Agree and Classify' }).click();
		model.answer(2);
		await window.workbench.notification(/Classifying 4 of \d+/).waitFor();
		await window.workbench.screenshot('classify-progress');
		await model.arrival(3);
		await window.reload();
		await model.arrival(4);
		model.answer(1);
		await window.workbench.notification(/Classifying [5-9] of \d+/).waitFor();
	});

	let classified = '';

	it('stops when a person cancels it in the notification, and keeps what was done (JOB-4)', async () => {
		const running = window.workbench.notification(/Classifying/);
		await running.hover();
		await running.getByRole('button', { name: 'Cancel' }).click();
		const ended = window.workbench.notification(/Classifying was cancelled: \d+ classified/);
		await ended.waitFor();
		model.release();
		classified = /(\d+) classified/.exec(await ended.innerText())?.[1] ?? '';
		await window.workbench.screenshot('classify-cancelled');
	});

	it('asks about the rest only, once more without the consent, and tells the end', async () => {
		await ask();
		assert.match(await dialog().innerText(), new RegExp(`Left out: ${classified} classified before`));
		await dialog().getByRole('button', { name: 'Classify', exact: true }).click();
		await window.workbench.notification(/Classifying ended: \d+ classified/).waitFor();
		await window.workbench.screenshot('classify-ended');
		assert.equal(model.repeated, 0, 'no session is asked about twice');
	});

	it('groups the tree by the categories, and lists the jobs', async () => {
		await window.workbench.runCommand('Session Insights: Group by Category');
		await window.workbench.tree.row('Bug fix').first().waitFor();
		await window.workbench.runCommand('Session Insights: Show Jobs');
		await window.workbench.page
			.locator('.part.sidebar')
			.getByRole('treeitem', { name: /Classify sessions, Completed/ })
			.first()
			.waitFor();
		await window.workbench.page
			.locator('.part.sidebar')
			.getByRole('treeitem', { name: /Classify sessions, Cancelled/ })
			.first()
			.waitFor();
		await window.workbench.screenshot('classify-jobs');
	});

	it('lets a person correct one in three steps', async () => {
		const { page } = window.workbench;
		const row = page
			.locator('.part.sidebar')
			.getByRole('treeitem', { name: /Logic fix/ })
			.first();
		await window.workbench.tree.chooseFromMenu(row, 'Correct Category…');
		for (const choice of ['Support work', 'Docs', 'Changelog']) {
			const label = page.locator('.label-name', { hasText: new RegExp(`^${choice}$`) });
			const item = page.locator('.quick-input-list .monaco-list-row').filter({ has: label });
			await item.waitFor();
			if (choice === 'Docs') await window.workbench.screenshot('correct-category');
			await item.click();
		}
		await window.workbench.notification(/the category is Support work › Docs › Changelog/).waitFor();
		await window.workbench.tree.row('Docs').first().waitFor();
		await window.workbench
			.notification(/the category is/)
			.getByRole('button', { name: 'Undo' })
			.click();
		await window.workbench.tree.row('Docs').first().waitFor({ state: 'detached' });
	});
});
