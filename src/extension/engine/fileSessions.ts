/** Answers which sessions touched a file: by all paths under which a session may have known it. */
import { realpath } from 'node:fs/promises';
import { keyOf } from '../claude/transcript/key.ts';
import { isAbsolutePath, isNetworkPath, isWithin, pathKey, pathRules, tidyPath, type Platform } from '../claude/paths.ts';
import { sessionRow } from '../insights/sessionRow.ts';
import { FileTouches } from '../store/index/fileTouches.ts';
import type { IndexTables } from '../store/index/indexTables.ts';
import type { FileSessionCalls, FileSessions } from './calls/fileSessions.ts';

export interface FileSessionParts {
	readonly tables: IndexTables;
	/** The window's folders and all worktrees of their repositories. */
	readonly roots: () => readonly string[];
	readonly platform: Platform;
	readonly now: () => Date;
}

/** No list gives more rows at once (DB-1). */
const mostRows = 200;
/** Windows and macOS take a file for the same whatever the case of its name. */
const foldsCase = (platform: Platform): boolean => platform === 'win32' || platform === 'darwin';

export class SessionsOfFile {
	readonly #parts: FileSessionParts;
	readonly #touches: FileTouches;

	constructor(parts: FileSessionParts) {
		this.#parts = parts;
		this.#touches = new FileTouches(parts.tables.db);
	}

	async find(file: string): Promise<FileSessions> {
		const { platform, roots, now } = this.#parts;
		if (!isAbsolutePath(file, platform)) return { sessions: [], total: 0 };
		const paths = namesOf(file, await realPathOf(file, platform), roots(), platform);
		const ids = foldsCase(platform) ? this.#touches.idsInAnyCase(paths) : this.#touches.knownIds(paths.map(keyOf));
		const rows = ids.length === 0 ? [] : this.#touches.sessions(ids, mostRows);
		const nowMs = now().getTime();
		return {
			sessions: rows.map(touch => ({
				row: sessionRow(touch, nowMs),
				reads: touch.reads,
				edits: touch.edits,
				touchedAt: touch.touched_ms === null ? null : new Date(touch.touched_ms).toISOString(),
				agentId: touch.is_agent === 1 ? (touch.touched_agent ?? String(touch.touched_file)) : null,
				messageId: `@${touch.byte_offset}`,
			})),
			total: rows[0]?.total ?? 0,
		};
	}
}

/**
 * All names that one file may have in transcripts: as it was opened, where links lead, and at its place in each worktree; in
 * both forms in which Unicode writes accents, because macOS gives one of them and people type the other.
 */
export function namesOf(file: string, real: string | null, roots: readonly string[], platform: Platform): readonly string[] {
	const rules = pathRules(platform);
	const own = [file, tidyPath(file, platform), ...(real === null ? [] : [real])];
	const keys = [...new Set(own.map(path => pathKey(path, platform)))];
	const inside = roots.flatMap(root => {
		const rootKey = pathKey(root, platform);
		return keys
			.filter(key => isWithin(key, rootKey, platform))
			.map(key => ({ length: rootKey.length, below: rules.relative(rootKey, key) }));
	});
	// A worktree may lie in another: the place in the innermost is meant.
	const [innermost] = inside.toSorted((a, b) => b.length - a.length);
	const copies = innermost === undefined ? [] : roots.map(root => rules.join(root, innermost.below));
	return [...new Set([...own, ...copies].flatMap(path => [path, path.normalize('NFC'), path.normalize('NFD')]))];
}

/** A server's answer is not waited for: a `\\server\…` is left as it is named. */
async function realPathOf(file: string, platform: Platform): Promise<string | null> {
	return isNetworkPath(file, platform) ? null : realpath(file).catch(() => null);
}

/** Answers of the worker. */
export function fileSessionHandlers(files: () => SessionsOfFile) {
	return { fileSessions: ({ file }: FileSessionCalls['fileSessions']['params']) => files().find(file) };
}
