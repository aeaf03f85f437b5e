/** What the headless commands share of their command lines: places, folders, and what they print when one is wrong. */
import { realpathSync, statSync } from 'node:fs';
import { refusePath } from '../../src/extension/claude/places.ts';

export class UsageError extends Error {}

/** Claude config directories as `--claude-dir` names them. */
export function claudeDirsOf(dirs: readonly string[] | undefined): readonly string[] {
	for (const dir of dirs ?? []) {
		const refused = refusePath(dir, 'command line', process.platform);
		if (refused !== null) throw new UsageError(`--claude-dir: ${refused.message}`);
	}
	return dirs ?? [];
}

/** Null for `--all`. */
export function workspaceOf(workspace: string | undefined, all: boolean | undefined): string | null {
	if ((workspace !== undefined) === (all === true)) throw new UsageError('Give either --workspace DIR or --all.');
	return workspace === undefined ? null : existingFolder(workspace);
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

/** Runs a command and answers its exit code: 1 when it failed, 2 for a command line that is wrong. */
export async function exitCodeOf(usage: string, main: () => Promise<number>): Promise<number> {
	// A reader that has seen enough (`| head`) is no fault.
	process.stdout.on('error', (error: NodeJS.ErrnoException) => {
		if (error.code !== 'EPIPE') throw error;
	});
	try {
		return await main();
	} catch (error) {
		if (error instanceof UsageError) {
			console.error(error.message);
			console.error(`Usage: ${usage}`);
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
