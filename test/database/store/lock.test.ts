import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { statSync } from 'node:fs';
import { mkdtemp, readdir, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { Lock, LockError } from '../../../src/extension/store/lock.ts';
import { liveness, parseIdentity, thisProcess } from '../../../src/extension/store/processIdentity.ts';

const child = join(import.meta.dirname, 'lockChild.ts');

describe('A lock', () => {
	let folder: string;
	let directory: string;
	const children: ChildProcess[] = [];
	beforeEach(async () => {
		folder = await mkdtemp(join(tmpdir(), 'lock-'));
		directory = join(folder, 'ledger.lock');
	});
	afterEach(async () => {
		for (const each of children.splice(0)) {
			if (each.exitCode === null && each.signalCode === null) {
				each.kill('SIGKILL');
				await once(each, 'exit');
			}
		}
		await rm(folder, { recursive: true, force: true });
	});

	function start(...args: string[]): ChildProcess & { stdout: NodeJS.ReadableStream } {
		const started = spawn(process.execPath, [child, directory, ...args], { stdio: ['ignore', 'pipe', 'inherit'] });
		children.push(started);
		return started;
	}
	async function line(from: NodeJS.ReadableStream): Promise<string> {
		for await (const each of createInterface({ input: from })) return each;
		return assert.fail('the child said nothing');
	}
	const acquired = (): Lock => Lock.tryAcquire(directory) ?? assert.fail('the lock is taken');

	it('is had by one at a time', async () => {
		const first = acquired();
		assert.equal(Lock.tryAcquire(directory), null);
		await first.release();
		const second = acquired();
		assert.deepEqual([first.isHeld, second.isHeld, second.isTakenOver], [false, true, false]);
		assert.ok(second.generation > first.generation);
		await second.release();
	});

	it('leaves one small file behind, however often it is taken', async () => {
		for (let i = 0; i < 5; i++) await acquired().release();
		assert.equal((await readdir(directory)).length, 1);
	});

	it('names its owner, for the user only', async () => {
		const lock = acquired();
		const file = join(directory, `${lock.generation}`);
		const owner = parseIdentity((await readFile(file, 'utf8')).slice(1));
		assert.deepEqual(owner, thisProcess());
		assert.equal((await stat(file)).mode & 0o777, 0o600);
	});

	it('is waited for, until the wait is over or cancelled', async () => {
		const first = acquired();
		await assert.rejects(Lock.acquire(directory, 20), (error: unknown) => error instanceof LockError && error.reason === 'busy');
		const stop = new AbortController();
		const waiting = Lock.acquire(directory, 60_000, stop.signal);
		stop.abort(new Error('enough'));
		await assert.rejects(waiting, /enough|aborted/);
		const next = Lock.acquire(directory, 60_000);
		await first.release();
		assert.equal((await next).isHeld, true);
	});

	it('of a process that was killed is free at once', async () => {
		const owner = start('hold');
		assert.equal(await line(owner.stdout), 'held');
		assert.equal(Lock.tryAcquire(directory), null);
		owner.kill('SIGKILL');
		await once(owner, 'exit');
		const lock = acquired();
		assert.equal(lock.isTakenOver, true);
	});

	it('of a process whose pid was given to another one is free at once', async function () {
		if (process.platform !== 'linux') {
			console.log('skipped: only Linux tells when another process started');
			this.skip();
		}
		const lock = acquired();
		const file = join(directory, `${lock.generation}`);
		await writeFile(file, `H${JSON.stringify({ ...thisProcess(), start: '1' })}`);
		assert.equal(acquired().isTakenOver, true);
	});

	it('of another machine is free only when its heartbeat stopped', async () => {
		const lock = acquired();
		const file = join(directory, `${lock.generation}`);
		await writeFile(file, `H${JSON.stringify({ host: 'elsewhere/1', pid: 1, start: '1' })}`);
		assert.equal(Lock.tryAcquire(directory), null);
		await utimes(file, 1, 1);
		assert.equal(acquired().isTakenOver, true);
	});

	it('of a suspended process is taken over in the end, which that process notices', async () => {
		const first = acquired();
		await utimes(join(directory, `${first.generation}`), 1, 1);
		const second = acquired();
		assert.equal(second.isTakenOver, true);
		assert.equal(first.isHeld, false);
		assert.throws(
			() => first.verify(),
			(error: unknown) => error instanceof LockError && error.reason === 'lost',
		);
		await first.release();
		assert.equal(second.isHeld, true);
		second.verify();
	});

	it('whose file is empty is somebody just creating it, or killed while doing so', async () => {
		const lock = acquired();
		const file = join(directory, `${lock.generation}`);
		await writeFile(file, '');
		assert.equal(Lock.tryAcquire(directory), null);
		await utimes(file, 1, 1);
		assert.equal(acquired().isTakenOver, true);
	});

	it('is kept fresh by a thread of its own, also while this one is busy, and no longer than it is held', async () => {
		const times = { staleMs: 60_000, heartbeatMs: 10 };
		const lock = Lock.tryAcquire(directory, times) ?? assert.fail();
		const file = join(directory, `${lock.generation}`);
		await utimes(file, 1, 1);
		lock.keepAlive();
		// This thread does not let go of the processor until the other one has been at work.
		while (statSync(file).mtimeMs === 1000);
		assert.equal(Lock.tryAcquire(directory, times), null);
		await lock.release();
		await utimes(file, 1, 1);
		await sleep(50);
		assert.equal((await stat(file)).mtimeMs, 1000);
	});

	it('can be touched before long work', async () => {
		const lock = acquired();
		const file = join(directory, `${lock.generation}`);
		await utimes(file, 1, 1);
		lock.touch();
		assert.equal(Lock.tryAcquire(directory), null);
	});

	it('is released as often as one likes', async () => {
		const lock = acquired();
		await lock.release();
		const next = acquired();
		await lock.release();
		assert.equal(next.isHeld, true);
	});

	it('keeps processes that add to one number from losing any addition, with owners killed in between', async () => {
		const number = join(folder, 'number');
		await writeFile(number, '0');
		const adders = Array.from({ length: 4 }, () => start('add', number, '100'));
		// These take the lock and die holding it.
		const victims = Array.from({ length: 6 }, () => start('die'));
		await Promise.all([...adders, ...victims].map(each => once(each, 'exit')));
		assert.deepEqual(
			adders.map(each => each.exitCode),
			[0, 0, 0, 0],
		);
		assert.equal(await readFile(number, 'utf8'), '400');
	});
});

describe('The identity of a process', () => {
	it('tells the living from the dead, and does not judge other machines', async () => {
		assert.equal(liveness(thisProcess()), 'alive');
		assert.equal(liveness({ ...thisProcess(), host: 'elsewhere/boot' }), 'unknown');
		assert.equal(liveness({ ...thisProcess(), host: `${hostname()}/an earlier boot` }), 'dead');
		const short = spawn(process.execPath, ['-e', '']);
		await once(short, 'exit');
		assert.equal(liveness({ ...thisProcess(), pid: short.pid ?? 0, start: null }), 'dead');
	});

	it('is read from JSON only when it is whole', () => {
		assert.deepEqual(parseIdentity(JSON.stringify(thisProcess())), thisProcess());
		for (const text of [
			'',
			'{}',
			'null',
			'[]',
			'{"host":"a","pid":"1","start":null}',
			'{"host":"a","pid":0,"start":null}',
			'{"host":1,"pid":1,"start":null}',
		]) {
			assert.equal(parseIdentity(text), null, text);
		}
	});
});
