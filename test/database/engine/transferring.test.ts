import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { Transferring } from '../../../src/extension/engine/transferring.ts';
import { TransferError, type TransferReason } from '../../../src/extension/engine/transferFile.ts';
import { LedgerBackups } from '../../../src/extension/store/ledger/backups.ts';
import { putClassification } from '../../../src/extension/store/ledger/classifications.ts';
import { forgetSessions } from '../../../src/extension/store/ledger/forgotten.ts';
import type { Ledger } from '../../../src/extension/store/ledger/ledger.ts';
import { allMarks, changeMarks, type MarkChange } from '../../../src/extension/store/ledger/marks.ts';
import { addSpending } from '../../../src/extension/store/ledger/spending.ts';
import { transferData } from '../../../src/extension/store/ledger/transfer.ts';
import { DataFolder } from '../maintenance/dataFolder.ts';

const time = (hour: number): string => `2026-03-02T${String(hour).padStart(2, '0')}:00:00.000Z`;

class Machine {
	readonly data: DataFolder;
	readonly ledger: Ledger;
	readonly transferring: Transferring;
	told = 0;

	static async make(): Promise<Machine> {
		const data = await DataFolder.make();
		return new Machine(data, await data.open({ now: () => new Date(time(20)) }));
	}

	private constructor(data: DataFolder, ledger: Ledger) {
		this.data = data;
		this.ledger = ledger;
		const backups = new LedgerBackups({ ledger, folder: data.path });
		const parts = {
			ledger,
			backups,
			keep: () => 5,
			onLedger: () => {
				this.told++;
			},
			now: () => new Date(time(20)),
		};
		this.transferring = new Transferring(parts);
	}

	mark(hour: number, change: MarkChange): Promise<unknown> {
		return this.ledger.change(tx => changeMarks(tx, change, time(hour), `t${hour}`));
	}

	sort(hour: number, sessionId: string, kind: 'model' | 'person', l3: 'logic-fix' | 'crash-fix'): Promise<void> {
		const source = kind === 'person' ? 'person' : 'claude-cli/haiku@1';
		const model =
			kind === 'model'
				? { provider: 'claude-cli', model: 'haiku', promptVersion: 1 }
				: { provider: null, model: null, promptVersion: null };
		return this.ledger.change(tx =>
			putClassification(tx, {
				...model,
				sessionId,
				source,
				kind,
				l1: 'code_work',
				l2: 'bug_fix',
				l3,
				confidence: 1,
				reasoning: null,
				lastRecord: null,
				runId: null,
				at: time(hour),
			}),
		);
	}

	content(): unknown {
		return this.ledger.read(transferData);
	}
}

const rows = ({ rows: all }: { rows: readonly { kind: string; added: number; replaced: number; kept: number }[] }): unknown =>
	Object.fromEntries(
		all.filter(row => row.added + row.replaced + row.kept > 0).map(row => [row.kind, [row.added, row.replaced, row.kept]]),
	);

