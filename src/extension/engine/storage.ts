/** Both SQLite files as the engine uses them, on disk or in memory. */
import type { IndexRunRow } from '../../webview/contract/jobs.ts';
import type { Notice } from '../../webview/contract/status.ts';
import type { MaintainedFiles } from '../maintenance/maintenanceJobs.ts';
import type { IndexTables } from '../store/index/indexTables.ts';
import type { Ledger } from '../store/ledger/ledger.ts';
import type { ShardSet } from '../store/search/shardSet.ts';
import type { RunRecords } from './indexRuns.ts';
import type { WorktreeMemory } from './scope.ts';

export interface Storage {
	readonly tables: IndexTables;
	readonly ledger: Ledger;
	/** The words of the transcripts; not opened yet. */
	readonly shards: ShardSet;
	readonly maintenance: MaintainedFiles;
	readonly records: RunRecords;
	readonly worktrees: WorktreeMemory;
	/** Newest first, at most 20. */
	runs(): readonly IndexRunRow[];
	/** What a person should know of the files: recovered, read only, from a newer version. */
	notices(): readonly Notice[];
	/** False when the folder of the files was deleted since, by whichever window: nothing is written into what is there now. */
	isOurs(): boolean;
	/** Makes the index safe on disk. Does nothing where another window is the one that saves. */
	save(): Promise<void>;
	/** Writes both files, and the copies before them, without what was deleted. */
	purge(): Promise<void>;
	close(): Promise<void>;
}
