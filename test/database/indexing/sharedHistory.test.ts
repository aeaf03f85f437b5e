import assert from 'node:assert/strict';
import { readFileSync, rmSync } from 'node:fs';
import {
	assistantText,
	conversation,
	type Conversation,
	response,
	toJsonl,
	toolResult,
	toolUse,
	type TranscriptRecord,
	transcriptPath,
	userPrompt,
} from '../../support/historyGenerator/records.ts';
import { countHome } from '../../independent/count.ts';
import { ClaudeHome } from '../engine/claudeHome.ts';
import { type Figures, HeadlessEngine, indexedOnce } from '../engine/headless.ts';
import { agentProgressRecord, sdkFork, verbatimCopy } from './copies.ts';

/** A turn with one call: one prompt, two responses. */
function turn(talk: Conversation, text: string): TranscriptRecord[] {
	const call = toolUse(
		talk,
		'Edit',
		{ file_path: `/${text}`, old_string: 'a', new_string: 'b' },
		{ response: response(talk, { output: 40 }) },
	);
	return [
		userPrompt(talk, text),
		call,
		toolResult(talk, call, 'ok'),
		assistantText(talk, 'Done.', { response: response(talk, { output: 60 }) }),
	];
}

function permutations<T>(items: readonly T[]): T[][] {
	if (items.length < 2) return [[...items]];
	return items.flatMap((item, at) => permutations(items.toSpliced(at, 1)).map(rest => [item, ...rest]));
}

/** Ids say nothing of age: the origin's is the largest. */
const ids = {
	origin: 'ffffffff-0000-4000-8000-000000000001',
	fork: '11111111-0000-4000-8000-000000000002',
	third: '88888888-0000-4000-8000-000000000003',
};
const later = (minutes: number): string => new Date(Date.parse('2026-03-02T09:00:00Z') + minutes * 60_000).toISOString();

