/**
 * Where the `claude` program is: the setting, then the PATH, then the places installers use. Never in the workspace, where
 * a repository could have planted one (NFR-2).
 */
import { access, constants, realpath, stat } from 'node:fs/promises';
import { homedir } from 'node:os';
import { posix, win32 } from 'node:path';

export interface ExecutableSearch {
	/** The setting; null when it is not set. */
	readonly configured: string | null;
	readonly pathVariable: string;
	/** `PATHEXT`; used on Windows only. */
	readonly pathExtensions: string;
	readonly home: string;
	readonly platform: NodeJS.Platform;
	readonly workspaceFolders: readonly string[];
	/** The real path when it is a file that may be executed, else null. */
	readonly executable: (path: string) => Promise<string | null>;
}

export type FoundExecutable =
	{ readonly found: true; readonly path: string } | { readonly found: false; readonly reason: 'configured-one-missing' | 'not-installed' };

export async function findClaude(search: ExecutableSearch): Promise<FoundExecutable> {
	const { configured, platform, home, workspaceFolders } = search;
	if (configured !== null) {
		return (await search.executable(configured)) === null
			? { found: false, reason: 'configured-one-missing' }
			: { found: true, path: configured };
	}
	const isWindows = platform === 'win32';
	const path = isWindows ? win32 : posix;
	// A real program before a script: `.cmd` goes through a command interpreter.
	const endings = isWindows
		? search.pathExtensions
				.toLowerCase()
				.split(';')
				.filter(ending => ['.exe', '.cmd'].includes(ending))
				.toSorted()
				.reverse()
		: [''];
	const folders = [
		...search.pathVariable.split(path.delimiter),
		path.join(home, '.local', 'bin'),
		path.join(home, '.claude', 'local'),
		...(isWindows ? [] : ['/opt/homebrew/bin', '/usr/local/bin']),
	];
	// Where the file system takes capitals and small letters for the same, so do we.
	const key = (file: string) => (isWindows || platform === 'darwin' ? file.toLowerCase() : file).normalize('NFC');
	const inWorkspace = (file: string) =>
		workspaceFolders.some(folder => {
			const relative = path.relative(key(folder), key(file));
			// `..tools` is a name like any other.
			return relative !== '..' && !relative.startsWith(`..${path.sep}`) && !path.isAbsolute(relative);
		});
	// An empty or relative entry means the directory the process stands in.
	for (const folder of folders.filter(entry => path.isAbsolute(entry))) {
		for (const ending of endings) {
			const candidate = path.join(folder, `claude${ending}`);
			if (inWorkspace(candidate)) continue;
			const real = await search.executable(candidate);
			if (real !== null && !inWorkspace(real)) return { found: true, path: candidate };
		}
	}
	return { found: false, reason: 'not-installed' };
}

/** Looks on this machine, with the environment of this process. */
export function findClaudeHere(
	configured: string | null,
	workspaceFolders: readonly string[],
	env: Readonly<Record<string, string | undefined>>,
): Promise<FoundExecutable> {
	return findClaude({
		configured,
		pathVariable: env['PATH'] ?? env['Path'] ?? '',
		pathExtensions: env['PATHEXT'] ?? '.EXE;.CMD',
		home: homedir(),
		platform: process.platform,
		workspaceFolders,
		executable: executableFile,
	});
}

async function executableFile(path: string): Promise<string | null> {
	try {
		const real = await realpath(path);
		await access(real, constants.X_OK);
		return (await stat(real)).isFile() ? real : null;
	} catch {
		return null;
	}
}
