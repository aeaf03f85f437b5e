/** What lies in the folder of our files, by what it is for. Everything in that folder is ours. */
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { StoredKind, StoredPart } from './calls/data.ts';

/** The first that fits. */
const kinds: readonly (readonly [StoredKind, RegExp])[] = [
	['backups', /^(?:backups[\\/]|backup-)/],
	['damaged', /\.damaged-/],
	['search', /^search/],
	['index', /^index-[^\\/]*\.sqlite(?:\.previous)?$/],
	['ledger', /^ledger\.(?:sqlite|journal)(?:\.previous)?$/],
	['temporary', /^answers[\\/]|\.lock[\\/]|\.tmp$/],
];

/** Kinds of which there is nothing are left out. */
export async function storedParts(folder: string): Promise<readonly StoredPart[]> {
	const found = new Map<StoredKind, { bytes: number; files: number }>();
	for (const name of await filesBelow(folder)) {
		const size = await stat(join(folder, name)).then(
			({ size }) => size,
			// Gone between the listing and now.
			() => null,
		);
		if (size === null) continue;
		const kind = kinds.find(([, pattern]) => pattern.test(name))?.[0] ?? 'other';
		const part = found.get(kind) ?? { bytes: 0, files: 0 };
		found.set(kind, { bytes: part.bytes + size, files: part.files + 1 });
	}
	return [...kinds.map(([kind]) => kind), 'other' as const].flatMap(kind => {
		const part = found.get(kind);
		return part === undefined ? [] : [{ kind, ...part }];
	});
}

/** Names of files relative to the folder. */
async function filesBelow(folder: string): Promise<string[]> {
	const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch((error: unknown) => {
		if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return [];
		throw error;
	});
	return entries.filter(entry => !entry.isDirectory()).map(entry => join(entry.parentPath, entry.name).slice(folder.length + 1));
}
