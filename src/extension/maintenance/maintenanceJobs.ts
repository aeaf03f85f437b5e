/**
 * The room that takes care of the files in the background (AUDIT-5, JOB-8): cleaning up, vacuum, backups. It knows the
 * queue and the store, and nothing of sessions, windows or when it is asked to run. Between their steps its jobs look
 * whether they are to stop, and tell what they did so far.
 */
import type { Job } from '../jobs/job.ts';
import type { JobHandler, JobRun } from '../jobs/jobRun.ts';
import { isOwnerGone } from '../jobs/lease.ts';
import type { JobPage } from '../jobs/queue.ts';
import { JobFailure } from '../jobs/retry.ts';
import { type Backup, BackupError, type LedgerBackups } from '../store/ledger/backups.ts';
import { countIndexRuns, deleteOldIndexRuns, openAnswerFiles } from '../store/ledger/cleanUp.ts';
import type { Ledger } from '../store/ledger/ledger.ts';
import { type Vacuumed, vacuumLedger } from '../store/ledger/vacuum.ts';
import {
	type BackupData,
	type BackupResult,
	type Change,
	type CleanUpData,
	type CleanUpResult,
	maintenanceJobs,
	type VacuumResult,
} from './definitions.ts';
import { deleteOldAnswers, longSetAside } from './oldFiles.ts';

export { maintenanceJobs, type MaintenanceJobs } from './definitions.ts';

/** What the two files need to be taken care of. */
export interface MaintainedFiles {
	/** Where they lie; null for those in memory. */
	readonly dataFolder: string | null;
	readonly backups: LedgerBackups | null;
	/** Frees what deleted rows of the index left, when that is worth it, and saves. */
	readonly vacuumIndex: () => Promise<IndexVacuum>;
}

export interface IndexVacuum extends Vacuumed {
	/** The file is smaller too: there was enough to win, and this window is the one that saves. */
	readonly isSaved: boolean;
}

/** Any `JobQueue`. */
export interface MaintainedQueue {
	active(): readonly Job[];
	list(filter: { readonly limit: number }): JobPage;
	cleanUp(olderThan: Date, keep: number): Promise<number>;
}

export interface MaintenanceParts extends MaintainedFiles {
	readonly ledger: Ledger;
	readonly queue: MaintainedQueue;
	readonly now: () => Date;
}

/** Any registry whose types include those of `maintenanceJobs`. */
export interface MaintenanceRegistry {
	handle(name: 'clean-up', handler: JobHandler<CleanUpData, CleanUpResult>): () => void;
	handle(name: 'vacuum', handler: JobHandler<Readonly<Record<string, never>>, VacuumResult>): () => void;
	handle(name: 'backup', handler: JobHandler<BackupData, BackupResult>): () => void;
}

/** As many index runs are shown of each index. */
const shownRuns = 20;
const dayMs = 86_400_000;
/** Another one is over by then; they take seconds. */
const laterMs = 5_000;

/** From now on this window runs them. Answers how to end that. */
export function registerMaintenance(registry: MaintenanceRegistry, parts: MaintenanceParts): () => void {
	const ends = [
		registry.handle(
			'clean-up',
			alone(parts, (data, run) => cleanUp(parts, data, run)),
		),
		registry.handle(
			'vacuum',
			alone(parts, (_, run) => vacuum(parts, run)),
		),
		registry.handle(
			'backup',
			alone(parts, (data, run) => backup(parts, data, run)),
		),
	];
	return () => ends.forEach(end => end());
}

