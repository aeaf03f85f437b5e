/**
 * `npm test`: every check and every suite, one after the other. `-- --only a,b` and `-- --skip a,b` choose steps. Ends
 * with the sum of all tests, and with 1 when anything failed or no test ran.
 */
import { spawn } from 'node:child_process';
import { mkdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { resultsFileVariable, type SuiteResults } from '../test/support/resultsReporter.ts';
import { builtPackageVariable } from '../test/support/testExtensions.ts';
import { root } from './build.ts';
import { failureList, outcomeTable, tally, tallyLine, type Outcome } from './test/tally.ts';
import { rawCoverage, steps, type Step } from './test/steps.ts';

const { values } = parseArgs({ options: { only: { type: 'string' }, skip: { type: 'string' } } });
process.exitCode = await runAll();

async function runAll(): Promise<number> {
	const chosen = chooseSteps(values.only, values.skip);
	for (const folder of ['reports', rawCoverage]) await rm(join(root, folder), { recursive: true, force: true });
	await mkdir(join(root, 'reports'));
	const outcomes: Outcome[] = [];
	for (const step of chosen) outcomes.push(await runStep(step, outcomes));
	const failures = failureList(outcomes);
	if (failures !== '') console.log(`\n${failures}`);
	console.log(`\n${outcomeTable(outcomes)}\n`);
	const sum = tally(outcomes);
	const ranTests = sum.passed + sum.failed > 0 || !chosen.some(({ runsTests }) => runsTests);
	console.log(tallyLine(sum));
	return outcomes.every(({ state }) => state === 'passed') && ranTests ? 0 : 1;
}

function chooseSteps(only: string | undefined, skip: string | undefined): readonly Step[] {
	const known = new Set(steps.map(({ name }) => name));
	const named = (list: string | undefined): ReadonlySet<string> | null => {
		if (list === undefined) return null;
		const names = list.split(',');
		for (const name of names) if (!known.has(name)) throw new Error(`There is no step ${name}: ${[...known].join(', ')}.`);
		return new Set(names);
	};
	const [wanted, unwanted] = [named(only), named(skip)];
	return steps.filter(({ name }) => (wanted === null || wanted.has(name)) && unwanted?.has(name) !== true);
}

async function runStep(step: Step, before: readonly Outcome[]): Promise<Outcome> {
	const { name } = step;
	const missing = before.find(outcome => step.needs.includes(outcome.name) && outcome.state !== 'passed');
	if (missing !== undefined) {
		console.log(`\n── ${name}: skipped, since ${missing.name} did not pass`);
		return { name, state: 'skipped', seconds: 0, results: null };
	}
	console.log(`\n── ${name}`);
	const resultsFile = join(root, 'reports', `${name}.json`);
	const started = performance.now();
	const code = await run(step, {
		...process.env,
		[resultsFileVariable]: resultsFile,
		...(step.measured ? { NODE_V8_COVERAGE: join(root, rawCoverage) } : {}),
		...(before.some(outcome => outcome.name === 'package') ? { [builtPackageVariable]: '1' } : {}),
	});
	const results = step.runsTests ? await readResults(resultsFile) : null;
	const ranNone = step.runsTests && (results === null || results.passed + results.failed === 0);
	if (ranNone) console.log(`${name}: no test ran`);
	const state = code === 0 && !ranNone && (results?.failed ?? 0) === 0 ? 'passed' : 'failed';
	return { name, state, seconds: (performance.now() - started) / 1000, results };
}

function run({ command }: Step, env: NodeJS.ProcessEnv): Promise<number> {
	return new Promise((resolve, reject) => {
		const child = spawn(process.execPath, command, { cwd: root, env, stdio: 'inherit' });
		child.on('error', reject);
		child.on('close', code => {
			resolve(code ?? 1);
		});
	});
}

async function readResults(file: string): Promise<SuiteResults | null> {
	try {
		return JSON.parse(await readFile(file, 'utf8')) as SuiteResults;
	} catch {
		return null;
	}
}
