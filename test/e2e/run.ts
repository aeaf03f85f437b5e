/** `npm run test:e2e`: the browser tests, against the packaged extension in a served VS Code. Arguments narrow the test files. Fails when no test ran. */
import { glob, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Mocha from 'mocha';
import { root } from '../../scripts/build.ts';
import { installCodeServer } from '../support/codeServer.ts';
import ResultsReporter, { resultsFileVariable } from '../support/resultsReporter.ts';
import { findChromium } from '../support/systemTools.ts';
import { installTestExtensions } from '../support/testExtensions.ts';
import { closeBrowser, extensionsFolderVariable, noteFailure } from './window.ts';

process.env[resultsFileVariable] ??= join(root, 'reports', 'e2e.json');
process.exitCode = await runTests(process.argv.slice(2));

async function runTests(named: readonly string[]): Promise<number> {
	// The page's own tests start their browser themselves.
	process.env['CHROMIUM_PATH'] = await findChromium();
	const scratch = await mkdtemp(join(tmpdir(), 'session-insights-e2e-'));
	try {
		const extensionsDir = join(scratch, 'extensions');
		await installTestExtensions(await installCodeServer(), { dataDir: join(scratch, 'data'), extensionsDir });
		process.env[extensionsFolderVariable] = extensionsDir;
		const mocha = new Mocha({ ui: 'bdd', timeout: 120_000, forbidOnly: true, reporter: ResultsReporter, reporterOptions: { names: true } });
		for await (const file of glob('test/e2e/**/*.test.ts', { cwd: root })) {
			if (named.length === 0 || named.some(name => file.includes(name))) mocha.addFile(join(root, file));
		}
		await mocha.loadFilesAsync();
		let ran = 0;
		const failures = await new Promise<number>(resolve => {
			const runner = mocha.run(resolve);
			runner.on('test end', () => ran++);
			runner.on('fail', test => {
				noteFailure(test.fullTitle());
			});
		});
		if (ran === 0) console.error('No test ran.');
		return failures === 0 && ran > 0 ? 0 : 1;
	} finally {
		await closeBrowser();
		await rm(scratch, { recursive: true, force: true });
	}
}