async function cleanUp(parts: MaintenanceParts, data: CleanUpData, run: JobRun): Promise<CleanUpResult> {
	const { ledger, queue, now, dataFolder } = parts;
	const steps = 4;
	const olderThan = new Date(now().getTime() - data.keepDays * dayMs);
	const jobs = queue.list({ limit: 1 }).total;
	const indexRuns = ledger.read(countIndexRuns);
	const nothing = { before: 0, after: 0 };
	run.progress(0, steps, 'jobs');
	const deleted = await queue.cleanUp(olderThan, data.keepJobs);
	let result: CleanUpResult = {
		jobs: { before: jobs, after: jobs - deleted },
		indexRuns: { before: indexRuns, after: indexRuns },
		answerFiles: nothing,
		answerBytes: nothing,
		setAside: [],
	};
	if (mustStop(run)) return result;
	run.progress(1, steps, 'index runs');
	const ended = await run.change(tx => deleteOldIndexRuns(tx, olderThan.toISOString(), shownRuns));
	result = { ...result, indexRuns: { before: indexRuns, after: indexRuns - ended } };
	if (mustStop(run)) return result;
	run.progress(2, steps, 'answers');
	// What another window asked a moment ago is younger than any answer that is deleted.
	const answers = await deleteOldAnswers(data.answersFolder, ledger.read(openAnswerFiles), now());
	result = { ...result, answerFiles: answers.files, answerBytes: answers.bytes };
	if (mustStop(run)) return result;
	run.progress(3, steps, 'files set aside');
	result = { ...result, setAside: dataFolder === null ? [] : await longSetAside(dataFolder, now()) };
	run.progress(steps, steps);
	return result;
}

async function vacuum({ ledger, dataFolder, vacuumIndex }: MaintenanceParts, run: JobRun): Promise<VacuumResult> {
	run.progress(0, 2, 'ledger');
	const ledgerBytes = dataFolder === null ? null : changeOf(await vacuumLedger(ledger));
	if (mustStop(run)) return { ledgerBytes, indexBytes: null, isIndexSaved: false };
	run.progress(1, 2, 'index');
	const index = await vacuumIndex();
	run.progress(2, 2);
	return { ledgerBytes, indexBytes: changeOf(index), isIndexSaved: index.isSaved };
}

async function backup({ backups }: MaintenanceParts, { keep }: BackupData, run: JobRun): Promise<BackupResult> {
	if (backups === null) throw new JobFailure('in memory', 'There is no folder for files, so there is nothing to back up', 'never');
	const before = await backups.list();
	const file = await backups.make(keep, run.signal);
	const after = await backups.list();
	return { file, backups: { before: before.length, after: after.length }, bytes: { before: bytesOf(before), after: bytesOf(after) } };
}

/** One job of this room at a time, over all windows: the others wait for the one that began first. */
function alone<Data, Result>({ queue, now }: MaintenanceParts, handler: JobHandler<Data, Result>): JobHandler<Data, Result> {
	return async (data, run) => {
		if (firstBegun(queue, run.job.id, now()) !== run.job.id) {
			throw new JobFailure('waiting', 'Another job of maintenance is under way', { at: new Date(now().getTime() + laterMs) });
		}
		try {
			return await handler(data, run);
		} catch (error) {
			throw error instanceof BackupError ? new JobFailure(error.reason, error.message, 'back-off', error) : error;
		}
	};
}

function firstBegun(queue: MaintainedQueue, own: string, now: Date): string {
	const running = queue.active().filter(({ id, type, leaseOwner, leaseExpiresAt }) => {
		if (leaseOwner === null || leaseExpiresAt === null || !Object.hasOwn(maintenanceJobs, type)) return false;
		return id === own || !isOwnerGone(leaseOwner, leaseExpiresAt, now);
	});
	// The ids decide between those that were claimed together.
	const [first] = running.sort((a, b) => `${a.startedAt} ${a.id}`.localeCompare(`${b.startedAt} ${b.id}`));
	return first?.id ?? own;
}

const mustStop = ({ signal }: JobRun): boolean => signal.aborted;

const changeOf = ({ bytesBefore, bytesAfter }: Vacuumed): Change => ({ before: bytesBefore, after: bytesAfter });

const bytesOf = (backups: readonly Backup[]): number => backups.reduce((sum, { bytes }) => sum + bytes, 0);
