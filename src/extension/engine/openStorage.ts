/** Opens the two files for the engine; in memory when there is no folder for them. */
import { createHash } from 'node:crypto';
import { basename, join } from 'node:path';
import type { Notice } from '../../webview/contract/status.ts';
import type { IndexVacuum } from '../maintenance/maintenanceJobs.ts';
import { folderGuard } from '../store/dataFolder.ts';
import { DatabaseFile } from '../store/databaseFile.ts';
import { IndexTables } from '../store/index/indexTables.ts';
import { LedgerBackups } from '../store/ledger/backups.ts';
import { IndexRunTable } from '../store/ledger/indexRuns.ts';
import { Ledger } from '../store/ledger/ledger.ts';
import type { LedgerMessage } from '../store/ledger/ledgerImage.ts';
import { WorktreeTable } from '../store/ledger/worktrees.ts';
import { Lock } from '../store/lock.ts';
import { indexMigrations } from '../store/migrations/schemas.ts';
import { newDatabase } from '../store/newDatabase.ts';
import { ShardSet } from '../store/search/shardSet.ts';
import type { Sqlite } from '../store/sqlite.ts';
import type { EngineOptions } from './api.ts';
import { noticeOf } from './noticeOf.ts';
import type { Storage } from './storage.ts';

/** Of the pages of the index; below that a vacuum wins less than it costs. */
const leastFreeShare = 0.05;

type Places = Pick<EngineOptions, 'replaceDefaults' | 'claudeDirs'>;
type Environment = Readonly<Record<string, string | undefined>>;

/** The same for the same places, wherever it is asked. */
function placesKeyOf({ replaceDefaults, claudeDirs }: Places, env: Environment): string {
	return createHash('sha256')
		.update(JSON.stringify([replaceDefaults, claudeDirs, env['CLAUDE_CONFIG_DIR'] ?? null, env['XDG_CONFIG_HOME'] ?? null]))
		.digest('hex')
		.slice(0, 12);
}

/** Of the folder of the search index of a set of places; its lock lies beside it. */
export function searchNameOf(places: Places, env: Environment): string {
	return `search-${placesKeyOf(places, env)}`;
}

/** Of the index of a set of places, without its extension. */
export function indexNameOf(places: Places, env: Environment): string {
	return `index-${placesKeyOf(places, env)}`;
}

/**
 * The folder holds one index for each set of places and one ledger for all. Every window has the index in memory and
 * follows the transcripts by itself; the one that holds the lock saves.
 */
export async function openStorage(options: EngineOptions, env: Environment): Promise<Storage> {
	const placesKey = placesKeyOf(options, env);
	const notices: Notice[] = [];
	const isOurs = options.dataDir === null ? () => true : folderGuard(options.dataDir);
	const ledgerPath = join(options.dataDir ?? '', 'ledger.sqlite');
	const { ledger, messages, outcome } = await Ledger.open({
		folder: options.dataDir,
		isOurs,
		onTrouble: message => notices.push(fileNotice(ledgerPath, message, 'showLog')),
	});
	const index = options.dataDir === null ? await memoryIndex() : await indexFile(options.dataDir, indexNameOf(options, env), isOurs);
	const runs = new IndexRunTable(ledger, placesKey);
	if (ledger.refusal === null) await runs.failInterrupted(new Date());
	const ledgerAction: Notice['action'] = outcome.kind === 'newer' ? 'reloadWindow' : 'showLog';
	notices.push(...index.notices, ...messages.map(message => fileNotice(ledgerPath, message, ledgerAction)));
	return {
		tables: new IndexTables(index.db),
		ledger,
		shards: new ShardSet({
			folder: options.dataDir === null ? null : join(options.dataDir, searchNameOf(options, env)),
			lockFolder: options.dataDir === null ? null : join(options.dataDir, `${searchNameOf(options, env)}.lock`),
			isOurs,
		}),
		maintenance: {
			dataFolder: options.dataDir,
			backups: options.dataDir === null ? null : new LedgerBackups({ ledger, folder: options.dataDir }),
			vacuumIndex: () => vacuum(index),
		},
		// A ledger that cannot be written keeps nobody from seeing their sessions; the notice above says so.
		records: {
			begin: async run => {
				if (ledger.refusal === null) await runs.begin(run);
			},
			complete: async (id, run) => {
				if (ledger.refusal === null) await runs.complete(id, run);
			},
		},
		worktrees: {
			load: () => new WorktreeTable(ledger).load(),
			save: async worktrees => {
				if (ledger.refusal === null) await new WorktreeTable(ledger).save(worktrees);
			},
		},
		runs: () => {
			// What other windows recorded shows the next time.
			ledger.refresh().catch(() => undefined);
			return runs.last(20);
		},
		notices: () => notices,
		isOurs,
		save: () => index.save(),
		purge: async () => {
			// Twice: what a file holds when it is written becomes the copy before it.
			for (let time = 0; time < 2; time++) {
				index.db.markDirty();
				await index.save();
				if (options.dataDir !== null && ledger.refusal === null) await ledger.fold();
			}
		},
		close: async () => {
			await index.close();
			await ledger.close();
		},
	};
}

