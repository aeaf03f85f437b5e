/**
 * Spreads reading over threads when there is much to read, and does it in place when there is little.
 */
import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import {
	abortSlot,
	creditSlot,
	type ReaderReply,
	type ReaderRequest,
	type ReaderThreadData,
	type ReadEvents,
	ReadGathering,
} from './readEvents.ts';
import { readFile, type ReadTask } from './readFile.ts';

export interface PendingRead {
	readonly bytes: number;
	/**
	 * Made when its turn comes: what it needs of the database is read only then. For a thread everything is taken along;
	 * in place a few records are looked up instead.
	 */
	readonly task: (forThread: boolean) => ReadTask;
}

export interface ReaderPoolOptions {
	/** Script of `readerThread.ts`; null reads everything in place. */
	readonly threadScript: string | URL | null;
	/** 0 chooses by the machine. */
	readonly threads: number;
}

/** Below this, starting threads (about 40 ms here) costs more than it saves. */
const inPlaceBytes = 24 << 20;
/** Files are handed out in bundles of about this size, so that small files do not pay for a message each. */
const bundleBytes = 4 << 20;

export class ReaderPool {
	readonly #options: ReaderPoolOptions;

	constructor(options: ReaderPoolOptions) {
		this.#options = options;
	}

	/**
	 * Reads everything, in order of the list as far as threads allow. The events of one file always arrive in order. Rejects when a thread dies or the signal aborts.
	 */
	async read(pending: readonly PendingRead[], take: (events: ReadEvents) => void, signal: AbortSignal): Promise<void> {
		const total = pending.reduce((sum, { bytes }) => sum + bytes, 0);
		const { threadScript } = this.#options;
		if (threadScript === null || total < inPlaceBytes) await this.#readInPlace(pending, take, signal);
		else await this.#readInThreads(threadScript, pending, take, signal);
	}

	async #readInPlace(pending: readonly PendingRead[], take: (events: ReadEvents) => void, signal: AbortSignal): Promise<void> {
		const gathering = new ReadGathering(take);
		let sinceBreath = 0;
		for (const { bytes, task } of pending) {
			signal.throwIfAborted();
			const next = task(false);
			gathering.outcome(next.fileId, readFile(next, gathering, signal));
			sinceBreath += bytes;
			// The engine answers questions between files: about 5 ms of work each.
			if (sinceBreath > 1 << 20) {
				gathering.flush();
				sinceBreath = 0;
				await new Promise(resolve => setImmediate(resolve));
			}
		}
		gathering.flush();
	}

	async #readInThreads(
		script: string | URL,
		pending: readonly PendingRead[],
		take: (events: ReadEvents) => void,
		signal: AbortSignal,
	): Promise<void> {
		const count = Math.min(this.#options.threads || Math.max(1, Math.min(4, availableParallelism())), pending.length);
		let next = 0;
		const bundle = (): ReadTask[] => {
			const tasks: ReadTask[] = [];
			for (let bytes = 0; bytes < bundleBytes; next++) {
				const read = pending[next];
				if (read === undefined) break;
				bytes += read.bytes;
				tasks.push(read.task(true));
			}
			return tasks;
		};
		const threads = Array.from({ length: count }, () => new ReaderThread(script));
		const abort = (): void => threads.forEach(thread => thread.abort());
		signal.addEventListener('abort', abort);
		try {
			await Promise.all(threads.map(thread => thread.work(bundle, take, signal)));
			signal.throwIfAborted();
		} finally {
			signal.removeEventListener('abort', abort);
			abort();
			await Promise.all(threads.map(thread => thread.terminate()));
		}
	}
}

class ReaderThread {
	readonly #control = new Int32Array(new SharedArrayBuffer(8));
	readonly #worker: Worker;

	constructor(script: string | URL) {
		const workerData: ReaderThreadData = { control: this.#control.buffer };
		// The young generation is kept small: records die young, and its size is paid for in every thread.
		this.#worker = new Worker(script, { workerData, resourceLimits: { maxYoungGenerationSizeMb: 16 } });
	}

	async work(bundle: () => ReadTask[], take: (events: ReadEvents) => void, signal: AbortSignal): Promise<void> {
		await new Promise<void>((resolve, reject) => {
			let ahead = 0;
			const giveMore = (): void => {
				// Two bundles at once: the thread never waits for the next one.
				while (ahead < 2 && !signal.aborted) {
					const tasks = bundle();
					if (tasks.length === 0) break;
					ahead++;
					this.#worker.postMessage({ tasks } satisfies ReaderRequest);
				}
				if (ahead === 0) resolve();
			};
			this.#worker.on('error', reject);
			this.#worker.on('exit', code => reject(new Error(`a reader thread ended early (code ${code})`)));
			this.#worker.on('message', (reply: ReaderReply) => {
				try {
					if (!signal.aborted) take(reply.events);
					Atomics.sub(this.#control, creditSlot, 1);
					Atomics.notify(this.#control, creditSlot);
					if (reply.isLast) {
						ahead--;
						giveMore();
					}
				} catch (error) {
					reject(error instanceof Error ? error : new Error(String(error)));
				}
			});
			giveMore();
		});
	}

	abort(): void {
		Atomics.store(this.#control, abortSlot, 1);
		Atomics.store(this.#control, creditSlot, 0);
		Atomics.notify(this.#control, creditSlot);
	}

	async terminate(): Promise<void> {
		await this.#worker.terminate();
	}
}
