/** Jobs that come again and again (JOB-8), once over all windows. */
import { lastFinishOfType, unfinishedOfType } from '../store/ledger/jobLists.ts';
import { isFinished } from './job.ts';
import type { JobQueue } from './queue.ts';
import type { JobTypes, NameIn } from './registry.ts';

export class JobSchedule<Types extends JobTypes<Types>> {
	readonly #queue: JobQueue<Types>;
	readonly #onLog: (message: string) => void;
	readonly #recurring = new Map<string, () => Promise<void>>();
	readonly #end: () => void;

	constructor(queue: JobQueue<Types>, onLog: (message: string) => void) {
		this.#queue = queue;
		this.#onLog = onLog;
		this.#end = queue.onChange(jobs => {
			for (const { type, status } of jobs) if (isFinished(status)) void this.#comeAgain(type);
		});
	}

	/**
	 * From now on there is one unfinished job of that type: the next one is due `everyMs` after the last one finished,
	 * however it did, and the first one of all after `firstMs`. One that waits already stays as it is, as a person may have
	 * edited it.
	 */
	async ensureScheduled<Name extends NameIn<Types>>(type: Name, data: Types[Name]['data'], everyMs: number, firstMs = 0): Promise<void> {
		const ensure = (): Promise<void> =>
			this.#queue.feed.change(tx => {
				if (unfinishedOfType(tx, type) !== undefined) return;
				const last = lastFinishOfType(tx, type);
				const scheduledAt = new Date(last === null ? this.#queue.now().getTime() + firstMs : Date.parse(last) + everyMs);
				this.#queue.createIn(tx, type, data, { scheduledAt });
			});
		this.#recurring.set(type, ensure);
		await ensure();
	}

	/** What is scheduled stays so; nothing more is. */
	close(): void {
		this.#end();
	}

	async #comeAgain(type: string): Promise<void> {
		try {
			await this.#recurring.get(type)?.();
		} catch (error) {
			this.#onLog(`The next ${type} could not be scheduled: ${error instanceof Error ? error.message : String(error)}`);
		}
	}
}
