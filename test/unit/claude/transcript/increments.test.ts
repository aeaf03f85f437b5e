import assert from 'node:assert/strict';
import fc from 'fast-check';
import { corpusFiles, growthSeries, MISSING } from './corpus.ts';
import {
	assistant,
	attachment,
	bytesOf,
	call,
	envelope,
	failure,
	type Json,
	progress,
	read,
	type Reading,
	readInPieces,
	result,
	system,
	user,
} from './reading.ts';
import { examples } from '../../../support/examples.ts';

/** Everything but the state, whose offset may stand before or after a last newline. */
function facts(reading: Reading): unknown {
	return { ...reading, state: null };
}

/** A transcript of a bit of everything, so that what is remembered from line to line is remembered across a cut too. */
const rich: readonly (Json | string)[] = [
	{ type: 'summary', summary: 'Früherer Titel', leafUuid: 'leaf' },
	{ type: 'permission-mode', permissionMode: 'bypassPermissions', sessionId: 'session-1' },
	user('Mach es schön 🎉, bitte', { uuid: 'a', version: '2.1.50' }),
	progress(
		{ type: 'hook_progress', hookEvent: 'PreToolUse', hookName: 'PreToolUse:Bash', command: 'check' },
		{ uuid: 'p1', parentUuid: 'a' },
	),
	assistant(
		[{ type: 'thinking', thinking: 'höm' }],
		{ usage: { input_tokens: 5, output_tokens: 1 } },
		{ uuid: 'b', parentUuid: 'p1', timestamp: '2026-01-10T10:01:00.000Z' },
	),
	assistant(
		[{ type: 'text', text: 'Ja.' }],
		{ usage: { input_tokens: 5, output_tokens: 90 } },
		{ uuid: 'c', parentUuid: 'b', timestamp: '2026-01-10T10:02:00.000Z' },
	),
	call('toolu_1', 'Bash', { command: 'npm test' }, { uuid: 'd', parentUuid: 'c' }),
	progress(
		{
			type: 'agent_progress',
			agentId: 'ag',
			message: { type: 'assistant', message: { id: 'msg_sub', model: 'claude-haiku-4-5', usage: { output_tokens: 3 } } },
		},
		{ uuid: 'p2', parentUuid: 'd' },
	),
	{ type: 'queue-operation', operation: 'enqueue', content: 'und die Doku', timestamp: '2026-01-10T10:02:30.000Z', sessionId: 'session-1' },
	failure('toolu_1', 'Exit code 1\nfehlgeschlagen', { uuid: 'e', parentUuid: 'p2', timestamp: '2026-01-10T10:03:00.000Z' }),
	{ type: 'queue-operation', operation: 'remove', timestamp: '2026-01-10T10:03:05.000Z', sessionId: 'session-1' },
	'nicht JSON',
	call('toolu_2', 'Bash', { command: 'npm test' }, { uuid: 'f', parentUuid: 'e', timestamp: '2026-01-10T11:00:00.000Z' }),
	JSON.stringify(result('toolu_2', 'ok', { uuid: 'g', parentUuid: 'f' })) +
		JSON.stringify({ type: 'custom-title', customTitle: '__proto__', sessionId: 'session-1' }),
	user('you forgot the docs', { uuid: 'h', parentUuid: 'g', timestamp: '2026-01-10T11:05:00.000Z' }),
	user('you forgot the docs', { uuid: 'h', parentUuid: 'g' }),
	'',
	attachment({ type: 'hook_success', hookEvent: 'Stop', command: 'lint', toolUseID: 't', exitCode: 0 }, { uuid: 'i', parentUuid: 'h' }),
	system('stop_hook_summary', {
		uuid: 'j',
		toolUseID: 't',
		hookInfos: [{ command: 'lint', durationMs: 5 }, { command: 'save' }],
		hookErrors: [],
	}),
	JSON.stringify({ type: 'constructor', ...envelope({ uuid: 'k', parentUuid: 'j' }) }) + '\r',
	user('<command-name>/__proto__</command-name><command-args>now</command-args>', { uuid: 'l', parentUuid: 'k' }),
	assistant(
		[{ type: 'text', text: 'spät' }],
		{ usage: { input_tokens: 5, output_tokens: 40 } },
		{ uuid: 'm', parentUuid: 'l', timestamp: '2026-01-10T11:20:00.000Z' },
	),
];

