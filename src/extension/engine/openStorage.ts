/** Opens the two files for the engine, in memory when there is no folder for them. */
import type { IndexRunRow } from '../../webview/contract.ts';
import { IndexTables } from '../store/index/indexTables.ts';
import { migrate } from '../store/migrations/migration.ts';
import { indexMigrations } from '../store/migrations/schemas.ts';
import { Sqlite } from '../store/sqlite.ts';
import type { RunOutcome } from './indexRuns.ts';
import type { Storage } from './storage.ts';

/** Everything in memory: for commands that are asked once, and for windows without a place to store anything. */
export async function memoryStorage(): Promise<Storage> {
	const db = await Sqlite.open(null);
	migrate(db, indexMigrations);
	const runs: IndexRunRow[] = [];
	return {
		tables: new IndexTables(db),
		records: {
			begin: run => {
				runs.unshift({
					id: run.id,
					type: run.type,
					status: 'running',
					startedAt: run.startedAt,
					completedAt: null,
					durationMs: null,
					filesRead: 0,
					bytesRead: 0,
					sessionsBefore: run.sessionsBefore,
					sessionsAfter: run.sessionsBefore,
					throughputMBPerSec: null,
					error: null,
				});
				runs.splice(20);
				return Promise.resolve();
			},
			complete: (id, outcome: RunOutcome) => {
				const at = runs.findIndex(run => run.id === id);
				const run = runs[at];
				if (run !== undefined) runs[at] = { ...run, ...outcome };
				return Promise.resolve();
			},
		},
		worktrees: { load: () => Promise.resolve([]), save: () => Promise.resolve() },
		runs: () => runs,
		notices: () => [],
		save: () => Promise.resolve(),
		close: () => {
			db.close();
			return Promise.resolve();
		},
	};
}
