/** A window as the queue sees it, with jobs of every kind: `count` resumes, `copy` restarts, `send` must not be done twice. */
import { JobQueue } from '../../../src/extension/jobs/queue.ts';
import { type JobDefinitions, JobRegistry } from '../../../src/extension/jobs/registry.ts';
import { type Capabilities, type Limits } from '../../../src/extension/jobs/claim.ts';
import type { Job } from '../../../src/extension/jobs/job.ts';
import type { JobRun } from '../../../src/extension/jobs/jobRun.ts';
import { JobWorker, type WorkerOptions, type WorkerTimes } from '../../../src/extension/jobs/worker.ts';
import type { Ledger } from '../../../src/extension/store/ledger/ledger.ts';

export interface TestJobs {
	count: { data: { readonly upTo: number }; result: { readonly counted: number } };
	copy: { data: { readonly from: string }; result: null };
	send: { data: Record<string, never>; result: string };
}

export function definitions(onStatus?: (name: string, job: Job) => void): JobDefinitions<TestJobs> {
	return {
		count: {
			name: 'count',
			parse: data => {
				if (typeof data === 'object' && data !== null && 'upTo' in data && typeof data.upTo === 'number') return { upTo: data.upTo };
				throw new TypeError('upTo is missing');
			},
			afterOwnerDied: 'resume',
			concurrency: 4,
			timeoutMs: null,
			onStatus: (_tx, job) => onStatus?.('count', job),
		},
		copy: { name: 'copy', parse: () => ({ from: 'here' }), afterOwnerDied: 'restart', concurrency: 1, timeoutMs: 10_000 },
		send: { name: 'send', parse: () => ({}), afterOwnerDied: 'interrupted', concurrency: 4, timeoutMs: null, maxAttempts: 1 },
	};
}

export interface WindowOptions extends Partial<Pick<WorkerOptions, 'owner' | 'chance'>> {
	readonly capabilities?: () => Capabilities;
	readonly limits?: () => Limits;
	readonly times?: Partial<WorkerTimes>;
	readonly now?: () => Date;
	readonly onStatus?: (name: string, job: Job) => void;
}

export class Window {
	readonly ledger: Ledger;
	readonly registry: JobRegistry<TestJobs>;
	readonly queue: JobQueue<TestJobs>;
	readonly worker: JobWorker;
	readonly log: string[] = [];

	constructor(ledger: Ledger, options: WindowOptions = {}) {
		const { now, onStatus, capabilities, limits, ...rest } = options;
		const onLog = (message: string): void => void this.log.push(message);
		this.ledger = ledger;
		this.registry = new JobRegistry<TestJobs>(definitions(onStatus));
		this.queue = new JobQueue({ ledger, registry: this.registry, onLog, ...(now === undefined ? {} : { now }) });
		this.worker = new JobWorker({
			queue: this.queue,
			capabilities: capabilities ?? (() => ({ scopes: 'all', needs: new Set() })),
			limits: limits ?? (() => ({ overall: 100, byType: {} })),
			onLog,
			chance: () => 1,
			...rest,
		});
	}

	/** Status of a job, and what of it matters here. */
	state(id: string): string {
		const job = this.queue.get(id);
		return job === null ? 'gone' : `${job.status}${job.error === null ? '' : `: ${job.error.reason}`}`;
	}
}

/** What is under way without a timer or the disk is done after this. */
export async function settled(): Promise<void> {
	for (let i = 0; i < 3; i++) await new Promise(resolve => setImmediate(resolve));
}

/** Runs until it is told to stop, and then throws the reason. */
export function untilStopped(run: JobRun): Promise<never> {
	return new Promise((_, reject) => {
		run.signal.addEventListener('abort', () => reject(run.signal.reason as Error));
	});
}
