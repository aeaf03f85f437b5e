import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import * as nodeFiles from 'node:fs/promises';
import { cp, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface, type Interface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Job } from '../../../src/extension/jobs/job.ts';
import { BackupError, LedgerBackups } from '../../../src/extension/store/ledger/backups.ts';
import { consentOf, grantConsent, revokeConsents } from '../../../src/extension/store/ledger/consents.ts';
import { IndexRunTable } from '../../../src/extension/store/ledger/indexRuns.ts';
import { Ledger, LedgerError } from '../../../src/extension/store/ledger/ledger.ts';
import { spentSince } from '../../../src/extension/store/ledger/spending.ts';
import { ledgerMigrations } from '../../../src/extension/store/migrations/schemas.ts';
import { shortProcessFlags } from '../../support/shortProcess.ts';
import { Window } from '../jobs/window.ts';
import { random } from '../store/random.ts';
import { addRun, all, ask, at, correct, corrected, DataFolder, now, spend } from './dataFolder.ts';

const child = (name: string): string => join(import.meta.dirname, name);

describe('Restoring the ledger', () => {
	let data: DataFolder;
	let ledger: Ledger;
	let backups: LedgerBackups;
	beforeEach(async () => {
		data = await DataFolder.make();
		ledger = await data.open();
		backups = new LedgerBackups({ ledger, folder: data.path, now });
	});
	afterEach(() => data.remove());

	/** A backup with `before` in it, and a ledger that has `after` instead. */
	async function changedSince(): Promise<string> {
		await correct(ledger, 'before');
		const file = await backups.make(7);
		await ledger.change(tx => tx.run("DELETE FROM classifications WHERE session_id = 'before'"));
		await correct(ledger, 'after');
		return file;
	}

	it('brings a correction back that was there, and takes a later one away, which a backup keeps', async () => {
		const file = await changedSince();
		const { kept } = await backups.restore(file);
		assert.deepEqual(corrected(ledger), ['before']);
		assert.deepEqual(corrected(await data.open()), ['before']);
		await correct(ledger, 'more');
		assert.deepEqual(corrected(await data.open()), ['before', 'more']);
		await backups.restore(kept);
		assert.deepEqual(corrected(ledger), ['after']);
		assert.equal((await backups.list()).length, 3);
	});

	it('is seen by other windows at their next look or change, however far behind they are', async () => {
		const file = await changedSince();
		const [looking, changing, sleeping] = [await data.open(), await data.open(), await data.open()];
		await correct(ledger, 'later');
		await backups.restore(file);
		assert.equal(await looking.refresh(), true);
		assert.deepEqual(corrected(looking), ['before']);
		assert.equal(await looking.refresh(), false);
		await correct(changing, 'more');
		assert.deepEqual(corrected(changing), ['before', 'more']);
		for (let i = 0; i < 3; i++) await backups.restore(file);
		await correct(ledger, 'last');
		for (const each of [looking, changing, sleeping, await data.open()]) {
			await each.refresh();
			assert.deepEqual(corrected(each), ['before', 'last']);
		}
	});

	it('is seen by another process without a restart, whose change after it counts', async function () {
		this.timeout(60_000);
		const file = await changedSince();
		const onlooker = spawn(process.execPath, [child('onlookerChild.ts'), data.path], { stdio: ['pipe', 'pipe', 'inherit'] });
		const lines = createInterface({ input: onlooker.stdout })[Symbol.asyncIterator]();
		const next = async (): Promise<unknown> => (await lines.next()).value;
		try {
			assert.equal(await next(), 'after');
			await backups.restore(file);
			assert.equal(await next(), 'before');
			onlooker.stdin.write('from elsewhere\n');
			assert.equal(await next(), 'before from elsewhere');
			await ledger.refresh();
			assert.deepEqual(corrected(ledger), ['before', 'from elsewhere']);
		} finally {
			onlooker.kill('SIGKILL');
		}
	});

	it('is refused for what is no backup, and has changed nothing then', async () => {
		await correct(ledger, 'a');
		for (const file of ['ledger-2020-01-01T00-00-00.000Z.sqlite', '../ledger.sqlite', 'ledger.sqlite', '']) {
			await assert.rejects(backups.restore(file), (error: unknown) => error instanceof BackupError && error.reason === 'not found', file);
		}
		assert.deepEqual([corrected(ledger), await backups.list()], [['a'], []]);
	});

	it('of an older schema brings it up to date', async () => {
		const file = await changedSince();
		await ledger.close();
		const migrations = [...ledgerMigrations, { name: 'louder', up: 'ALTER TABLE notes ADD COLUMN volume INTEGER', down: '' }];
		const newer = await data.open({ migrations });
		await new LedgerBackups({ ledger: newer, folder: data.path, migrations }).restore(file);
		assert.deepEqual([corrected(newer), all(newer, 'SELECT volume FROM notes')], [['before'], []]);
		assert.deepEqual(corrected(await data.open({ migrations })), ['before']);
	});

	it('that cannot bring the schema up to date leaves the ledger as it is', async () => {
		const file = await changedSince();
		await ledger.close();
		const known = [...ledgerMigrations, { name: 'fine', up: '', down: '' }];
		const newer = await data.open({ migrations: known });
		const broken = [...ledgerMigrations, { name: 'broken', up: 'NONSENSE', down: '' }];
		await assert.rejects(new LedgerBackups({ ledger: newer, folder: data.path, migrations: broken }).restore(file), LedgerError);
		assert.deepEqual(corrected(newer), ['after']);
	});

	describe('with work in it', () => {
		it('cancels what waited or ran, so that it costs nothing, and a person may try it again', async () => {
			await addRun(ledger, 'waiting', 'pending');
			await addRun(ledger, 'running', 'running');
			const runs = new IndexRunTable(ledger, 'k');
			await runs.begin({ id: 'r', type: 'full', scope: 'all', createdAt: at, startedAt: at, sessionsBefore: 0 });
			const file = await backups.make(7);
			await backups.restore(file);
			assert.deepEqual(all(ledger, 'SELECT id, status, finished_at, lease_owner FROM jobs ORDER BY id'), [
				{ id: 'running', status: 'cancelled', finished_at: at, lease_owner: null },
				{ id: 'waiting', status: 'cancelled', finished_at: at, lease_owner: null },
			]);
			assert.deepEqual(all(ledger, 'SELECT DISTINCT status FROM classification_jobs'), [{ status: 'cancelled' }]);
			assert.match(runs.last()[0]?.error ?? '', /restored from a backup/);
		});

		it('runs none of it in a window that takes such jobs', async function () {
			this.timeout(20_000);
			const times = { busyLookMs: 10, idleLookMs: 10, renewMs: 50, stopMs: 100 };
			const window = new Window(ledger, { times });
			const elsewhere = new Window(await data.open(), { times });
			const ran: string[] = [];
			const told: string[] = [];
			elsewhere.queue.onChange((jobs: readonly Job[]) => jobs.forEach(({ id, status }) => told.push(`${id} ${status}`)));
			const [one, two] = [await window.queue.create('count', { upTo: 1 }), await window.queue.create('send', {})];
			const file = await backups.make(7);
			await window.queue.cancel(one.id);
			await window.queue.cancel(two.id);
			for (let i = 0; i < 3; i++) await window.queue.cancel((await window.queue.create('copy', { from: 'a' })).id);
			await elsewhere.queue.feed.refresh();
			told.length = 0;
			await backups.restore(file);
			for (const each of [window, elsewhere]) {
				each.registry.handle('count', (_, run) => Promise.resolve({ counted: ran.push(run.job.id) }));
				each.registry.handle('send', (_, run) => Promise.resolve(String(ran.push(run.job.id))));
				each.worker.start();
			}
			await sleep(300);
			// Every window hears of all jobs anew, also of those whose numbers it had passed.
			assert.deepEqual(told.sort(), [`${one.id} cancelled`, `${two.id} cancelled`].sort());
			const later = await window.queue.create('count', { upTo: 2 });
			while (window.state(later.id) !== 'completed') {
				await sleep(10);
				await ledger.refresh();
			}
			assert.deepEqual(ran, [later.id]);
			for (const each of [window, elsewhere]) await each.worker.stop();
		});

		it('takes the job away from whoever runs it', async function () {
			this.timeout(20_000);
			const file = await backups.make(7);
			const elsewhere = new Window(await data.open(), { times: { busyLookMs: 10, idleLookMs: 10, renewMs: 20, stopMs: 100 } });
			const stopped = Promise.withResolvers<unknown>();
			elsewhere.registry.handle('count', (_, { signal }) => {
				signal.addEventListener('abort', () => stopped.resolve(signal.reason));
				return new Promise(() => undefined);
			});
			elsewhere.worker.start();
			const { id } = await elsewhere.queue.create('count', { upTo: 1 });
			while (elsewhere.state(id) !== 'running') await sleep(5);
			await backups.restore(file);
			assert.match(String(await stopped.promise), /lease-lost/);
			await elsewhere.worker.stop();
			assert.equal(elsewhere.state(id), 'gone');
		});
	});

	describe('after money was spent', () => {
		it('keeps what was spent since, so that the cap of a day holds', async () => {
			await addRun(ledger, 'old', 'running');
			await spend(ledger, 'q1', 100, 'old');
			const file = await backups.make(7);
			await spend(ledger, 'q2', 20, 'old');
			await addRun(ledger, 'new', 'running');
			await spend(ledger, 'q3', 3, 'new');
			await ledger.change(tx => {
				// As nothing writes today: without a request, twice the same.
				for (const micros of [5, 7])
					tx.run("INSERT INTO spending (kind, provider, model, micros, spent_at) VALUES ('unconfirmed', 'cli', 'haiku', ?, ?)", micros, at);
			});
			for (let i = 0; i < 2; i++) {
				await backups.restore(file);
				assert.equal(
					ledger.read(reader => spentSince(reader, at)),
					135,
				);
			}
			assert.deepEqual(all(ledger, 'SELECT request_id AS id, run_id AS run FROM spending WHERE request_id IS NOT NULL ORDER BY id'), [
				{ id: 'q1', run: 1 },
				{ id: 'q2', run: 1 },
				{ id: 'q3', run: null },
			]);
			assert.deepEqual(all(ledger, 'SELECT job_id, actual_micros FROM classification_jobs'), [{ job_id: 'old', actual_micros: 120 }]);
		});

		it('does not wait again for answers that were paid for since', async () => {
			await addRun(ledger, 'run', 'running');
			await ask(ledger, 'run', 'q1', 50);
			const file = await backups.make(7);
			await ledger.change(tx => tx.run("UPDATE classification_requests SET state = 'answered', answered_at = ? WHERE id = 'q1'", at));
			await spend(ledger, 'q1', 40, 'run');
			await backups.restore(file);
			assert.deepEqual(all(ledger, 'SELECT state, actual_micros FROM classification_requests'), [{ state: 'answered', actual_micros: 40 }]);
			assert.deepEqual(all(ledger, 'SELECT state, attempt, request_id FROM classification_items'), [
				{ state: 'pending', attempt: 0, request_id: null },
			]);
		});

		it('counts what is being asked at the moment as it was estimated', async () => {
			const file = await backups.make(7);
			await addRun(ledger, 'run', 'running');
			await ask(ledger, 'run', 'q1', 50);
			await backups.restore(file);
			assert.deepEqual(all(ledger, 'SELECT request_id, kind, micros FROM spending'), [
				{ request_id: 'q1', kind: 'unconfirmed', micros: 50 },
			]);
		});

		it('brings no consent back that was taken back since', async () => {
			const consents = (): boolean[] => ['a', 'b'].map(scope => ledger.read(reader => consentOf(reader, scope, 'cli')) !== undefined);
			for (const scope of ['a', 'b']) await ledger.change(tx => grantConsent(tx, scope, 'cli', at, '{}'));
			const file = await backups.make(7);
			await ledger.change(tx => revokeConsents(tx, 'b'));
			await backups.restore(file);
			assert.deepEqual(consents(), [true, false]);
		});
	});

	describe('when something goes wrong', () => {
		/** The folder as it is before and after each step of a restore that is on disk. */
		async function steps(file: string, into: string): Promise<string[]> {
			const taken: string[] = [];
			const take = async (): Promise<void> => {
				const path = join(into, `${taken.length}`);
				await data.copyTo(path);
				taken.push(path);
			};
			const around =
				<Args extends unknown[], Result>(call: (...args: Args) => Promise<Result>) =>
				async (...args: Args): Promise<Result> => {
					await take();
					const result = await call(...args);
					await take();
					return result;
				};
			const files = {
				...nodeFiles,
				rename: around(nodeFiles.rename),
				link: around(nodeFiles.link),
				unlink: around(nodeFiles.unlink),
			};
			const watched = await data.open({ files });
			await new LedgerBackups({ ledger: watched, folder: data.path, now, files }).restore(file);
			await take();
			return taken;
		}

		it('leaves the old state or the new one after every step, and loses no change of a window that was open', async function () {
			this.timeout(60_000);
			const file = await changedSince();
			const copies = await DataFolder.make();
			const before = join(copies.path, 'before');
			await data.copyTo(before);
			const seen: string[] = [];
			for (const [step, path] of (await steps(file, copies.path)).entries()) {
				const { ledger: found, messages } = await Ledger.open({ folder: await fresh(path) });
				assert.deepEqual(messages, [], `step ${step}`);
				seen.push(corrected(found).join());
				await found.close();
				// A window that was open all the time, and sees the files only now.
				const folder = join(copies.path, `window ${step}`);
				await cp(before, folder, { recursive: true });
				const { ledger: open } = await Ledger.open({ folder });
				for (const name of await readdir(folder)) if (name.startsWith('ledger.') && name !== 'ledger.lock') await rm(join(folder, name));
				await cp(path, folder, { recursive: true });
				await correct(open, 'mine');
				for (const each of [open, (await Ledger.open({ folder })).ledger]) {
					assert.deepEqual(corrected(each), [...(seen.at(-1) ?? '').split(','), 'mine'].sort(), `step ${step}`);
					await each.close();
				}
			}
			assert.deepEqual([...new Set(seen)], ['after', 'before']);
			assert.ok(seen.length > 10, seen.join(' '));
			await copies.remove();

			async function fresh(path: string): Promise<string> {
				await cp(path, `${path} opened`, { recursive: true });
				return `${path} opened`;
			}
		});

		it('leaves the ledger as it was on a full disk', async () => {
			const file = await changedSince();
			let room = Number.POSITIVE_INFINITY;
			const files = {
				...nodeFiles,
				open: async (...args: Parameters<typeof nodeFiles.open>) => {
					if (--room < 0) throw Object.assign(new Error('ENOSPC'), { code: 'ENOSPC', syscall: 'open' });
					return nodeFiles.open(...args);
				},
			};
			const full = await data.open({ files });
			const from = new LedgerBackups({ ledger: full, folder: data.path, now });
			// The fold of the present state writes two files, the restored one is the third, and two more come with the next fold.
			for (const [left, expected] of [
				[0, 'after'],
				[1, 'after'],
				[2, 'after'],
				[3, 'before'],
				[4, 'before'],
			] as const) {
				// prettier-ignore
				room = left;
				const attempt = from.restore(file);
				if (expected === 'before') await attempt;
				else await assert.rejects(attempt, (error: unknown) => error instanceof LedgerError && error.reason === 'disk full');
				room = Number.POSITIVE_INFINITY;
				for (const each of [full, await data.open()]) assert.deepEqual(corrected(each), [expected], `room for ${left}`);
				await correct(full, 'mine');
				assert.deepEqual(corrected(await data.open()), [expected, 'mine'].sort(), `room for ${left}`);
				await full.change(tx => tx.run('DELETE FROM classifications'));
				await correct(full, 'after');
			}
		});

		it('has a copy to fall back on when the file is damaged right after it', async () => {
			await backups.restore(await changedSince());
			await correct(ledger, 'more');
			await writeFile(join(data.path, 'ledger.sqlite'), 'nonsense');
			assert.deepEqual(corrected(await data.open()), ['before', 'more']);
		});

		it('puts a ledger back of which nothing is left', async () => {
			const file = await changedSince();
			await ledger.close();
			const kept = await readFile(join(data.path, 'backups', file));
			await rm(data.path, { recursive: true });
			await mkdir(join(data.path, 'backups'), { recursive: true });
			await writeFile(join(data.path, 'backups', file), kept);
			const again = await data.open();
			await new LedgerBackups({ ledger: again, folder: data.path }).restore(file);
			assert.deepEqual(corrected(await data.open()), ['before']);
		});
	});

	it('killed at any instant leaves a ledger that opens with one state or the other (8 kills)', async function () {
		this.timeout(300_000);
		const before = await changedSince();
		const after = await backups.make(7);
		await ledger.close();
		const seen = { before: 0, after: 0 };
		let whole = 0;
		const next = random(20260102);
		const start = async (): Promise<ChildProcess & { over: Promise<void>; lines: Interface }> => {
			const restoring = spawn(process.execPath, [...shortProcessFlags, child('restoringChild.ts'), data.path, before, after], {
				stdio: ['ignore', 'pipe', 'inherit'],
			});
			const lines = createInterface({ input: restoring.stdout });
			await once(lines, 'line');
			lines.on('line', () => whole++);
			return Object.assign(restoring, { over: once(restoring, 'close').then(() => undefined), lines });
		};
		// How long one takes depends on what else the machine does.
		const first = await start();
		const begun = performance.now();
		for (let i = 0; i < 4; i++) await once(first.lines, 'line');
		const lastsMs = (performance.now() - begun) / 4;
		first.kill('SIGKILL');
		await first.over;
		const kills = 8;
		for (let kill = 0; kill < kills; kill++) {
			const restoring = await start();
			// In the first restore and in the second by turns, from the beginning of one to its end.
			if (kill % 2 === 1) await once(restoring.lines, 'line');
			await sleep(((kill + next()) / kills) * 1.1 * lastsMs);
			restoring.kill('SIGKILL');
			await restoring.over;
			const { ledger: found, outcome, messages } = await Ledger.open({ folder: data.path });
			assert.deepEqual([outcome.kind, messages], ['opened', []], `kill ${kill}`);
			const [state] = corrected(found);
			assert.ok(state === 'before' || state === 'after', `kill ${kill}: ${String(state)}`);
			seen[state]++;
			await found.close();
			for (const name of await readdir(join(data.path, 'backups'))) {
				if (name !== before && name !== after) await rm(join(data.path, 'backups', name));
			}
		}
		console.log(`      killed ${kills} times, among ${whole} whole restores: ${seen.before} old states, ${seen.after} later ones`);
		assert.ok(seen.before > 0 && seen.after > 0 && whole > 0);
	});
});
