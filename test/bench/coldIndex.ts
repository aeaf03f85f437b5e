/** Cold index: everything read once, into a new index, beside `ccusage` on the same folder; and what the index then weighs. */
import { readdirSync, rmSync, statSync } from 'node:fs';
import path from 'node:path';
import type { History } from './histories.ts';
import { measured, type Measurement } from './measurement.ts';
import { ccusageCommand, reportCommand } from './subjects.ts';
import { timedRun, type TimedRun } from './timedProcess.ts';

/** The two take turns, and who begins changes too, so that a busy minute of the machine hits both. One round is not counted: it fills the page cache. */
export async function measureColdIndex(history: History, scratch: string, rounds: number): Promise<Measurement[]> {
	const dataDir = path.join(scratch, 'cold');
	const ours: TimedRun[] = [];
	const theirs: TimedRun[] = [];
	const index = async (): Promise<TimedRun> => {
		rmSync(dataDir, { recursive: true, force: true });
		return timedRun(reportCommand(history.claudeDir, dataDir));
	};
	const count = async (): Promise<TimedRun> => timedRun(await ccusageCommand(history.claudeDir, scratch));
	await count();
	for (let round = 0; round < rounds; round++) {
		if (round % 2 === 0) {
			ours.push(await index());
			theirs.push(await count());
		} else {
			theirs.push(await count());
			ours.push(await index());
		}
	}
	const on = history.label;
	const seconds = (runs: readonly TimedRun[]): number[] => runs.map(run => run.wallMs / 1000);
	const peaks = (runs: readonly TimedRun[]): number[] => runs.flatMap(run => (run.peakBytes === null ? [] : [run.peakBytes / 1e6]));
	const processor = (runs: readonly TimedRun[]): number[] => runs.flatMap(run => (run.cpuMs === null ? [] : [run.cpuMs / 1000]));
	const ratios = ours.map((run, i) => run.wallMs / (theirs[i]?.wallMs ?? Number.NaN));
	const indexBytes = folderBytes(dataDir);
	return [
		measured('cold index', on, 's', seconds(ours)),
		measured('cold index, speed', on, 'MB/s', ours.map(run => history.bytes / 1e3 / run.wallMs)), // prettier-ignore
		measured('cold index, peak memory', on, 'MB', peaks(ours), { aim: '< 250 MB' }),
		measured('cold index, processor time', on, 's', processor(ours)),
		measured('ccusage', on, 's', seconds(theirs)),
		measured('ccusage, processor time', on, 's', processor(theirs)),
		measured('ccusage, peak memory', on, 'MB', peaks(theirs)),
		measured('cold index, time against ccusage', on, '×', ratios, history.bytes >= 3e8 ? { aim: '≤ 1.5 ×' } : {}),
		measured('index on disk', on, '%', [(100 * indexBytes) / history.bytes], { aim: '< 4 %', note: `${(indexBytes / 1e6).toFixed(1)} MB` }),
	].filter(({ runs }) => runs.length > 0);
}

/** The index files, without the copies of an earlier state that stand beside them. */
function folderBytes(folder: string): number {
	return readdirSync(folder, { recursive: true, encoding: 'utf8' })
		.filter(name => /index[^/\\]*\.sqlite$/.test(name))
		.reduce((sum, name) => sum + statSync(path.join(folder, name)).size, 0);
}
