/** Puts a new file in the place of an old one so that at every instant one of the two is there whole (DB-3). */
import { randomBytes } from 'node:crypto';
import * as nodeFiles from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/** The part of node:fs/promises that writes; tests put in one whose disk is full. */
export type FileSystem = Pick<typeof nodeFiles, 'open' | 'rename' | 'unlink' | 'link' | 'copyFile'>;

export type SaveReason = 'disk full' | 'read only' | 'folder missing' | 'other';

/** The old file is as it was. */
export class SaveError extends Error {
	override readonly name = 'SaveError';
	readonly reason: SaveReason;
	constructor(reason: SaveReason, message: string, cause?: unknown) {
		super(message, { cause });
		this.reason = reason;
	}
}

export interface ReplaceOptions {
	/** Asked immediately before the rename, when all slow work is done; throwing leaves the old file. */
	readonly beforeRename?: () => void;
	/** Keeps what is replaced under this path. */
	readonly keepAs?: string | null;
	readonly files?: FileSystem;
}

/** So much is written at once; between two such writes other work of the thread goes on. */
const sliceBytes = 1 << 22;
/** Small pieces are gathered until they are so long. */
const gatheredLength = 1 << 18;

/** Throws `SaveError`, or what `beforeRename` throws. The file is readable by the user only (NFR-2). */
export async function replaceFile(path: string, bytes: Uint8Array, options: ReplaceOptions = {}): Promise<void> {
	const files = options.files ?? nodeFiles;
	const temporary = temporaryOf(path);
	try {
		await writeWhole(files, temporary, bytes);
		if (typeof options.keepAs === 'string') await keep(files, path, options.keepAs);
		options.beforeRename?.();
		await rename(files, temporary, path);
	} catch (error) {
		await files.unlink(temporary).catch(() => undefined);
		throw isFileError(error) ? saveError(path, error) : error;
	}
	await flushDirectory(dirname(path));
}

/**
 * The same for what comes in pieces and would not fit into memory; answers how many bytes it was. Throws `SaveError`, and what
 * the pieces throw: the old file, or none, is there as before then.
 */
export async function replaceFileByPieces(path: string, pieces: AsyncIterable<string>, files: FileSystem = nodeFiles): Promise<number> {
	const temporary = temporaryOf(path);
	try {
		const bytes = await writePieces(files, temporary, pieces);
		await rename(files, temporary, path);
		await flushDirectory(dirname(path));
		return bytes;
	} catch (error) {
		await files.unlink(temporary).catch(() => undefined);
		throw isFileError(error) ? saveError(path, error) : error;
	}
}

/** Makes renames and new names in a folder survive a power cut. Windows has no such call and needs none. */
export async function flushDirectory(path: string): Promise<void> {
	try {
		const directory = await nodeFiles.open(path, 'r');
		try {
			await directory.sync();
		} finally {
			await directory.close();
		}
	} catch {
		// Some file systems refuse it; the rename itself is done.
	}
}

/** Removes temporary files that a killed process left beside `path`. Saving never takes ten minutes. */
export async function sweepTemporaries(path: string, now: number = Date.now()): Promise<void> {
	const directory = dirname(path);
	const names = await nodeFiles.readdir(directory).catch(() => []);
	for (const name of names.filter(name => name.startsWith(`${basename(path)}.`) && name.endsWith('.tmp'))) {
		const file = join(directory, name);
		const found = await nodeFiles.stat(file).catch(() => null);
		if (found !== null && now - found.mtimeMs > 600_000) await nodeFiles.unlink(file).catch(() => undefined);
	}
}

/** Windows refuses to rename over a file that a virus scanner or another window has open just now. */
export async function rename(files: FileSystem, from: string, to: string): Promise<void> {
	for (let pauseMs = 10; ; pauseMs *= 2) {
		try {
			await files.rename(from, to);
			return;
		} catch (error) {
			const isPassing = ['EPERM', 'EACCES', 'EBUSY'].includes(codeOf(error)) && process.platform === 'win32';
			if (!isPassing || pauseMs > 1000) throw error;
			await sleep(pauseMs);
		}
	}
}

export function saveError(path: string, error: NodeJS.ErrnoException): SaveError {
	switch (error.code) {
		case 'ENOSPC':
		case 'EDQUOT':
		case 'EFBIG':
			return new SaveError('disk full', `There is no room left to save ${path}`, error);
		case 'EROFS':
		case 'EACCES':
		case 'EPERM':
			return new SaveError('read only', `${path} cannot be written: ${error.message}`, error);
		case 'ENOENT':
		case 'ENOTDIR':
			return new SaveError('folder missing', `The folder of ${path} is not there`, error);
		default:
			return new SaveError('other', `${path} could not be saved: ${error.message}`, error);
	}
}

export const codeOf = (error: unknown): string => (isFileError(error) ? (error.code ?? '') : '');

export function isFileError(error: unknown): error is NodeJS.ErrnoException {
	return error instanceof Error && 'code' in error && 'syscall' in error;
}

const temporaryOf = (path: string): string => `${path}.${process.pid}-${randomBytes(4).toString('hex')}.tmp`;

async function writeWhole(files: FileSystem, path: string, bytes: Uint8Array): Promise<void> {
	const file = await files.open(path, 'wx', 0o600);
	try {
		for (let from = 0; from < bytes.length;) {
			const { bytesWritten } = await file.write(bytes, from, Math.min(sliceBytes, bytes.length - from));
			from += bytesWritten;
		}
		await file.sync();
	} finally {
		await file.close();
	}
}

async function writePieces(files: FileSystem, path: string, pieces: AsyncIterable<string>): Promise<number> {
	const file = await files.open(path, 'wx', 0o600);
	let bytes = 0;
	let waiting: string[] = [];
	let length = 0;
	const write = async (): Promise<void> => {
		const piece = Buffer.from(waiting.join(''));
		waiting = [];
		length = 0;
		for (let from = 0; from < piece.length;) from += (await file.write(piece, from)).bytesWritten;
		bytes += piece.length;
	};
	try {
		for await (const piece of pieces) {
			waiting.push(piece);
			length += piece.length;
			if (length >= gatheredLength) await write();
		}
		await write();
		await file.sync();
		return bytes;
	} finally {
		await file.close();
	}
}

/** A second name for the same file costs nothing and leaves `path` in place; where that is not possible, a copy. */
async function keep(files: FileSystem, path: string, as: string): Promise<void> {
	const temporary = temporaryOf(as);
	try {
		try {
			await files.link(path, temporary);
		} catch (error) {
			if (codeOf(error) === 'ENOENT') return;
			await files.copyFile(path, temporary);
		}
		await rename(files, temporary, as);
		// Renaming one name of a file onto another name of it does nothing, and leaves both.
		await files.unlink(temporary).catch(() => undefined);
	} catch (error) {
		await files.unlink(temporary).catch(() => undefined);
		throw error;
	}
}
