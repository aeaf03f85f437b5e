/**
 * Finds the transcripts below a projects directory. Reads directories and sizes only; opens no transcript (IDX-4).
 */
import { type Dirent, lstatSync, readdirSync, realpathSync, statSync } from 'node:fs';
import { join, sep } from 'node:path';
import { classifyTranscriptPath, type Helper, mayHoldTranscripts } from '../claude/layout.ts';
import { isOwnProjectDirectory } from '../claude/ownRequests.ts';

export interface FoundFile {
	/** Real path. */
	readonly path: string;
	readonly kind: 'session' | 'subagent';
	/** The stem of a session's file, the session folder's name of a subagent's; null where only the records can tell. */
	readonly sessionId: string | null;
	readonly agentId: string | null;
	readonly helper: Helper | null;
	/** Name of the directory below `projects`: a hint at the working directory, never decoded. */
	readonly projectDir: string;
	readonly inode: string;
	readonly size: number;
	/** Whole milliseconds since the epoch. */
	readonly mtimeMs: number;
}

export interface Discovery {
	readonly files: readonly FoundFile[];
	/** Directories and files that are there but cannot be looked into, with the system's error code. */
	readonly unreadable: readonly { readonly path: string; readonly code: string }[];
}

/** Directories below which nothing is looked for: the deepest transcript lies five levels down. */
const deepest = 7;

/**
 * Walks one projects directory. Gives the event loop back after each project, because a history has thousands.
 * Links are followed once: what a link leads to is known by its real path, so loops end and nothing counts twice.
 */
export async function discover(projectsDir: string, onlyProjects: ReadonlySet<string> | null, signal?: AbortSignal): Promise<Discovery> {
	const files = new Map<string, FoundFile>();
	const unreadable: { path: string; code: string }[] = [];
	const visited = new Set<string>();

	const list = (directory: string): Dirent[] => {
		try {
			return readdirSync(directory, { withFileTypes: true });
		} catch (error) {
			const code = codeOf(error);
			if (code !== 'ENOENT' && code !== 'ENOTDIR') unreadable.push({ path: directory, code });
			return [];
		}
	};

	const walk = (directory: string, relative: string, depth: number): void => {
		if (visited.has(directory) || depth > deepest) return;
		visited.add(directory);
		for (const entry of list(directory)) {
			const relativePath = relative === '' ? entry.name : `${relative}${sep}${entry.name}`;
			// Not `join`, which looks at every character of a path that is in order.
			let path = `${directory}${sep}${entry.name}`;
			let isDirectory = entry.isDirectory();
			if (entry.isSymbolicLink()) {
				const target = followLink(path);
				if (target === null) continue;
				path = target.path;
				isDirectory = target.isDirectory;
			}
			if (isDirectory) {
				if (mayHoldTranscripts(relativePath)) walk(path, relativePath, depth + 1);
			} else {
				const found = look(path, relativePath, unreadable);
				if (found !== null) files.set(found.path, found);
			}
		}
	};

	visited.add(projectsDir);
	for (const project of list(projectsDir)) {
		signal?.throwIfAborted();
		if (isOwnProjectDirectory(project.name)) continue;
		if (onlyProjects !== null && !onlyProjects.has(project.name)) continue;
		const path = join(projectsDir, project.name);
		const target = project.isSymbolicLink() ? followLink(path) : { path, isDirectory: project.isDirectory() };
		if (target?.isDirectory !== true) continue;
		walk(target.path, project.name, 1);
		await new Promise(resolve => setImmediate(resolve));
	}
	return { files: [...files.values()], unreadable };
}

function look(path: string, relativePath: string, unreadable: { path: string; code: string }[]): FoundFile | null {
	const place = classifyTranscriptPath(relativePath);
	if (place.kind !== 'session' && place.kind !== 'subagent') return null;
	try {
		const stat = statSync(path);
		if (!stat.isFile()) return null;
		return {
			path,
			kind: place.kind,
			sessionId: place.sessionId,
			agentId: place.agentId,
			helper: place.helper,
			projectDir: relativePath.slice(0, relativePath.indexOf(sep)),
			inode: String(stat.ino),
			size: stat.size,
			mtimeMs: Math.trunc(stat.mtimeMs),
		};
	} catch (error) {
		// Claude Code deletes old transcripts; one can vanish between the listing and this line.
		const code = codeOf(error);
		if (code !== 'ENOENT') unreadable.push({ path, code });
		return null;
	}
}

/** Where a link leads; null for one that leads nowhere or in a circle. */
function followLink(path: string): { path: string; isDirectory: boolean } | null {
	try {
		const real = realpathSync.native(path);
		return { path: real, isDirectory: lstatSync(real).isDirectory() };
	} catch {
		return null;
	}
}

function codeOf(error: unknown): string {
	return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : 'UNKNOWN';
}
