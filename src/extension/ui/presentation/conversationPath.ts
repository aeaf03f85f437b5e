/** Paths that a conversation names: somebody else wrote them, so they open files of this machine only. */
import type { PlatformPath } from 'node:path';

/**
 * The absolute path; null for one that is none, or that leads to another machine (opening a share would send it the
 * person's name and a proof of their password). `folder` is that of the session: what is relative lies below it.
 */
export function conversationPath(path: string, folder: string | null, paths: PlatformPath): string | null {
	if (path.includes('\0') || isElsewhere(path)) return null;
	if (paths.isAbsolute(path)) return paths.normalize(path);
	if (folder === null || isElsewhere(folder) || !paths.isAbsolute(folder)) return null;
	return paths.join(folder, path);
}

/** The name of the file in a path of any system, fit to be part of an address. */
export function lastPart(path: string): string {
	const name = path.split(/[\\/]/).findLast(part => part !== '') ?? '';
	return name.replace(/[\u0000-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, '').slice(0, 200) || 'edit';
}

function isElsewhere(path: string): boolean {
	return /^[\\/]{2}/.test(path);
}
