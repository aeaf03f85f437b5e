/**
 * The little that finding projects and worktrees needs of a file system, so that tests can bring their own.
 */
import { constants } from 'node:fs';
import { open, readdir, realpath } from 'node:fs/promises';

/** Nothing rejects: what cannot be read is as good as absent. */
export interface FolderFiles {
	/** Null when there is nothing at the path. */
	realPath(path: string): Promise<string | null>;
	/** The first 16 KiB of a file; null when there is none. */
	readText(path: string): Promise<string | null>;
	/** Names in a directory; none when there is none. */
	list(path: string): Promise<readonly string[]>;
}

/** Git's own pointers are a line long; what is longer is something else. */
const longestText = 16_384;

export const diskFiles: FolderFiles = {
	realPath: path => realpath(path).catch(() => null),
	readText: path => readStart(path).catch(() => null),
	list: path => readdir(path).catch(() => []),
};

async function readStart(path: string): Promise<string | null> {
	// Without blocking: a pipe in the file's place would wait for a writer for ever.
	const file = await open(path, constants.O_RDONLY | constants.O_NONBLOCK);
	try {
		if (!(await file.stat()).isFile()) {
			return null;
		}
		const { buffer, bytesRead } = await file.read(Buffer.alloc(longestText), 0, longestText, 0);
		return buffer.toString('utf8', 0, bytesRead);
	} finally {
		await file.close();
	}
}
