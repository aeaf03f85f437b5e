/** The program behind `npm run export`: its command line, and what it says when it is done. */
import { existsSync, statSync } from 'node:fs';
import { type HeadlessExport, runExport } from '../../src/extension/engine/exportSession.ts';
import { type ExportFormat, usualChoices } from '../../src/webview/contract/exports.ts';
import {
	exitCodeOf,
	historyExplained,
	historyOf,
	historyOptions,
	type Manual,
	personsPath,
	readCommandLine,
	tellTrouble,
	UsageError,
} from '../headless/commandLine.ts';

const manual: Manual = {
	about: 'Writes one session into a file.',
	usage:
		'npm run --silent export -- SESSION_ID --format md|html|json --output FILE [--claude-dir DIR]… [--data DIR] [--no-redact] [--no-thinking] [--no-tool-results] [--no-subagents] [--context] [--full-paths] [--force] [--json]',
	options: [
		['SESSION_ID', 'as report --json and search print it'],
		['--format FORMAT', 'md, html or json'],
		['--output FILE', 'the file to write'],
		historyExplained.claudeDir,
		historyExplained.data,
		['--no-redact', 'leaves in what looks like a secret'],
		['--no-thinking', 'leaves out what the model thought'],
		['--no-tool-results', 'leaves out what tools answered'],
		['--no-subagents', 'leaves out what subagents said'],
		['--context', 'also what Claude Code itself put into the conversation'],
		['--full-paths', 'does not shorten paths below the project and the home folder'],
		['--force', 'replaces a file that is there'],
		['--json', 'one JSON object about what was written'],
	],
};

const formats: readonly ExportFormat[] = ['md', 'html', 'json'];

function readArguments(readerThread: URL): { readonly asked: HeadlessExport; readonly isJson: boolean } {
	const flag = { type: 'boolean', default: false } as const;
	const text = { type: 'string' } as const;
	const { values, positionals } = readCommandLine({
		allowPositionals: true,
		options: {
			format: text,
			output: text,
			...historyOptions,
			'no-redact': flag,
			'no-thinking': flag,
			'no-tool-results': flag,
			'no-subagents': flag,
			context: flag,
			'full-paths': flag,
			force: flag,
		},
	});
	const [sessionId, ...more] = positionals;
	if (sessionId === undefined || sessionId === '' || more.length > 0) throw new UsageError('Give the id of one session.');
	const format = formats.find(name => name === values.format);
	if (format === undefined) throw new UsageError(`--format: ${values.format ?? 'nothing'} is none of ${formats.join(', ')}.`);
	if (values.output === undefined || values.output === '') throw new UsageError('--output needs a file.');
	const file = personsPath(values.output);
	if (statSync(file, { throwIfNoEntry: false })?.isDirectory() === true) throw new UsageError(`--output: ${file} is a folder.`);
	if (existsSync(file) && !values.force) throw new UsageError(`--output: ${file} is there already; --force replaces it.`);
	const choices = {
		...usualChoices,
		thinking: !values['no-thinking'],
		toolResults: !values['no-tool-results'],
		subagents: !values['no-subagents'],
		context: values.context,
		shortenPaths: !values['full-paths'],
		redactSecrets: !values['no-redact'],
	};
	return {
		asked: {
			...historyOf(values, 'all'),
			readerThread,
			request: { sessionId, branch: null, format, choices },
			file,
		},
		isJson: values.json,
	};
}

async function main(readerThread: URL): Promise<number> {
	const { asked, isJson } = readArguments(readerThread);
	const { answer: outcome, error, warnings } = await runExport(asked);
	tellTrouble(error ?? (outcome === null ? `There is no session ${asked.request.sessionId}.` : null), warnings);
	if (outcome === null) return 1;
	const redacted = Object.entries(outcome.redacted).map(([kind, places]) => `${kind}: ${places}`);
	process.stdout.write(
		isJson
			? `${JSON.stringify({ ...outcome, file: asked.file })}\n`
			: `${asked.file}: ${outcome.items} items, ${outcome.bytes} bytes${redacted.length === 0 ? '' : `; redacted ${redacted.join(', ')}`}\n`,
	);
	return 0;
}

/** Reads the command line, writes, and answers the exit code. */
export function exportCommand(readerThread: URL): Promise<number> {
	return exitCodeOf(manual, () => main(readerThread));
}
