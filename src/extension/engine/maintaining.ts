/** Care of our own files: planned for its day, done at once when a person asks; backups, and the way back to one of them. */
import type { JobQueue } from '../jobs/queue.ts';
import { JobSchedule } from '../jobs/schedule.ts';
import type { MaintainedFiles, MaintenanceJobs } from '../maintenance/maintenanceJobs.ts';
import type { BackupRow, EngineOptions } from './api.ts';
import type { EngineJobs } from './jobTypes.ts';

export interface MaintainingParts {
	readonly queue: JobQueue<EngineJobs>;
	readonly files: MaintainedFiles;
	readonly options: () => EngineOptions['maintenance'];
	readonly answersFolder: () => string;
	/** Everything in the ledger is as it was then. */
	readonly onRestored: () => void;
	readonly onLog: (text: string) => void;
	readonly now: () => Date;
}

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;

export class Maintaining {
	readonly #parts: MaintainingParts;
	readonly #schedule: JobSchedule<EngineJobs>;

	constructor(parts: MaintainingParts) {
		this.#parts = parts;
		this.#schedule = new JobSchedule(parts.queue, parts.onLog);
	}

	async plan(): Promise<void> {
		// Not beside the first index run, when there is nothing to take care of yet.
		await this.#schedule.ensureScheduled('clean-up', this.#dataOf('clean-up'), dayMs, dayMs);
		await this.#schedule.ensureScheduled('vacuum', this.#dataOf('vacuum'), 7 * dayMs, dayMs);
		if (this.#parts.options().backups > 0) await this.#schedule.ensureScheduled('backup', this.#dataOf('backup'), dayMs, hourMs);
	}

	/** Nothing is planned any more. */
	stop(): void {
		this.#schedule.close();
	}

	/** Does it now; answers the job. */
	async run(type: keyof MaintenanceJobs): Promise<string> {
		const { queue, now } = this.#parts;
		// One that waits for its day is run now instead of a second one.
		const waiting = queue.active().find(job => job.type === type && job.status === 'pending');
		if (waiting !== undefined) return (await queue.edit(waiting.id, { scheduledAt: now() })).id;
		const running = queue.active().find(job => job.type === type);
		if (running !== undefined) return running.id;
		return (await queue.create(type, this.#dataOf(type))).id;
	}

	/** Newest first. */
	async backups(): Promise<readonly BackupRow[]> {
		const found = (await this.#parts.files.backups?.list()) ?? [];
		return found.flatMap(backup => (backup.problem === null ? [backup] : []));
	}

	/** Every window sees the ledger as it was then. Rejects where there is no such backup, or it is damaged. */
	async restoreBackup(file: string): Promise<void> {
		const { files, queue, onRestored } = this.#parts;
		await files.backups?.restore(file);
		await queue.feed.refresh();
		onRestored();
	}

	#dataOf<Type extends keyof MaintenanceJobs>(type: Type): MaintenanceJobs[Type]['data'] {
		const { options, answersFolder } = this.#parts;
		const { keepJobsDays, backups } = options();
		const data: { readonly [Name in keyof MaintenanceJobs]: MaintenanceJobs[Name]['data'] } = {
			'clean-up': { keepDays: keepJobsDays, keepJobs: 50, answersFolder: answersFolder() },
			vacuum: {},
			backup: { keep: Math.max(1, backups) },
		};
		return data[type];
	}
}
