/**
 * Where Claude Code keeps its data on this machine (IDX-2). `choosePlaces` decides from texts alone, `findPlaces` looks at
 * the disk. Neither reads a transcript or knows what the places are wanted for.
 */
import { constants } from 'node:fs';
import { access, realpath, stat } from 'node:fs/promises';
import { isAbsolutePath, pathKey, pathRules, tidyPath, type Platform } from './paths.ts';

export type PlaceSource = 'command line' | 'environment' | 'default' | 'setting';

export interface Place {
	/** Claude's config directory. A real path where the place exists. */
	readonly dir: string;
	/** Its folder of transcripts; may not exist yet in a place that was never used. */
	readonly projectsDir: string;
	readonly source: PlaceSource;
	/** A person named it, so that its absence is a failure; a default place may be absent. */
	readonly named: boolean;
}

export interface PlacesInput {
	/** Values of `--claude-dir`; when there is one, nothing else counts. */
	readonly commandLineDirs: readonly string[];
	readonly settingDirs: readonly string[];
	readonly env: Readonly<Record<string, string | undefined>>;
	readonly home: string;
	readonly platform: Platform;
}

export interface RefusedPath {
	/** As typed. */
	readonly value: string;
	readonly source: PlaceSource;
	readonly reason: 'empty' | 'relative' | 'parent segment' | 'NUL character';
	readonly message: string;
}

/** A place before anyone looked: the spellings its directory may have on disk, the likeliest first. */
export interface PlaceCandidate {
	readonly source: PlaceSource;
	readonly spellings: readonly [string, ...string[]];
}

export interface PlaceChoice {
	readonly candidates: readonly PlaceCandidate[];
	readonly refused: readonly RefusedPath[];
}

export interface PlaceProblem {
	readonly place: Place;
	readonly problem: 'missing' | 'unreadable' | 'not a directory';
	readonly path: string;
	/** The system's error code of one that is unreadable; empty for others. */
	readonly detail: string;
	readonly message: string;
}

export interface FoundPlaces {
	/** Places that can be read now, unique by real path, in the order of the sources. */
	readonly places: readonly Place[];
	/** The others, each once; a missing one may appear later. */
	readonly problems: readonly PlaceProblem[];
	readonly refused: readonly RefusedPath[];
}

export type Look =
	| { readonly kind: 'directory'; readonly realPath: string }
	| { readonly kind: 'missing' | 'not a directory' }
	| { readonly kind: 'unreadable'; readonly detail: string };

/** What `findPlaces` needs of a file system. Never rejects. */
export type LookAtDirectory = (path: string) => Promise<Look>;

/**
 * Why a path a person typed cannot be taken, or null. `~` for the home directory is understood, because neither settings
 * nor the later entries of a list pass through a shell.
 */
export function refusePath(value: string, source: PlaceSource, platform: Platform): RefusedPath | null {
	const text = value.trim();
	const refuse = (reason: RefusedPath['reason'], why: string): RefusedPath => ({
		value,
		source,
		reason,
		message: `${labels[source]} ${JSON.stringify(value)} is not used: ${why}.`,
	});
	if (text === '') {
		return refuse('empty', 'it is empty');
	}
	if (text.includes('\0')) {
		return refuse('NUL character', 'it contains a NUL character');
	}
	if (text.split(platform === 'win32' ? /[\\/]/ : '/').includes('..')) {
		return refuse('parent segment', 'a path with ".." in it is not followed');
	}
	return isAbsolutePath(text, platform) || homeRelative.test(text) ? null : refuse('relative', 'it must be an absolute path');
}

const homeRelative = /^~(?=$|[\\/])/;

const labels: Record<PlaceSource, string> = {
	'command line': 'The directory given with --claude-dir',
	environment: 'The directory in CLAUDE_CONFIG_DIR',
	default: 'The default directory',
	setting: 'The directory in the settings',
};

/** Which places count, in order: the command line alone, else the environment or the defaults, and then the settings. */
export function choosePlaces(input: PlacesInput): PlaceChoice {
	const candidates: PlaceCandidate[] = [];
	const refused: RefusedPath[] = [];
	for (const [source, values] of chosenValues(input)) {
		for (const value of values) {
			const refusal = refusePath(value, source, input.platform);
			if (refusal) {
				refused.push(refusal);
			} else {
				candidates.push({ source, spellings: spellingsOf(value, input) });
			}
		}
	}
	return { candidates, refused };
}

function chosenValues(input: PlacesInput): [PlaceSource, readonly string[]][] {
	if (input.commandLineDirs.length > 0) {
		return [['command line', input.commandLineDirs]];
	}
	const listed = (input.env['CLAUDE_CONFIG_DIR'] ?? '').split(',').filter(entry => entry.trim() !== '');
	return [listed.length > 0 ? ['environment', listed] : ['default', defaultDirs(input)], ['setting', input.settingDirs]];
}

