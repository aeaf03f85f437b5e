/**
 * Which project a session belongs to, and which projects an open workspace covers (IDX-1). A project is the folder of a
 * session's first `cwd`; the name of its directory below `projects/` is lossy and only a hint for what to read first.
 */
import { diskFiles, type FolderFiles } from './folderFiles.ts';
import { isAbsolutePath, isNetworkPath, isWithin, pathKey, pathRules, tidyPath, type Platform } from './paths.ts';
import { worktreesOf, type RememberedWorktree } from './worktrees.ts';

export interface Project {
	/** Equal for all spellings of one folder; for comparing and as the identity in the index. */
	readonly key: string;
	/** Real path if the folder exists, in NFC. */
	readonly path: string;
	/** The folder's own name, for showing. */
	readonly name: string;
}

/**
 * The project of a working directory as a transcript names it. Links are resolved as far as the path still exists. The disk is
 * asked only for paths of this machine's own kind: a home may hold sessions of another system, and a `\\server\…` in a
 * transcript must not make this machine talk to that server.
 */
export async function identifyProject(cwd: string, platform: Platform, files: FolderFiles = diskFiles): Promise<Project> {
	const kind = kindOf(cwd, platform);
	const isLocal = (kind === 'win32') === (platform === 'win32') && isAbsolutePath(cwd, kind) && !isNetworkPath(cwd, kind);
	const path = (isLocal ? await resolveLinks(tidyPath(cwd, kind), kind, files) : tidyPath(cwd, kind)).normalize('NFC');
	return { key: pathKey(path, kind), path, name: pathRules(kind).basename(path) || path };
}

/** Whose rules a path follows, by its looks: drive letters and `\\` are Windows', a leading `/` is not. */
function kindOf(path: string, platform: Platform): Platform {
	if (/^[a-z]:[\\/]|^\\\\/i.test(path)) {
		return 'win32';
	}
	return path.startsWith('/') && platform === 'win32' ? 'linux' : platform;
}

async function resolveLinks(path: string, platform: Platform, files: FolderFiles): Promise<string> {
	const rules = pathRules(platform);
	const gone: string[] = [];
	for (let existing = path; ; existing = rules.dirname(existing)) {
		const real = await files.realPath(existing);
		if (real !== null) {
			return rules.join(real, ...gone);
		}
		if (rules.dirname(existing) === existing) {
			return path;
		}
		gone.unshift(rules.basename(existing));
	}
}

export interface WorkspaceScope {
	/** The workspace's folders and the worktrees that belong to them: real paths, NFC. */
	readonly roots: readonly string[];
	/** The worktrees to remember for the next time: those given, and those seen now. */
	readonly remembered: readonly RememberedWorktree[];
	/** Whether a project (by its key) is in the workspace: one of the roots, or below one. */
	includes(projectKey: string): boolean;
}

/**
 * What a window's folders cover: each folder with all that lies below it, and every other worktree of the repository that a
 * folder lies in. Of the folder's own worktree only the folder counts: whoever opens one package of a large repository does
 * not mean its neighbours. Worktrees that git has forgotten are known from `remembered`.
 */
export async function workspaceScope(
	folders: readonly string[],
	remembered: readonly RememberedWorktree[],
	platform: Platform,
	files: FolderFiles = diskFiles,
): Promise<WorkspaceScope> {
	const roots = new Map<string, string>();
	const addRoot = async (path: string): Promise<string> => {
		const project = await identifyProject(path, platform, files);
		roots.set(project.key, project.path);
		return project.path;
	};
	let memory = remembered;
	for (const folder of folders) {
		const found = await worktreesOf(await addRoot(folder), memory, platform, files);
		memory = found.remembered;
		for (const worktree of found.worktrees) {
			await addRoot(worktree);
		}
	}
	const keys = [...roots.keys()];
	return {
		roots: [...roots.values()],
		remembered: memory,
		includes: projectKey => keys.some(key => isWithin(projectKey, key, platform)),
	};
}

/** The name of the directory that Claude Code gives to a working directory, up to the hash it puts after 200 characters. */
export function encodeProjectDir(cwd: string): string {
	return cwd
		.normalize('NFC')
		.replace(/[^a-zA-Z0-9]/g, '-')
		.slice(0, encodedLength);
}

const encodedLength = 200;

/**
 * Directories below `projects/` in the order in which they should be read: those that bear a root's name, then those that may
 * lie below a root, then the rest. A hint, and as such without regard to case: different folders may share a name, and a
 * session may have moved.
 */
export function likelyFirst(dirNames: readonly string[], roots: readonly string[]): string[] {
	const encoded = roots.map(root => encodeProjectDir(root).toLowerCase());
	const rank = (dirName: string): number => {
		const name = dirName.toLowerCase();
		if (encoded.some(root => name === root || (root.length === encodedLength && name.startsWith(`${root}-`)))) {
			return 0;
		}
		// A root such as `/` or `C:\` already ends in the dash that stands for its separator.
		return encoded.some(root => name.startsWith(root.endsWith('-') ? root : `${root}-`)) ? 1 : 2;
	};
	const ranked = dirNames.map(dirName => ({ dirName, rank: rank(dirName) }));
	return ranked.sort((a, b) => a.rank - b.rank).map(({ dirName }) => dirName);
}
