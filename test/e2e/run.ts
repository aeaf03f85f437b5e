/** `npm run test:e2e`: the browser tests, against the packaged extension in a served VS Code. Arguments narrow the test files. Fails when no test ran. */
import { globSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Mocha from 'mocha';
import { root } from '../../scripts/build.ts';
import ResultsReporter, { resultsFileVariable } from '../support/resultsReporter.ts';
import { closeBrowser } from './browser.ts';
import { closeSharedWindow, noteFailure, prepareWindows } from './window.ts';

/** For a test or a hook as a whole, on a machine many times slower than ours. */
const hangsAfterMs = 300_000;

process.env[resultsFileVariable] ??= join(root, 'reports', 'e2e.json');
process.exitCode = await runTests(process.argv.slice(2));

async function runTests(named: readonly string[]): Promise<number> {
	const scratch = await mkdtemp(join(tmpdir(), 'session-insights-e2e-'));
	try {
		await prepareWindows(scratch);
		const mocha = new Mocha({
			ui: 'bdd',
			timeout: hangsAfterMs,
			forbidOnly: true,
			reporter: ResultsReporter,
			reporterOptions: { names: true },
		});
		// In an order that is the same everywhere, since suites share a window.
		for (const file of globSync('test/e2e/**/*.test.ts', { cwd: root }).toSorted()) {
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
		await closeSharedWindow();
		await closeBrowser();
		await rm(scratch, { recursive: true, force: true });
	}
}
