/** `npm run report`, and other commands that run from bundles, as processes of their own. */
import { type ChildProcess, spawn } from 'node:child_process';
import path from 'node:path';
import type { Report } from '../../../src/extension/insights/report.ts';
import { shortProcessEnvironment, shortProcessFlags } from '../../support/shortProcess.ts';

export const root = path.join(import.meta.dirname, '..', '..', '..');

export interface Ended {
	/** Null when a signal ended it. */
	readonly code: number | null;
	readonly stdout: string;
	readonly stderr: string;
}

export interface ReportProcessOptions {
	/** Of the environment nothing else is handed on but the path; there is no default place in `home`. */
	readonly env?: Readonly<Record<string, string>>;
	/** Only as root: who runs it. */
	readonly uid?: number;
	readonly cwd?: string;
	readonly onStart?: (child: ChildProcess) => void;
}

export function reportProcess(args: readonly string[], options: ReportProcessOptions = {}): Promise<Ended> {
	return scriptProcess('report.ts', args, options);
}

/** One of the programs in `scripts/`. */
export async function scriptProcess(script: string, args: readonly string[], options: ReportProcessOptions = {}): Promise<Ended> {
	const child = spawn(process.execPath, [...shortProcessFlags, path.join(root, 'scripts', script), ...args], {
		cwd: options.cwd ?? root,
		env: {
			...shortProcessEnvironment(),
			PATH: process.env['PATH'],
			HOME: '/nonexistent',
			USERPROFILE: '/nonexistent',
			...options.env,
		},
		stdio: ['ignore', 'pipe', 'pipe'],
		...(options.uid === undefined ? {} : { uid: options.uid, gid: options.uid }),
	});
	options.onStart?.(child);
	const texts: [Buffer[], Buffer[]] = [[], []];
	child.stdout.on('data', (chunk: Buffer) => texts[0].push(chunk));
	child.stderr.on('data', (chunk: Buffer) => texts[1].push(chunk));
	const code = await new Promise<number | null>((resolve, reject) => {
		child.once('error', reject);
		child.once('close', resolve);
	});
	const [stdout, stderr] = texts.map(chunks => Buffer.concat(chunks).toString());
	return { code, stdout: stdout ?? '', stderr: stderr ?? '' };
}

/** The one document it printed; throws when it printed anything else. */
export function documentOf(ended: Ended): Report {
	if (ended.code !== 0) throw new Error(`exit code ${String(ended.code)}: ${ended.stderr}`);
	return JSON.parse(ended.stdout) as Report;
}
