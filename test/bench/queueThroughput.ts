/**
 * `node test/bench/queueThroughput.ts [--seconds 20] [--jobs 15] [--updates 5]`
 *
 * What the job queue costs at the busiest the product is meant for (LIVE-2): so many jobs at once, each with so many
 * updates of its progress a second and its own checkpoint at the end, while jobs finish and others are claimed, and a
 * second window looks on. Prints figures and asserts nothing.
 */
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout as pause } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import type { JobListener } from '../../src/extension/jobs/feed.ts';
import { JobQueue } from '../../src/extension/jobs/queue.ts';
import { JobRegistry } from '../../src/extension/jobs/registry.ts';
import { JobWorker } from '../../src/extension/jobs/worker.ts';
import { Ledger } from '../../src/extension/store/ledger/ledger.ts';
import { measured, type Measurement, table } from './measurement.ts';

interface Jobs {
	talk: { data: { readonly updates: number }; result: null };
}

const { values } = parseArgs({
	options: {
		seconds: { type: 'string', default: '20' },
		jobs: { type: 'string', default: '15' },
		updates: { type: 'string', default: '5' },
	},
});
const [seconds, jobs, updates] = [Number(values.seconds), Number(values.jobs), Number(values.updates)];
const on = `${jobs} jobs, ${updates} updates/s each`;
const folder = mkdtempSync(path.join(tmpdir(), 'queue-'));
const registry = (): JobRegistry<Jobs> =>
	new JobRegistry<Jobs>({
		talk: { name: 'talk', parse: data => data as { updates: number }, afterOwnerDied: 'resume', concurrency: jobs, timeoutMs: null },
	});

/** Each turn of the lock makes a file with the next number. */
const turns = (): number => Math.max(...readdirSync(path.join(folder, 'ledger.lock')).map(Number));

/** How long each change takes, from the call until it is as safe as was asked for. */
function timed(ledger: Ledger, into: { readonly durable: number[]; readonly other: number[] }): void {
	const change = ledger.change.bind(ledger);
	ledger.change = async (work, options) => {
		const begin = performance.now();
		try {
			return await change(work, options);
		} finally {
			(options?.durable === false ? into.other : into.durable).push(performance.now() - begin);
		}
	};
}

async function measure(): Promise<Measurement[]> {
	const { ledger } = await Ledger.open({ folder });
	const { ledger: otherLedger } = await Ledger.open({ folder });
	const times = { durable: new Array<number>(), other: new Array<number>() };
	timed(ledger, times);
	const here = new JobQueue<Jobs>({ ledger, registry: registry() });
	const other = new JobQueue<Jobs>({ ledger: otherLedger, registry: registry() });
	const worker = new JobWorker({
		queue: here,
		capabilities: () => ({ scopes: 'all', needs: new Set() }),
		limits: () => ({ overall: jobs, byType: {} }),
		onLog: message => console.error(message),
	});
	const said = new Map<string, number>();
	const lagsHere: number[] = [];
	const lagsThere: number[] = [];
	here.registry.handle('talk', async (data, run) => {
		for (let i = 1; i <= data.updates; i++) {
			const message = `${run.job.id} ${i}`;
			said.set(message, performance.now());
			run.progress(i, data.updates, message);
			await pause(1000 / updates, undefined, { signal: run.signal });
		}
		await run.saveCheckpoint({ said: data.updates });
		return null;
	});
	const listenInto = (lags: number[]): JobListener => {
		// A job that changes in another way shows the same progress once more.
		const heard = new Set<string>();
		return changed => {
			for (const { progress } of changed) {
				const at = said.get(progress.message ?? '');
				if (at === undefined || progress.message === null || heard.has(progress.message)) continue;
				heard.add(progress.message);
				lags.push(performance.now() - at);
			}
		};
	};
	here.onChange(listenInto(lagsHere));
	other.onChange(listenInto(lagsThere));

	const loop = monitorEventLoopDelay({ resolution: 1 });
	const before = { turns: turns(), cpu: process.cpuUsage(), at: performance.now() };
	loop.enable();
	worker.start();
	// Of different lengths, so that they do not begin and end together.
	for (let i = 0; i < (jobs * seconds) / 2; i++) await here.create('talk', { updates: updates + (i % (2 * updates)) });
	while (performance.now() - before.at < seconds * 1000) {
		await other.feed.refresh();
		await pause(50);
	}
	loop.disable();
	const ms = performance.now() - before.at;
	const cpu = process.cpuUsage(before.cpu);
	const done = here.list({ status: 'completed' }).total;
	const made = turns() - before.turns;
	await worker.stop();
	await ledger.close();
	await otherLedger.close();
	const perSecond = (count: number): string => `${(count / (ms / 1000)).toFixed(1)} a second`;
	return [
		measured('durable change', on, 'ms', times.durable, { note: perSecond(times.durable.length) }),
		measured('change that need not be durable', on, 'ms', times.other, { note: perSecond(times.other.length) }),
		measured('turns of the ledger', on, 'ms', [ms / made], { note: `between two of ${made}; ${perSecond(made)}` }),
		measured('jobs done', on, 's', [ms / 1000], { note: `${done} in this time` }),
		measured('progress said → told here', on, 'ms', lagsHere),
		measured('progress said → told in another window', on, 'ms', lagsThere, { note: 'it looks every 50 ms' }),
		measured('longest block of the loop', on, 'ms', [loop.max / 1e6], { note: `99 % under ${(loop.percentile(99) / 1e6).toFixed(1)} ms` }),
		measured('processor', on, '%', [(cpu.user + cpu.system) / 10 / ms], { note: 'of a core, second window included' }),
	];
}

try {
	console.log(table(await measure()));
} finally {
	rmSync(folder, { recursive: true, force: true });
}
