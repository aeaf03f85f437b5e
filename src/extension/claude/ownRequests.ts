/**
 * Requests that this extension makes through the CLI are no sessions of the person's (CLS-7). They run in a folder with a
 * name of its own; a CLI that records them although it is told not to does so under that name.
 */
import { readdir, rm } from 'node:fs/promises';
import { homedir } from 'node:os';
import { basename, join } from 'node:path';
import { claudePlaces } from './places.ts';

/** The last part of the folder's path, wherever the extension's data lie. */
export const ownRequestsFolder = 'session-insights-own-requests';

/** Claude Code names a project's directory after its path: what is no letter or digit becomes a dash. */
const directoryEnd = `-${ownRequestsFolder}`;
/** What is longer is cut here and gets a hash. */
const longestName = 200;

export function isOwnProjectDirectory(name: string): boolean {
	return name.endsWith(directoryEnd);
}

/** A path that is too long is cut in the directory's name, but stands whole in the records. */
export function isOwnWorkingDirectory(cwd: string): boolean {
	return cwd.split(/[\\/]/).at(-1) === ownRequestsFolder;
}

/** Below which folders the CLI records with this environment, whatever other places a person named for us. */
export async function recordingDirs(env: Readonly<Record<string, string | undefined>>): Promise<readonly string[]> {
	const { platform } = process;
	const home = env[platform === 'win32' ? 'USERPROFILE' : 'HOME'] ?? homedir();
	const { places } = await claudePlaces({ commandLineDirs: [], settingDirs: [], env, home, platform });
	return places.map(place => place.projectsDir);
}

/**
 * Removes what was recorded of a request: its own transcript in its own directory, and nothing else. `projectsDirs` are
 * the places below which Claude Code records.
 */
export async function removeOwnTranscript(projectsDirs: readonly string[], cwd: string, sessionId: string): Promise<void> {
	if (basename(cwd) !== ownRequestsFolder || !/^[0-9a-f-]{36}$/.test(sessionId)) return;
	const name = cwd.replace(/[^A-Za-z0-9]/g, '-');
	for (const dir of new Set(projectsDirs)) {
		for (const project of name.length > longestName ? await cutNames(dir, name.slice(0, longestName)) : [name])
			await rm(join(dir, project, `${sessionId}.jsonl`), { force: true }).catch(() => undefined);
	}
}

/** Other long paths may begin alike; the session's id is ours alone. */
async function cutNames(dir: string, beginning: string): Promise<readonly string[]> {
	const names = await readdir(dir).catch(() => []);
	return names.filter(name => name.startsWith(beginning));
}
