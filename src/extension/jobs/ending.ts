/** Ends jobs, whichever window runs them. */
import { setTimeout as sleep } from 'node:timers/promises';
import { freeOrphans } from './claim.ts';
import type { Job } from './job.ts';
import { type JobQueue, JobRefused } from './queue.ts';
import type { JobTypes } from './registry.ts';
import { TransitionRefused } from './transitions.ts';

/** How often is looked whether they have ended. */
const lookMs = 100;

/** Cancels those that are meant and waits until none of them is left, also of those made meanwhile. False when some are after `waitMs`. */
export async function endJobs<Types extends JobTypes<Types>>(
	queue: JobQueue<Types>,
	isMeant: (job: Job) => boolean,
	waitMs: number,
): Promise<boolean> {
	const until = performance.now() + waitMs;
	for (;;) {
		await queue.feed.refresh();
		await queue.feed.change(tx => freeOrphans(tx, { registry: queue.registry, now: queue.now(), held: new Set() }));
		const left = queue.active().filter(isMeant);
		if (left.length === 0) return true;
		for (const { id, cancelRequestedAt } of left) if (cancelRequestedAt === null) await cancelIfUnfinished(queue, id);
		if (performance.now() >= until) return false;
		await sleep(lookMs);
	}
}

async function cancelIfUnfinished<Types extends JobTypes<Types>>(queue: JobQueue<Types>, id: string): Promise<void> {
	try {
		await queue.cancel(id);
	} catch (error) {
		// It has ended by itself meanwhile.
		if (!(error instanceof JobRefused) && !(error instanceof TransitionRefused)) throw error;
	}
}
