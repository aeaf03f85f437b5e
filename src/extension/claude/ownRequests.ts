/**
 * Requests that this extension makes through the CLI are no sessions of the person's (CLS-7). They run in a folder with a
 * name of its own; a CLI that records them although it is told not to does so under that name.
 */
import { rm } from 'node:fs/promises';
import { basename, join } from 'node:path';

/** The last part of the folder's path, wherever the extension's data lie. */
export const ownRequestsFolder = 'session-insights-own-requests';

/** Claude Code names a project's directory after its path: what is no letter or digit becomes a dash. */
const directoryEnd = `-${ownRequestsFolder}`;
const longestName = 200;

export function isOwnProjectDirectory(name: string): boolean {
	return name.endsWith(directoryEnd);
}

/** A path that is too long is cut in the directory's name, but stands whole in the records. */
export function isOwnWorkingDirectory(cwd: string): boolean {
	return cwd.split(/[\\/]/).at(-1) === ownRequestsFolder;
}

/**
 * Removes what was recorded of a request: its own transcript in its own directory, and nothing else. `projectsDirs` are
 * the places below which Claude Code records.
 */
export async function removeOwnTranscript(projectsDirs: readonly string[], cwd: string, sessionId: string): Promise<void> {
	if (basename(cwd) !== ownRequestsFolder || !/^[0-9a-f-]{36}$/.test(sessionId)) return;
	const name = cwd.replace(/[^A-Za-z0-9]/g, '-');
	if (name.length > longestName) return;
	for (const dir of projectsDirs) await rm(join(dir, name, `${sessionId}.jsonl`), { force: true }).catch(() => undefined);
}
