/** Line coverage of the code that Node alone can run, from what the unit and database suites left behind. Fails below 80 % (NFR-1). */
import { spawnSync } from 'node:child_process';
import { globSync, readFileSync } from 'node:fs';
import { stripTypeScriptTypes } from 'node:module';
import { join } from 'node:path';
import { root } from '../build.ts';
import { rawCoverage } from './steps.ts';

/**
 * The pages and what touches the vscode API are covered by the suites in VS Code and in the browser, whose lines c8 does
 * not see.
 */
const runsInNode = [
	'src/extension/{claude,store,indexing,jobs,classification,sessions,insights,engine}/**/*.ts',
	'src/extension/ui/presentation/**/*.ts',
	'src/messaging/**/*.ts',
];

/** Files of types alone have no line that could run; c8 would count them as never run. */
function holdsOnlyTypes(file: string): boolean {
	const code = stripTypeScriptTypes(readFileSync(join(root, file), 'utf8')).replace(/\/\*[\s\S]*?\*\/|\/\/.*/g, '');
	return code.trim() === '' || code.trim() === 'export {};';
}

const files = runsInNode.flatMap(pattern => globSync(pattern, { cwd: root }));
const run = spawnSync(
	process.execPath,
	[
		...['node_modules/c8/bin/c8.js', 'report', '--temp-directory', rawCoverage, '--reports-dir', 'coverage', '--all', '--src', 'src'],
		...runsInNode.flatMap(pattern => ['--include', pattern]),
		...files.filter(holdsOnlyTypes).flatMap(file => ['--exclude', file]),
		...['--reporter', 'text-summary', '--reporter', 'html', '--reporter', 'lcovonly', '--check-coverage', '--lines', '80'],
	],
	{ cwd: root, stdio: 'inherit' },
);
process.exitCode = run.status ?? 1;
