/**
 * `npm test`: every check and every suite, in two lanes side by side where there are two processors. `-- --only a,b` and
 * `-- --skip a,b` choose steps. Ends with the sum of all tests, and with 1 when anything failed or no test ran.
 */
import { spawn } from 'node:child_process';
import { mkdir, readFile, rm } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { resultsFileVariable, type SuiteResults } from '../test/support/resultsReporter.ts';
import { builtPackageVariable } from '../test/support/testExtensions.ts';
import { root } from './build.ts';
import { failureList, outcomeTable, tally, tallyLine, type Outcome } from './test/tally.ts';
import { compiledCode, rawCoverage, steps, type Step } from './test/steps.ts';

const { values } = parseArgs({ options: { only: { type: 'string' }, skip: { type: 'string' } } });
process.exitCode = await runAll();

async function runAll(): Promise<number> {
	const chosen = chooseSteps(values.only, values.skip);
	for (const folder of ['reports', rawCoverage, compiledCode]) await rm(join(root, folder), { recursive: true, force: true });
	await mkdir(join(root, 'reports'));
	const lanes = Object.values(Object.groupBy(chosen, ({ lane }) => lane));
	// Two lanes that write at the same time could not be read: each step is heard when it has ended.
	const isHeard = lanes.length === 1;
	const runLane = async (lane: readonly Step[]): Promise<readonly Outcome[]> => {
		const outcomes: Outcome[] = [];
		for (const step of lane) outcomes.push(await runStep(step, outcomes, isHeard));
		return outcomes;
	};
	const outcomes: Outcome[] = [];
	if (availableParallelism() > 1) outcomes.push(...(await Promise.all(lanes.map(runLane))).flat());
	else for (const lane of lanes) outcomes.push(...(await runLane(lane)));
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

async function runStep(step: Step, before: readonly Outcome[], isHeard: boolean): Promise<Outcome> {
	const { name } = step;
	const missing = before.find(outcome => step.needs.includes(outcome.name) && outcome.state !== 'passed');
	if (missing !== undefined) {
		console.log(`\n── ${name}: skipped, since ${missing.name} did not pass`);
		return { name, state: 'skipped', seconds: 0, results: null };
	}
	console.log(isHeard ? `\n── ${name}` : `── ${name} begins`);
	const resultsFile = join(root, 'reports', `${name}.json`);
	const started = performance.now();
	const env = {
		...process.env,
		[resultsFileVariable]: resultsFile,
		...(step.measured ? { NODE_V8_COVERAGE: join(root, rawCoverage), NODE_COMPILE_CACHE: join(root, compiledCode) } : {}),
		...(before.some(outcome => outcome.name === 'package') ? { [builtPackageVariable]: '1' } : {}),
	};
	const { code, output } = await run(step, env, isHeard);
	if (!isHeard) console.log(`\n── ${name}\n${output}`);
	const results = step.runsTests ? await readResults(resultsFile) : null;
	const ranNone = step.runsTests && (results === null || results.passed + results.failed === 0);
	if (ranNone) console.log(`${name}: no test ran`);
	const state = code === 0 && !ranNone && (results?.failed ?? 0) === 0 ? 'passed' : 'failed';
	return { name, state, seconds: (performance.now() - started) / 1000, results };
}

/** `output` is empty where what the step writes is heard at once. */
function run({ command }: Step, env: NodeJS.ProcessEnv, isHeard: boolean): Promise<{ readonly code: number; readonly output: string }> {
	return new Promise((resolve, reject) => {
		const child = spawn(process.execPath, command, { cwd: root, env, stdio: isHeard ? 'inherit' : ['ignore', 'pipe', 'pipe'] });
		const written: Buffer[] = [];
		for (const stream of [child.stdout, child.stderr]) stream?.on('data', (bytes: Buffer) => written.push(bytes));
		child.on('error', reject);
		child.on('close', code => {
			resolve({ code: code ?? 1, output: Buffer.concat(written).toString('utf8') });
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
