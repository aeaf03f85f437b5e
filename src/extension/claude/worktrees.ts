/**
 * The worktrees of a git repository, read from the files that git keeps (`gitrepository-layout`); git itself is not run.
 * Knows nothing of sessions.
 */
import type { FolderFiles } from './folderFiles.ts';
import { isAbsolutePath, isNetworkPath, pathKey, pathRules, type Platform } from './paths.ts';

/** A worktree seen once, so that its sessions stay in the workspace after it was removed. Plain JSON, to be stored. */
export interface RememberedWorktree {
	/** Key of the repository's common directory. */
	readonly repository: string;
	readonly path: string;
}

export interface Worktrees {
	/** Folders of the other worktrees of the repository, vanished ones included; not the one asked from. */
	readonly worktrees: readonly string[];
	/** What was remembered before, brought up to date for this repository. */
	readonly remembered: readonly RememberedWorktree[];
}

interface Repository {
	/** Where a checkout's `.git` was found. */
	readonly topLevel: string;
	/** The directory that all worktrees share, normally the main one's `.git`. */
	readonly commonDir: string;
	readonly key: string;
}

/** The other worktrees of the repository that `folder` (a real path) lies in; none when it lies in no repository. */
export async function worktreesOf(
	folder: string,
	remembered: readonly RememberedWorktree[],
	platform: Platform,
	files: FolderFiles,
): Promise<Worktrees> {
	const repository = await repositoryAround(folder, platform, files);
	if (!repository) {
		return { worktrees: [], remembered };
	}
	const ofOthers = remembered.filter(entry => entry.repository !== repository.key);
	const linked = new Map<string, string>();
	for (const known of [
		...remembered.filter(entry => entry.repository === repository.key).map(entry => entry.path),
		...(await linkedWorktrees(repository.commonDir, platform, files)),
	]) {
		if (isForeign(known, folder, platform)) {
			continue;
		}
		const path = (await files.realPath(known)) ?? known;
		// A folder that was a worktree once may be a repository of its own by now.
		const here = await repositoryAt(path, platform, files);
		if (!here || here.key === repository.key) {
			linked.set(pathKey(path, platform), path);
		}
	}
	const rules = pathRules(platform);
	const main = rules.basename(repository.commonDir) === '.git' ? [rules.dirname(repository.commonDir)] : [];
	const own = pathKey(repository.topLevel, platform);
	return {
		worktrees: [...main, ...linked.values()].filter(path => pathKey(path, platform) !== own),
		remembered: [...ofOthers, ...[...linked.values()].map(path => ({ repository: repository.key, path }))],
	};
}

async function repositoryAround(folder: string, platform: Platform, files: FolderFiles): Promise<Repository | null> {
	const rules = pathRules(platform);
	for (let at = folder; ; at = rules.dirname(at)) {
		const found = await repositoryAt(at, platform, files);
		if (found || rules.dirname(at) === at) {
			return found;
		}
	}
}

/** The repository whose checkout begins exactly at `dir`: its `.git` is the repository, or a file that points to it. */
async function repositoryAt(dir: string, platform: Platform, files: FolderFiles): Promise<Repository | null> {
	const rules = pathRules(platform);
	const dotGit = rules.join(dir, '.git');
	const pointer = await files.readText(dotGit);
	let commonDir = dotGit;
	if (pointer !== null) {
		const target = /^gitdir: (.+)$/m.exec(pointer)?.[1]?.trim();
		if (target === undefined) {
			return null;
		}
		const gitDir = rules.resolve(dir, target);
		if (isForeign(gitDir, dir, platform)) {
			return null;
		}
		// Only a linked worktree has this file; a submodule's directory is shared by nobody.
		const common = await files.readText(rules.join(gitDir, 'commondir'));
		commonDir = common === null ? gitDir : rules.resolve(gitDir, common.trim());
	}
	if (isForeign(commonDir, dir, platform) || (await files.readText(rules.join(commonDir, 'HEAD'))) === null) {
		return null;
	}
	// One repository may be pointed to through different links.
	commonDir = (await files.realPath(commonDir)) ?? commonDir;
	return { topLevel: dir, commonDir, key: pathKey(commonDir, platform) };
}

/** Each entry below `worktrees/` names the `.git` file of a worktree, absolutely or, since git 2.48, from where it stands. */
async function linkedWorktrees(commonDir: string, platform: Platform, files: FolderFiles): Promise<string[]> {
	const rules = pathRules(platform);
	const all = rules.join(commonDir, 'worktrees');
	const paths: string[] = [];
	for (const name of await files.list(all)) {
		const text = (await files.readText(rules.join(all, name, 'gitdir')))?.trim() ?? '';
		// A drive letter here: the repository is used from Windows as well, and that worktree lies where this system cannot see it.
		if (text !== '' && (platform === 'win32' || !/^[a-z]:[\\/]/i.test(text))) {
			paths.push(rules.dirname(rules.resolve(rules.join(all, name), text)));
		}
	}
	return paths;
}

/** Files of a workspace must not send this machine to a server, unless the workspace lies on one itself. */
function isForeign(path: string, from: string, platform: Platform): boolean {
	return !isAbsolutePath(path, platform) || (isNetworkPath(path, platform) && !isNetworkPath(from, platform));
}
