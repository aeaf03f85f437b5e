import assert from 'node:assert/strict';
import { appendFileSync, existsSync, readdirSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import path from 'node:path';
import { assistantText, conversation, type Conversation, toolUse, userPrompt } from '../../support/historyGenerator/records.ts';
import { ClaudeHome } from '../engine/claudeHome.ts';
import { HeadlessEngine } from '../engine/headless.ts';
import { find, searchable, shown } from './searched.ts';

const idOf = (number: number): string => `aaaaaaaa-0000-4000-8000-${String(number).padStart(12, '0')}`;

describe('The search index', () => {
	let home: ClaudeHome;
	let engine: HeadlessEngine | null;
	let talk: Conversation;
	beforeEach(() => {
		home = new ClaudeHome('searched');
		engine = null;
		talk = conversation({ sessionId: idOf(1) });
	});
	afterEach(async () => {
		await engine?.close();
		home.remove();
	});

	const dataDir = (): string => home.beside('data');
	const searchFolder = (): string => {
		const name = readdirSync(dataDir()).find(each => /^search-\w+$/.test(each));
		return path.join(dataDir(), name ?? 'search-none');
	};
	const shards = (): string[] => readdirSync(searchFolder()).filter(name => name.endsWith('.shard'));

	async function open(): Promise<HeadlessEngine> {
		engine = await searchable(home.dir, { dataDir: dataDir() });
		return engine;
	}

	async function lines(text: string): Promise<string[]> {
		if (engine === null) throw new Error('no engine');
		return shown((await find(engine, text)).hits);
	}

	it('finds what is appended to a transcript, by the file system telling of it', async () => {
		const file = home.transcript(talk, [userPrompt(talk, 'Look at the parser'), assistantText(talk, 'Yes.')]);
		engine = await HeadlessEngine.open(home.dir, { search: { isEnabled: true }, rescanSeconds: 86_400 });
		await engine.engine.start();
		await engine.until(() => engine?.events.searchStatus.some(({ state }) => state === 'ready') === true);
		assert.deepEqual(await lines('zebra'), []);
		engine.events.searchStatus.length = 0;
		home.append(file, userPrompt(talk, 'Now a zebra'));
		const { searching } = engine.engine;
		let found: string[] = [];
		await engine.until(() => {
			void lines('zebra').then(each => (found = each));
			return found.length > 0;
		});
		assert.deepEqual(found, ['Now a [zebra]']);
		assert.equal(searching.status().state, 'ready');
	});

	it('is saved, and read again instead of the transcripts', async () => {
		home.transcript(talk, [userPrompt(talk, 'Look at the zebra')]);
		await (await open()).close();
		const before = shards();
		assert.equal(before.length, 1);
		for (const name of [...before, 'shards.json']) assert.equal(statSync(path.join(searchFolder(), name)).mode & 0o777, 0o600, name);
		await open();
		assert.deepEqual(await lines('zebra'), ['Look at the [zebra]']);
		await engine?.close();
		assert.deepEqual(shards(), before, 'nothing was written anew');
		engine = null;
	});

	it('forgets what a rewritten transcript does not say any more, and has what it says now', async () => {
		const file = home.transcript(talk, [userPrompt(talk, 'Look at the zebra'), assistantText(talk, 'There are many.')]);
		const { engine: running } = await open();
		home.transcript(talk, [userPrompt(talk, 'Look at the giraffe, which is longer than what was here before')]);
		running.index('incremental');
		await running.idle();
		await running.searching.upToDate();
		assert.deepEqual(await lines('zebra'), []);
		assert.equal((await lines('giraffe')).length, 1);
		rmSync(file);
		running.index('incremental');
		await running.idle();
		await running.searching.upToDate();
		assert.deepEqual(await lines('giraffe'), [], 'what cannot be shown is no hit');
	});

	it('has a record that a transcript repeats once, also when it is repeated later, so that the count is that of all hits', async () => {
		const first = userPrompt(talk, 'A first zebra');
		const second = assistantText(talk, 'A second zebra');
		const file = home.transcript(talk, [first, second, first, userPrompt(talk, 'A third zebra'), second]);
		const running = await open();
		const counts = async (): Promise<readonly (readonly [number, boolean])[]> => {
			const answers = [];
			for (const limit of [1, 2, 3, 10]) answers.push(await find(running, 'zebra', { limit }));
			return answers.map(({ total, totalIsExact }) => [total, totalIsExact]);
		};
		const each = <T>(value: T): T[] => [value, value, value, value];
		assert.deepEqual(await counts(), each([3, true]));
		home.append(file, second, userPrompt(talk, 'A fourth zebra'), first);
		running.engine.index('incremental');
		await running.engine.idle();
		await running.engine.searching.upToDate();
		assert.deepEqual(await counts(), each([4, true]));
		const fork = conversation({ sessionId: idOf(2) });
		home.transcript(fork, [{ ...first, sessionId: idOf(2) }, userPrompt(fork, 'A fifth zebra'), { ...first, sessionId: idOf(2) }]);
		running.engine.index('incremental');
		await running.engine.idle();
		await running.engine.searching.upToDate();
		assert.deepEqual(await counts(), each([5, true]));
	});

	it('shows no record that is not there any more, even before the index knows', async () => {
		const file = home.transcript(talk, [userPrompt(talk, 'A zebra'), userPrompt(talk, 'Another zebra')]);
		await open();
		truncateSync(file, readFileSync(file, 'utf8').indexOf('\n') + 1);
		assert.deepEqual(await lines('zebra'), ['A [zebra]']);
		const other = readFileSync(file, 'utf8').replace(/"uuid":"[^"]*"/, '"uuid":"bbbbbbbb-0000-4000-8000-000000000009"');
		writeFileSync(file, other);
		assert.deepEqual(await lines('zebra'), [], 'another record at the same place is not the one that was meant');
	});

	it('has copied history once, in the session that owns it', async () => {
		const records = [userPrompt(talk, 'Look at the zebra'), assistantText(talk, 'A zebra has stripes.')];
		home.transcript(talk, records);
		const fork = conversation({ sessionId: idOf(2) });
		const copied = records.map(record => ({
			...record,
			sessionId: fork.sessionId,
			forkedFrom: { sessionId: talk.sessionId, messageUuid: record['uuid'] },
		}));
		home.transcript(fork, [...copied, userPrompt(fork, 'And now the giraffe')]);
		const searching = await open();
		const answer = await find(searching, 'zebra');
		assert.deepEqual([answer.total, new Set(answer.hits.map(hit => hit.sessionId))], [2, new Set([talk.sessionId])]);
		assert.equal((await find(searching, 'giraffe')).hits[0]?.sessionId, fork.sessionId);
		rmSync(path.join(home.at(), readdirSync(home.at())[0] ?? '', `${talk.sessionId}.jsonl`));
		await searching.index();
		await searching.engine.searching.upToDate();
		const after = await find(searching, 'zebra');
		assert.deepEqual([after.total, after.hits[0]?.sessionId], [2, fork.sessionId], 'the copy is all there is');
	});

	it('has copied history once in several copies, too, when the session that owned it is gone, and the first copy after it', async () => {
		const records = [userPrompt(talk, 'Look at the zebra'), assistantText(talk, 'A zebra has stripes.')];
		const files = [home.transcript(talk, records)];
		for (const number of [2, 3, 4]) {
			const fork = conversation({ sessionId: idOf(number) });
			const copied = records.map(record => ({
				...record,
				sessionId: fork.sessionId,
				forkedFrom: { sessionId: talk.sessionId, messageUuid: record['uuid'] },
			}));
			files.push(home.transcript(fork, [...copied, userPrompt(fork, 'And now the giraffe')]));
		}
		const searching = await open();
		const { forgetting, searching: search } = searching.engine;
		const [owner = '', first = '', , last = ''] = files;
		// The third is the first copy of those that are left: it goes because a person wants that.
		const ends = [() => rm(owner), () => rm(first), () => forgetting.forget([idOf(3)]), () => rm(last)];
		for (const [number, end] of ends.entries()) {
			for (const limit of [1, 10]) {
				const { total, totalIsExact, hits } = await find(searching, 'zebra', { limit });
				assert.deepEqual([total, totalIsExact, hits.length], [2, true, Math.min(limit, 2)], `after ${number}`);
			}
			await end();
			await searching.index();
			await search.upToDate();
		}
		assert.deepEqual(await lines('zebra'), []);
	});

	it('builds anew what was damaged, and keeps the damaged part aside', async () => {
		home.transcript(talk, [userPrompt(talk, 'Look at the zebra')]);
		await (await open()).close();
		const [shard = ''] = shards();
		const bytes = readFileSync(path.join(searchFolder(), shard));
		for (const at of [9, Math.floor(bytes.length / 2), bytes.length - 50]) {
			const wrong = Buffer.from(bytes);
			wrong[at] = (wrong[at] ?? 0) ^ 0xff;
			const [current = ''] = shards();
			writeFileSync(path.join(searchFolder(), current), wrong);
			await open();
			assert.deepEqual(await lines('zebra'), ['Look at the [zebra]'], `byte ${at}`);
			await engine?.close();
			engine = null;
		}
		assert.ok(readdirSync(searchFolder()).some(name => name.includes('.damaged-')));
		writeFileSync(path.join(searchFolder(), 'shards.json'), '{"version":2,"shards":[{"name":"../../x.shard","bytes":1,"dead":[]}]}');
		await open();
		assert.deepEqual(await lines('zebra'), ['Look at the [zebra]'], 'a list that leads elsewhere');
	});

	it('keeps nothing of a session that a person wants forgotten', async () => {
		const other = conversation({ sessionId: idOf(2) });
		home.transcript(talk, [userPrompt(talk, 'Look at the quagga')]);
		home.transcript(other, [userPrompt(other, 'Look at the zebra')]);
		const { engine: running } = await open();
		await running.searching.upToDate();
		await running.forgetting.forget([talk.sessionId]);
		await running.searching.upToDate();
		assert.deepEqual(await lines('quagga'), []);
		assert.deepEqual(await lines('zebra'), ['Look at the [zebra]']);
		for (const name of shards()) assert.ok(!readFileSync(path.join(searchFolder(), name)).includes('quagga'), name);
	});

	it('has the numbers in the inputs of tools', async () => {
		home.transcript(talk, [
			userPrompt(talk, 'Look at it'),
			toolUse(talk, 'mcp__github__get_issue', { repo: 'shop', issue_number: 424242 }),
		]);
		await open();
		assert.deepEqual(await lines('424242'), ['shop [424242]']);
		assert.deepEqual(await lines('"shop 424242" tool:get_issue'), ['[shop 424242]']);
	});

	it('finds an apostrophe however it is written', async () => {
		home.transcript(talk, [userPrompt(talk, "It doesn't work"), assistantText(talk, 'It doesn’t work yet.')]);
		await open();
		for (const query of ["doesn't", 'doesn’t', '“it doesn’t work”']) assert.equal((await lines(query)).length, 2, query);
	});

	it('is removed when it is switched off, and built when it is switched on', async () => {
		home.transcript(talk, [userPrompt(talk, 'Look at the zebra')]);
		const { engine: running } = await open();
		const folder = searchFolder();
		await running.configure({ search: { isEnabled: false } });
		assert.ok(!existsSync(folder));
		assert.equal(running.searching.status().state, 'off');
		await running.searching.prepare();
		assert.ok(!existsSync(folder), 'what makes a search ready makes none');
		await assert.rejects(lines('zebra'), { reason: 'search-off' });
		await running.configure({ search: { isEnabled: true } });
		await running.searching.upToDate();
		assert.deepEqual(await lines('zebra'), ['Look at the [zebra]']);
	});

	it('can be searched by a second window, which reads for itself what the first one has not saved', async () => {
		const file = home.transcript(talk, [userPrompt(talk, 'Look at the zebra')]);
		await open();
		const second = await searchable(home.dir, { dataDir: dataDir() });
		try {
			home.append(file, userPrompt(talk, 'And the giraffe'));
			await second.index();
			await second.engine.searching.upToDate();
			assert.deepEqual(shown((await find(second, 'giraffe')).hits), ['And the [giraffe]']);
			assert.equal((await find(second, 'zebra')).total, 1);
			await engine?.index();
			await engine?.engine.searching.upToDate();
			await second.engine.searching.upToDate();
			assert.deepEqual([(await find(second, 'giraffe')).total, (await find(second, 'zebra')).total], [1, 1]);
		} finally {
			await second.close();
		}
	});

	it('takes hostile texts as texts', async () => {
		const texts = [
			'w'.repeat(5_000_000),
			'\u0000 nul \u001b[31mred\u001b[0m \u202Eoverride\u202C',
			'half \ud83d a pair',
			'<script>alert("zebra")</script> javascript:alert(1)',
			'%s %d ${x} .* (a+)+$ \\',
		];
		home.transcript(
			talk,
			texts.map(text => userPrompt(talk, text)),
		);
		appendFileSync(home.at('-torn', `${idOf(3)}.jsonl`).replace('-torn/', `${readdirSync(home.at())[0] ?? ''}/`), '{"type":"user","mess');
		await open();
		assert.equal((await find(engine ?? (await open()), 'w'.repeat(100))).total, 0, 'a whole word of another length');
		assert.equal((await lines(`${'w'.repeat(100)}*`)).length, 1);
		assert.deepEqual(await lines('"<script>"'), ['[<script>]alert("zebra")</script> javascript:alert(1)']);
		assert.equal((await lines('override'))[0]?.includes('\u202e'), false);
		assert.equal((await lines('red'))[0]?.includes('\u001b'), false);
		assert.deepEqual(await lines('"(a+)+$"'), ['%s %d ${x} .* [(a+)+$] \\']);
		assert.equal((await lines('half')).length, 1);
	});
});
