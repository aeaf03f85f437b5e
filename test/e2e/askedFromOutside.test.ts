/** What others ask of the extension in a real VS Code: agents by the tools, programs by the server, people by a link. */
import assert from 'node:assert/strict';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { encodeProjectName } from '../support/historyGenerator/records.ts';
import { sharedWindow, type TestWindow } from './window.ts';

describe('What agents, programs and links ask', () => {
	let window: TestWindow;
	let sessionId: string;

	before(async () => {
		window = await sharedWindow();
		const project = join(window.claudeDir, 'projects', encodeProjectName(window.workspace));
		sessionId = ((await readdir(project)).find(name => name.endsWith('.jsonl')) ?? '').replace('.jsonl', '');
	});

	const dialog = () => window.workbench.page.locator('.monaco-dialog-box');
	const invoke = (name: string, input: object): Promise<string> =>
		window.host.evaluate(
			async (vscode, asked) => {
				const { content } = await vscode.lm.invokeTool(asked.name, { input: asked.input, toolInvocationToken: undefined });
				return content.map(part => (part instanceof vscode.LanguageModelTextPart ? part.value : '')).join('');
			},
			{ name, input },
		);

	it('are offered to agents as three tools', async () => {
		const names = await window.host.evaluate(
			vscode => vscode.lm.tools.map(tool => tool.name).filter(name => name.includes('session_insights')),
			null,
		);
		assert.deepEqual(names.sort(), ['session_insights_get_session', 'session_insights_get_usage', 'session_insights_search_sessions']);
	});

	it('are answered once a person has read what will be read', async () => {
		const answer = invoke('session_insights_get_session', { sessionId });
		await dialog().waitFor();
		assert.match(await dialog().innerText(), /Read a Claude Code session\?[\s\S]*at most 10 of your prompts/);
		await window.workbench.screenshot('model-tool-confirmation');
		await dialog()
			.getByRole('button', { name: /^(Continue|Allow|Yes)/ })
			.click();
		assert.match(await answer, new RegExp(`^Session ${sessionId}: `));
	});

	it('are not answered when the person says no', async () => {
		const answer = invoke('session_insights_get_usage', {}).then(
			() => 'answered',
			() => 'refused',
		);
		await dialog().waitFor();
		await dialog()
			.getByRole('button', { name: /^(Cancel|Skip|No)/ })
			.click();
		assert.equal(await answer, 'refused');
	});

	it('leave the console silent so far: VS Code itself reports the one that is refused next', () => {
		assert.deepEqual(window.workbench.consoleErrors, []);
	});

	it('are refused with a wrong input before anybody is asked', async () => {
		await assert.rejects(invoke('session_insights_get_session', { sessionId: '' }), /sessionId/);
		assert.equal(await dialog().count(), 0);
	});

	/** As a browser hands a link over to VS Code in a browser: by a page of its own that calls back. */
	async function follow(path: string): Promise<void> {
		const address = await window.host.evaluate(async (vscode, wanted) => {
			const link = vscode.Uri.parse(`${vscode.env.uriScheme}://session-insights.session-insights-for-claude-code${wanted}`);
			return (await vscode.env.asExternalUri(link)).toString(true);
		}, path);
		const page = await window.workbench.page.context().newPage();
		await page.goto(address);
		await page.close();
	}

	it('are followed from a link, which opens the session', async () => {
		const selected = window.workbench.page.locator('.tabs-container').getByRole('tab', { selected: true });
		assert.equal(await selected.count(), 0);
		await follow(`/session/${sessionId}`);
		await selected.waitFor();
	});

	it('are told when a link names a session that is not here', async () => {
		await follow('/session/no-such-session');
		await window.workbench.notification('There is no session no-such-session on this machine').waitFor();
		await follow('/nothing');
		await window.workbench.notification('This link names no session').waitFor();
	});

	it('are copied as a link from the tree', async () => {
		await window.host.evaluate(async (vscode, id) => {
			await vscode.commands.executeCommand('sessionInsights.copyLink', { sessionId: id, messageId: 'm-1' });
		}, sessionId);
		const copied = await window.host.evaluate(vscode => vscode.env.clipboard.readText(), null);
		assert.match(copied, new RegExp(`://session-insights\\.session-insights-for-claude-code/session/${sessionId}#m-1$`));
	});
});
