/**
 * Notices what happens to the transcripts after the first scan: by watching where something is going on, and by
 * re-scanning for what watching cannot see (IDX-3).
 */
import { dirname, join, relative, sep } from 'node:path';
import { encodeProjectDir } from '../claude/projects.ts';
import { TranscriptWatcher } from '../indexing/watch.ts';
import type { FileTable } from '../store/index/files.ts';
import { RescanRounds } from './rescan.ts';

/** Transcripts whose folders are watched and looked at in every re-scan. */
const activeFiles = 48;

export interface FollowingParts {
	readonly files: FileTable;
	/** Look at these directories below `projects`; null: at all of them. */
	readonly onChange: (projects: ReadonlySet<string> | null) => void;
	/** Watching is limited, with the system's error code; re-scans go on. */
	readonly onProblem: (code: string) => void;
}

export class Following {
	readonly #parts: FollowingParts;
	readonly #watcher: TranscriptWatcher;
	readonly #rounds = new RescanRounds();
	/** Also those that do not exist yet. */
	#projectsDirs: readonly string[] = [];
	#interval: NodeJS.Timeout | null = null;
	#isOn = false;

	constructor(parts: FollowingParts) {
		this.#parts = parts;
		this.#watcher = new TranscriptWatcher(parts);
	}

	/** Seconds between two re-scans; 0 switches watching off as well. */
	every(seconds: number): void {
		if (this.#interval !== null) clearInterval(this.#interval);
		this.#interval = null;
		this.#isOn = seconds > 0;
		if (!this.#isOn) return;
		this.#interval = setInterval(() => this.#parts.onChange(this.#rounds.next(this.#projectsDirs, this.#activeProjects())), seconds * 1000);
		this.#interval.unref();
	}

	/**
	 * Watches where sessions of the workspace's folders lie or will lie, and where the latest transcripts do. To be called
	 * after each run: what is active moves.
	 */
	update(projectsDirs: readonly string[], workspaceRoots: readonly string[]): void {
		this.#projectsDirs = projectsDirs;
		if (!this.#isOn) return;
		const ofWorkspace = projectsDirs.flatMap(dir => workspaceRoots.map(root => join(dir, encodeProjectDir(root))));
		this.#watcher.update(projectsDirs, [...new Set([...ofWorkspace, ...this.#activeFolders()])]);
	}

	dispose(): void {
		if (this.#interval !== null) clearInterval(this.#interval);
		this.#watcher.dispose();
	}

	#activeProjects(): Set<string> {
		const paths = this.#parts.files.latest(activeFiles);
		return new Set(
			paths.flatMap(path => this.#projectsDirs.map(dir => relative(dir, path).split(sep)[0] ?? '').filter(name => name !== '..')),
		);
	}

	/** Folders of transcripts written to lately, and those where their subagents write. */
	#activeFolders(): string[] {
		const folders = new Set<string>();
		for (const path of this.#parts.files.latest(activeFiles)) {
			folders.add(dirname(path));
			if (path.endsWith('.jsonl')) folders.add(join(path.slice(0, -'.jsonl'.length), 'subagents'));
		}
		return [...folders];
	}
}
