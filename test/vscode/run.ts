/**
 * `npm run test:vscode`: runs test/vscode/suite inside the extension host of a served VS Code, against the packaged
 * extension. `--vscode lowest` takes the oldest supported one. Fails when no test ran.
 */
import { mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { launchChromium } from '../support/chromium.ts';
import { installCodeServer, installExtension, type RunningServer } from '../support/codeServer.ts';
import { resultsFileVariable, type SuiteResults } from '../support/resultsReporter.ts';
import { serveVSCode } from '../support/servedVSCode.ts';
import { buildCompanion, vsixUnderTest } from '../support/testExtensions.ts';
import { bundleSuite } from './bundleSuite.ts';

const runTimeoutMs = 10 * 60_000;

const { values } = parseArgs({ options: { vscode: { type: 'string', default: 'current' } } });
if (values.vscode !== 'current' && values.vscode !== 'lowest') throw new Error(`--vscode takes current or lowest, not ${values.vscode}.`);
const release = values.vscode;
process.exitCode = await runSuite();

async function runSuite(): Promise<number> {
	const server = await installCodeServer(release);
	const scratch = await mkdtemp(join(tmpdir(), 'session-insights-vscode-'));
	const [dataDir, extensionsDir] = [join(scratch, 'data'), join(scratch, 'extensions')];
	const [home, workspace] = [join(scratch, 'home'), join(scratch, 'workspace')];
	for (const folder of [home, workspace, extensionsDir]) await mkdir(folder);
	const resultsFile = process.env[resultsFileVariable] ?? join(scratch, 'results.json');
	/** What mocha said, written by the extension host. */
	const logFile = `${resultsFile}.log`;
	const [suite, companion] = [await bundleSuite(join(scratch, 'suite')), join(scratch, 'companion')];
	await buildCompanion(companion);
	await installExtension(server, { vsix: await vsixUnderTest(), dataDir, extensionsDir });
	const running = await serveVSCode(server, {
		dataDir,
		extensionsDir,
		connectionToken: null,
		testDriver: true,
		env: { HOME: home, CLAUDE_CONFIG_DIR: join(home, '.claude'), [resultsFileVariable]: resultsFile },
	});
	try {
		const windowLog: string[] = [];
		const code = await runInWindow(running, { workspace, companion, suite }, line => windowLog.push(line));
		console.log(`In the extension host of VS Code ${server.version}:\n${await readFile(logFile, 'utf8').catch(() => '')}`);
		const results = await readFile(resultsFile, 'utf8').then(
			text => JSON.parse(text) as SuiteResults,
			() => null,
		);
		if (results === null || results.passed + results.failed === 0) {
			console.error(`No test ran.\n${windowLog.join('\n')}\n${running.output()}`);
			return 1;
		}
		return code;
	} finally {
		await running.stop();
		await rm(scratch, { recursive: true, force: true });
	}
}

/** Opens a window that is told to run the suite and resolves with its exit code. */
async function runInWindow(
	running: RunningServer,
	{ workspace, companion, suite }: { readonly workspace: string; readonly companion: string; readonly suite: string },
	log: (line: string) => void,
): Promise<number> {
	const remote = (path: string): string => `vscode-remote://${new URL(running.origin).host}${path}`;
	const payload = [
		['extensionDevelopmentPath', remote(companion)],
		['extensionTestsPath', remote(suite)],
		['enableProposedApi', ''],
		['skipWelcome', 'true'],
	];
	const browser = await launchChromium();
	try {
		const page = await browser.newPage();
		const exited = new Promise<number>((resolve, reject) => {
			const timer = setTimeout(() => {
				reject(new Error(`The window did not finish within ${runTimeoutMs / 1000} s.`));
			}, runTimeoutMs);
			const finish = async (): Promise<void> => {
				// The names must exist before the page loads: VS Code looks for them once.
				await page.exposeFunction('codeAutomationLog', (_type: string, args: readonly unknown[]) => {
					log(args.join(' '));
				});
				await page.exposeFunction('codeAutomationExit', (code: number) => {
					clearTimeout(timer);
					resolve(code);
				});
				await page.goto(running.windowUrl(workspace, { payload: JSON.stringify(payload) }), { timeout: runTimeoutMs });
			};
			finish().catch(reject);
		});
		return await exited;
	} finally {
		await browser.close();
	}
}
