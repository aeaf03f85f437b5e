/** The program behind `npm run report`: its command line, and what it prints for people. */
import { runReport } from '../../src/extension/engine/report.ts';
import type { Report } from '../../src/extension/insights/report.ts';
import {
	exitCodeOf,
	historyExplained,
	historyOf,
	historyOptions,
	type Manual,
	readCommandLine,
	tellTrouble,
} from '../headless/commandLine.ts';

const manual: Manual = {
	about: 'Indexes once and prints what there is: sessions, tokens, and what they cost.',
	usage: 'npm run --silent report -- [--claude-dir DIR]… (--workspace DIR | --all) [--data DIR] [--json]',
	options: [
		historyExplained.claudeDir,
		historyExplained.workspace,
		historyExplained.all,
		historyExplained.data,
		['--json', 'one JSON object with every session'],
	],
};

async function main(readerThread: URL): Promise<number> {
	const { values } = readCommandLine({ options: historyOptions });
	const { answer: report, error, warnings } = await runReport({ ...historyOf(values), readerThread });
	tellTrouble(error, warnings);
	if (error !== null) return 1;
	process.stdout.write(values.json ? `${JSON.stringify(report)}\n` : readable(report));
	return 0;
}

function readable({ index, totals, models, sessions }: Report): string {
	const number = new Intl.NumberFormat('en-US');
	const money = (usd: number | null): string => (usd === null ? 'unpriced' : `$${usd.toFixed(2)}`);
	const tokens = (counts: Report['totals']['tokens']): string =>
		number.format(counts.input + counts.output + counts.cacheRead + counts.cacheWrite5m + counts.cacheWrite1h);
	const lines = [
		`${number.format(totals.sessions)} sessions, ${number.format(totals.userPrompts)} prompts, ${number.format(totals.responses)} responses, ` +
			`${number.format(totals.toolCalls)} tool calls, ${tokens(totals.tokens)} tokens, ${money(totals.costUsd)}`,
		'',
		...models.map(
			model =>
				`${model.model.padEnd(34)} ${number.format(model.responses).padStart(9)} responses ${tokens(model.tokens).padStart(16)} tokens ${money(model.costUsd).padStart(12)}`,
		),
		'',
		...sessions
			.toReversed()
			.slice(0, 30)
			.map(
				session =>
					`${(session.startedAt ?? '').slice(0, 16).replace('T', ' ').padEnd(16)} ${money(session.costUsd).padStart(10)}  ${(session.title ?? session.id).slice(0, 90).replaceAll(/\s+/g, ' ')}`,
			),
		...(sessions.length > 30 ? [`… and ${number.format(sessions.length - 30)} more (--json has all)`] : []),
		'',
		`${index.type} run: ${number.format(index.filesRead)} of ${number.format(index.filesSeen)} files read, ${(index.bytesRead / 1e6).toFixed(1)} MB in ${index.durationMs} ms`,
	];
	return `${lines.join('\n')}\n`;
}

/** Reads the command line, prints, and answers the exit code. */
export function reportCommand(readerThread: URL): Promise<number> {
	return exitCodeOf(manual, () => main(readerThread));
}
