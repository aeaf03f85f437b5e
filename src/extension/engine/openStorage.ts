/** Opens the two files for the engine, in memory when there is no folder for them. */
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import type { IndexRunRow } from '../../webview/contract.ts';
import { DatabaseFile } from '../store/databaseFile.ts';
import { IndexTables } from '../store/index/indexTables.ts';
import { Lock } from '../store/lock.ts';
import { migrate } from '../store/migrations/migration.ts';
import { indexMigrations } from '../store/migrations/schemas.ts';
import { Sqlite } from '../store/sqlite.ts';
import type { EngineOptions } from './api.ts';
import type { RunOutcome } from './indexRuns.ts';
import type { Storage } from './storage.ts';

/** What is stored for the given settings. */
export async function openStorage(options: EngineOptions): Promise<Storage> {
	if (options.dataDir === null) return memoryStorage();
	return diskStorage(
		options.dataDir,
		JSON.stringify([options.replaceDefaults, ...options.claudeDirs, process.env['CLAUDE_CONFIG_DIR'] ?? '']),
	);
}

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

/**
 * `dataDir` holds one index for each set of places (`placesKey`) and one ledger for all. Every window has the index in
 * memory and follows the transcripts by itself; the one that holds the lock saves.
 */
export async function diskStorage(dataDir: string, placesKey: string): Promise<Storage> {
	const memory = await memoryStorage();
	const name = `index-${createHash('sha256').update(placesKey).digest('hex').slice(0, 12)}`;
	const file = new DatabaseFile(join(dataDir, `${name}.sqlite`), { migrations: indexMigrations });
	const opened = await file.open();
	const db = opened.db ?? (await emptyIndex());
	let lock: Lock | null = null;
	const save = async (): Promise<void> => {
		if (!opened.canSave || !db.dirty) return;
		if (lock?.isHeld !== true) {
			await lock?.release();
			lock = Lock.tryAcquire(join(dataDir, `${name}.lock`));
			lock?.keepAlive();
		}
		const holder = lock;
		if (holder !== null) await file.save(db, () => holder.verify());
	};
	return {
		...memory,
		tables: new IndexTables(db),
		notices: () =>
			opened.message === null
				? []
				: [{ kind: 'warning', text: opened.message, action: opened.outcome.kind === 'newer' ? 'reloadWindow' : 'showLog' }],
		save,
		close: async () => {
			await memory.close();
			db.close();
			await lock?.release();
		},
	};
}

async function emptyIndex(): Promise<Sqlite> {
	const db = await Sqlite.open(null);
	migrate(db, indexMigrations);
	return db;
}
