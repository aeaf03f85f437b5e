import { Worker } from 'node:worker_threads';

/** Runs as text in a thread of its own, so that no bundler has to know of a second file. */
const beat = `
const { utimesSync } = require('node:fs');
const { workerData } = require('node:worker_threads');
const timer = setInterval(() => {
	const now = new Date();
	try { utimesSync(workerData.path, now, now); } catch { clearInterval(timer); }
}, workerData.everyMs);
`;

/**
 * Touches a file again and again from a thread that does nothing else: the thread that holds a lock may be inside one
 * long piece of SQL, and a lock whose file looks old is taken away. Ends by itself when the file is gone.
 */
export class Heartbeat {
	readonly #thread: Worker;

	constructor(path: string, everyMs: number) {
		this.#thread = new Worker(beat, { eval: true, workerData: { path, everyMs }, resourceLimits: { maxOldGenerationSizeMb: 8 } });
		// Without a heartbeat the lock only goes stale sooner, which its owner notices before it writes.
		this.#thread.on('error', () => undefined);
		this.#thread.unref();
	}

	async stop(): Promise<void> {
		await this.#thread.terminate();
	}
}
