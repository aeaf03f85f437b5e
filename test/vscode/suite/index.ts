/**
 * What the extension host runs: all test files bundled beside this one, by mocha. VS Code calls `run`; a rejection is
 * exit code 1. What mocha says goes to a file, since the host's console is full of VS Code's own lines.
 */
import { appendFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { format } from 'node:util';
import Mocha from 'mocha';
import ResultsReporter, { resultsFileVariable } from '../../support/resultsReporter.ts';

export async function run(): Promise<void> {
	const results = process.env[resultsFileVariable];
	if (results === undefined) throw new Error(`${resultsFileVariable} does not say where the results go.`);
	Mocha.reporters.Base.consoleLog = (...args: unknown[]) => {
		appendFileSync(`${results}.log`, `${format(...args)}\n`);
	};
	const mocha = new Mocha({ ui: 'bdd', timeout: 60_000, forbidOnly: true, reporter: ResultsReporter, reporterOptions: { names: true } });
	for (const file of readdirSync(__dirname).sort()) if (file.endsWith('.test.cjs')) mocha.addFile(join(__dirname, file));
	const failures = await new Promise<number>(resolve => mocha.run(resolve));
	if (failures > 0) throw new Error(`${failures} tests failed.`);
}
