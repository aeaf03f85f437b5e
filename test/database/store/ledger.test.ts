import assert from 'node:assert/strict';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import * as nodeFiles from 'node:fs/promises';
import { appendFile, chmod, mkdtemp, readdir, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { encodeRecord } from '../../../src/extension/store/ledger/journalLine.ts';
import { readJournal } from '../../../src/extension/store/ledger/journalFile.ts';
import {
	Ledger,
	LedgerError,
	type LedgerOptions,
	type LedgerReason,
	type OpenedLedger,
} from '../../../src/extension/store/ledger/ledger.ts';
import { Lock } from '../../../src/extension/store/lock.ts';
import { ledgerMigrations } from '../../../src/extension/store/migrations/schemas.ts';
import { SqliteError } from '../../../src/extension/store/sqlite.ts';
import { random } from './random.ts';

const at = '2026-01-02T03:04:05.678Z';
const child = join(import.meta.dirname, 'ledgerChild.ts');
const refused = (reason: LedgerReason) => (error: unknown) => error instanceof LedgerError && error.reason === reason;

const note = (ledger: Ledger, id: string, options?: { durable: boolean }): Promise<number> =>
	ledger.change(tx => tx.run('INSERT INTO notes (session_id, text, updated_at) VALUES (?, ?, ?)', id, 'some text', at), options);
const notes = (ledger: Ledger): string[] =>
	ledger.read(reader =>
		reader
			.prepare<{ id: string }>('SELECT session_id AS id FROM notes ORDER BY session_id')
			.all()
			.map(({ id }) => id),
	);

describe('The ledger', () => {
	let folder: string;
	const opened: Ledger[] = [];
	const children: ChildProcess[] = [];
	beforeEach(async () => {
		folder = await mkdtemp(join(tmpdir(), 'ledger-'));
	});
	afterEach(async () => {
		for (const each of children.splice(0)) if (each.exitCode === null) each.kill('SIGKILL');
		for (const each of opened.splice(0)) await each.close();
		await rm(folder, { recursive: true, force: true });
	});

	const inFolder = (name: string): string => join(folder, name);
	async function opening(options: Partial<LedgerOptions> = {}): Promise<OpenedLedger> {
		const result = await Ledger.open({ folder, now: () => new Date(at), ...options });
		opened.push(result.ledger);
		return result;
	}
	const wordsOf = (messages: OpenedLedger['messages']): string => messages.map(({ text }) => text).join(' ');
	const open = async (options: Partial<LedgerOptions> = {}): Promise<Ledger> => (await opening(options)).ledger;
	function start(
		args: readonly string[],
		command = process.execPath,
		before: readonly string[] = [],
	): ChildProcess & { stdout: NodeJS.ReadableStream } {
		const started = spawn(command, [...before, child, folder, ...args], { stdio: ['ignore', 'pipe', 'inherit'] });
		children.push(started);
		return started;
	}

	it('is there again after it was closed, and after it was not', async () => {
		const first = await open();
		await note(first, 'a');
		await first.close();
		const second = await open();
		await note(second, 'b');
		// Not closed: as after a crash.
		const { ledger, outcome, messages } = await opening();
		assert.deepEqual([notes(ledger), outcome, messages], [['a', 'b'], { kind: 'opened' }, []]);
	});

	it('answers with what the change gave, and lets a change read what it wrote', async () => {
		const ledger = await open();
		const seen = await ledger.change(tx => {
			tx.run("INSERT INTO tags (name, created_at) VALUES ('later', ?)", at);
			return tx.prepare<{ id: number }>("SELECT id FROM tags WHERE name = 'LATER'").get()?.id;
		});
		assert.equal(seen, 1);
	});

	it('shows every window what the others changed, as soon as they look', async () => {
		const [a, b] = [await open(), await open()];
		assert.equal(await b.refresh(), false);
		await note(a, 'from a');
		await note(a, 'in passing', { durable: false });
		assert.deepEqual(notes(b), []);
		assert.equal(await b.refresh(), true);
		assert.deepEqual(notes(b), ['from a', 'in passing']);
		assert.equal(await b.refresh(), false);
		assert.equal(await a.refresh(), false);
	});

	it('runs a change on what the other windows wrote before it', async () => {
		const [a, b] = [await open(), await open()];
		const claim = (ledger: Ledger, owner: string): Promise<boolean> =>
			ledger.change(tx => tx.run('INSERT INTO pins (session_id, pinned_at) VALUES (?, ?) ON CONFLICT DO NOTHING', 'job', owner) > 0);
		assert.deepEqual(await Promise.all([claim(a, at), claim(b, at)]), [true, false]);
	});

	it('gives every window the same rows, bytes and nulls included', async () => {
		const [a, b] = [await open(), await open()];
		await a.change(tx => {
			tx.run('INSERT INTO tags (name, created_at) VALUES (?, ?)', 'é𝄞\n"x"', at);
			tx.run('INSERT INTO session_labels (session_id, title, updated_at) VALUES (?, ?, ?)', 's', null, at);
			tx.run('INSERT INTO notes (session_id, text, updated_at) VALUES (?, CAST(? AS TEXT), ?)', 's', new TextEncoder().encode('bytes'), at);
		});
		await b.refresh();
		const everything = (ledger: Ledger): unknown =>
			ledger.read(reader => ['tags', 'session_labels', 'notes'].map(table => reader.prepare(`SELECT * FROM ${table}`).all()));
		assert.deepEqual(everything(b), everything(a));
		assert.match(JSON.stringify(everything(b)), /"bytes"/);
	});

	it('undoes a change that throws, and keeps those that waited with it', async () => {
		const ledger = await open();
		const results = await Promise.allSettled([
			note(ledger, 'a'),
			ledger.change(tx => {
				tx.run('INSERT INTO pins (session_id, pinned_at) VALUES (?, ?)', 'p', at);
				throw new RangeError('no');
			}),
			note(ledger, 'a'),
			note(ledger, 'b'),
		]);
		assert.deepEqual(
			results.map(result => (result.status === 'fulfilled' ? result.value : (result.reason as Error).name)),
			[1, 'RangeError', 'SqliteError', 1],
		);
		const after = await open();
		assert.deepEqual(notes(after), ['a', 'b']);
		assert.deepEqual(
			after.read(reader => reader.prepare('SELECT * FROM pins').all()),
			[],
		);
	});

	it('writes nothing for a change that changes nothing', async () => {
		const ledger = await open();
		const before = (await stat(inFolder('ledger.journal'))).size;
		assert.equal(await ledger.change(tx => tx.run("DELETE FROM notes WHERE session_id = 'x'")), 0);
		assert.equal((await stat(inFolder('ledger.journal'))).size, before);
	});

	it('refuses writes that would not give the same in every window, and writes where it only reads', async () => {
		const ledger = await open();
		const misuse = (error: unknown): boolean => error instanceof SqliteError && error.reason === 'misuse';
		for (const sql of [
			"INSERT INTO pins VALUES ('a', strftime('%Y', 'now'))",
			"INSERT INTO pins VALUES ('a', CURRENT_TIMESTAMP)",
			"INSERT INTO pins VALUES (random(), '')",
			'UPDATE session_tags SET tag_id = last_insert_rowid()',
			'SELECT 1',
		]) {
			await assert.rejects(
				ledger.change(tx => tx.run(sql)),
				misuse,
				sql,
			);
		}
		assert.throws(() => ledger.read(reader => reader.prepare('DELETE FROM notes').all()), misuse);
	});

	it('folds a long journal into the file, and the other windows go on', async () => {
		const [a, b] = [await open({ foldBytes: 1000 }), await open({ foldBytes: 1000 })];
		for (let i = 0; i < 40; i++) await note(i % 2 === 0 ? a : b, `n${i + 10}`);
		assert.ok((await stat(inFolder('ledger.journal'))).size < 2000);
		assert.equal(notes(await open()).length, 40);
		// One that slept through several foldings has to read the file again.
		const sleeper = await open({ foldBytes: 1000 });
		for (let i = 0; i < 40; i++) await note(a, `o${i + 10}`);
		assert.equal(await sleeper.refresh(), true);
		assert.equal(notes(sleeper).length, 80);
		await note(sleeper, 'z');
		await b.refresh();
		assert.equal(notes(b).length, 81);
	});

	it('passes over the last words of a process that was killed, and goes on in a new line', async () => {
		const first = await open();
		await note(first, 'a');
		const journal = await readFile(inFolder('ledger.journal'));
		await note(first, 'torn');
		const whole = await readFile(inFolder('ledger.journal'));
		for (let cut = journal.length; cut < whole.length; cut += 7) {
			await writeFile(inFolder('ledger.journal'), whole.subarray(0, cut));
			const { ledger, messages } = await opening();
			assert.deepEqual([notes(ledger), messages], [['a'], []]);
			await note(ledger, 'b');
			assert.deepEqual(notes(await open()), ['a', 'b'], `cut at ${cut}`);
		}
	});

	it('ignores what a process writes that had lost the lock, but not what it wrote before', async () => {
		const ledger = await open();
		await note(ledger, 'a');
		const reading = readJournal(inFolder('ledger.journal'), null);
		assert.ok(reading !== null && reading !== 'unreadable');
		const { generation, sequence } = reading.records.at(-1) ?? assert.fail();
		const sleeper = (id: string, number: number): string =>
			encodeRecord({
				sequence: number,
				generation,
				writes: [['INSERT INTO notes (session_id, text, updated_at) VALUES (?, ?, ?)', id, '', at]],
			});
		await appendFile(inFolder('ledger.journal'), sleeper('in time', sequence + 1));
		// The lock of a dead owner is taken over: from here on its records are void.
		const dead = (await Lock.acquire(inFolder('ledger.lock'), 1000)).generation;
		await utimes(join(inFolder('ledger.lock'), `${dead}`), 1, 1);
		const b = await open();
		await note(b, 'b');
		await appendFile(inFolder('ledger.journal'), sleeper('too late', sequence + 3));
		await note(b, 'c');
		for (const each of [ledger, b, await open()]) {
			await each.refresh();
			assert.deepEqual(notes(each), ['a', 'b', 'c', 'in time']);
		}
	});

	it('rejects the change of a process that lost the lock in the middle of it, and forgets it', async () => {
		const ledger = await open();
		await note(ledger, 'a');
		let thief: Lock | null = null;
		const lost = ledger.change(tx => {
			tx.run('INSERT INTO notes (session_id, text, updated_at) VALUES (?, ?, ?)', 'lost', '', at);
			// As if this process had been suspended here for minutes.
			thief = Lock.tryAcquire(inFolder('ledger.lock'), { staleMs: -1, heartbeatMs: 1000 });
		});
		await assert.rejects(lost, refused('lock lost'));
		assert.deepEqual(notes(ledger), ['a']);
		await (thief as Lock | null)?.release();
		await note(ledger, 'b');
		assert.deepEqual(notes(await open()), ['a', 'b']);
	});

	it('says so when another window does not let go', async () => {
		const ledger = await open({ waitMs: 30 });
		const other = await Lock.acquire(inFolder('ledger.lock'), 1000);
		await assert.rejects(note(ledger, 'a'), refused('busy'));
		await assert.rejects(opening({ waitMs: 30 }), refused('busy'));
		await other.release();
		await note(ledger, 'a');
	});

	it('goes on when somebody emptied the folder of its lock', async () => {
		const [a, b] = [await open(), await open()];
		for (const id of ['a', 'b', 'c']) await note(a, id);
		await rm(inFolder('ledger.lock'), { recursive: true });
		await note(a, 'd');
		await note(b, 'e');
		for (const each of [a, b, await open()]) {
			await each.refresh();
			assert.deepEqual(notes(each), ['a', 'b', 'c', 'd', 'e']);
		}
	});

	it('loses nothing when its file is damaged, and tells', async () => {
		const ledger = await open({ foldBytes: 500 });
		for (let i = 0; i < 20; i++) await note(ledger, `n${i + 10}`);
		await writeFile(inFolder('ledger.sqlite'), 'nonsense');
		const { ledger: again, outcome, messages } = await opening();
		assert.equal(notes(again).length, 20);
		assert.equal(outcome.kind, 'recovered');
		assert.match(
			wordsOf(messages),
			/ledger\.sqlite was damaged.*kept as ledger\.sqlite\.damaged-.*last good copy.*restored from the journal/,
		);
		assert.equal((await opening()).outcome.kind, 'opened');
		// The window that was open all the time goes on as well.
		await note(ledger, 'last');
		await again.refresh();
		assert.equal(notes(again).length, 21);
	});

	it('loses nothing when its file is gone', async () => {
		const ledger = await open({ foldBytes: 500 });
		for (let i = 0; i < 20; i++) await note(ledger, `n${i + 10}`);
		await rm(inFolder('ledger.sqlite'));
		assert.equal(notes(await open()).length, 20);
	});

	it('keeps what came before a damaged change, sets the journal aside and tells', async () => {
		const ledger = await open();
		for (const id of ['a', 'b', 'c']) await note(ledger, id);
		const lines = (await readFile(inFolder('ledger.journal'), 'utf8')).split('\n');
		lines[2] = (lines[2] ?? '').replace('"b"', '"?"');
		await writeFile(inFolder('ledger.journal'), lines.join('\n'));
		const { ledger: again, messages } = await opening();
		assert.deepEqual(notes(again), ['a']);
		assert.match(wordsOf(messages), /could not be read: changes 2 to 2 are missing.*kept as ledger\.journal\.damaged-/);
		assert.equal(await readFile(inFolder('ledger.journal.damaged-2026-01-02T03-04-05.678Z'), 'utf8'), lines.join('\n'));
		await note(again, 'd');
		assert.deepEqual(notes(await open()), ['a', 'd']);
	});

	it('keeps its file when the journal is nonsense, and tells', async () => {
		const ledger = await open();
		await note(ledger, 'a');
		await ledger.fold();
		await writeFile(inFolder('ledger.journal'), 'nonsense');
		const { ledger: again, messages } = await opening();
		assert.deepEqual(notes(again), ['a']);
		assert.match(wordsOf(messages), /journal does not begin as one/);
	});

	it('starts without a journal when a process was killed between the file and the new journal', async () => {
		const ledger = await open();
		await note(ledger, 'a');
		await ledger.fold();
		await rm(inFolder('ledger.journal'));
		const { ledger: again, messages } = await opening();
		assert.deepEqual([notes(again), messages], [['a'], []]);
		await note(again, 'b');
		assert.deepEqual(notes(await open()), ['a', 'b']);
	});

	it('is not folded on a full disk, but changed as long as the journal has room', async () => {
		let isFull = true;
		const files = {
			...nodeFiles,
			open: async (...args: Parameters<typeof nodeFiles.open>) => {
				if (isFull) throw Object.assign(new Error('ENOSPC'), { code: 'ENOSPC', syscall: 'open' });
				return nodeFiles.open(...args);
			},
		};
		await (await open()).close();
		const ledger = await open({ files, foldBytes: 200 });
		for (const id of ['a', 'b', 'c']) await note(ledger, id);
		await assert.rejects(ledger.fold(), refused('disk full'));
		assert.deepEqual(notes(await open()), ['a', 'b', 'c']);
		isFull = false;
		await note(ledger, 'd');
		assert.ok((await stat(inFolder('ledger.journal'))).size < 100);
	});

	it('rejects changes on a full disk, forgets them, and keeps those before', async function () {
		if (process.platform === 'win32') {
			console.log('skipped: Windows cannot limit the size of files');
			this.skip();
		}
		// The shell limits files to 300 KB (the ledger's own begins with 250) and makes writes beyond it fail instead of killing the process.
		const limit = 'trap "" XFSZ; ulimit -f 600; exec "$0" "$@"';
		const limited = start(['n', '5000', '100000000'], 'sh', ['-c', limit, process.execPath]);
		const said = (await text(limited.stdout)).trim().split('\n');
		const safe = said.length - 1;
		assert.ok(safe > 20, said.slice(-3).join());
		assert.equal(said.at(-1), `! disk full with ${safe} notes`);
		assert.equal(notes(await open()).length, safe);
	});

	it('that may not be written can be read, and refuses changes', async () => {
		const ledger = await open();
		await note(ledger, 'a');
		await ledger.fold();
		await chmod(inFolder('ledger.sqlite'), 0o400);
		const { ledger: again, outcome, messages } = await opening();
		assert.deepEqual([notes(again), outcome.kind, again.refusal?.reason], [['a'], 'read only', 'read only']);
		assert.match(wordsOf(messages), /cannot be written/);
		await assert.rejects(note(again, 'b'), refused('read only'));
		assert.equal(await again.refresh(), false);
	});

	it('of a newer version is left alone', async () => {
		const newer = [...ledgerMigrations, { name: 'more', up: 'CREATE TABLE more (id)', down: 'DROP TABLE more' }];
		const old = await open();
		await note(old, 'a');
		await note(await open({ migrations: newer }), 'b');
		const before = await readFile(inFolder('ledger.journal'));
		await assert.rejects(note(old, 'c'), refused('other version'));
		await assert.rejects(note(old, 'c'), refused('other version'));
		assert.deepEqual(notes(old), ['a']);
		const { ledger, outcome, messages } = await opening();
		assert.deepEqual(outcome, { kind: 'newer', version: ledgerMigrations.length + 1 });
		assert.match(wordsOf(messages), /newer version/);
		assert.deepEqual(notes(ledger), []);
		await assert.rejects(note(ledger, 'c'), refused('other version'));
		assert.deepEqual(await readFile(inFolder('ledger.journal')), before);
		assert.deepEqual(notes(await open({ migrations: newer })), ['a', 'b']);
	});

	it('is brought up to date with the changes that stand only in the journal', async () => {
		const newer = [...ledgerMigrations, { name: 'shout', up: 'UPDATE notes SET session_id = upper(session_id)', down: '' }];
		await note(await open(), 'a');
		const ledger = await open({ migrations: newer });
		await note(ledger, 'b');
		assert.deepEqual(notes(await open({ migrations: newer })), ['A', 'b']);
		// The copy before the change of version, and both journals, lead to the same.
		await writeFile(inFolder('ledger.sqlite'), 'nonsense');
		assert.deepEqual(notes(await open({ migrations: newer })), ['A', 'b']);
	});

	it('lives in memory without a folder', async () => {
		const ledger = await open({ folder: null });
		await note(ledger, 'a');
		await assert.rejects(note(ledger, 'a'), SqliteError);
		assert.deepEqual([notes(ledger), await ledger.refresh(), await readdir(folder)], [['a'], false, []]);
		await ledger.fold();
	});

	it('finishes what waits when it is closed, and refuses what comes later', async () => {
		const ledger = await open();
		const waiting = note(ledger, 'a');
		await ledger.close();
		assert.equal(await waiting, 1);
		await assert.rejects(note(ledger, 'b'), refused('closed'));
		assert.throws(() => notes(ledger));
		assert.deepEqual(notes(await open()), ['a']);
	});

	it('is for the user only', async () => {
		const ledger = await open();
		await note(ledger, 'a');
		await ledger.fold();
		for (const name of ['ledger.sqlite', 'ledger.journal', 'ledger.sqlite.previous', 'ledger.journal.previous']) {
			assert.equal((await stat(inFolder(name))).mode & 0o777, 0o600, name);
		}
	});

	it('loses nothing of three processes that write at once, while a fourth looks on', async () => {
		const names = ['a', 'b', 'c'];
		const writers = names.map(name => start([name, '120', '20000']));
		const onlooker = await open();
		let running = true as boolean;
		const done = Promise.all(writers.map(each => once(each, 'exit'))).finally(() => (running = false));
		while (running) {
			await onlooker.refresh();
			await sleep(10);
		}
		await done;
		await onlooker.refresh();
		const expected = names.flatMap(name => Array.from({ length: 120 }, (_, i) => `${name}-${i + 1}`)).sort();
		for (const each of [onlooker, await open()]) {
			assert.deepEqual(notes(each).sort(), expected);
			assert.equal(
				each.read(reader => reader.prepare<{ value: string }>("SELECT value FROM meta WHERE key = 'notes'").get()?.value),
				'360',
			);
		}
	});

	it('never loses what was reported as done, whenever its process is killed (8 kills)', async function () {
		this.timeout(120_000);
		const next = random(20260102);
		let safe = 0;
		for (let kill = 0; kill < 8; kill++) {
			const writer = start([`k${kill}`, '100000', `${500 + Math.floor(next() * 20_000)}`]);
			let said = '';
			writer.stdout.on('data', (chunk: Buffer) => (said += chunk.toString()));
			await once(writer.stdout, 'data');
			await sleep(next() * 60);
			writer.kill('SIGKILL');
			await once(writer, 'close');
			const reported = said.split('\n').length - 1;
			const { ledger, outcome, messages } = await opening();
			const found = notes(ledger).filter(id => id.startsWith(`k${kill}-`)).length;
			assert.ok(found === reported || found === reported + 1, `kill ${kill}: ${reported} reported, ${found} found`);
			assert.deepEqual([outcome.kind, messages], ['opened', []], `kill ${kill}`);
			safe += found;
			assert.equal(notes(ledger).length, safe, `kill ${kill}: earlier ones`);
			await ledger.close();
		}
	});
});
