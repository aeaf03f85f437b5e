/** How the engine and its files stand, for a bug report: figures and words of the product's own, nothing of a person's. */
import type { IndexStatus } from '../../../webview/contract/status.ts';
import type { SearchStatus } from '../../../webview/contract/search.ts';
import type { StoredPart } from './data.ts';

/** What became of a message: see `messageShape`. */
export type Shape = string;

export interface EngineDiagnostics {
	readonly versions: {
		readonly node: string;
		readonly sqlite: string;
		readonly indexSchema: number;
		readonly ledgerSchema: number;
	};
	readonly memoryBytes: { readonly process: number; readonly heap: number };
	readonly index: Omit<IndexStatus, 'notices'>;
	readonly notices: readonly { readonly kind: string; readonly message: Shape }[];
	readonly search: Omit<SearchStatus, 'problem'> & { readonly problem: Shape | null };
	readonly ledger: {
		/** Why nothing can be written. */
		readonly refusal: Shape | null;
		readonly forgottenSessions: number;
	};
	/** Of the files in the data folder. `held` is usual for the window that saves. */
	readonly locks: readonly { readonly of: 'index' | 'search' | 'ledger' | 'other'; readonly state: 'held' | 'free' | 'stale' }[];
	readonly sizes: { readonly ofOurFiles: readonly StoredPart[]; readonly transcriptBytes: number };
	readonly sessions: Readonly<Record<string, number>>;
	readonly transcripts: readonly TranscriptCount[];
	/** Error codes of transcripts that cannot be read, with how many have it. */
	readonly unreadable: Readonly<Record<string, number>>;
	readonly malformedLines: number;
	/** Types of records by name, where the name looks like one of Claude Code's. */
	readonly unknownRecordTypes: Readonly<Record<string, number>>;
	readonly rows: { readonly index: Readonly<Record<string, number>>; readonly ledger: Readonly<Record<string, number>> };
	readonly jobs: readonly { readonly type: string; readonly status: string; readonly jobs: number; readonly meanMs: number | null }[];
	readonly failedJobs: readonly { readonly type: string; readonly reason: string; readonly jobs: number }[];
	/** The newest first. */
	readonly indexRuns: readonly IndexRunFacts[];
}

export interface TranscriptCount {
	readonly kind: string;
	readonly files: number;
	readonly gone: number;
	readonly bytes: number;
	readonly bytesRead: number;
}

export interface IndexRunFacts {
	readonly type: string;
	readonly status: string;
	readonly startedAt: string | null;
	readonly durationMs: number | null;
	readonly filesRead: number;
	readonly bytesRead: number;
	readonly sessionsBefore: number;
	readonly sessionsAfter: number;
	readonly throughputMBPerSec: number | null;
	readonly error: Shape | null;
}

export interface DiagnosticsCalls {
	diagnostics: { params: null; result: EngineDiagnostics };
}
