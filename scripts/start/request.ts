/** What `npm start` was asked for. */
import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';

export interface StartRequest {
	/** Show invented sessions of a sample workspace. */
	readonly demo: boolean;
	/** Absolute; take a picture and exit instead of opening a window. */
	readonly screenshot: string | null;
	/** Absolute; null lets us choose. */
	readonly workspace: string | null;
	/** Absolute; null leaves it to the environment and the defaults. */
	readonly claudeDir: string | null;
}

/** A mistake of the person at the command line; `message` is all they need. */
export class BadRequest extends Error {
	readonly reason = 'bad-request';
}

export const usage = 'Usage: npm start [-- [--demo] [--workspace DIR] [--claude-dir DIR] [--screenshot FILE]]';

/** Paths are taken from `cwd`, where the person typed the command. Throws `BadRequest`. */
export function readRequest(args: readonly string[], cwd: string): StartRequest {
	const { demo, screenshot, workspace, 'claude-dir': claudeDir } = parse(args);
	if (demo === true && (workspace !== undefined || claudeDir !== undefined)) {
		throw new BadRequest('--demo brings its own workspace and sessions: leave out --workspace and --claude-dir.');
	}
	return {
		demo: demo ?? false,
		screenshot: screenshot === undefined ? null : resolve(cwd, screenshot),
		workspace: workspace === undefined ? null : folderAt(resolve(cwd, workspace), '--workspace'),
		claudeDir: claudeDir === undefined ? null : folderAt(resolve(cwd, claudeDir), '--claude-dir'),
	};
}

interface Flags {
	readonly demo?: boolean | undefined;
	readonly screenshot?: string | undefined;
	readonly workspace?: string | undefined;
	readonly 'claude-dir'?: string | undefined;
}

function parse(args: readonly string[]): Flags {
	try {
		const text = { type: 'string' } as const;
		return parseArgs({
			args: [...args],
			options: { demo: { type: 'boolean' }, screenshot: text, workspace: text, 'claude-dir': text },
		}).values;
	} catch (error) {
		throw new BadRequest(error instanceof Error ? error.message : String(error), { cause: error });
	}
}

function folderAt(path: string, flag: string): string {
	if (statSync(path, { throwIfNoEntry: false })?.isDirectory() !== true) throw new BadRequest(`${flag}: there is no folder ${path}.`);
	return path;
}
