/**
 * File paths as text: no disk is touched here. The platform is always handed in, so that Windows and macOS rules can be
 * tested on any machine (NFR-7).
 */
import path from 'node:path';

export type Platform = NodeJS.Platform;

export function pathRules(platform: Platform): path.PlatformPath {
	return platform === 'win32' ? path.win32 : path.posix;
}

/** True for paths that name one place whatever the working directory or drive: `/dev` on Windows does not. */
export function isAbsolutePath(text: string, platform: Platform): boolean {
	if (platform !== 'win32') {
		return path.posix.isAbsolute(text);
	}
	return path.win32.isAbsolute(text) && path.win32.parse(text).root.length > 1;
}

/** True for `\\server\share\…`, whose reading would talk to another machine. */
export function isNetworkPath(text: string, platform: Platform): boolean {
	return platform === 'win32' && /^[\\/]{2}/.test(text);
}

/** `.`, `..` and doubled separators resolved, no separator at the end except a root's. Unicode form and case are kept. */
export function tidyPath(text: string, platform: Platform): string {
	const rules = pathRules(platform);
	const normal = rules.normalize(text);
	const root = rules.parse(normal).root;
	return normal.length > root.length ? normal.replace(platform === 'win32' ? /[\\/]+$/ : /\/+$/, '') : normal;
}

/** What two spellings of one path have in common (IDX-1): tidy, NFC, and on Windows lower case. For comparing, not for opening. */
export function pathKey(text: string, platform: Platform): string {
	const tidy = tidyPath(text, platform).normalize('NFC');
	return platform === 'win32' ? tidy.toLowerCase() : tidy;
}

/** Whether `key` is `folderKey` or lies below it; both come from `pathKey`. `/a/bc` is not within `/a/b`. */
export function isWithin(key: string, folderKey: string, platform: Platform): boolean {
	const separator = pathRules(platform).sep;
	return key === folderKey || key.startsWith(folderKey.endsWith(separator) ? folderKey : folderKey + separator);
}
