/** The search index: how large it is, how fast it is built, and how fast it answers while a person types. */
import path from 'node:path';
import type { History } from './histories.ts';
import { measured, type Measurement } from './measurement.ts';
import type { BuildFindings, TypingFindings } from './searchProbe.ts';
import { reportCommand, root } from './subjects.ts';
import { timedRun } from './timedProcess.ts';

export async function measureSearching(history: History, dataDir: string, queries: number): Promise<Measurement[]> {
	const on = history.label;
	await timedRun(reportCommand(history.claudeDir, dataDir));
	const probe = (what: 'build' | 'type'): ReturnType<typeof timedRun> =>
		timedRun({
			program: process.execPath,
			args: [
				path.join(root, 'test', 'bench', 'searchProbe.ts'),
				what,
				'--claude-dir',
				history.claudeDir,
				'--data',
				dataDir,
				'--queries',
				String(queries),
			],
			env: { HOME: dataDir, USERPROFILE: dataDir, PATH: process.env['PATH'] ?? '' },
			cwd: root,
		});
	const built = await probe('build');
	const typed = await probe('type');
	const { buildMs, bytesTotal, bytesOnDisk, longestBlockMs, longestBlockCpuMs } = JSON.parse(built.stdout) as BuildFindings;
	const { prepareMs, firstMs, letterMs, letterCpuMs, queryMs, phraseMs } = JSON.parse(typed.stdout) as TypingFindings;
	const percentile = (runs: readonly number[], share: number): number =>
		runs.toSorted((a, b) => a - b)[Math.min(runs.length - 1, Math.floor(runs.length * share))] ?? Number.NaN;
	const late = (name: string, runs: readonly number[], aim: string): Measurement => ({
		...measured(name, on, 'ms', runs, { aim, note: '95th percentile' }),
		value: percentile(runs, 0.95),
	});
	const memory = (name: string, bytes: number | null): Measurement[] =>
		bytes === null ? [] : [measured(name, on, 'MB', [bytes / 1e6], { note: 'the whole process, with the index' })];
	return [
		measured('search index, of the transcripts', on, '%', [(100 * bytesOnDisk) / bytesTotal], { aim: '< 10 %' }),
		measured('search index built', on, 's', [buildMs / 1000]),
		measured('search index built, throughput', on, 'MB/s', [bytesTotal / 1e3 / buildMs]),
		measured('search index built, longest block of the engine', on, 'ms', [longestBlockMs], { aim: '< 100 ms' }),
		measured('search index built, the same in processor time', on, 'ms', [longestBlockCpuMs], { aim: '< 100 ms' }),
		...memory('search index built, peak memory', built.peakBytes),
		measured('search made ready, when its view opens', on, 'ms', [prepareMs]),
		measured('search, the first of a process', on, 'ms', [firstMs]),
		measured('search as you type', on, 'ms', letterMs, { aim: '< 50 ms' }),
		late('search as you type, the slow ones', letterMs, '< 50 ms'),
		measured('search as you type, processor time', on, 'ms', letterCpuMs, { aim: '< 50 ms' }),
		late('search as you type, processor time of the slow ones', letterCpuMs, '< 50 ms'),
		measured('search, a whole query', on, 'ms', queryMs, { aim: '< 100 ms' }),
		late('search, the slow whole queries', queryMs, '< 100 ms'),
		measured('search, a phrase', on, 'ms', phraseMs),
		late('search, the slow phrases', phraseMs, ''),
		...memory('search, peak memory', typed.peakBytes),
	];
}
