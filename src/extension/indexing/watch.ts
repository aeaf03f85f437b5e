/**
 * Watches for appended lines: the `projects` directories and the folders of sessions that were active lately.
 *
 * Only those, because each watch costs a system resource and histories have thousands of folders; what happens
 * elsewhere is found by the re-scan (IDX-3). A watch that cannot be had is told once and changes nothing else.
 */
import { existsSync, type FSWatcher, watch } from 'node:fs';
import { basename, dirname, relative, sep } from 'node:path';

export interface WatchOptions {
	/** Something changed in these directories below `projects`; null when it cannot be told where. */
	readonly onChange: (projects: ReadonlySet<string> | null) => void;
	/** Watching does not work (any more) as it should; the re-scan goes on. */
	readonly onProblem: (code: string) => void;
}

/** Changes within this time are told together: Claude Code writes several records for one step. */
const gatherMs = 40;
const mostFolders = 96;

export class TranscriptWatcher {
	readonly #options: WatchOptions;
	readonly #watches = new Map<string, FSWatcher>();
	#projectsDirs: readonly string[] = [];
	#changed: Set<string> | null = new Set();
	#timer: NodeJS.Timeout | null = null;
	#told = false;
	#disposed = false;

	constructor(options: WatchOptions) {
		this.#options = options;
	}

	/**
	 * Sets what is watched. `activeFolders` are folders of transcripts written to lately, most recent first; a
	 * `projects` directory that does not exist yet is waited for at its nearest existing ancestor. What happened in a
	 * folder before its watch was in place is told as a change of that folder.
	 */
	update(projectsDirs: readonly string[], activeFolders: readonly string[]): void {
		if (this.#disposed) return;
		this.#projectsDirs = projectsDirs;
		const wanted = new Set([...projectsDirs.map(nearestExisting), ...activeFolders.slice(0, mostFolders).filter(existsSync)]);
		for (const [folder, watcher] of this.#watches) {
			if (wanted.has(folder)) continue;
			watcher.close();
			this.#watches.delete(folder);
		}
		for (const folder of wanted) {
			if (this.#watches.has(folder)) continue;
			this.#watch(folder);
			if (this.#watches.has(folder)) this.#heard(folder, null);
		}
	}

	#watch(folder: string): void {
		try {
			const watcher = watch(folder, { persistent: false }, (_event, name) => this.#heard(folder, name));
			watcher.on('error', error => {
				// A watched folder that is deleted says so by an error on some systems.
				watcher.close();
				this.#watches.delete(folder);
				if (existsSync(folder)) this.#problem(error);
				else this.#heard(folder, null);
			});
			this.#watches.set(folder, watcher);
		} catch (error) {
			this.#problem(error);
		}
	}

	#problem(error: unknown): void {
		if (this.#told) return;
		this.#told = true;
		this.#options.onProblem(error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : 'UNKNOWN');
	}

	#heard(folder: string, name: string | null): void {
		if (!existsSync(folder)) {
			this.#watches.get(folder)?.close();
			this.#watches.delete(folder);
		}
		const projectsDir = this.#projectsDirs.find(dir => folder === dir || folder.startsWith(dir + sep));
		const project =
			projectsDir === undefined ? null : folder === projectsDir ? name : (relative(projectsDir, folder).split(sep)[0] ?? null);
		// Heard at an ancestor: only the appearance of what is waited for matters.
		if (projectsDir === undefined && !this.#projectsDirs.some(dir => name === null || (dir.startsWith(folder) && dir.includes(name))))
			return;
		if (project === null) this.#changed = null;
		else this.#changed?.add(basename(project));
		this.#timer ??= setTimeout(() => this.#tell(), gatherMs);
	}

	#tell(): void {
		this.#timer = null;
		const changed = this.#changed;
		this.#changed = new Set();
		if (!this.#disposed) this.#options.onChange(changed);
	}

	dispose(): void {
		this.#disposed = true;
		if (this.#timer !== null) clearTimeout(this.#timer);
		for (const watcher of this.#watches.values()) watcher.close();
		this.#watches.clear();
	}
}

function nearestExisting(path: string): string {
	let folder = path;
	while (!existsSync(folder) && dirname(folder) !== folder) folder = dirname(folder);
	return folder;
}