describe('Taking the ledger to another machine', () => {
	let [here, there]: Machine[] = [];
	let folder = '';
	let file = '';
	beforeEach(async () => {
		[here, there] = [await Machine.make(), await Machine.make()];
		folder = await mkdtemp(join(tmpdir(), 'transfer-'));
		file = join(folder, 'export.json');
	});
	afterEach(async () => {
		await here?.data.remove();
		await there?.data.remove();
		await rm(folder, { recursive: true, force: true });
	});
	const machines = (): [Machine, Machine] => {
		assert.ok(here !== undefined && there !== undefined);
		return [here, there];
	};

	async function fill(machine: Machine): Promise<void> {
		await machine.mark(1, {
			createTags: ['unused'],
			sessions: [
				{ sessionId: 's1', title: 'Mine', note: 'the first', addTags: ['Wheels', 'later'], pinnedAt: time(1) },
				{ sessionId: 's2', isHidden: true },
			],
		});
		await machine.sort(2, 's1', 'person', 'logic-fix');
		await machine.sort(3, 's1', 'model', 'crash-fix');
		await machine.ledger.change(tx =>
			addSpending(tx, {
				requestId: 'q1',
				runId: null,
				kind: 'confirmed',
				provider: 'claude-cli',
				model: 'haiku',
				micros: 1200,
				inputTokens: 10,
				outputTokens: 2,
				at: time(3),
			}),
		);
	}

	it('brings everything a person said and paid, and the second time nothing', async () => {
		const [from, to] = machines();
		await fill(from);
		await from.transferring.exportTo(file);
		const preview = await to.transferring.preview(file);
		const all = {
			tags: [3, 0, 0],
			'tagged sessions': [2, 0, 0],
			pins: [1, 0, 0],
			notes: [1, 0, 0],
			names: [2, 0, 0],
			corrections: [1, 0, 0],
			'categories by models': [1, 0, 0],
			payments: [1, 0, 0],
		};
		assert.deepEqual(rows(preview), all);
		assert.deepEqual(
			to.ledger.read(reader => reader.prepare('SELECT * FROM notes').all()),
			[],
			'a preview changes nothing',
		);
		assert.deepEqual(rows(await to.transferring.importFrom(file)), all);
		assert.deepEqual(to.content(), from.content());
		assert.equal(to.told, 1);
		const again = await to.transferring.importFrom(file);
		assert.ok(again.rows.every(({ added, replaced }) => added + replaced === 0));
		assert.deepEqual(to.content(), from.content());
	});

	it('takes the place of what is older here, never of a later word, and joins tags', async () => {
		const [from, to] = machines();
		await fill(from);
		await to.mark(5, { sessions: [{ sessionId: 's1', note: 'later, and mine', addTags: ['WHEELS'] }] });
		await to.sort(6, 's1', 'person', 'crash-fix');
		await from.mark(7, { sessions: [{ sessionId: 's3', note: 'newer there' }] });
		await to.mark(4, { sessions: [{ sessionId: 's3', note: 'older here' }] });
		await from.transferring.exportTo(file);
		assert.deepEqual(rows(await to.transferring.importFrom(file)), {
			tags: [2, 0, 1],
			'tagged sessions': [1, 0, 1],
			pins: [1, 0, 0],
			notes: [0, 1, 1],
			names: [2, 0, 0],
			corrections: [0, 0, 1],
			'categories by models': [1, 0, 0],
			payments: [1, 0, 0],
		});
		const notes = to.ledger.read(reader => reader.prepare('SELECT session_id, text FROM notes ORDER BY 1').all());
		assert.deepEqual(notes, [
			{ session_id: 's1', text: 'later, and mine' },
			{ session_id: 's3', text: 'newer there' },
		]);
		assert.deepEqual(
			to.ledger.read(reader => reader.prepare("SELECT category_l3 FROM classifications WHERE kind = 'person'").all()),
			[{ category_l3: 'crash-fix' }],
		);
	});

	it('lets a name and a hidden mark be, of which the other machine said nothing', async () => {
		const [from, to] = machines();
		await to.mark(9, {
			sessions: [
				{ sessionId: 's1', title: 'My own careful name' },
				{ sessionId: 's2', isHidden: true },
				{ sessionId: 's3', title: 'the younger name' },
				{ sessionId: 's4', title: 'the older name' },
			],
		});
		await from.mark(10, {
			sessions: [
				{ sessionId: 's1', isHidden: true },
				{ sessionId: 's2', title: 'named there' },
				{ sessionId: 's4', title: 'the younger name' },
			],
		});
		await from.mark(8, { sessions: [{ sessionId: 's3', title: 'the older name', isHidden: true }] });
		await from.transferring.exportTo(file);
		assert.deepEqual(rows(await to.transferring.importFrom(file)), { names: [0, 4, 0] });
		const marks = ({ ledger }: Machine): unknown =>
			ledger.read(allMarks).map(({ sessionId, title, isHidden }) => [sessionId, title, isHidden]);
		const joined = [
			['s1', 'My own careful name', true],
			['s2', 'named there', true],
			['s3', 'the younger name', true],
			['s4', 'the younger name', false],
		];
		assert.deepEqual(marks(to), joined);
		const content = to.content();
		assert.deepEqual(rows(await to.transferring.importFrom(file)), { names: [0, 0, 4] });
		assert.deepEqual(to.content(), content, 'the second time changes nothing');
		await to.transferring.exportTo(file);
		await from.transferring.importFrom(file);
		assert.deepEqual(marks(from), joined, 'both machines say the same after the way back');
		assert.deepEqual(rows(await from.transferring.importFrom(file)), { names: [0, 0, 4] });
	});

	it('does not make a name younger by a mark that was set after it', async () => {
		const [from, to] = machines();
		await to.mark(5, { sessions: [{ sessionId: 's1', title: 'the older name' }] });
		await from.mark(9, { sessions: [{ sessionId: 's1', isHidden: true }] });
		await from.transferring.exportTo(file);
		await to.transferring.importFrom(file);
		await from.mark(7, { sessions: [{ sessionId: 's1', title: 'the younger name', isHidden: false }] });
		await from.transferring.exportTo(file);
		await to.transferring.importFrom(file);
		const [label] = to.ledger.read(transferData).labels;
		assert.deepEqual([label?.title, label?.isHidden], ['the younger name', true]);
	});

	it('brings nothing of a session that was forgotten here, and says so', async () => {
		const [from, to] = machines();
		await fill(from);
		await from.transferring.exportTo(file);
		await to.ledger.change(tx => forgetSessions(tx, ['s1'], time(4), 't'));
		const done = await to.transferring.importFrom(file);
		assert.equal(done.forgotten, 7);
		assert.deepEqual(rows(done), { tags: [3, 0, 0], names: [1, 0, 0], payments: [1, 0, 0] });
	});

	it('can be undone by the backup that was made before', async () => {
		const [from, to] = machines();
		await fill(from);
		await from.transferring.exportTo(file);
		await to.mark(1, { sessions: [{ sessionId: 's9', note: 'only here' }] });
		const before = to.content();
		const { backup } = await to.transferring.importFrom(file);
		await new LedgerBackups({ ledger: to.ledger, folder: to.data.path }).restore(backup ?? '');
		const { spending, ...rest } = to.content() as { spending: unknown[] };
		assert.deepEqual({ ...rest, spending: [] }, before);
		assert.equal(spending.length, 1, 'money stays spent');
	});

	describe('refuses the file of a stranger', () => {
		const refused = (reason: TransferReason) => (error: unknown) => error instanceof TransferError && error.reason === reason;

		type Document = { data: Record<string, Record<string, unknown>[]>; checksum: string; version: number; format: string };

		/** Checksummed anew, as whoever made it would. */
		async function changed(change: (document: Document) => void, withChecksum = true): Promise<void> {
			const [from] = machines();
			await fill(from);
			await from.transferring.exportTo(file);
			const document = JSON.parse(await readFile(file, 'utf8')) as Document;
			change(document);
			if (withChecksum) document.checksum = `sha256:${createHash('sha256').update(JSON.stringify(document.data)).digest('hex')}`;
			await writeFile(file, JSON.stringify(document));
		}

		const cases: readonly (readonly [
			name: string,
			reason: TransferReason,
			change: (document: Document) => void,
			withChecksum?: boolean,
		])[] = [
			['that is another file', 'not-one', document => (document.format = 'else')],
			['of a newer version', 'newer-version', document => (document.version = 2)],
			['that was changed on the way', 'damaged', document => document.data['notes']?.pop(), false],
			['with a category that is none', 'invalid', ({ data }) => Object.assign(data['classifications']?.[0] ?? {}, { l3: 'x' })],
			['with a time that is none', 'invalid', ({ data }) => Object.assign(data['notes']?.[0] ?? {}, { updatedAt: 'now' })],
			['with a time to come', 'invalid', ({ data }) => Object.assign(data['notes']?.[0] ?? {}, { updatedAt: '2999-01-01T00:00:00.000Z' })],
			['with a field too many', 'invalid', ({ data }) => Object.assign(data['pins']?.[0] ?? {}, { sql: 'DROP' })],
			['with money that is none', 'invalid', ({ data }) => Object.assign(data['spending']?.[0] ?? {}, { micros: -1 })],
			[
				'in which a model speaks as a person',
				'invalid',
				({ data }) => Object.assign(data['classifications']?.[1] ?? {}, { source: 'person' }),
			],
			['without its lists', 'invalid', document => delete document.data['tags']],
			['with steering characters in a name', 'invalid', ({ data }) => Object.assign(data['tags']?.[0] ?? {}, { name: 'a\u0000b' })],
		];
		for (const [name, reason, change, withChecksum] of cases) {
			it(`${name}, and changes nothing`, async () => {
				const [, to] = machines();
				const before = to.content();
				await changed(change, withChecksum);
				await assert.rejects(to.transferring.preview(file), refused(reason));
				await assert.rejects(to.transferring.importFrom(file), refused(reason));
				assert.deepEqual(to.content(), before);
				assert.equal((await new LedgerBackups({ ledger: to.ledger, folder: to.data.path }).list()).length, 0, 'not even a backup is made');
			});
		}

		it('whatever it holds', async () => {
			const [, to] = machines();
			for (const value of fc.sample(fc.anything(), 200)) {
				const text = JSON.stringify({ format: 'session-insights-ledger', version: 1, checksum: '', data: value });
				await writeFile(file, text);
				await assert.rejects(to.transferring.preview(file), TransferError);
			}
			for (const text of ['', 'null', '[]', '{"format":1}', '\u0000'.repeat(100)]) {
				await writeFile(file, text);
				await assert.rejects(to.transferring.preview(file), refused('not-one'));
			}
		});
	});
});
