/** The program behind `npm run report`: its command line, and what it prints for people. */
import { realpathSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { runReport } from '../../src/extension/engine/report.ts';
import { refusePath } from '../../src/extension/claude/places.ts';
import type { Report } from '../../src/extension/insights/report.ts';

class UsageError extends Error {}

interface Arguments {
	readonly claudeDirs: readonly string[];
	readonly workspace: string | null;
	readonly data: string | null;
	readonly json: boolean;
}

function readArguments(): Arguments {
	let values;
	try {
		({ values } = parseArgs({
			options: {
				'claude-dir': { type: 'string', multiple: true },
				workspace: { type: 'string' },
				all: { type: 'boolean' },
				data: { type: 'string' },
				json: { type: 'boolean' },
			},
		}));
	} catch (error) {
		throw new UsageError(error instanceof Error ? error.message : String(error));
	}
	const claudeDirs = values['claude-dir'] ?? [];
	for (const dir of claudeDirs) {
		const refused = refusePath(dir, 'command line', process.platform);
		if (refused !== null) throw new UsageError(`--claude-dir: ${refused.message}`);
	}
	if ((values.workspace !== undefined) === (values.all === true)) throw new UsageError('Give either --workspace DIR or --all.');
	if (values.data === '') throw new UsageError('--data needs a folder.');
	return {
		claudeDirs,
		workspace: values.workspace === undefined ? null : existingFolder(values.workspace),
		data: values.data === undefined ? null : resolve(values.data),
		json: values.json === true,
	};
}

function existingFolder(dir: string): string {
	try {
		const real = realpathSync(dir);
		if (statSync(real).isDirectory()) return real;
	} catch {
		// Said below, for a file as for nothing.
	}
	throw new UsageError(`--workspace: there is no folder ${dir}`);
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
export async function reportCommand(readerThread: URL): Promise<number> {
	// A reader that has seen enough (`| head`) is no fault.
	process.stdout.on('error', (error: NodeJS.ErrnoException) => {
		if (error.code !== 'EPIPE') throw error;
	});
	try {
		return await main(readerThread);
	} catch (error) {
		if (error instanceof UsageError) {
			console.error(error.message);
			console.error('Usage: npm run --silent report -- [--claude-dir DIR]… (--workspace DIR | --all) [--data DIR] [--json]');
			return 2;
		}
		if (error instanceof Error && ('code' in error || 'reason' in error)) {
			// What the disk refuses is for a person to mend; a stack trace would not help them.
			console.error(error.message);
			return 1;
		}
		throw error;
	}
}