describe('reading a file in pieces', () => {
	const bytes = bytesOf(...rich);
	const whole = read(bytes);

	it('understood every kind of record of the example', () => {
		assert.equal(whole.summary.malformedLines, 1);
		assert.equal(whole.summary.gluedLines, 1);
		assert.equal(whole.summary.userPrompts, 3);
		assert.equal(whole.summary.retries, 1);
		assert.equal(whole.summary.corrections, 1);
		assert.equal(whole.summary.hookExecutions, 3);
		assert.equal(whole.responses.length, 2);
		assert.deepEqual(whole.summary.unknownTypes, { constructor: 1 });
	});

	it('gives the same wherever it is cut once: at line ends, brackets, within a character, and every few bytes between', () => {
		const isTelling = (at: number): boolean => at % 7 === 0 || /[^ -z]|[{}]/.test(bytes.toString('latin1', at - 1, at + 1));
		const expected = JSON.stringify(facts(whole));
		for (let cut = 0; cut <= bytes.length; cut++) {
			if (!isTelling(cut)) continue;
			assert.equal(JSON.stringify(facts(readInPieces(bytes, [cut]))), expected, `cut at ${cut}`);
		}
	});

	it('gives the same for any number of cuts, any order of records and any ending', () => {
		const lines = fc.array(fc.constantFrom(...rich, '{"type":"user"}{"type":', '\0\0\0', '{"type":"system"}\0', '[1]', '12', '   '), {
			minLength: 1,
			maxLength: 12,
		});
		const endings = fc.constantFrom('\n', '\r\n', '');
		fc.assert(
			fc.property(lines, endings, fc.boolean(), fc.array(fc.nat(), { maxLength: 8 }), (records, ending, hasMark, places) => {
				const text = records
					.map(record => (typeof record === 'string' ? record : JSON.stringify(record)))
					.join(ending === '' ? '\n' : ending);
				const content = Buffer.from((hasMark ? '\uFEFF' : '') + text + ending);
				const cuts = places.map(place => place % (content.length + 1)).sort((a, b) => a - b);
				assert.deepEqual(facts(readInPieces(content, cuts)), facts(read(content)));
			}),
			{ numRuns: examples(600) },
		);
	});

	it('needs the bytes behind its offset only', () => {
		const cut = bytes.indexOf('\n', 2000) - 7;
		const { state } = read(bytes.subarray(0, cut));
		assert.ok(state.offset <= cut && bytes[state.offset - 1] === 0x0a, 'goes on at the start of the unfinished line');
	});

	it('keeps its memory small', () => {
		const long = bytesOf(
			...Array.from({ length: 3000 }, (_, i) => call(`toolu_${i}`, 'Bash', { command: `run ${i}` }, { uuid: `u${i}` })),
			...Array.from({ length: 3000 }, (_, i) => failure(`toolu_${i + 2900}`, 'Exit code 1', { uuid: `r${i}` })),
			...Array.from({ length: 300 }, (_, i) => ({ type: 'queue-operation', operation: 'enqueue', content: `later ${i}` })),
			...Array.from({ length: 300 }, (_, i) => ({ type: `type ${i}` })),
		);
		assert.ok(JSON.stringify(read(long).state).length < 40_000);
	});

	it('remembers little of a session that came to rest', () => {
		const rest = read([user('hi'), assistant([{ type: 'text', text: 'hello' }])]);
		assert.ok(JSON.stringify(rest.state.memory).length < 500);
	});

	it('gives for each state of a growing session what the last one gives', function () {
		const series = growthSeries();
		if (series.length === 0) {
			console.log(MISSING);
			this.skip();
		}
		for (const states of series) {
			const last = states.at(-1) ?? Buffer.alloc(0);
			const steps = states.map(state => state.length);
			assert.deepEqual(facts(readInPieces(last, steps)), facts(read(last)));
			const middles = steps.flatMap(step => [step - 1, Math.floor(step / 2) + 1, step - 777]).filter(cut => cut > 0);
			assert.deepEqual(
				facts(
					readInPieces(
						last,
						[...steps, ...middles].sort((a, b) => a - b),
					),
				),
				facts(read(last)),
			);
		}
	});

	it('gives the same for real transcripts cut anywhere', function () {
		const files = corpusFiles();
		if (files === null) {
			console.log(MISSING);
			return this.skip();
		}
		for (const [index, file] of files.entries()) {
			const content = file.bytes();
			if (content.length > 400_000) continue;
			const cuts = [1, 2, 3, 4, 5].map(part => (part * 7919 * (index + 1)) % (content.length + 1)).sort((a, b) => a - b);
			assert.deepEqual(facts(readInPieces(content, cuts)), facts(read(content)), file.path);
		}
	}).timeout(120_000);
});
