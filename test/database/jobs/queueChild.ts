/**
 * A window of its own: `queueChild.ts FOLDER NAME TASK [LEASE_MS [LIMIT]]` works the queue in that folder and says what
 * happens, a line each. `many`: begins jobs, and after the first line it reads counts on until all are done. `steps`: goes through
 * its job step by step, saving each, a step for every line it reads; `wait` runs it until it is told to stop.
 */
import { once } from 'node:events';
import { writeSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { LeaseLost, type JobRun, type JobStop } from '../../../src/extension/jobs/jobRun.ts';
import { Ledger } from '../../../src/extension/store/ledger/ledger.ts';
import { untilStopped, Window } from './window.ts';

const [folder = '', name = '', task = '', leaseMs = '20000', limit = '8'] = process.argv.slice(2);
const say = (...words: unknown[]): void => void writeSync(1, `${words.join(' ')}\n`);
const { ledger } = await Ledger.open({ folder });
const times = { leaseMs: Number(leaseMs), renewMs: Number(leaseMs) / 4, idleLookMs: 500 };
const window = new Window(ledger, { times, limits: () => ({ overall: Number(limit), byType: { count: Number(limit) } }) });
process.on('unhandledRejection', error => say('unhandled', String(error)));

async function many(): Promise<void> {
	const lines = createInterface({ input: process.stdin });
	const mayGoOn = once(lines, 'line').then(() => lines.close());
	let hasBegun = false;
	window.registry.handle('count', async ({ upTo }, run) => {
		if (!hasBegun) say('begun');
		hasBegun = true;
		await mayGoOn;
		await run.change(tx => tx.run('INSERT INTO notes (session_id, text, updated_at) VALUES (?, ?, ?)', `${upTo}`, name, run.job.createdAt));
		return { counted: upTo };
	});
	window.worker.start();
	await new Promise<void>(resolve => {
		window.queue.onChange(() => {
			if (window.queue.active().length === 0) resolve();
		});
	});
	await window.worker.stop();
	await ledger.close();
	say('done', window.log.join('; '));
}

async function oneStep(run: JobRun, step: number): Promise<void> {
	try {
		await run.saveCheckpoint(step);
		say('saved', step);
	} catch (error) {
		say('refused', step, error instanceof LeaseLost ? 'lease lost' : String(error));
	}
}

function steps(): void {
	const lines = createInterface({ input: process.stdin })[Symbol.asyncIterator]();
	window.registry.handle('count', async ({ upTo }, run) => {
		const begin = (run.checkpoint as number | null) ?? 0;
		say('begins at', begin);
		run.signal.addEventListener('abort', () => say('told', (run.signal.reason as JobStop).kind));
		for (let step = begin + 1; step <= upTo; step++) {
			await lines.next();
			await oneStep(run, step);
		}
		return { counted: upTo };
	});
	window.worker.start();
	say('ready');
}

function wait(): void {
	window.registry.handle('count', async (_, run) => {
		say('begins at', run.checkpoint);
		await untilStopped(run).catch(() => say('told', (run.signal.reason as JobStop).kind));
		return { counted: 1 };
	});
	window.worker.start();
	say('ready');
}

if (task === 'many') await many();
else if (task === 'steps') steps();
else wait();
