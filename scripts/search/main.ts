/** The program behind `npm run search`: its command line, and what it prints for people. */
import { type PrintedSearch, searchOnce } from '../../src/extension/engine/searchOnce.ts';
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
	about: 'Searches everything that was said in the sessions of Claude Code.',
	usage:
		'npm run --silent search -- QUERY … [--claude-dir DIR]… [--workspace DIR | --all] [--data DIR] [--limit N] [--timezone ZONE] [--json]',
	options: [
		[
			'QUERY',
			[
				'words, all of which a record must hold; several arguments are one query',
				'  "a phrase"   these words in a row        begin*     words that begin so',
				'  -word        not with this word          ~inside    also inside of words',
				'  file: tool: branch: model: category: project:   before: after:  (docs/search.md)',
				'a query that begins with - goes after --:  npm run --silent search -- --all -- -word other',
			].join('\n'),
		],
		historyExplained.claudeDir,
		historyExplained.workspace,
		['--all', 'sessions of all projects (the default)'],
		historyExplained.data,
		['--limit N', 'hits to print, 50 if not given'],
		['--timezone ZONE', "in which the days of before: and after: are meant, the system's if not given"],
		['--json', 'one JSON object: { "hits": […], "total", "durationMs" }'],
	],
};

async function main(readerThread: URL): Promise<number> {
	const { values, positionals } = readCommandLine({
		allowPositionals: true,
		options: {
			...historyOptions,
			limit: { type: 'string', default: '50' },
			timezone: { type: 'string' },
		},
	});
	const query = positionals.join(' ');
	if (query.trim() === '') throw new UsageError('Say what to look for.');
	const limit = Number(values.limit);
	if (!Number.isInteger(limit) || limit < 1 || limit > 1_000_000) throw new UsageError('--limit needs a whole number from 1 to 1000000.');
	const asked = { ...historyOf(values, 'all'), query, limit, timeZone: timeZoneOf(values.timezone), readerThread };
	const {
		answer: { found, problems },
		error,
		warnings,
	} = await searchOnce(asked);
	for (const { kind, text } of problems) console.error(text === '' ? kind : `${kind}: ${text}`);
	tellTrouble(error, warnings);
	process.stdout.write(values.json ? `${JSON.stringify(found)}\n` : readable(found));
	return error === null ? 0 : 1;
}

function readable({ hits, total, durationMs }: PrintedSearch): string {
	const lines = hits.flatMap(({ sessionId, messageId, role, timestamp, snippet }) => [
		`${(timestamp ?? '').slice(0, 16).replace('T', ' ').padEnd(16)}  ${role.padEnd(9)} ${sessionId}#${messageId}`,
		`    ${snippet.trim()}`,
	]);
	const more = total > hits.length ? `, the best ${hits.length} of them here` : '';
	return `${[...lines, `${total} found${more}, in ${durationMs} ms`].join('\n')}\n`;
}

/** Reads the command line, prints, and answers the exit code. */
export function searchCommand(readerThread: URL): Promise<number> {
	return exitCodeOf(manual, () => main(readerThread));
}