describe('History that stands in several files (MODEL-2, MODEL-6)', () => {
	let home: ClaudeHome;
	beforeEach(() => {
		home = new ClaudeHome('shared');
	});
	afterEach(() => home.remove());

	/** Indexes the files one by one, in every order, and gives the one answer that all orders must give. */
	async function inEveryOrder(files: ReadonlyMap<string, string>): Promise<Figures> {
		const answers = new Map<string, string>();
		let content: readonly string[] = [];
		for (const order of permutations([...files.keys()])) {
			for (const file of files.keys()) rmSync(file, { force: true });
			const engine = await HeadlessEngine.open(home.dir);
			for (const file of order) {
				home.put(file, files.get(file) ?? '');
				await engine.index();
			}
			answers.set(JSON.stringify(engine.figures()), order.join(' '));
			content = engine.content();
			await engine.close();
		}
		assert.deepEqual([...answers.values()].length, 1, [...answers.keys()].join('\n'));
		return indexedOnce(home.dir, engine => {
			// File times differ from order to order; all else of the last one is as if read at once.
			assert.deepEqual(engine.content(), content);
			const figures = engine.figures();
			assert.ok(answers.has(JSON.stringify(figures)), 'reading at once gives something else');
			return figures;
		});
	}

	const sums = ({ sessions }: Figures): unknown =>
		Object.fromEntries(sessions.map(s => [s.id, [s.userPrompts, s.responses, s.toolCalls, s.tokens.output, s.parentSessionId]]));

	function originAndCopy(version: string): {
		origin: Conversation;
		fork: Conversation;
		first: TranscriptRecord[];
		files: Map<string, string>;
	} {
		const origin = conversation({ seed: 'origin', sessionId: ids.origin, version });
		const first = [...turn(origin, 'one'), ...turn(origin, 'two')];
		const fork = conversation({ seed: 'fork', sessionId: ids.fork, version, startsAt: later(30) });
		const files = new Map([[transcriptPath(home.dir, origin), toJsonl([...first, ...turn(origin, 'three')])]]);
		return { origin, fork, first, files };
	}

	it('counts a verbatim copy that names its origin once, in the origin, for any order of indexing', async () => {
		const { fork, first, files } = originAndCopy('2.1.220');
		files.set(transcriptPath(home.dir, fork), toJsonl([...verbatimCopy(fork, first), ...turn(fork, 'own')]));
		assert.deepEqual(sums(await inEveryOrder(files)), { [ids.origin]: [3, 6, 3, 300, null], [ids.fork]: [1, 2, 1, 100, ids.origin] });
	});

	it('gives a verbatim copy that names nobody to the smallest id, since both begin at one time', async () => {
		const { fork, first, files } = originAndCopy('2.1.126');
		files.set(transcriptPath(home.dir, fork), toJsonl([...verbatimCopy(fork, first), ...turn(fork, 'own')]));
		assert.deepEqual(sums(await inEveryOrder(files)), { [ids.fork]: [3, 6, 3, 300, null], [ids.origin]: [1, 2, 1, 100, ids.fork] });
	});

	it('counts what the SDK forked once, in the session that each record names', async () => {
		const { fork, first, files } = originAndCopy('2.1.126');
		files.set(transcriptPath(home.dir, fork), toJsonl([...sdkFork(fork, ids.origin, first), ...turn(fork, 'own')]));
		const figures = await inEveryOrder(files);
		assert.deepEqual(sums(figures), { [ids.origin]: [3, 6, 3, 300, null], [ids.fork]: [1, 2, 1, 100, ids.origin] });
		assert.equal(figures.sessions.find(session => session.id === ids.fork)?.mode, 'forked');
	});

	it('knows a background copy by its kind and counts it once', async () => {
		const { first, files } = originAndCopy('2.1.220');
		const background = conversation({ seed: 'bg', sessionId: ids.third, version: '2.1.220', startsAt: later(20), sessionKind: 'bg' });
		const copy = verbatimCopy(background, first).map(record => ({ ...record, sessionKind: 'bg' }));
		files.set(transcriptPath(home.dir, background), toJsonl([...copy, ...turn(background, 'own')]));
		const figures = await inEveryOrder(files);
		assert.deepEqual(sums(figures), { [ids.origin]: [3, 6, 3, 300, null], [ids.third]: [1, 2, 1, 100, ids.origin] });
		assert.equal(figures.sessions.find(session => session.id === ids.third)?.mode, 'background');
	});

	for (const version of ['2.1.126', '2.1.220']) {
		it(`follows a chain of three copies in all six orders (${version})`, async () => {
			const { fork, first, files } = originAndCopy(version);
			const forked = [...verbatimCopy(fork, first), ...turn(fork, 'own')];
			const third = conversation({ seed: 'third', sessionId: ids.third, version, startsAt: later(60) });
			files.set(transcriptPath(home.dir, fork), toJsonl(forked));
			files.set(transcriptPath(home.dir, third), toJsonl([...verbatimCopy(third, forked), ...turn(third, 'last')]));
			const figures = await inEveryOrder(files);
			assert.deepEqual([figures.totals.userPrompts, figures.totals.responses, figures.totals.toolCalls], [5, 10, 5]);
			assert.equal(figures.totals.tokens.output, 500);
			const count = countHome([home.dir]);
			for (const session of figures.sessions) {
				const other = count.sessions.find(({ id }) => id === session.id);
				assert.deepEqual(
					[session.userPrompts, session.responses, session.tokens],
					[other?.userPrompts, other?.responses, other?.tokens],
					session.id,
				);
			}
		});
	}

	it('settles copies that name and precede each other in a circle the same for every order', async () => {
		// The largest id is named as the origin by the smallest, and one in between names nobody; all begin at one time.
		const origin = conversation({ seed: 'o', sessionId: ids.origin, version: '2.1.126' });
		const first = turn(origin, 'one');
		const named = conversation({ seed: 'n', sessionId: ids.fork, version: '2.1.126', startsAt: later(5) });
		const silent = conversation({ seed: 's', sessionId: ids.third, version: '2.1.126', startsAt: later(6) });
		const figures = await inEveryOrder(
			new Map([
				[transcriptPath(home.dir, origin), toJsonl(first)],
				[transcriptPath(home.dir, named), toJsonl(sdkFork(named, ids.origin, first))],
				[transcriptPath(home.dir, silent), toJsonl(verbatimCopy(silent, first))],
			]),
		);
		assert.deepEqual([figures.totals.userPrompts, figures.totals.responses], [1, 2]);
		assert.equal(figures.sessions.find(session => session.userPrompts === 1)?.id, ids.third);
	});

	it('counts a shared tool call in the quarter of an hour of its owner only', async () => {
		const origin = conversation({ seed: 'o', sessionId: ids.origin, version: '2.1.126' });
		const first = turn(origin, 'one');
		const fork = conversation({ seed: 'f', sessionId: ids.fork, version: '2.1.126', startsAt: later(30) });
		home.transcript(origin, first);
		home.put(transcriptPath(home.dir, fork), toJsonl([...verbatimCopy(fork, first), ...turn(fork, 'own')]));
		await indexedOnce(home.dir, engine => {
			const sum = engine.storage.tables.db.prepare<{ n: number }>('SELECT sum(tool_calls) AS n FROM file_activity').get();
			assert.deepEqual([sum?.n, engine.figures().totals.toolCalls], [2, 2]);
		});
	});

	it('links a session to the one whose record its first one continues', async () => {
		const before = conversation({ seed: 'o', sessionId: ids.origin, version: '2.1.30' });
		const first = turn(before, 'one');
		const after = conversation({ seed: 'c', sessionId: ids.fork, version: '2.1.30', startsAt: later(5) });
		const parentUuid = first.at(-1)?.['uuid'] ?? null;
		const second = turn(after, 'two').map((record, i) => (i === 0 ? { ...record, parentUuid } : record));
		const figures = await inEveryOrder(
			new Map([
				[transcriptPath(home.dir, before), toJsonl(first)],
				[transcriptPath(home.dir, after), toJsonl(second)],
			]),
		);
		assert.deepEqual(
			figures.sessions.map(session => [session.id, session.mode, session.parentSessionId, session.userPrompts]),
			[
				[ids.origin, 'interactive', null, 1],
				[ids.fork, 'interactive', ids.origin, 1],
			],
		);
	});

	it('does not call sessions forks because they share a harness text', async () => {
		const caveat = { isMeta: true, uuid: 'aaaaaaaa-0000-4000-8000-00000000cafe', timestamp: '2026-03-01T00:00:00.000Z' };
		for (const [seed, sessionId] of Object.entries(ids)) {
			const talk = conversation({ seed, sessionId, version: '2.1.126' });
			home.transcript(talk, [userPrompt(talk, 'Caveat: The messages below were generated', caveat), ...turn(talk, 'one')]);
		}
		await indexedOnce(home.dir, engine => {
			const figures = engine.figures();
			assert.deepEqual(
				figures.sessions.map(session => [session.mode, session.parentSessionId]),
				[
					['interactive', null],
					['interactive', null],
					['interactive', null],
				],
			);
		});
	});

	it('counts a response that is split over files once, by its largest output, where it began', async () => {
		const talk = conversation({ seed: 'a', sessionId: ids.origin, version: '2.1.50' });
		const agent = conversation({ seed: 'b', sessionId: ids.origin, agentId: 'acompact-123456', version: '2.1.50', startsAt: later(1) });
		const split = response(talk, { output: 500 });
		const begin = [userPrompt(talk, 'go'), assistantText(talk, 'a', { response: split, output: 3 })];
		const end = [userPrompt(agent, 'sum up'), assistantText(agent, 'b', { response: split })];
		const figures = await inEveryOrder(
			new Map([
				[transcriptPath(home.dir, talk), toJsonl(begin)],
				[transcriptPath(home.dir, agent), toJsonl(end)],
			]),
		);
		assert.deepEqual([figures.totals.responses, figures.totals.tokens.output, figures.totals.sessions], [1, 500, 1]);
	});

	it('takes the new figures of a shared response when only the file that does not own it grows', async () => {
		const talk = conversation({ seed: 'a', sessionId: ids.origin, version: '2.1.50' });
		const agent = conversation({ seed: 'b', sessionId: ids.third, version: '2.1.50', startsAt: later(1) });
		const split = response(talk, { output: 500 });
		home.transcript(talk, [userPrompt(talk, 'go'), assistantText(talk, 'a', { response: split, output: 3 })]);
		const other = home.transcript(agent, [userPrompt(agent, 'on'), assistantText(agent, 'b', { response: split, output: 7 })]);
		const engine = await HeadlessEngine.open(home.dir);
		await engine.index();
		assert.equal(engine.session(ids.origin).tokens.output, 7);
		home.append(other, assistantText(agent, 'c', { response: split, output: 900 }));
		await engine.index();
		assert.deepEqual([engine.session(ids.origin).tokens.output, engine.session(ids.third).tokens.output], [900, 0]);
		await engine.close();
	});

	describe('of a subagent', () => {
		const agentId = 'a1b2c3d4e5f60718';

		function withAgent(): { talk: Conversation; main: [string, string]; agentFile: [string, string] } {
			const talk = conversation({ seed: 'main', sessionId: ids.origin, version: '2.1.50' });
			const agent = conversation({ seed: 'agent', sessionId: ids.origin, agentId, version: '2.1.50', startsAt: later(1) });
			const said = [userPrompt(agent, 'look'), ...turn(agent, 'look').slice(1)];
			const records = [...turn(talk, 'one')];
			for (const record of said) if (record.type === 'assistant') records.push(agentProgressRecord(talk, agent, record));
			return {
				talk,
				main: [transcriptPath(home.dir, talk), toJsonl(records)],
				agentFile: [transcriptPath(home.dir, agent), toJsonl(said)],
			};
		}

		it('counts the same with the agent’s file, without it, when it comes later, and when it goes', async () => {
			const { main, agentFile } = withAgent();
			home.put(...main);
			const engine = await HeadlessEngine.open(home.dir);
			await engine.index();
			const totals = () => engine.figures().totals;
			const expected = totals();
			assert.deepEqual([expected.responses, expected.tokens.output, expected.userPrompts], [4, 200, 1]);
			home.put(...agentFile);
			await engine.index();
			assert.deepEqual(totals(), expected);
			assert.equal(engine.session(ids.origin).subagents, 1);
			rmSync(agentFile[0]);
			await engine.index();
			assert.deepEqual(totals(), expected);
			assert.equal(engine.session(ids.origin).gone, undefined);
			await engine.close();
		});

		it('gives one answer for any order of the two files', async () => {
			const { main, agentFile } = withAgent();
			const figures = await inEveryOrder(new Map([main, agentFile]));
			assert.deepEqual([figures.totals.responses, figures.totals.tokens.output, figures.totals.sessions], [4, 200, 1]);
		});

		it('makes a stub of it while its session has no file, so that totals are the sum of sessions', async () => {
			const { main, agentFile } = withAgent();
			home.put(...agentFile);
			const engine = await HeadlessEngine.open(home.dir);
			await engine.index();
			const stub = engine.session(ids.origin);
			assert.deepEqual([stub.stub, stub.file, stub.responses, stub.userPrompts], [true, null, 2, 0]);
			assert.deepEqual([engine.figures().totals.sessions, engine.figures().totals.responses], [0, 2]);
			home.put(...main);
			await engine.index();
			const whole = engine.session(ids.origin);
			assert.deepEqual([whole.stub, whole.file, whole.responses, whole.subagents], [undefined, main[0], 4, 1]);
			assert.equal(engine.figures().totals.sessions, 1);
			await engine.close();
		});

		it('takes a transcript that begins as a sidechain for the session that its records name', async () => {
			const talk = conversation({ seed: 'side', sessionId: ids.origin, version: '1.0.51', isSidechain: true });
			const text = toJsonl(turn(talk, 'inside'));
			const file = home.at('-home-dev-src-shop', `${ids.fork}.jsonl`);
			const whole = conversation({ seed: 'main', sessionId: ids.origin, version: '1.0.51', startsAt: later(-1) });
			const figures = await inEveryOrder(
				new Map([
					[file, text],
					[transcriptPath(home.dir, whole), toJsonl(turn(whole, 'one'))],
				]),
			);
			assert.deepEqual(
				figures.sessions.map(session => [session.id, session.stub, session.responses]),
				[[ids.origin, undefined, 4]],
			);
			rmSync(transcriptPath(home.dir, whole));
			await indexedOnce(home.dir, engine => {
				assert.deepEqual([engine.session(ids.origin).stub, engine.session(ids.origin).responses], [true, 2]);
			});
		});
	});

	it('adds up a transcript that went on under the same name in another directory', async () => {
		const talk = conversation({ seed: 'moved', sessionId: ids.origin, version: '2.1.220' });
		const first = turn(talk, 'one');
		const more = turn(talk, 'two');
		const files = new Map([
			[home.at('-home-old', `${ids.origin}.jsonl`), toJsonl(first)],
			[home.at('-home-new', `${ids.origin}.jsonl`), toJsonl([...first, ...more])],
		]);
		const figures = await inEveryOrder(files);
		assert.deepEqual(sums(figures), { [ids.origin]: [2, 4, 2, 200, null] });
		rmSync(home.at('-home-old'), { recursive: true });
		await indexedOnce(home.dir, engine => assert.deepEqual(engine.session(ids.origin).userPrompts, 2));
	});

	it('keeps the project of a session when only its subagent grows after a restart', async () => {
		const talk = conversation({ seed: 'main', sessionId: ids.origin, cwd: '/home/dev/src/shop' });
		const agent = conversation({
			seed: 'agent',
			sessionId: ids.origin,
			agentId: 'a1b2c3d4e5f60718',
			cwd: '/home/dev/src/shop',
			startsAt: later(1),
		});
		home.transcript(talk, turn(talk, 'one'));
		agent.cwd = '/tmp/elsewhere';
		const file = home.put(
			home.at('-home-dev-src-shop', ids.origin, 'subagents', 'agent-a1b2c3d4e5f60718.jsonl'),
			toJsonl(turn(agent, 'look')),
		);
		for (let start = 0; start < 2; start++) {
			const engine = await HeadlessEngine.open(home.dir, { dataDir: home.beside('data'), workspaceFolders: ['/home/dev/src/shop'] });
			await engine.index();
			const { rows } = engine.engine.views.sessions({ scope: 'workspace', offset: 0, limit: 10, filter: '', category: null });
			assert.deepEqual(
				rows.map(row => [row.id, row.project]),
				[[ids.origin, 'shop']],
			);
			await engine.close();
			home.append(file, userPrompt(agent, 'more'));
		}
	});

	describe('of which one file is gone', () => {
		it('keeps counting what the gone file counted, also when the other one is read again', async () => {
			const { fork, first, files } = originAndCopy('2.1.126');
			files.set(transcriptPath(home.dir, fork), toJsonl([...verbatimCopy(fork, first), ...turn(fork, 'own')]));
			for (const [file, text] of files) home.put(file, text);
			const engine = await HeadlessEngine.open(home.dir);
			await engine.index();
			const before = engine.figures();
			for (const id of [ids.fork, ids.origin]) {
				const file = [...files.keys()].find(path => path.includes(id)) ?? '';
				const bytes = readFileSync(file);
				rmSync(file);
				await engine.index();
				assert.equal(engine.session(id).gone, true);
				await engine.index('deep');
				assert.deepEqual({ ...engine.figures().totals, sessions: 2 }, before.totals);
				home.put(file, bytes);
				await engine.index();
				assert.deepEqual(engine.figures(), before);
			}
			await engine.close();
		});
	});
});
