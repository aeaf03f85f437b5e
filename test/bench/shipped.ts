/** What is shipped: how large the package is, and how long it takes to activate. */
import { statSync } from 'node:fs';
import path from 'node:path';
import { packageExtension } from '../../scripts/package.ts';
import { measured, type Measurement } from './measurement.ts';
import { root } from './subjects.ts';
import { timedRun } from './timedProcess.ts';

/** Builds the package, and with it `dist/`, from the sources of now. */
export async function measurePackage(): Promise<Measurement[]> {
	const built = packageExtension();
	packaged = built;
	const { bytes } = await built;
	return [measured('package', 'VSIX', 'KB', [bytes / 1024], { aim: '< 2 MB' })];
}

let packaged: Promise<unknown> | null = null;

/** The worker as it is shipped, from the sources of now. */
export async function shippedWorker(): Promise<string> {
	packaged ??= packageExtension();
	await packaged;
	return path.join(root, 'dist', 'engine.cjs');
}

/** Loading the bundle and `activate`, each time in a new process, with a stand-in for the editor. */
export async function measureActivation(scratch: string, rounds: number): Promise<Measurement[]> {
	await shippedWorker();
	const file = path.join(root, 'dist', 'extension.cjs');
	const load: number[] = [];
	const activate: number[] = [];
	for (let round = 0; round < rounds; round++) {
		const args = [path.join(root, 'test', 'bench', 'activationProbe.cjs'), file, scratch];
		const { stdout } = await timedRun({ program: process.execPath, args, env: { HOME: scratch, PATH: process.env['PATH'] ?? '' } });
		const { loadMs, activateMs } = JSON.parse(stdout) as { loadMs: number; activateMs: number };
		load.push(loadMs);
		activate.push(activateMs);
	}
	const on = `dist/extension.cjs, ${Math.round(statSync(file).size / 1024)} KB`;
	return [
		measured('activation, loading and activate', on, 'ms', load.map((ms, i) => ms + (activate[i] ?? 0)), { aim: '< 50 ms' }), // prettier-ignore
		measured('activation, activate alone', on, 'ms', activate),
	];
}