function defaultDirs({ env, home, platform }: PlacesInput): string[] {
	const rules = pathRules(platform);
	const xdg = env['XDG_CONFIG_HOME'] ?? '';
	// The XDG specification has relative values ignored.
	const xdgHome = isAbsolutePath(xdg, platform) ? rules.normalize(xdg) : rules.join(home, '.config');
	return [rules.join(home, '.claude'), rules.join(xdgHome, 'claude')];
}

/** Claude normalizes its root to NFC; the form as typed comes second, for a Linux directory that really is spelled otherwise. */
function spellingsOf(value: string, { home, platform }: PlacesInput): [string, ...string[]] {
	const typed = tidyPath(
		value.trim().replace(homeRelative, () => home),
		platform,
	);
	const composed = typed.normalize('NFC');
	return composed === typed ? [typed] : [composed, typed];
}

/** Looks at every candidate once. Nothing here throws: what cannot be read is told, and never stops the rest. */
export async function findPlaces(choice: PlaceChoice, platform: Platform, look: LookAtDirectory = lookAtDirectory): Promise<FoundPlaces> {
	const found = new Map<string, Examined>();
	for (const candidate of choice.candidates) {
		const examined = await examine(candidate, platform, look);
		const key = pathKey(examined.place.projectsDir, platform);
		const known = found.get(key);
		// A default place that a setting names as well: its absence is now a failure.
		if (!known || (examined.place.named && !known.place.named)) {
			found.set(key, examined);
		}
	}
	const entries = [...found.values()];
	return {
		places: entries.filter(entry => !entry.problem).map(entry => entry.place),
		problems: entries.flatMap(({ place, problem }) => (problem ? [{ place, ...problem }] : [])),
		refused: choice.refused,
	};
}

/** Where Claude's data lies, as far as this machine shows it (IDX-2). */
export function claudePlaces(input: PlacesInput, look?: LookAtDirectory): Promise<FoundPlaces> {
	return findPlaces(choosePlaces(input), input.platform, look);
}

interface Examined {
	readonly place: Place;
	readonly problem: Omit<PlaceProblem, 'place'> | null;
}

async function examine({ spellings, source }: PlaceCandidate, platform: Platform, look: LookAtDirectory): Promise<Examined> {
	const rules = pathRules(platform);
	let dir = spellings[0];
	let seen = await look(dir);
	for (const spelling of spellings.slice(1)) {
		if (seen.kind === 'missing') {
			[dir, seen] = [spelling, await look(spelling)];
		}
	}
	const named = source !== 'default';
	const isProjects = rules.basename(dir) === 'projects';
	const asConfig = (at: string): Place => ({ dir: at, projectsDir: rules.join(at, 'projects'), source, named });
	const asProjects = (at: string): Place => ({ dir: rules.dirname(at), projectsDir: at, source, named });
	if (seen.kind !== 'directory') {
		return { place: isProjects ? asProjects(dir) : asConfig(dir), problem: complain(source, dir, seen) };
	}
	const place = asConfig(seen.realPath);
	const inside = await look(place.projectsDir);
	switch (inside.kind) {
		case 'directory':
			return { place: { ...place, projectsDir: inside.realPath }, problem: null };
		case 'missing':
			return { place: isProjects ? asProjects(seen.realPath) : place, problem: null };
		default:
			return { place, problem: complain(source, place.projectsDir, inside) };
	}
}

function complain(source: PlaceSource, path: string, seen: Exclude<Look, { kind: 'directory' }>): Omit<PlaceProblem, 'place'> {
	const detail = seen.kind === 'unreadable' ? seen.detail : '';
	return { problem: seen.kind, path, detail, message: explain(source, path, seen) };
}

function explain(source: PlaceSource, path: string, look: Exclude<Look, { kind: 'directory' }>): string {
	switch (look.kind) {
		case 'missing':
			return `${labels[source]} does not exist: ${path}`;
		case 'not a directory':
			return `${labels[source]} is not a directory: ${path}`;
		case 'unreadable':
			return `${labels[source]} cannot be read (${look.detail}): ${path}`;
	}
}

/** `LookAtDirectory` on the real disk. */
export async function lookAtDirectory(path: string): Promise<Look> {
	try {
		const realPath = await realpath(path);
		if (!(await stat(realPath)).isDirectory()) {
			return { kind: 'not a directory' };
		}
		await access(realPath, constants.R_OK | constants.X_OK);
		return { kind: 'directory', realPath };
	} catch (error) {
		const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown error';
		if (code === 'ENOENT') {
			return { kind: 'missing' };
		}
		return code === 'ENOTDIR' ? { kind: 'not a directory' } : { kind: 'unreadable', detail: code };
	}
}