function fileNotice(path: string, { text, about }: LedgerMessage, action: Notice['action']): Notice {
	const name = basename(path);
	switch (about.kind) {
		case 'read only':
			return noticeOf('warning', 'readOnly', [path], action);
		case 'newer':
			return noticeOf('warning', 'newerVersion', [name, about.version], action);
		case 'recovered': {
			const { from, setAside, problem } = about;
			return setAside === null
				? noticeOf('warning', `recovered from ${from}`, [name, problem], action)
				: noticeOf('warning', `recovered from ${from}, kept`, [name, problem, basename(setAside)], action);
		}
		case 'replayed':
			return noticeOf('warning', 'journalReplayed', [], action);
		case 'journal damaged':
			return about.setAside === null
				? noticeOf('warning', 'journalDamaged', [about.problem], action)
				: noticeOf('warning', 'journalDamagedKept', [about.problem, about.setAside], action);
		case 'opened':
		case 'created':
			return { kind: 'warning', text, action };
	}
}

interface OpenIndex {
	readonly db: Sqlite;
	readonly notices: readonly Notice[];
	readonly save: () => Promise<void>;
	close(): Promise<void>;
}

async function vacuum({ db, save }: OpenIndex): Promise<IndexVacuum> {
	const { bytes: bytesBefore, freeShare } = db.size;
	if (freeShare < leastFreeShare) return { bytesBefore, bytesAfter: bytesBefore, isSaved: false };
	db.vacuum();
	await save();
	return { bytesBefore, bytesAfter: db.size.bytes, isSaved: !db.dirty };
}

async function memoryIndex(): Promise<OpenIndex> {
	const db = await newDatabase(indexMigrations);
	return {
		db,
		notices: [],
		save: () => Promise.resolve(),
		close: () => {
			db.close();
			return Promise.resolve();
		},
	};
}

async function indexFile(dataDir: string, name: string, isOurs: () => boolean): Promise<OpenIndex> {
	const file = new DatabaseFile(join(dataDir, `${name}.sqlite`), { migrations: indexMigrations });
	const opened = await file.open();
	if (opened.db === null) {
		// Written by a newer version: it stays as it is, and this window shows what it reads by itself.
		const memory = await memoryIndex();
		return { ...memory, notices: [fileNotice(file.path, { text: opened.message ?? '', about: opened.outcome }, 'reloadWindow')] };
	}
	const { db } = opened;
	let lock: Lock | null = null;
	const save = async (): Promise<void> => {
		if (!opened.canSave || !db.dirty || !isOurs()) return;
		if (lock?.isHeld !== true) {
			await lock?.release();
			lock = Lock.tryAcquire(join(dataDir, `${name}.lock`));
			lock?.keepAlive();
		}
		const holder = lock;
		if (holder !== null) await file.save(db, () => holder.verify());
	};
	// One after the other: an older image must not be renamed over a newer one, nor the lock go while one is being written.
	let last = Promise.resolve();
	return {
		db,
		notices: opened.message === null ? [] : [fileNotice(file.path, { text: opened.message, about: opened.outcome }, 'showLog')],
		save: () => (last = last.catch(() => undefined).then(save)),
		close: async () => {
			await last.catch(() => undefined);
			db.close();
			await lock?.release();
		},
	};
}
