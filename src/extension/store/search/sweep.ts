/** Removes files of shards that nothing needs any more. */
import { readdir, stat, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import { codeOf } from '../atomicFile.ts';

/** Files that no list names are left by a kill; younger ones may be another window's, on their way into one. */
const orphanMs = 600_000;

/** `merged`: names of shards that this process has merged into others. Those set aside as damaged stay. */
export async function sweepShards(folder: string, listed: ReadonlySet<string | null>, merged: ReadonlySet<string>): Promise<void> {
	for (const name of await readdir(folder)) {
		if (listed.has(name) || name.includes('.damaged-') || !/\.shard(\.|$)/.test(name)) continue;
		const file = join(folder, name);
		const age = Date.now() - (await stat(file).catch(() => ({ mtimeMs: Date.now() }))).mtimeMs;
		if (merged.has(name) || age > orphanMs) await unlink(file).catch((error: unknown) => ignoreMissing(error));
	}
}

function ignoreMissing(error: unknown): void {
	// On Windows a file that another window has open stays until it is closed, and goes with a later sweep.
	if (!['ENOENT', 'EPERM', 'EBUSY'].includes(codeOf(error))) throw error;
}
