/**
 * How the engine and its files stand, for a bug report. What may come from a transcript, a person or the file system passes as a
 * count, or as a word from a list of ours.
 */
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { IndexRunRow } from '../../webview/contract/jobs.ts';
import type { SearchStatus } from '../../webview/contract/search.ts';
import type { IndexStatus } from '../../webview/contract/status.ts';
import type { ProviderReason } from '../classification/providers/provider.ts';
import { messageShape } from '../privacy/messageShape.ts';
import { fileCounts, rowCounts, schemaVersion, sessionCounts, sqliteVersion } from '../store/diagnosticCounts.ts';
import { FigureQueries } from '../store/index/figures.ts';
import type { BackupReason } from '../store/ledger/backupFolder.ts';
import { countsByTypeAndStatus, failuresByReason } from '../store/ledger/jobLists.ts';
import type { LedgerReason } from '../store/ledger/ledgerError.ts';
import { lockState } from '../store/lock.ts';
import type { EngineDiagnostics, IndexRunFacts } from './calls/diagnostics.ts';
import { engineJobs } from './jobTypes.ts';
import type { Storage } from './storage.ts';
import { storedParts } from './storageUse.ts';

export interface DiagnosticsParts {
	readonly storage: Storage;
	/** Null where everything is in memory. */
	readonly folder: string | null;
	readonly status: IndexStatus;
	readonly search: SearchStatus;
	readonly forgotten: number;
}

/** Why a job may fail; any other reason may be somebody's text. */
const knownReasons: Readonly<Record<ProviderReason | LedgerReason | BackupReason | 'failed' | 'interrupted' | JobReason, true>> = {
	'not-installed': true,
	'too-old': true,
	'not-logged-in': true,
	'not-available': true,
	refused: true,
	'out-of-credit': true,
	'spawn-failed': true,
	exited: true,
	'rate-limited': true,
	'server-error': true,
	'timed-out': true,
	'too-large': true,
	'not-json': true,
	'wrong-shape': true,
	'over-budget': true,
	lost: true,
	busy: true,
	'disk full': true,
	'read only': true,
	'not saved': true,
	'lock lost': true,
	'other version': true,
	closed: true,
	deleted: true,
	'not verified': true,
	'not found': true,
	damaged: true,
	'newer version': true,
	failed: true,
	interrupted: true,
	'owner kept dying': true,
	'wrong data': true,
	'spending-cap': true,
};
type JobReason = 'owner kept dying' | 'wrong data' | 'spending-cap';

/** As Claude Code names its records; whatever looks otherwise may be somebody's text. */
const recordTypeName = /^[a-z_-]{1,40}$/;

export async function engineDiagnostics({ storage, folder, status, search, forgotten }: DiagnosticsParts): Promise<EngineDiagnostics> {
	const { tables, ledger } = storage;
	const { unknownTypes, malformedLines } = new FigureQueries(tables.db).oddities(null);
	const { notices, ...index } = status;
	const { rss, heapUsed } = process.memoryUsage();
	return {
		versions: {
			node: process.versions.node,
			sqlite: sqliteVersion(tables.db),
			indexSchema: schemaVersion(tables.db),
			ledgerSchema: ledger.read(schemaVersion),
		},
		memoryBytes: { process: rss, heap: heapUsed },
		index,
		notices: notices.map(({ kind, text }) => ({ kind, message: messageShape(text) })),
		search: { ...search, problem: shapeOrNull(search.problem) },
		ledger: { refusal: shapeOrNull(ledger.refusal?.message ?? null), forgottenSessions: forgotten },
		locks: folder === null || !existsSync(folder) ? [] : locksIn(folder),
		sizes: { ofOurFiles: folder === null ? [] : await storedParts(folder), transcriptBytes: tables.files.bytes() },
		sessions: sessionCounts(tables.db),
		transcripts: fileCounts(tables.db),
		unreadable: countedBy(tables.files.problems(), ({ code }) => messageShape(code)),
		malformedLines,
		unknownRecordTypes: namedTypes(unknownTypes),
		rows: { index: rowCounts(tables.db), ledger: ledger.read(rowCounts) },
		...jobFacts(storage),
		indexRuns: storage.runs().map(runFacts),
	};
}

/** Names that may be somebody's text are counted together. */
export function namedTypes(types: ReadonlyMap<string, number>): Record<string, number> {
	const named = new Map<string, number>();
	for (const [type, count] of types) {
		const name = recordTypeName.test(type) ? type : '(other)';
		named.set(name, (named.get(name) ?? 0) + count);
	}
	return Object.fromEntries(named);
}

export function runFacts(run: IndexRunRow): IndexRunFacts {
	const { type, status, startedAt, durationMs, filesRead, bytesRead, sessionsBefore, sessionsAfter, throughputMBPerSec, error } = run;
	const figures = { durationMs, filesRead, bytesRead, sessionsBefore, sessionsAfter, throughputMBPerSec };
	return { type, status, startedAt, ...figures, error: shapeOrNull(error) };
}

function jobFacts({ ledger }: Storage): Pick<EngineDiagnostics, 'jobs' | 'failedJobs'> {
	const types = engineJobs();
	const typeName = (type: string): string => (types.typeOf(type) === null ? '(other)' : type);
	return {
		jobs: ledger.read(countsByTypeAndStatus).map(({ type, status, jobs, meanMs }) => ({ type: typeName(type), status, jobs, meanMs })),
		failedJobs: ledger
			.read(failuresByReason)
			.map(({ type, reason, jobs }) => ({ type: typeName(type), reason: Object.hasOwn(knownReasons, reason) ? reason : '(other)', jobs })),
	};
}

function locksIn(folder: string): EngineDiagnostics['locks'] {
	const kinds = ['index', 'search', 'ledger'] as const;
	return readdirSync(folder)
		.filter(name => name.endsWith('.lock'))
		.map(name => ({ of: kinds.find(kind => name.startsWith(kind)) ?? 'other', state: lockState(join(folder, name)) }));
}

function countedBy<T>(items: readonly T[], keyOf: (item: T) => string): Record<string, number> {
	return Object.fromEntries([...Map.groupBy(items, keyOf)].map(([key, its]) => [key, its.length]));
}

const shapeOrNull = (text: string | null): string | null => (text === null ? null : messageShape(text));
