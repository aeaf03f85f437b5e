/** What the jobs of maintenance carry and give, and by which rules they run. */
import { isAbsolute } from 'node:path';
import type { JobDefinitions } from '../jobs/registry.ts';

export interface CleanUpData {
	/** Finished jobs and index runs that are older go. */
	readonly keepDays: number;
	/** The newest finished jobs stay, however old they are. */
	readonly keepJobs: number;
	/** Where the answers of classification requests are left. */
	readonly answersFolder: string;
}

export interface Change {
	readonly before: number;
	readonly after: number;
}

export interface CleanUpResult {
	readonly jobs: Change;
	readonly indexRuns: Change;
	readonly answerFiles: Change;
	readonly answerBytes: Change;
	/** Files that were damaged or replaced long ago and are still there: a person decides about them. */
	readonly setAside: readonly SetAsideFile[];
}

export interface SetAsideFile {
	readonly file: string;
	readonly bytes: number;
	readonly since: string;
}

export interface VacuumResult {
	/** Null for one in memory. */
	readonly ledgerBytes: Change | null;
	/** Null for a job that was cancelled before. */
	readonly indexBytes: Change | null;
	/** False where there was too little to win, or where another window is the one that saves. */
	readonly isIndexSaved: boolean;
}

export interface BackupData {
	/** So many stay; at least one does. */
	readonly keep: number;
}

export interface BackupResult {
	readonly file: string;
	readonly backups: Change;
	/** Of all backups. */
	readonly bytes: Change;
}

export interface MaintenanceJobs {
	readonly 'clean-up': { readonly data: CleanUpData; readonly result: CleanUpResult };
	readonly vacuum: { readonly data: Readonly<Record<string, never>>; readonly result: VacuumResult };
	readonly backup: { readonly data: BackupData; readonly result: BackupResult };
}

/** Doing any of it twice does no harm. */
const afterwards = { afterOwnerDied: 'restart', concurrency: 1 } as const;

export const maintenanceJobs: JobDefinitions<MaintenanceJobs> = {
	'clean-up': {
		name: 'clean-up',
		parse(data) {
			const { keepDays, keepJobs, answersFolder } = fieldsOf(data);
			if (typeof answersFolder !== 'string' || !isAbsolute(answersFolder)) throw new TypeError('The folder of the answers is missing');
			return { keepDays: count('keepDays', keepDays, 1), keepJobs: count('keepJobs', keepJobs, 0), answersFolder };
		},
		...afterwards,
		timeoutMs: 300_000,
	},
	vacuum: { name: 'vacuum', parse: () => ({}), ...afterwards, timeoutMs: 600_000 },
	backup: { name: 'backup', parse: data => ({ keep: count('keep', fieldsOf(data)['keep'], 1) }), ...afterwards, timeoutMs: 300_000 },
};

function fieldsOf(data: unknown): Partial<Record<keyof CleanUpData | keyof BackupData, unknown>> {
	return typeof data === 'object' && data !== null ? data : {};
}

function count(name: string, value: unknown, least: number): number {
	if (typeof value !== 'number' || !Number.isSafeInteger(value) || value < least) {
		throw new TypeError(`${name} is ${String(value)}, not a whole number from ${least} on`);
	}
	return value;
}
