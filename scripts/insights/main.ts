/** The program behind `npm run insights`: its command line, and what it prints for people. */
import type { InsightsDocument } from '../../src/extension/engine/insightsDocument.ts';
import { runInsights } from '../../src/extension/engine/insightsReport.ts';
import { LocalCalendar } from '../../src/extension/insights/localTime.ts';
import { periodBetween } from '../../src/extension/insights/period.ts';
import {
	exitCodeOf,
	historyExplained,
	historyOf,
	historyOptions,
	type Manual,
	readCommandLine,
	tellTrouble,
	timeZoneOf,
	UsageError,
} from '../headless/commandLine.ts';

const manual: Manual = {
	about: 'Every figure of the insights panel.',
	usage:
		'npm run --silent insights -- [--claude-dir DIR]… (--workspace DIR | --all) [--data DIR] [--since ISO] [--until ISO] [--timezone ZONE] [--json]',
	options: [
		historyExplained.claudeDir,
		historyExplained.workspace,
		historyExplained.all,
		historyExplained.data,
		['--since ISO', 'from the beginning of this day (2026-03-01), or from this instant (2026-03-01T12:00Z)'],
		['--until ISO', 'to the end of this day, or to this instant'],
		['--timezone ZONE', "in which days are meant, the system's if not given"],
		['--json', 'one JSON object with everything'],
	],
};

async function main(readerThread: URL): Promise<number> {
	const text = { type: 'string' } as const;
	const { values } = readCommandLine({ options: { ...historyOptions, since: text, until: text, timezone: text } });
	const { since = null, until = null } = values;
	const timeZone = timeZoneOf(values.timezone);
	checkPeriod(timeZone, since, until);
	const { answer, error, warnings } = await runInsights({ ...historyOf(values), since, until, timeZone, readerThread });
	tellTrouble(error, warnings);
	if (error !== null) return 1;
	process.stdout.write(values.json ? `${JSON.stringify(answer)}\n` : readable(answer));
	return 0;
}

/** Before an hour of indexing, not after it. */
function checkPeriod(timeZone: string, since: string | null, until: string | null): void {
	try {
		periodBetween(since, until, Date.now(), new LocalCalendar(timeZone));
	} catch (error) {
		throw new UsageError(`--since, --until: ${error instanceof Error ? error.message : String(error)}.`);
	}
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
	return exitCodeOf(manual, () => main(readerThread));
}
