import { type BlockSums, blocksOf } from '../insights/blocks.ts';
import type { SessionHistory } from '../insights/history.ts';
import type { ProjectScope } from '../store/index/lists.ts';
import type { KeptHistory } from './keptHistory.ts';

/** The five-hour blocks of the scope that was asked for last: no filter changes them, and making them is a fifth of the cost page's time. */
export class KeptBlocks {
	readonly #history: KeptHistory;
	#made: { readonly version: number; readonly scope: string; readonly blocks: readonly BlockSums[] } | null = null;

	constructor(history: KeptHistory) {
		this.#history = history;
	}

	/** `sessions` are those of the scope, as the history has them now. */
	of(projects: ProjectScope, sessions: () => readonly SessionHistory[]): readonly BlockSums[] {
		const { version } = this.#history;
		const scope = JSON.stringify(projects);
		if (this.#made?.version !== version || this.#made.scope !== scope) this.#made = { version, scope, blocks: blocksOf(sessions()) };
		return this.#made.blocks;
	}
}
