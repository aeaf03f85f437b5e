/** What the commands without a window share of their command lines: options, folders, and what they print when one is wrong. */
import { realpathSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseArgs, type ParseArgsConfig } from 'node:util';
import { refusePath } from '../../src/extension/claude/places.ts';

export class UsageError extends Error {}

/** Somebody wants to know what a command takes; `exitCodeOf` tells them. */
class HelpAsked extends Error {}

/**
 * What stands on the command line, as `parseArgs` of Node describes it; what that refuses is a usage error. Every command
 * takes `--help` besides, which goes before whatever else would be wrong.
 */
export function readCommandLine<const Config extends ParseArgsConfig>(config: Config): ReturnType<typeof parseArgs<Config>> {
	let read: { readonly values: Readonly<Record<string, unknown>> };
	try {
		read = parseArgs({ ...config, options: { ...config.options, help: { type: 'boolean' } } });
	} catch (error) {
		throw new UsageError(error instanceof Error ? error.message : String(error));
	}
	if (read.values['help'] === true) throw new HelpAsked();
	return read as ReturnType<typeof parseArgs<Config>>;
}

/** An argument as `--help` names it, and what it means, which may take several lines. */
export type Explained = readonly [name: string, meaning: string];

export interface Manual {
	/** What the command does, in a sentence. */
	readonly about: string;
	/** Also told when a command line is wrong. */
	readonly usage: string;
	readonly options: readonly Explained[];
}

const helpExplained: Explained = ['--help', 'this text'];

function helpOf({ about, usage, options }: Manual): string {
	const all = [...options, helpExplained];
	const width = Math.max(...all.map(([name]) => name.length));
	const rows = all.map(([name, meaning]) => `  ${name.padEnd(width)}  ${meaning.replaceAll('\n', `\n${' '.repeat(width + 4)}`)}`);
	return `${[about, '', `Usage: ${usage}`, '', ...rows].join('\n')}\n`;
}

/** npm runs scripts in the project's folder; the person who names a file stands elsewhere. */
export function personsPath(path: string): string {
	return resolve(process.env['INIT_CWD'] ?? '.', path);
}

/** The folder of the SQLite files, for commands that need one that is there. */
export function dataFolderOf(data: string | undefined): string {
	if (data === undefined || data === '') throw new UsageError('--data needs the folder of the SQLite files.');
	const folder = personsPath(data);
	if (statSync(folder, { throwIfNoEntry: false })?.isDirectory() !== true) throw new UsageError(`--data: there is no folder ${folder}`);
	return folder;
}

/** Claude config directories as `--claude-dir` names them. */
function claudeDirsOf(dirs: readonly string[] | undefined): readonly string[] {
	for (const dir of dirs ?? []) {
		const refused = refusePath(dir, 'command line', process.platform);
		if (refused !== null) throw new UsageError(`--claude-dir: ${refused.message}`);
	}
	return dirs ?? [];
}

/** What every command takes that asks the history. */
export const historyOptions = {
	'claude-dir': { type: 'string', multiple: true },
	workspace: { type: 'string' },
	all: { type: 'boolean' },
	data: { type: 'string' },
	json: { type: 'boolean', default: false },
} as const;

/** For manuals, in the order of `historyOptions`. */
export const historyExplained = {
	claudeDir: ['--claude-dir DIR', 'a config directory of Claude Code instead of the usual ones; may be given several times'],
	workspace: ['--workspace DIR', 'only sessions of this folder and its worktrees'],
	all: ['--all', 'sessions of all projects'],
	data: ['--data DIR', 'keeps the files there, so that the next run reads only what is new'],
} as const satisfies Readonly<Record<string, Explained>>;

export interface GivenHistory {
	readonly 'claude-dir'?: string[] | undefined;
	readonly workspace?: string | undefined;
	readonly all?: boolean | undefined;
	readonly data?: string | undefined;
}

/** As the engine takes it. `unless`: all projects, too, where neither a workspace nor `--all` is given. */
export function historyOf(
	{ 'claude-dir': claudeDirs, workspace, all, data }: GivenHistory,
	unless: 'all' | null = null,
): { readonly claudeDirs: readonly string[]; readonly workspace: string | null; readonly dataDir: string | null } {
	if (data === '') throw new UsageError('--data needs a folder.');
	return {
		claudeDirs: claudeDirsOf(claudeDirs),
		workspace: unless === 'all' && workspace === undefined ? null : workspaceOf(workspace, all),
		dataDir: data === undefined ? null : personsPath(data),
	};
}

/** The system's where none is given. */
export function timeZoneOf(zone: string | undefined): string {
	try {
		return new Intl.DateTimeFormat('en-US', zone === undefined ? {} : { timeZone: zone }).resolvedOptions().timeZone;
	} catch {
		throw new UsageError(`--timezone: there is no zone ${zone ?? ''}`);
	}
}

/** On standard error, in one order for all commands: what could be better, then why it failed. */
export function tellTrouble(error: string | null, warnings: readonly string[]): void {
	for (const warning of warnings) if (warning !== error) console.error(warning);
	if (error !== null) console.error(error);
}

/** Null for `--all`. */
function workspaceOf(workspace: string | undefined, all: boolean | undefined): string | null {
	if ((workspace !== undefined) === (all === true)) throw new UsageError('Give either --workspace DIR or --all.');
	return workspace === undefined ? null : existingFolder(workspace);
}

function existingFolder(dir: string): string {
	// A variable that is not set must not mean the folder that npm happens to run in.
	if (dir === '') throw new UsageError('--workspace needs a folder.');
	const folder = personsPath(dir);
	try {
		const real = realpathSync(folder);
		if (statSync(real).isDirectory()) return real;
	} catch {
		// Said below, for a file as for nothing.
	}
	throw new UsageError(`--workspace: there is no folder ${folder}`);
}

/** Runs a command and answers its exit code: 1 when it failed, 2 for a command line that is wrong. */
export async function exitCodeOf(manual: Manual, main: () => Promise<number>): Promise<number> {
	// A reader that has seen enough (`| head`) is no fault.
	process.stdout.on('error', (error: NodeJS.ErrnoException) => {
		if (error.code !== 'EPIPE') throw error;
	});
	try {
		return await main();
	} catch (error) {
		if (error instanceof HelpAsked) {
			process.stdout.write(helpOf(manual));
			return 0;
		}
		if (error instanceof UsageError) {
			console.error(error.message);
			console.error(`Usage: ${manual.usage}`);
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
