/** The program behind `npm run classify`: its command line, and what it prints for people. */
import { type ClassifyReport, runClassify } from '../../src/extension/engine/classify.ts';
import {
	exitCodeOf,
	historyExplained,
	historyOf,
	historyOptions,
	type Manual,
	readCommandLine,
	tellTrouble,
	UsageError,
} from '../headless/commandLine.ts';

const manual: Manual = {
	about: 'Sorts the sessions that have no such answer yet. A run that was cut off goes on.',
	usage:
		'npm run --silent classify -- [--claude-dir DIR]… (--workspace DIR | --all) --data DIR [--provider rules|claude-cli] [--model M] [--max-cost USD, more than 0; no cap without it] [--concurrency N] [--timeout S] [--json]',
	options: [
		historyExplained.claudeDir,
		historyExplained.workspace,
		historyExplained.all,
		['--data DIR', 'keeps the answers there, and what was paid for them'],
		['--provider NAME', 'rules, or claude-cli (the default), which asks a model'],
		['--model M', 'the model to ask, haiku if not given'],
		['--max-cost USD', 'asks no more when so much is spent; no cap without it'],
		['--concurrency N', 'requests at a time, from 1 to 8, 2 if not given'],
		['--timeout S', 'seconds to wait for an answer, from 1 to 600, 30 if not given'],
		['--json', 'one JSON object about the run'],
	],
};

async function main(readerThread: URL): Promise<number> {
	const { values } = readCommandLine({
		options: {
			...historyOptions,
			provider: { type: 'string' },
			model: { type: 'string' },
			'max-cost': { type: 'string' },
			concurrency: { type: 'string' },
			timeout: { type: 'string' },
		},
	});
	const provider = values.provider ?? 'claude-cli';
	if (provider !== 'rules' && provider !== 'claude-cli') throw new UsageError(`--provider: there is no ${provider}.`);
	const history = historyOf(values);
	const { dataDir } = history;
	// What was answered and paid must be kept.
	if (dataDir === null) throw new UsageError('--data needs a folder.');
	const model = values.model ?? 'haiku';
	if (model === '') throw new UsageError('--model needs a name.');
	const maxCostUsd = values['max-cost'] === undefined ? null : numberOf('--max-cost', values['max-cost'], 0, 10_000);
	// The setting's 0 means no cap; whoever means that here must not get a run that asks nothing.
	if (maxCostUsd === 0) throw new UsageError('--max-cost: 0 would allow nothing; leave it out for no cap.');
	const concurrency = numberOf('--concurrency', values.concurrency ?? '2', 1, 8);
	if (!Number.isInteger(concurrency)) throw new UsageError(`--concurrency: ${concurrency} is not a whole number.`);
	const timeoutMs = Math.round(numberOf('--timeout', values.timeout ?? '30', 1, 600) * 1_000);
	const stop = new AbortController();
	const signals = ['SIGINT', 'SIGTERM'] as const;
	const end = (): void => {
		stop.abort();
		// The second one ends the process at once, as it does where nobody listens.
		for (const name of signals) process.off(name, end);
	};
	for (const name of signals) process.on(name, end);
	const { report, error, warnings } = await runClassify({
		...history,
		dataDir,
		provider,
		model,
		maxCostUsd,
		concurrency,
		timeoutMs,
		readerThread,
		onWaiting: text => console.error(text),
		signal: stop.signal,
	});
	if (report !== null) process.stdout.write(values.json ? `${JSON.stringify({ job: report })}\n` : readable(report));
	tellTrouble(error, warnings);
	return error === null ? 0 : 1;
}

function numberOf(name: string, text: string, least: number, most: number): number {
	const value = Number(text);
	if (text.trim() === '' || !(value >= least && value <= most)) throw new UsageError(`${name}: ${text} is not from ${least} to ${most}.`);
	return value;
}

function readable(job: ClassifyReport): string {
	const errors = Object.entries(job.errors).map(([reason, count]) => `${reason}: ${count}`);
	return [
		`${job.status}: ${job.classified} of ${job.total} sessions classified, ${job.skipped} skipped, ${job.failed} failed`,
		`$${(job.costCents / 100).toFixed(4)} for ${job.tokens} tokens` +
			(job.unconfirmedCents > 0 ? `, and perhaps $${(job.unconfirmedCents / 100).toFixed(4)} for answers that were lost` : ''),
		...(errors.length === 0 ? [] : [errors.join(', ')]),
		'',
	].join('\n');
}

/** Reads the command line, prints, and answers the exit code. */
export function classifyCommand(readerThread: URL): Promise<number> {
	return exitCodeOf(manual, () => main(readerThread));
}
