/** Which projects the open workspace covers, kept as row ids for the queries (IDX-1). */
import { likelyFirst, workspaceScope, type WorkspaceScope } from '../claude/projects.ts';
import type { RememberedWorktree } from '../claude/worktrees.ts';
import type { FoundFile } from '../indexing/discover.ts';
import type { IndexTables } from '../store/index/indexTables.ts';
import type { ProjectScope } from '../store/index/lists.ts';
import type { Scope } from '../../webview/contract/sessions.ts';
import { basename } from 'node:path';

/** Where vanished worktrees are remembered: they cannot be found again on disk. */
export interface WorktreeMemory {
	load(): Promise<readonly RememberedWorktree[]>;
	save(worktrees: readonly RememberedWorktree[]): Promise<void>;
}

export class Workspace {
	readonly #tables: IndexTables;
	readonly #memory: WorktreeMemory;
	#folders: readonly string[] = [];
	#scope: WorkspaceScope | null = null;

	constructor(tables: IndexTables, memory: WorktreeMemory) {
		this.#tables = tables;
		this.#memory = memory;
	}

	/** The window's folders; worktrees may have come or gone since the last call. */
	async update(folders: readonly string[]): Promise<void> {
		this.#folders = folders;
		const remembered = await this.#memory.load();
		this.#scope = await workspaceScope(folders, remembered, process.platform);
		if (JSON.stringify(this.#scope.remembered) !== JSON.stringify(remembered)) await this.#memory.save(this.#scope.remembered);
	}

	/** The window's folders and the worktrees that belong to them: real paths. */
	get roots(): readonly string[] {
		return this.#scope?.roots ?? [];
	}

	/** Row ids of the projects that count; null for all of them. */
	projectsOf(scope: Scope): ProjectScope {
		if (scope === 'all') return null;
		const workspace = this.#scope;
		if (workspace === null) return [];
		return this.#tables.sessions
			.projects()
			.filter(project => workspace.includes(project.path))
			.map(project => project.id);
	}

	/** For people: a folder's name, or how many there are. */
	label(scope: Scope): string {
		if (scope === 'all') return 'All projects';
		const [first] = this.#folders;
		if (first === undefined) return 'No folder';
		return this.#folders.length === 1 ? basename(first) || first : `${this.#folders.length} folders`;
	}

	/** Tells files that are likely the workspace's, by the directory they lie in: a hint for the order of reading. */
	isFirst(): (file: FoundFile) => boolean {
		const { roots } = this;
		const ranks = new Map<string, boolean>();
		return file => {
			let first = ranks.get(file.projectDir);
			if (first === undefined) {
				// Ranked against a name that no root bears: what comes before it is the workspace's.
				first = likelyFirst([unlikely, file.projectDir], roots)[0] === file.projectDir;
				ranks.set(file.projectDir, first);
			}
			return first;
		};
	}
}

/** Encoded names have no spaces. */
const unlikely = 'no project';
