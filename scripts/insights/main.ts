/** The program behind `npm run insights`: its command line, and what it prints for people. */
import { resolve } from 'node:path';
import { type InsightsDocument, runInsights } from '../../src/extension/engine/insightsReport.ts';
import { LocalCalendar } from '../../src/extension/insights/localTime.ts';
import { periodBetween } from '../../src/extension/insights/period.ts';
import { claudeDirsOf, exitCodeOf, readCommandLine, UsageError, workspaceOf } from '../headless/commandLine.ts';

const usage =
	'npm run --silent insights -- [--claude-dir DIR]… (--workspace DIR | --all) [--data DIR] [--since ISO] [--until ISO] [--timezone ZONE] [--json]';

interface Arguments {
	readonly claudeDirs: readonly string[];
	readonly workspace: string | null;
	readonly data: string | null;
	readonly since: string | null;
	readonly until: string | null;
	readonly timeZone: string;
	readonly json: boolean;
}

function readArguments(): Arguments {
	const { values } = readCommandLine({
		options: {
			'claude-dir': { type: 'string', multiple: true },
			workspace: { type: 'string' },
			all: { type: 'boolean' },
			data: { type: 'string' },
			since: { type: 'string' },
			until: { type: 'string' },
			timezone: { type: 'string' },
			json: { type: 'boolean' },
		},
	});
	if (values.data === '') throw new UsageError('--data needs a folder.');
	const timeZone = values.timezone ?? Intl.DateTimeFormat().resolvedOptions().timeZone;
	const [since, until] = [values.since ?? null, values.until ?? null];
	checkTimes(timeZone, since, until);
	return {
		claudeDirs: claudeDirsOf(values['claude-dir']),
		workspace: workspaceOf(values.workspace, values.all),
		data: values.data === undefined ? null : resolve(values.data),
		since,
		until,
		timeZone,
		json: values.json === true,
	};
}

/** Before an hour of indexing, not after it. */
function checkTimes(timeZone: string, since: string | null, until: string | null): void {
	let calendar;
	try {
		calendar = new LocalCalendar(timeZone);
	} catch {
		throw new UsageError(`--timezone: ${timeZone} is no time zone.`);
	}
	try {
		periodBetween(since, until, Date.now(), calendar);
	} catch (error) {
		throw new UsageError(`--since, --until: ${error instanceof Error ? error.message : String(error)}.`);
	}
}

async function main(readerThread: URL): Promise<number> {
	const { claudeDirs, workspace, data, since, until, timeZone, json } = readArguments();
	const { insights, error, warnings } = await runInsights({ claudeDirs, workspace, dataDir: data, since, until, timeZone, readerThread });
	for (const warning of warnings) if (warning !== error) console.error(warning);
	if (error !== null) {
		console.error(error);
		return 1;
	}
	process.stdout.write(json ? `${JSON.stringify(insights)}\n` : readable(insights));
	return 0;
}

function readable({ head, overview, cost, patterns, tools }: InsightsDocument): string {
	const number = new Intl.NumberFormat('en-US', { maximumFractionDigits: 0 });
	const money = (usd: number | null): string => (usd === null ? 'unpriced' : `$${usd.toFixed(2)}`);
	const row = (name: string, ...values: readonly string[]): string =>
		`${name.slice(0, 42).replaceAll(/\s+/g, ' ').padEnd(42)}${values.map(value => value.padStart(18)).join('')}`;
	const { totals, streaks } = overview;
	const lines = [
		`${head.scopeLabel}, ${head.firstDay ?? 'no day'} to ${head.lastDay ?? 'no day'}, ${head.timeZone}`,
		`${number.format(totals.sessions.now)} sessions, ${number.format(totals.userPrompts.now)} prompts, ${number.format(totals.responses.now)} responses, ` +
			`${number.format(totals.tokens.now)} tokens, ${money(totals.costUsd.now)}`,
		`${streaks.activeDays} active days, longest streak ${streaks.longest?.days ?? 0} days`,
		'',
		'Cost by model',
		...cost.models.map(model => row(model.model, number.format(model.responses), money(model.costUsd))),
		'',
		'Cost by project',
		...cost.projects.rows.slice(0, 10).map(share => row(share.label, number.format(share.sessions), money(share.costUsd))),
		'',
		`Caching saved ${money(cost.cache.savedUsd)}; subagents cost ${money(cost.subagents.costUsd)}`,
		'',
		'Why this differs from other tools',
		...cost.reconciliation.steps.map(step => row(step.step, number.format(step.tokens), money(step.costUsd))),
		'',
		`Patterns (${patterns.patterns.length} of ${patterns.comparisons} comparisons, ${number.format(patterns.sessions)} sessions)`,
		...patterns.patterns.map(({ factor, outcome, first, second, effect }) =>
			row(
				`${factor}, ${outcome}`,
				`${first.mean.toFixed(2)} (${first.sessions})`,
				`${second.mean.toFixed(2)} (${second.sessions})`,
				effect.toFixed(2),
			),
		),
		'',
		'Tools',
		...tools.tools.slice(0, 15).map(tool => row(tool.tool, number.format(tool.calls), `${number.format(tool.errors)} errors`)),
	];
	return `${lines.join('\n')}\n`;
}

/** Reads the command line, prints, and answers the exit code. */
export function insightsCommand(readerThread: URL): Promise<number> {
	return exitCodeOf(usage, () => main(readerThread));
}
