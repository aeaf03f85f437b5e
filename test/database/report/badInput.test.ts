import assert from 'node:assert/strict';
import { closeSync, mkdirSync, openSync, rmSync, symlinkSync, writeFileSync, writeSync } from 'node:fs';
import {
	assistantText,
	conversation,
	type Conversation,
	type Fields,
	response,
	toJsonl,
	toolUse,
	type TranscriptRecord,
	userPrompt,
} from '../../support/historyGenerator/records.ts';
import { ClaudeHome } from '../engine/claudeHome.ts';
import { HeadlessEngine, indexedOnce } from '../engine/headless.ts';
import { documentOf, reportProcess } from './reportProcess.ts';
import { faultsOf } from './reportShape.ts';

describe('Bad input', () => {
	let home: ClaudeHome;
	let talk: Conversation;
	beforeEach(() => {
		home = new ClaudeHome('bad');
		talk = conversation({ sessionId: 'aaaaaaaa-0000-4000-8000-000000000001' });
	});
	afterEach(() => home.remove());

	const turn = (text = 'good', of = talk): TranscriptRecord[] => [
		userPrompt(of, text),
		assistantText(of, 'Yes.', { response: response(of, { output: 7 }) }),
	];

	/** Writes a good turn, the bad bytes, and another good turn. */
	function around(bad: string | Uint8Array): void {
		const file = home.at('-p', `${talk.sessionId}.jsonl`);
		home.put(file, Buffer.concat([Buffer.from(toJsonl(turn('before'))), Buffer.from(bad), Buffer.from(`\n${toJsonl(turn('after'))}`)]));
	}

	/** The good turns count, whatever stands between them. */
	async function assertBothCount(malformedLines: number): Promise<void> {
		await indexedOnce(home.dir, (engine, run) => {
			assert.equal(run.outcome.status, 'completed');
			const session = engine.session(talk.sessionId);
			assert.deepEqual([session.userPrompts, session.responses, session.tokens.output, session.malformedLines], [2, 2, 14, malformedLines]);
			assert.deepEqual(faultsOf({ ...engine.figures(), index: documentIndex }), []);
		});
	}

	describe('among the files', () => {
		it('that is no transcript is passed over: empty, a directory of that name, links to nowhere and in circles', async () => {
			home.transcript(talk, turn());
			home.put(home.at('-p', 'bbbbbbbb-0000-4000-8000-000000000002.jsonl'), '');
			mkdirSync(home.at('-p', 'cccccccc-0000-4000-8000-000000000003.jsonl'));
			symlinkSync('nowhere.jsonl', home.at('-p', 'dddddddd-0000-4000-8000-000000000004.jsonl'));
			symlinkSync('eeeeeeee.jsonl', home.at('-p', 'eeeeeeee.jsonl'));
			symlinkSync('.', home.at('-p', 'loop'));
			symlinkSync('..', home.at('-p', 'up'));
			writeFileSync(home.at('-p', 'binary.jsonl'), Buffer.from([0, 255, 254, 10, 13, 0]));
			const ended = await reportProcess(['--claude-dir', home.dir, '--all', '--json']);
			assert.equal(ended.stderr, '');
			const { sessions, index } = documentOf(ended);
			assert.deepEqual([sessions.map(({ id }) => id), index.filesSeen], [[talk.sessionId], 3]);
		});

		it('goes before its turn comes: the rest is reported, and nothing of it is left over', async () => {
			home.transcript(talk, turn());
			const doomed = conversation({ seed: 'doomed' });
			const file = home.transcript(doomed, turn('gone', doomed));
			// Told after the scan has seen it and before it is opened.
			const engine = await HeadlessEngine.open(home.dir, {
				onEvent: name => {
					if (name === 'status') rmSync(file, { force: true });
				},
			});
			const { outcome, scan } = await engine.index();
			assert.deepEqual([outcome.status, scan.filesSeen], ['completed', 2]);
			assert.deepEqual([...engine.sessions().keys()], [talk.sessionId]);
			assert.equal((await engine.index()).outcome.error, null);
			await engine.close();
		});
	});

	describe('on a line', () => {
		it('of 100 MB is passed over, and the lines around it count', async function () {
			this.timeout(60_000);
			const file = home.at('-p', `${talk.sessionId}.jsonl`);
			home.put(file, toJsonl(turn('before')));
			const fd = openSync(file, 'a');
			const piece = Buffer.alloc(1 << 20, 'x');
			writeSync(fd, '{"type":"user","message":{"content":"');
			for (let i = 0; i < 100; i++) writeSync(fd, piece);
			writeSync(fd, `"}}\n${toJsonl(turn('after'))}`);
			closeSync(fd);
			// A heap too small for the line: nothing of the file is held whole but what a line may be long.
			const ended = await reportProcess(['--claude-dir', home.dir, '--all', '--json'], {
				env: { NODE_OPTIONS: '--max-old-space-size=64' },
			});
			const [session] = documentOf(ended).sessions;
			assert.deepEqual([session?.userPrompts, session?.responses, session?.tokens.output], [2, 2, 14]);
		});

		const bad: readonly (readonly [what: string, bytes: string | Uint8Array, malformed: number])[] = [
			['that is no JSON', 'hello', 1],
			['that is JSON but no record', '[1,2]', 1],
			['that is cut off', '{"type":"user","message":{"role":"user","content":"half', 1],
			['of NUL bytes', Buffer.alloc(3000), 1],
			['with NUL bytes in a text', Buffer.from('{"type":"notice\u0000"}'), 1],
			['of invalid UTF-8', Buffer.from([0xff, 0xfe, 0xc0, 0x80]), 1],
			['nested 100,000 deep', `{"type":"user","message":${'['.repeat(100_000)}${']'.repeat(100_000)}}`, 0],
			['nested 100,000 deep without an end', `{"type":"x","a":${'{"a":'.repeat(100_000)}`, 1],
			['with dangerous keys', '{"type":"mode","__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}}}', 0],
		];
		for (const [what, bytes, malformed] of bad) {
			it(`${what} is counted, and the lines around it count`, async () => {
				around(bytes);
				await assertBothCount(malformed);
				assert.equal(({} as Record<string, unknown>)['polluted'], undefined);
			});
		}

		it('with bytes that are no UTF-8 inside a text still counts', async () => {
			const [line = ''] = toJsonl([userPrompt(talk, 'ab\u0001cd')]).split('\n');
			around(Buffer.from(line, 'latin1').map(byte => (byte === 1 ? 0xff : byte)));
			await indexedOnce(home.dir, engine => assert.equal(engine.session(talk.sessionId).responses, 2));
		});
	});

	describe('in a name', () => {
		it('such as __proto__ or constructor is a name like any other', async () => {
			for (const name of ['__proto__', 'constructor', 'toString', 'hasOwnProperty']) {
				const odd = conversation({ sessionId: name, seed: name, model: name });
				home.transcript(odd, [
					userPrompt(odd, `<command-name>/${name}</command-name>`),
					userPrompt(odd, name),
					toolUse(odd, name, { [name]: name, file_path: name }),
					{ type: name, sessionId: name, [name]: 1 },
				]);
			}
			const report = documentOf(await reportProcess(['--claude-dir', home.dir, '--all', '--json']));
			assert.deepEqual(faultsOf(report), []);
			const names = ['__proto__', 'constructor', 'hasOwnProperty', 'toString'];
			assert.deepEqual(report.sessions.map(({ id }) => id).toSorted(), names);
			assert.deepEqual(report.models.map(({ model }) => model).toSorted(), names);
			assert.deepEqual([...report.totals.unpricedModels].toSorted(), names);
			assert.deepEqual(Object.keys(report.index.unknownRecordTypes).toSorted(), names);
			assert.ok(report.sessions.every(({ userPrompts, toolCalls, responses }) => userPrompts === 1 && toolCalls === 1 && responses === 1));
		});

		it('that is empty, of another type, very long or of control characters makes no odd row', async () => {
			const odd: readonly unknown[] = ['', 7, null, [], {}, 'x'.repeat(100_000), '\u0000\u001b[31m', '\ud83d'];
			home.put(
				home.at('-p', 'odd.jsonl'),
				odd
					.map(value => {
						const message = {
							id: value,
							model: value,
							role: value,
							content: [{ type: 'tool_use', id: value, name: value, input: value }],
							usage: value,
						};
						const fields = {
							uuid: value,
							parentUuid: value,
							sessionId: value,
							cwd: value,
							gitBranch: value,
							version: value,
							entrypoint: value,
						};
						return `${JSON.stringify({ type: 'assistant', timestamp: '2026-03-02T09:00:00Z', message, ...fields })}\n${JSON.stringify({ type: value, ...fields })}\n`;
					})
					.join(''),
			);
			await indexedOnce(home.dir, (engine, run) => {
				assert.equal(run.outcome.error, null);
				assert.deepEqual(faultsOf({ ...engine.figures(), index: documentIndex }), []);
				assert.deepEqual([...engine.sessions().keys()], ['odd']);
			});
		});
	});

	describe('in a figure', () => {
		const usages: readonly (readonly [what: string, value: unknown, counted: number | null])[] = [
			['a text', '12', 0],
			['negative', -5, 0],
			['null', null, 0],
			['a list', [3], 0],
			['a fraction', 2.5, null],
			['beyond what can be', 1e300, null],
			['not a number', 'NaN', 0],
		];
		for (const [what, value, counted] of usages) {
			it(`that is ${what} never makes the report fail`, async () => {
				const usage = { input_tokens: value, output_tokens: 5, cache_read_input_tokens: value, cache_creation_input_tokens: value };
				const message = {
					id: 'msg_odd',
					model: talk.model,
					role: 'assistant',
					content: [],
					usage: { ...usage, cache_creation: { ephemeral_1h_input_tokens: value } },
				};
				around(JSON.stringify({ type: 'assistant', uuid: 'u', timestamp: '2026-03-02T09:00:00Z', sessionId: talk.sessionId, message }));
				await indexedOnce(home.dir, (engine, run) => {
					assert.equal(run.outcome.error, null);
					const figures = engine.figures();
					assert.deepEqual(faultsOf({ ...figures, index: documentIndex }), []);
					assert.equal(figures.totals.responses, 3);
					const clean = 2 * 4;
					if (counted !== null) assert.equal(figures.totals.tokens.input, clean + counted);
				});
			});
		}
	});

	describe('in a time', () => {
		const times: readonly (readonly [value: Fields[string], instant: string | null])[] = [
			['2026-03-02T09:00:00.123Z', '2026-03-02T09:00:00.123Z'],
			['2026-03-02T09:00:00', '2026-03-02T09:00:00.000Z'],
			['2026-03-02T09:00:00+05:45', '2026-03-02T03:15:00.000Z'],
			['yesterday', null],
			['', null],
			['2026-02-30T00:00:00Z', null],
			['2026-03-02T25:00:00Z', null],
			[1_772_442_000_000, null],
			[-1, null],
			[null, null],
			[undefined, null],
			[true, null],
			[{}, null],
			['+275760-09-14T00:00:00Z', null],
			['9'.repeat(400), null],
		];
		for (const [value, instant] of times) {
			it(`${value === undefined ? 'absent' : JSON.stringify(value).slice(0, 40)} is ${instant ?? 'none, and never now'} (IDX-8)`, async () => {
				const timestamp = { timestamp: value };
				home.transcript(talk, [userPrompt(talk, 'when', timestamp), assistantText(talk, 'then', { fields: timestamp })]);
				await indexedOnce(home.dir, (engine, run) => {
					assert.equal(run.outcome.error, null);
					const { startedAt, endedAt, responses } = engine.session(talk.sessionId);
					assert.deepEqual([startedAt, endedAt, responses], [instant, instant, 1]);
					const query = { scope: 'all', range: 'all' } as const;
					const answer = engine.engine.insights.page({ page: 'overview', query });
					assert.equal(answer.page === 'overview' ? answer.figures.totals.responses.now : null, 1);
				});
			});
		}
	});
});

const documentIndex = {
	type: 'full',
	filesSeen: 0,
	filesRead: 0,
	bytesRead: 0,
	durationMs: 0,
	throughputMBPerSec: null,
	malformedLines: 0,
	unknownRecordTypes: {},
};
