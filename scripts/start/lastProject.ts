/** The folder to open when the person names none: the one in which they last used Claude Code. */
import { open, readdir, stat } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';

/** The first records of a transcript, among which one names the folder. */
const headBytes = 256 * 1024;

/** Claude's config directories as the environment says, defaults included (IDX-2). */
export function claudeDirs(env: NodeJS.ProcessEnv): readonly string[] {
	const named = env['CLAUDE_CONFIG_DIR'];
	if (named !== undefined && named !== '') return named.split(',').map(dir => dir.trim());
	const config = env['XDG_CONFIG_HOME'];
	return [join(homedir(), '.claude'), join(config !== undefined && config !== '' ? config : join(homedir(), '.config'), 'claude')];
}

/** Null when there is no session, or its folder is gone. */
export async function lastProject(dirs: readonly string[]): Promise<string | null> {
	const transcripts = (await Promise.all(dirs.map(dir => transcriptsIn(join(dir, 'projects'))))).flat();
	transcripts.sort((a, b) => b.modified - a.modified);
	for (const { path } of transcripts) {
		const folder = await folderOf(path);
		if (folder !== null && (await isFolder(folder))) return folder;
	}
	return null;
}

async function transcriptsIn(projects: string): Promise<{ readonly path: string; readonly modified: number }[]> {
	const found: { readonly path: string; readonly modified: number }[] = [];
	for (const project of await readdir(projects).catch(() => [])) {
		for (const file of await readdir(join(projects, project)).catch(() => [])) {
			if (!file.endsWith('.jsonl')) continue;
			const path = join(projects, project, file);
			const info = await stat(path).catch(() => null);
			if (info?.isFile() === true) found.push({ path, modified: info.mtimeMs });
		}
	}
	return found;
}

async function folderOf(transcript: string): Promise<string | null> {
	const file = await open(transcript);
	try {
		const { buffer, bytesRead } = await file.read(Buffer.alloc(headBytes), 0, headBytes, 0);
		const text = buffer.toString('utf8', 0, bytesRead);
		const quoted = /"cwd":("(?:[^"\\]|\\.)*")/.exec(text)?.[1];
		return quoted === undefined ? null : String(JSON.parse(quoted));
	} catch {
		return null;
	} finally {
		await file.close();
	}
}

async function isFolder(path: string): Promise<boolean> {
	return (await stat(path).catch(() => null))?.isDirectory() === true;
}
