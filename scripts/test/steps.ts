/** The steps of `npm test`, in order: what each runs, and on what it depends. */
import { join } from 'node:path';

export interface Step {
	readonly name: string;
	/** Arguments of Node. */
	readonly command: readonly string[];
	/** Steps that must have succeeded, as without a package there is nothing to open. */
	readonly needs: readonly string[];
	/** Leaves mocha's counts, and fails when it leaves none. */
	readonly runsTests: boolean;
	/** Its coverage counts. */
	readonly measured: boolean;
	/** Steps of different lanes run at the same time, those of one lane after each other: code, and the package in its windows. Each lane takes about half of the time. */
	readonly lane: 'code' | 'window';
}

const tool = (path: string): string => join('node_modules', path);
const mocha = (folder: string): readonly string[] => [
	tool('mocha/bin/mocha.js'),
	...['--config', join('test', folder, '.mocharc.json')],
	...['--reporter', './test/support/resultsReporter.ts'],
];
const check = (name: string, command: readonly string[], needs: readonly string[] = []): Step => ({
	name,
	command,
	needs,
	runsTests: false,
	measured: false,
	lane: 'code',
});
const suite = (name: string, command: readonly string[], needs: readonly string[] = []): Step => ({
	name,
	command,
	needs,
	runsTests: true,
	measured: false,
	lane: needs.includes('package') ? 'window' : 'code',
});

/** Where the measured steps leave V8's raw coverage. */
export const rawCoverage = join('coverage', 'raw');

/** Where the measured steps keep compiled code: hundreds of their processes load the same sources. It changes no count of lines. */
export const compiledCode = join('coverage', 'compiled');

export const steps: readonly Step[] = [
	check('format', [tool('prettier/bin/prettier.cjs'), '--check', '--log-level', 'warn', '.']),
	check('lint', [tool('eslint/bin/eslint.js'), '--max-warnings', '0', '.']),
	check('layers', [tool('dependency-cruiser/bin/dependency-cruiser.mjs'), '--config', '.dependency-cruiser.cjs', 'src']),
	check('types', ['scripts/types.ts']),
	{ ...suite('unit', mocha('unit')), measured: true },
	{ ...suite('database', mocha('database')), measured: true },
	{ ...suite('cli', mocha('cli')), measured: true },
	check('coverage', ['scripts/test/coverage.ts'], ['unit', 'database', 'cli']),
	{ ...check('package', ['scripts/package.ts']), lane: 'window' },
	suite('packaging', mocha('packaging'), ['package']),
	suite('vscode', ['test/vscode/run.ts'], ['package']),
	suite('vscode-lowest', ['test/vscode/run.ts', '--vscode', 'lowest'], ['package']),
	suite('browser', ['test/e2e/run.ts'], ['package']),
];
