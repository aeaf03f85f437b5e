/** The program behind `npm run search`: its command line, and what it prints for people. */
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { type PrintedSearch, searchOnce } from '../../src/extension/engine/searchOnce.ts';
import { claudeDirsOf, exitCodeOf, UsageError, workspaceOf } from '../headless/commandLine.ts';

const usage =
	'npm run --silent search -- QUERY … [--claude-dir DIR]… [--workspace DIR | --all] [--data DIR] [--limit N] [--timezone ZONE] [--json]';

const help = `Searches everything that was said in the sessions of Claude Code.

Usage: ${usage}

  QUERY             words, all of which a record must hold; several arguments are one query
                      "a phrase"   these words in a row        begin*     words that begin so
                      -word        not with this word          ~inside    also inside of words
                      file: tool: branch: model: category: project:   before: after:  (docs/search.md)
                    a query that begins with - goes after --:  npm run --silent search -- --all -- -word other
  --claude-dir DIR  a config directory of Claude Code instead of the usual ones; may be given several times
  --workspace DIR   only sessions of this folder and its worktrees
  --all             sessions of all projects (the default)
  --data DIR        keeps the files there, so that the next search reads only what is new
  --limit N         hits to print, 50 if not given
  --timezone ZONE   in which the days of before: and after: are meant, the system's if not given
  --json            one JSON object: { "hits": […], "total", "durationMs" }
  --help            this text
`;

interface Arguments {
	readonly query: string;
	readonly claudeDirs: readonly string[];
	readonly workspace: string | null;
	readonly data: string | null;
	readonly limit: number;
	readonly timeZone: string;
	readonly json: boolean;
}

/** Null when help was asked for. */
function readArguments(): Arguments | null {
	let values;
	let positionals: string[];
	try {
		({ values, positionals } = parseArgs({
			allowPositionals: true,
			options: {
				'claude-dir': { type: 'string', multiple: true },
				workspace: { type: 'string' },
				all: { type: 'boolean' },
				data: { type: 'string' },
				limit: { type: 'string', default: '50' },
				timezone: { type: 'string' },
				json: { type: 'boolean' },
				help: { type: 'boolean' },
			},
		}));
	} catch (error) {
		throw new UsageError(error instanceof Error ? error.message : String(error));
	}
	if (values.help === true) return null;
	const query = positionals.join(' ');
	if (query.trim() === '') throw new UsageError('Say what to look for.');
	if (values.data === '') throw new UsageError('--data needs a folder.');
	const limit = Number(values.limit);
	if (!Number.isInteger(limit) || limit < 1 || limit > 1_000_000) throw new UsageError('--limit needs a whole number from 1 to 1000000.');
	return {
		query,
		claudeDirs: claudeDirsOf(values['claude-dir']),
		workspace: values.workspace === undefined ? null : workspaceOf(values.workspace, values.all),
		data: values.data === undefined ? null : resolve(values.data),
		limit,
		timeZone: timeZoneOf(values.timezone),
		json: values.json === true,
	};
}

function timeZoneOf(zone: string | undefined): string {
	try {
		return new Intl.DateTimeFormat('en-US', zone === undefined ? {} : { timeZone: zone }).resolvedOptions().timeZone;
	} catch {
		throw new UsageError(`--timezone: there is no zone ${zone ?? ''}`);
	}
}

async function main(readerThread: URL): Promise<number> {
	const given = readArguments();
	if (given === null) {
		process.stdout.write(help);
		return 0;
	}
	const { data, json, ...rest } = given;
	const { found, problems, error, warnings } = await searchOnce({ ...rest, dataDir: data, readerThread });
	for (const warning of warnings) if (warning !== error) console.error(warning);
	for (const { kind, text } of problems) console.error(text === '' ? kind : `${kind}: ${text}`);
	if (error !== null) console.error(error);
	if (found !== null) process.stdout.write(json ? `${JSON.stringify(found)}\n` : readable(found));
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
	return exitCodeOf(usage, () => main(readerThread));
}
