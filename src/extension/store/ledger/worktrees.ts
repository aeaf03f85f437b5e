/** Git worktrees that were seen once: when git has forgotten one, its sessions still belong to the repository (IDX-1). */
import type { Ledger } from './ledger.ts';

export interface RememberedWorktree {
	readonly repository: string;
	readonly path: string;
}

export class WorktreeTable {
	readonly #ledger: Ledger;
	readonly #now: () => Date;

	constructor(ledger: Ledger, now: () => Date = () => new Date()) {
		this.#ledger = ledger;
		this.#now = now;
	}

	load(): Promise<readonly RememberedWorktree[]> {
		return Promise.resolve(
			this.#ledger.read(reader =>
				reader.prepare<RememberedWorktree>('SELECT repository, path FROM remembered_worktrees ORDER BY repository, path').all(),
			),
		);
	}

	/**
	 * Makes these the worktrees of the repositories they name; what another window remembers of other repositories stays.
	 * Nothing is written when nothing changed.
	 */
	save(worktrees: readonly RememberedWorktree[]): Promise<void> {
		const at = this.#now().toISOString();
		const paths = JSON.stringify(worktrees.map(({ path }) => path));
		const repositories = JSON.stringify(worktrees.map(({ repository }) => repository));
		return this.#ledger.change(tx => {
			tx.run(
				`DELETE FROM remembered_worktrees WHERE repository IN (SELECT value FROM json_each(?))
				AND path NOT IN (SELECT value FROM json_each(?))`,
				repositories,
				paths,
			);
			for (const { path, repository } of worktrees) {
				tx.run(
					`INSERT INTO remembered_worktrees (path, repository, remembered_at) VALUES (?, ?, ?)
					ON CONFLICT (path) DO UPDATE SET repository = excluded.repository WHERE repository <> excluded.repository`,
					path,
					repository,
					at,
				);
			}
		});
	}
}
