/**
 * The folder of all our files as a whole. It bears a mark; a window that finds another one, or none, holds data of a folder that
 * was deleted, and writes nothing any more: it would bring back what a person wanted gone.
 */
import { randomUUID } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Lock, LockError } from './lock.ts';

export class DeletionError extends Error {
	override readonly name = 'DeletionError';
	readonly reason = 'in-use';
}

const markName = 'folder-id';
/** Another window looks every two seconds whether the folder is still its own, and then closes its files. */
const lockWaitMs = 8_000;

/** Answers whether the folder is still the one that it is now. */
export function folderGuard(folder: string): () => boolean {
	const mark = markOf(folder) ?? newMark(folder);
	// Where nothing can be written, nothing can be brought back.
	return mark === null ? () => true : () => markOf(folder) === mark;
}

/**
 * Deletes everything in the folder. Other windows see the mark gone, write nothing any more, and close; where one of them goes on
 * holding a lock, it rejects with `DeletionError`, and nothing was deleted. This window must have closed its files.
 */
export async function deleteDataFolder(folder: string, waitMs = lockWaitMs): Promise<void> {
	const mark = markOf(folder);
	await rm(join(folder, markName), { force: true });
	const lockFolders = namesIn(folder).filter(name => name.endsWith('.lock'));
	const locks: Lock[] = [];
	const until = performance.now() + waitMs;
	try {
		for (const name of lockFolders) locks.push(await Lock.acquire(join(folder, name), Math.max(0, until - performance.now())));
		for (const name of namesIn(folder).filter(name => !lockFolders.includes(name)))
			await rm(join(folder, name), { recursive: true, force: true });
	} catch (error) {
		if (!(error instanceof LockError)) throw error;
		if (mark !== null) writeFileSync(join(folder, markName), mark, { mode: 0o600 });
		throw new DeletionError('Another window is using the data. Close the other windows and try again; nothing was deleted.');
	} finally {
		for (const lock of locks) await lock.release();
	}
	for (const name of lockFolders) await rm(join(folder, name), { recursive: true, force: true });
}

function namesIn(folder: string): string[] {
	try {
		return readdirSync(folder);
	} catch {
		return [];
	}
}

function markOf(folder: string): string | null {
	try {
		return readFileSync(join(folder, markName), 'utf8');
	} catch {
		return null;
	}
}

function newMark(folder: string): string | null {
	try {
		mkdirSync(folder, { recursive: true, mode: 0o700 });
		// Of two windows that start at the same time, the one that was later takes the other's.
		writeFileSync(join(folder, markName), randomUUID(), { flag: 'wx', mode: 0o600 });
	} catch {
		// There is one by now, or there can be none.
	}
	return markOf(folder);
}
