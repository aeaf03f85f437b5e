/**
 * `npm run test:electron`: the suite of test/vscode in desktop VS Code. `-- --vscode lowest` takes the oldest supported
 * version, `-- --vscode 1.105.0` another one (both are downloaded from Microsoft), `-- --installed PATH` one that is there.
 */
import { spawnSync } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { downloadAndUnzipVSCode, resolveCliArgsFromVSCodeExecutablePath, runTests } from '@vscode/test-electron';
import { root } from '../../scripts/build.ts';
import { resultsFileVariable } from '../support/resultsReporter.ts';
import { buildCompanion, vsixUnderTest } from '../support/testExtensions.ts';
import { bundleSuite } from './bundleSuite.ts';

const { values } = parseArgs({ options: { vscode: { type: 'string', default: 'stable' }, installed: { type: 'string' } } });
const version = values.vscode === 'lowest' ? await lowestSupported() : values.vscode;
const vscodeExecutablePath = values.installed ?? (await downloadAndUnzipVSCode(version));
const scratch = await mkdtemp(join(tmpdir(), 'session-insights-electron-'));
const resultsFile = process.env[resultsFileVariable] ?? join(scratch, 'results.json');
try {
	const [home, workspace] = [join(scratch, 'home'), join(scratch, 'workspace')];
	for (const folder of [home, workspace]) await mkdir(folder, { recursive: true });
	const profile = ['--user-data-dir', join(scratch, 'data'), '--extensions-dir', join(scratch, 'extensions')];
	installExtension(vscodeExecutablePath, [...profile, '--install-extension', await vsixUnderTest(), '--force']);
	const companion = join(scratch, 'companion');
	await buildCompanion(companion);
	await runTests({
		vscodeExecutablePath,
		extensionDevelopmentPath: companion,
		extensionTestsPath: await bundleSuite(join(scratch, 'suite')),
		launchArgs: [workspace, ...profile, '--disable-workspace-trust', '--skip-welcome'],
		extensionTestsEnv: { CLAUDE_CONFIG_DIR: join(home, '.claude'), [resultsFileVariable]: resultsFile },
	});
} catch (error) {
	console.error(error instanceof Error ? error.message : error);
	process.exitCode = 1;
} finally {
	console.log(await readFile(`${resultsFile}.log`, 'utf8').catch(() => 'No test ran.'));
	await rm(scratch, { recursive: true, force: true });
}

/** The version that `engines.vscode` begins with. */
async function lowestSupported(): Promise<string> {
	const match = /"vscode": "\^(\d+\.\d+\.\d+)"/.exec(await readFile(join(root, 'package.json'), 'utf8'));
	if (match?.[1] === undefined) throw new Error('package.json names no lowest VS Code.');
	return match[1];
}

function installExtension(executable: string, args: readonly string[]): void {
	const [cli, ...before] = resolveCliArgsFromVSCodeExecutablePath(executable);
	if (cli === undefined) throw new Error(`${executable} is no VS Code.`);
	const run = spawnSync(cli, [...before, ...args], { stdio: 'inherit', shell: process.platform === 'win32' });
	if (run.status !== 0) throw new Error('The extension could not be installed.');
}
