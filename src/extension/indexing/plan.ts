/** Decides, from what is on disk and what is known, what has to be read. Pure (IDX-4). */
import type { KnownFile } from '../store/index/files.ts';
import type { FoundFile } from './discover.ts';

export interface Step {
	readonly found: FoundFile;
	readonly known: KnownFile | null;
	/** `check`: size or time moved; the file's own bytes decide between going on, starting over and nothing. */
	readonly action: 'read' | 'check';
}

export interface Plan {
	readonly steps: readonly Step[];
	readonly vanished: readonly KnownFile[];
	readonly unchanged: number;
}

export interface PlanOptions {
	/** Read every file again, whatever its size and time say (`deep`). */
	readonly deep: boolean;
	readonly parserVersion: number;
	/** Directories and files that could not be looked at: what lies there is not gone, it is out of sight. */
	readonly unreadable: readonly string[];
}

/** `known` are the files below the directories that were looked at. */
export function plan(found: readonly FoundFile[], known: readonly KnownFile[], options: PlanOptions): Plan {
	const knownByPath = new Map(known.map(file => [file.path, file]));
	const steps: Step[] = [];
	let unchanged = 0;
	for (const file of found) {
		const before = knownByPath.get(file.path) ?? null;
		knownByPath.delete(file.path);
		if (before === null || options.deep || before.parserVersion !== options.parserVersion) {
			steps.push({ found: file, known: before, action: 'read' });
		} else if (isAsItWas(file, before)) {
			unchanged++;
		} else {
			steps.push({ found: file, known: before, action: file.size < before.readOffset ? 'read' : 'check' });
		}
	}
	const isWithin = (path: string, places: readonly string[]): boolean =>
		places.some(place => path.startsWith(place) && ['/', '\\', undefined].includes(path[place.length]));
	const vanished = [...knownByPath.values()].filter(file => !file.isGone && !isWithin(file.path, options.unreadable));
	return { steps, vanished, unchanged };
}

function isAsItWas(file: FoundFile, before: KnownFile): boolean {
	if (before.isGone || before.problem !== null) return false;
	return before.size === file.size && before.mtimeMs === file.mtimeMs && before.inode === file.inode;
}
