import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Job } from '../../../src/extension/jobs/job.ts';
import { Ledger } from '../../../src/extension/store/ledger/ledger.ts';
import { Window } from './window.ts';

const program = join(import.meta.dirname, 'queueChild.ts');

interface Child {
	readonly process: ChildProcess;
	/** The next line that begins so; those before it are passed over. */
	readonly says: (beginning: string) => Promise<string>;
	/** Lets it take a step. */
	readonly step: () => void;
}

describe('Processes that share a queue', () => {
	let folder: string;
	let here: Window;
	const children: ChildProcess[] = [];
	beforeEach(async () => {
		folder = await mkdtemp(join(tmpdir(), 'jobs-'));
		here = new Window((await Ledger.open({ folder })).ledger, { times: { idleLookMs: 100 } });
	});
	afterEach(async () => {
		for (const each of children.splice(0)) {
			if (each.exitCode !== null || each.signalCode !== null) continue;
			each.kill('SIGKILL');
			await once(each, 'exit');
		}
		await here.worker.stop();
		await here.ledger.close();
		await rm(folder, { recursive: true, force: true });
	});

	function start(...args: string[]): Child {
		const child = spawn(process.execPath, [program, folder, ...args], { stdio: ['pipe', 'pipe', 'inherit'] });
		children.push(child);
		const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
		const says = async (beginning: string): Promise<string> => {
			for (let line = await lines.next(); line.done !== true; line = await lines.next())
				if (line.value.startsWith(beginning)) return line.value;
			return assert.fail(`the child never said ${beginning}`);
		};
		return { process: child, says, step: () => child.stdin.write('\n') };
	}

	/** The job when it is as wanted; looks at the ledger for it as a worker does. */
	async function whenJob(id: string, isWanted: (job: Job) => boolean): Promise<Job> {
		here.worker.start();
		return new Promise(resolve => {
			const look = (): void => {
				const job = here.queue.get(id);
				if (job !== null && isWanted(job)) resolve(job);
			};
			here.queue.onChange(look);
			look();
		});
	}

	it('do each of 200 jobs exactly once', async function () {
		this.timeout(120_000);
		await here.queue.feed.change(tx => {
			for (let i = 0; i < 200; i++) here.queue.createIn(tx, 'count', { upTo: i }, { priority: i % 3 });
		});
		// The first leaves room for the second, which would otherwise find it all taken; they go on when both have begun.
		const both: Child[] = [];
		for (const [name, limit] of [
			['a', '4'],
			['b', '8'],
		] as const) {
			const child = start(name, 'many', '20000', limit);
			await child.says('begun');
			both.push(child);
		}
		for (const each of both) each.step();
		assert.deepEqual(await Promise.all(both.map(each => each.says('done'))), ['done ', 'done ']);
		await here.queue.feed.refresh();
		const { total } = here.queue.list({ status: 'completed' });
		// A second run of a job would have failed on the same note.
		const notes = here.ledger.read(reader =>
			reader.prepare<{ name: string; jobs: number }>('SELECT text AS name, count(*) AS jobs FROM notes GROUP BY text ORDER BY text').all(),
		);
		assert.deepEqual([total, notes.reduce((sum, { jobs }) => sum + jobs, 0)], [200, 200]);
		assert.deepEqual(notes.map(({ name }) => name), ['a', 'b']); // prettier-ignore
		assert.deepEqual(here.queue.statistics().failures, []);
	});

	it('take a job up at once whose process was killed, from where it stood', async () => {
		const { id } = await here.queue.create('count', { upTo: 3 });
		const victim = start('a', 'steps');
		await victim.says('begins at 0');
		for (const step of [1, 2]) {
			victim.step();
			await victim.says(`saved ${step}`);
		}
		const next = start('b', 'steps');
		await next.says('ready');
		victim.process.kill('SIGKILL');
		await next.says('begins at 2');
		next.step();
		const job = await whenJob(id, ({ status }) => status === 'completed');
		assert.deepEqual([job.result, job.attempts, job.checkpoint], [{ counted: 3 }, 1, 3]);
	});

	it('do not hear of one again that slept past its lease: awake, it changes nothing', async function () {
		if (process.platform === 'win32') {
			console.log('      skipped: Windows cannot suspend a process');
			this.skip();
		}
		const { id } = await here.queue.create('count', { upTo: 3 });
		const sleeper = start('a', 'steps', '3000');
		await sleeper.says('begins at 0');
		sleeper.step();
		await sleeper.says('saved 1');
		sleeper.process.kill('SIGSTOP');
		const next = start('b', 'steps', '3000');
		await next.says('begins at 1');
		sleeper.step();
		sleeper.step();
		sleeper.process.kill('SIGCONT');
		assert.deepEqual([await sleeper.says('told'), await sleeper.says('refused 3')], ['told lease-lost', 'refused 3 lease lost']);
		await here.queue.feed.refresh();
		const before = here.queue.get(id);
		assert.deepEqual([before?.status, before?.checkpoint], ['running', 1]);
		next.step();
		await next.says('saved 2');
		next.step();
		const job = await whenJob(id, ({ status }) => status === 'completed');
		assert.deepEqual([job.result, job.checkpoint], [{ counted: 3 }, 3]);
	});

	it('hear of a cancel in another one', async () => {
		const { id } = await here.queue.create('count', { upTo: 3 });
		const owner = start('a', 'wait');
		await owner.says('begins at');
		assert.equal((await here.queue.cancel(id)).status, 'running');
		assert.equal(await owner.says('told'), 'told cancelled');
		const job = await whenJob(id, ({ status }) => status === 'cancelled');
		assert.deepEqual(job.result, { counted: 1 });
	});
});
