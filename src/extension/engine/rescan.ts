/**
 * What each re-scan looks at (IDX-3). Looking at all of 10,000 transcripts takes 100 ms; every 30 s that would be three
 * times what an idle extension may cost. So a round looks at the folders that were active lately, at those that came or
 * went, and at a share of the rest, so that every folder has its turn within ten minutes.
 */
import { readdirSync } from 'node:fs';

/** Rounds it takes to look at every folder once: ten minutes at 30 s. */
const roundsForAll = 20;
/** So few folders are looked at in every round. */
const fewFolders = 50;

export class RescanRounds {
	#before: ReadonlySet<string> = new Set();
	#round = 0;

	/** Directories below `projects` to look at in this round; null for all. */
	next(projectsDirs: readonly string[], active: ReadonlySet<string>): ReadonlySet<string> | null {
		return this.choose(projectsDirs.flatMap(namesIn), active);
	}

	/** The decision itself, from the names that are there now. */
	choose(names: readonly string[], active: ReadonlySet<string>): ReadonlySet<string> | null {
		const before = this.#before;
		const now = new Set(names);
		this.#before = now;
		const turn = this.#round++ % roundsForAll;
		if (now.size <= fewFolders || before.size === 0) return null;
		const chosen = new Set(active);
		for (const name of before) if (!now.has(name)) chosen.add(name);
		let index = 0;
		for (const name of now) if (!before.has(name) || index++ % roundsForAll === turn) chosen.add(name);
		return chosen;
	}
}

function namesIn(directory: string): string[] {
	try {
		return readdirSync(directory);
	} catch {
		// Not there yet, or not readable: the scan itself says so.
		return [];
	}
}
