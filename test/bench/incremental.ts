/** The everyday case: an index that is there already, and nothing new, or one new line. */
import { appendFileSync, readdirSync, statSync, truncateSync } from 'node:fs';
import path from 'node:path';
import { assistantText, conversation, toJsonl } from '../support/historyGenerator/records.ts';
import type { History } from './histories.ts';
import { measured, type Measurement } from './measurement.ts';
import { reportCommand, type ReportSummary } from './subjects.ts';
import { timedRun, type TimedRun } from './timedProcess.ts';

/** Whole processes: the start of Node and opening the files are in the figures; `durationMs` of the run itself stands beside them. */
export async function measureIncremental(history: History, dataDir: string, rounds: number): Promise<Measurement[]> {
	const on = history.label;
	const command = reportCommand(history.claudeDir, dataDir);
	await timedRun(command);
	const unchanged: TimedRun[] = [];
	for (let round = 0; round < rounds; round++) unchanged.push(await timedRun(command));
	const appended: TimedRun[] = [];
	const surplus: number[] = [];
	const transcript = oneTranscript(history.claudeDir);
	const size = statSync(transcript).size;
	const talk = conversation({ seed: 'appended', sessionId: path.basename(transcript, '.jsonl') });
	try {
		for (let round = 0; round < rounds; round++) {
			const line = toJsonl([assistantText(talk, 'One more line.')]);
			appendFileSync(transcript, line);
			const run = await timedRun(command);
			appended.push(run);
			surplus.push(summaryOf(run).index.bytesRead - Buffer.byteLength(line));
		}
	} finally {
		// The history is shared with other measurements.
		truncateSync(transcript, size);
	}
	const opened = unchanged.map(run => summaryOf(run).index);
	return [
		measured('nothing changed, whole process', on, 'ms', unchanged.map(run => run.wallMs)), // prettier-ignore
		measured('nothing changed, the run', on, 'ms', opened.map(index => index.durationMs), { aim: '< 300 ms' }), // prettier-ignore
		measured('nothing changed, transcripts opened', on, 'files', opened.map(index => index.filesRead), { aim: '0' }), // prettier-ignore
		measured('nothing changed, read', on, 'bytes', opened.map(index => index.bytesRead), { aim: '0' }), // prettier-ignore
		measured('one line appended, whole process', on, 'ms', appended.map(run => run.wallMs)), // prettier-ignore
		measured('one line appended, the run', on, 'ms', appended.map(run => summaryOf(run).index.durationMs), { aim: '< 300 ms' }), // prettier-ignore
		measured('one line appended, read beyond the line', on, 'bytes', surplus, { aim: '0' }),
	];
}

function summaryOf(run: TimedRun): ReportSummary {
	return JSON.parse(run.stdout) as ReportSummary;
}

/** A session of middling size, whose last line is whole. */
function oneTranscript(claudeDir: string): string {
	const projects = path.join(claudeDir, 'projects');
	for (const name of readdirSync(projects, { recursive: true, encoding: 'utf8' }).sort()) {
		const file = path.join(projects, name);
		if (/^[^/\\]+[/\\][0-9a-f-]{36}\.jsonl$/.test(name) && statSync(file).size > 200_000) return file;
	}
	throw new Error(`no session in ${claudeDir}`);
}
