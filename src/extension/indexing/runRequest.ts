/** What an index run is asked and what it answers. */
import type { IndexTables } from '../store/index/indexTables.ts';
import type { UsageSum } from '../store/index/usage.ts';
import type { FoundFile } from './discover.ts';
import type { Plan } from './plan.ts';
import type { ReaderPool } from './readerPool.ts';

export interface IndexerParts {
	readonly tables: IndexTables;
	readonly readers: ReaderPool;
	/** Dollars of a sum of responses, null when the model has no known price (MODEL-6). */
	readonly costOf: (usage: UsageSum) => number | null;
	/** Identity and name of the folder a working directory belongs to. */
	readonly identify: (cwd: string) => Promise<ProjectIdentity>;
	/** Rows of these sessions were derived, in a transaction that is still open: what follows from them belongs into it. */
	readonly onDerived: (rowIds: readonly number[]) => void;
	/** A person wanted it forgotten: nothing of it is read, nor kept where only reading can tell. */
	readonly isForgotten: (sessionId: string) => boolean;
	readonly now: () => Date;
}

export interface ProjectIdentity {
	/** Equal for all spellings of one folder. */
	readonly key: string;
	readonly name: string;
}

export interface ScanRequest {
	/** Real paths. */
	readonly projectsDirs: readonly string[];
	/** Places that exist but cannot be read: their sessions stay as they are. */
	readonly unreadable: readonly string[];
	/** Read every file again, whatever its size and time say. */
	readonly deep: boolean;
	/** Only these directories below `projects` (something changed there); null looks everywhere. */
	readonly onlyProjects: ReadonlySet<string> | null;
	readonly signal: AbortSignal;
}

/** What is on disk, compared with what is known. */
export interface Scan extends Plan {
	readonly filesSeen: number;
	/** Directories that cannot be looked into, of this scan and of what it left out, with the system's error code. */
	readonly unreadable: readonly Unreadable[];
	/** A run was cut off: what it touched must be settled again. */
	readonly isUnsettled: boolean;
	/** There is nothing to do. */
	readonly isQuiet: boolean;
}

export interface Unreadable {
	readonly path: string;
	readonly code: string;
}

export interface RunRequest {
	/** Files to read before all others: those of the open workspace (IDX-1). */
	readonly isFirst: (file: FoundFile) => boolean;
	readonly onProgress: (progress: RunProgress) => void;
	/** Sessions whose rows changed, told while the run goes on. */
	readonly onSessions: (sessionIds: readonly string[]) => void;
	readonly signal: AbortSignal;
}

export interface RunProgress {
	readonly filesDone: number;
	readonly filesTotal: number;
	readonly bytesDone: number;
	readonly bytesTotal: number;
}

export interface RunResult {
	readonly filesRead: number;
	readonly bytesRead: number;
	readonly recordsWritten: number;
	/** Of the files read in this run. */
	readonly malformedLines: number;
	readonly unknownRecordTypes: ReadonlyMap<string, number>;
	/** Files that did not change and, read again, gave something else than is stored: what a deep run looks for. */
	readonly differing: readonly string[];
}
