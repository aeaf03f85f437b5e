/** The program behind `npm run report`: its command line, and what it prints for people. */
import { resolve } from 'node:path';
import { runReport } from '../../src/extension/engine/report.ts';
import type { Report } from '../../src/extension/insights/report.ts';
import { claudeDirsOf, exitCodeOf, readCommandLine, UsageError, workspaceOf } from '../headless/commandLine.ts';

interface Arguments {
	readonly claudeDirs: readonly string[];
	readonly workspace: string | null;
	readonly data: string | null;
	readonly json: boolean;
}

function readArguments(): Arguments {
	const { values } = readCommandLine({
		options: {
			'claude-dir': { type: 'string', multiple: true },
			workspace: { type: 'string' },
			all: { type: 'boolean' },
			data: { type: 'string' },
			json: { type: 'boolean' },
		},
	});
	if (values.data === '') throw new UsageError('--data needs a folder.');
	return {
		claudeDirs: claudeDirsOf(values['claude-dir']),
		workspace: workspaceOf(values.workspace, values.all),
		data: values.data === undefined ? null : resolve(values.data),
		json: values.json === true,
	};
}

async function main(readerThread: URL): Promise<number> {
	const { claudeDirs, workspace, data, json } = readArguments();
	const { report, error, warnings } = await runReport({ claudeDirs, workspace, dataDir: data, readerThread });
	for (const warning of warnings) if (warning !== error) console.error(warning);
	if (error !== null) {
		console.error(error);
		return 1;
	}
	process.stdout.write(json ? `${JSON.stringify(report)}\n` : readable(report));
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
	return exitCodeOf('npm run --silent report -- [--claude-dir DIR]… (--workspace DIR | --all) [--data DIR] [--json]', () =>
		main(readerThread),
	);
}
