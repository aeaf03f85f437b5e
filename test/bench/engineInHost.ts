/** What the extension host feels of the engine: the longest block of its loop, and how fast its questions are answered. */
import { readdirSync, rmSync, statSync } from 'node:fs';
import path from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import type { HostFindings } from './engineHost.ts';
import type { History } from './histories.ts';
import { measured, type Measurement } from './measurement.ts';
import { root } from './subjects.ts';
import { timedRun } from './timedProcess.ts';

export async function measureHostLoop(history: History, scratch: string, workerFile: string, rounds: number): Promise<Measurement[]> {
	const dataDir = path.join(scratch, 'host');
	const found: HostFindings[] = [];
	const idle: number[] = [];
	for (let round = 0; round < rounds; round++) {
		rmSync(dataDir, { recursive: true, force: true });
		// This process only waits meanwhile: what blocks it is the machine, which has more threads to run than processors.
		const delay = monitorEventLoopDelay({ resolution: 1 });
		delay.enable();
		found.push(await hostFindings(history, dataDir, workerFile, 0));
		delay.disable();
		idle.push(delay.max / 1e6);
	}
	const blocks = found.map(({ longestBlockMs }) => longestBlockMs);
	return [
		measured('longest block of the host loop, cold index', history.label, 'ms', blocks, { aim: '< 50 ms' }),
		measured('longest block of an idle process beside it', history.label, 'ms', idle),
		measured('cold index inside the host', history.label, 's', found.map(({ readyMs }) => readyMs / 1000)), // prettier-ignore
	];
}

/** `dataDir` holds the index of the history already. */
export async function measureQueries(history: History, dataDir: string, workerFile: string, rounds: number): Promise<Measurement[]> {
	const { readyMs, longestBlockMs, appendedMs, calls } = await hostFindings(
		history,
		dataDir,
		workerFile,
		rounds,
		newestTranscript(history.claudeDir),
	);
	const queries = Object.entries(calls).map(([label, runs]) => measured(`query: ${label}`, history.label, 'ms', runs, { aim: '< 100 ms' }));
	return [
		...queries,
		measured('one line appended, to tree and panel', history.label, 'ms', appendedMs, { aim: '< 300 ms' }),
		measured('start with a full index, to ready', history.label, 'ms', [readyMs]),
		measured('longest block of the host loop, start', history.label, 'ms', [longestBlockMs], { aim: '< 50 ms' }),
	];
}

async function hostFindings(history: History, dataDir: string, workerFile: string, rounds: number, append?: string): Promise<HostFindings> {
	const script = path.join(root, 'test', 'bench', 'engineHost.ts');
	const args = [script, '--claude-dir', history.claudeDir, '--data', dataDir, '--worker', workerFile, '--rounds', String(rounds)];
	if (append !== undefined) args.push('--append', append);
	const env = { HOME: dataDir, USERPROFILE: dataDir, PATH: process.env['PATH'] ?? '' };
	const { stdout } = await timedRun({ program: process.execPath, args, env });
	return JSON.parse(stdout) as HostFindings;
}

/** The session somebody works in: its folder is watched. */
function newestTranscript(claudeDir: string): string {
	const projects = path.join(claudeDir, 'projects');
	let newest = { file: '', mtimeMs: 0 };
	for (const name of readdirSync(projects, { recursive: true, encoding: 'utf8' })) {
		if (!/^[^/\\]+[/\\][0-9a-f-]{36}\.jsonl$/.test(name)) continue;
		const file = path.join(projects, name);
		const { mtimeMs } = statSync(file);
		if (mtimeMs > newest.mtimeMs) newest = { file, mtimeMs };
	}
	return newest.file;
}
