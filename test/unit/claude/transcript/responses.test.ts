import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { ResponseFact } from '../../../../src/extension/claude/facts.ts';
import { keyOf } from '../../../../src/extension/claude/transcript/key.ts';
import { mergeResponses } from '../../../../src/extension/claude/transcript/responses.ts';
import { assistant, only, progress, read, system, types, user } from './reading.ts';

const answer = (usage: unknown, message = {}, extra = {}) => assistant([{ type: 'text', text: 'x' }], { usage, ...message }, extra);
const tokens = (usage: unknown) => only(read([answer(usage)]).responses).tokens;

describe('responses', () => {
	it('are one for all records of a message id, with the figures of the largest output and the time of the first', () => {
		const response = only(
			read([
				answer({ input_tokens: 5, output_tokens: 1 }, {}, { timestamp: '2026-01-10T10:00:00.000Z' }),
				user([{ type: 'tool_result', tool_use_id: 'x' }]),
				answer({ input_tokens: 7, output_tokens: 90 }, {}, { timestamp: '2026-01-10T10:00:05.000Z' }),
				answer({ input_tokens: 9, output_tokens: 40 }, {}, { timestamp: '2026-01-10T10:00:06.000Z' }),
			]).responses,
		);
		assert.deepEqual(response, {
			key: keyOf('msg_1'),
			source: 'record',
			firstMs: Date.UTC(2026, 0, 10, 10),
			model: 'claude-opus-4-6',
			tokens: { input: 7, output: 90, cacheRead: 0, cacheWrite5m: 0, cacheWrite1h: 0 },
			webSearches: 0,
			isFast: false,
			isSidechain: false,
		});
	});

	it('prefer the larger total, then the earlier record, among equal outputs', () => {
		const of = (...inputs: readonly number[]) =>
			only(read(inputs.map((input, i) => answer({ input_tokens: input, output_tokens: 5 }, { model: `m${i}` }))).responses);
		assert.deepEqual([of(1, 9, 3).tokens.input, of(1, 9, 3).model, of(4, 4).model], [9, 'm1', 'm0']);
	});

	it('count by themselves without an id, and are told from records', () => {
		const { responses, messages } = read([
			answer({}, { id: undefined }),
			answer({}, { id: '' }),
			answer({}, { id: 7 }),
			answer({}, { id: undefined }, { uuid: undefined }),
		]);
		assert.equal(responses.length, 4);
		assert.deepEqual(new Set(messages.map(message => message.responseKey)), new Set(responses.map(response => response.key)));
	});

	it('without a model call are none', () => {
		const { responses, summary, messages } = read([
			answer({}, { id: 'a', model: '<synthetic>' }, { isApiErrorMessage: true, error: 'rate_limit' }),
			answer({}, { id: 'b', model: '<synthetic>' }, { isApiErrorMessage: false }),
			system('api_error', { error: {} }),
		]);
		assert.deepEqual(responses, []);
		assert.deepEqual(
			messages.map(({ type, model, responseKey }) => [type, model, responseKey]),
			[
				['api_error', null, null],
				['context', null, null],
				['api_error', null, null],
			],
		);
		assert.deepEqual([summary.syntheticResponses, summary.apiErrors], [2, 2]);
	});

	it('name any model, and an unknown one where there is none', () => {
		const model = (name: unknown) => only(read([answer({}, { model: name })]).responses).model;
		assert.deepEqual(['MiniMax-M2.7', '__proto__', null, '', 5, {}].map(model), [
			'MiniMax-M2.7',
			'__proto__',
			'unknown',
			'unknown',
			'unknown',
			'unknown',
		]);
	});

	it('take cache writes for the larger of the flat figure and its parts, the excess as 5-minute writes', () => {
		const writes = (flat: unknown, five: unknown, hour: unknown) => {
			const { cacheWrite5m, cacheWrite1h } = tokens({
				cache_creation_input_tokens: flat,
				cache_creation: { ephemeral_5m_input_tokens: five, ephemeral_1h_input_tokens: hour },
			});
			return [cacheWrite5m, cacheWrite1h];
		};
		assert.deepEqual(writes(100, 0, 100), [0, 100]);
		assert.deepEqual(writes(100, 30, 20), [80, 20]);
		assert.deepEqual(writes(0, 30, 20), [30, 20]);
		assert.deepEqual(writes(10, 30, 20), [30, 20]);
		assert.deepEqual(writes(10, undefined, undefined), [10, 0]);
		assert.equal(tokens({ cache_creation_input_tokens: 8, cache_creation: 'x' }).cacheWrite5m, 8);
	});

	for (const wrong of [-5, '12', null, {}, [], true, 1e999, -1e999, 'NaN']) {
		it(`take ${JSON.stringify(wrong)} tokens for none`, () => {
			const text = JSON.stringify(answer({ input_tokens: 'W', output_tokens: 'W', cache_read_input_tokens: 'W' })).replaceAll(
				'"W"',
				Number.isFinite(wrong) || typeof wrong !== 'number' ? JSON.stringify(wrong) : `${wrong > 0 ? '' : '-'}1e999`,
			);
			assert.deepEqual(only(read([text]).responses).tokens, { input: 0, output: 0, cacheRead: 0, cacheWrite5m: 0, cacheWrite1h: 0 });
		});
	}

	it('cut absurd figures down to what can still be added up exactly', () => {
		const { input, output } = tokens({ input_tokens: 1e300, output_tokens: 2 ** 53 });
		assert.ok(Number.isSafeInteger(input * 1000) && input === output);
	});

	it('may have no usage at all', () => {
		for (const usage of [undefined, null, 5, [], 'x']) assert.equal(tokens(usage).output, 0);
	});

	it('count web searches, fast mode and sidechains', () => {
		const response = only(
			read([answer({ server_tool_use: { web_search_requests: 3 }, speed: 'fast' }, {}, { isSidechain: true })]).responses,
		);
		assert.deepEqual([response.webSearches, response.isFast, response.isSidechain], [3, true, true]);
	});

	it('stand behind their records', () => {
		const { messages, responses } = read([answer({}), answer({}, { id: 'msg_2' })]);
		assert.deepEqual(messages.map(message => message.responseKey).sort(), responses.map(response => response.key).sort());
	});
});

describe('responses of subagents in the main file', () => {
	const inner = (message: unknown, type = 'assistant') =>
		progress({ type: 'agent_progress', agentId: 'a', message: { type, timestamp: '2026-01-10T09:00:00.000Z', message } });

	it('are marked as such, once, with the time of the message', () => {
		const usage = (output: number) => ({ id: 'msg_s', model: 'claude-haiku-4-5', usage: { output_tokens: output }, content: [] });
		const { responses, messages } = read([inner(usage(2)), inner(usage(8)), inner(usage(8))]);
		assert.deepEqual(messages, []);
		const { source, tokens: counted, firstMs, isSidechain } = only(responses);
		assert.deepEqual([source, counted.output, firstMs, isSidechain], ['progress', 8, Date.UTC(2026, 0, 10, 9), true]);
	});

	it('give way to a record of the same id, before or after', () => {
		const record = answer({ output_tokens: 3 }, { id: 'msg_s' });
		const told = inner({ id: 'msg_s', model: 'x', usage: { output_tokens: 9 } });
		for (const order of [
			[record, told],
			[told, record],
		]) {
			const response = only(read(order).responses);
			assert.deepEqual([response.source, response.tokens.output], ['record', 3]);
		}
	});

	it('are none where the message is not Claude’s, has no id, or was no call', () => {
		assert.deepEqual(
			read([
				inner({ id: 'm', content: [] }, 'user'),
				inner({ model: 'x' }),
				inner({ id: 'm', model: '<synthetic>' }),
				inner(null),
				progress({ type: 'agent_progress', message: 5 }),
			]).responses,
			[],
		);
	});
});

describe('merging what is known of one response', () => {
	const fact: fc.Arbitrary<ResponseFact> = fc.record({
		key: fc.constant(1),
		source: fc.constantFrom('record', 'progress'),
		firstMs: fc.option(fc.nat(5)),
		model: fc.constantFrom('a', 'b'),
		tokens: fc.record({
			input: fc.nat(2),
			output: fc.nat(2),
			cacheRead: fc.constant(0),
			cacheWrite5m: fc.constant(0),
			cacheWrite1h: fc.constant(0),
		}),
		webSearches: fc.nat(1),
		isFast: fc.boolean(),
		isSidechain: fc.boolean(),
	});

	it('comes to the same however the facts were grouped', () => {
		fc.assert(
			fc.property(fact, fact, fact, (a, b, c) =>
				assert.deepEqual(mergeResponses(mergeResponses(a, b), c), mergeResponses(a, mergeResponses(b, c))),
			),
		);
	});

	it('never lowers the figures of records', () => {
		fc.assert(
			fc.property(fact, fact, (a, b) => {
				const merged = mergeResponses(a, b);
				for (const one of [a, b]) assert.ok(one.source !== merged.source || merged.tokens.output >= one.tokens.output);
			}),
		);
	});

	it('takes the larger total where the outputs are equal, whatever kind of token makes it', () => {
		const base = only(read([answer({ input_tokens: 5, output_tokens: 5 })]).responses);
		for (const kind of ['input', 'cacheRead', 'cacheWrite5m', 'cacheWrite1h'] as const) {
			const larger = { ...base, tokens: { ...base.tokens, [kind]: base.tokens[kind] + 1 } };
			assert.deepEqual(mergeResponses(base, larger).tokens, larger.tokens, kind);
			assert.deepEqual(mergeResponses(larger, base).tokens, larger.tokens, kind);
		}
	});

	it('keeps figures of a response whose records lie far apart', () => {
		const between = Array.from({ length: 40 }, (_, i) => answer({ output_tokens: 1 }, { id: `other ${i}` }));
		const { responses } = read([answer({ output_tokens: 50 }), ...between, answer({ output_tokens: 2 })]);
		assert.equal(responses.find(response => response.key === keyOf('msg_1'))?.tokens.output, 50);
	});
});

describe('what a conversation stands at', () => {
	it('is its last record that is no context', () => {
		const { summary } = read([user('a'), answer({}), user('<system-reminder>x</system-reminder>'), system('turn_duration')]);
		assert.equal(summary.lastType, 'answer');
		assert.equal(read([system('x')]).summary.lastType, null);
		assert.equal(read([answer({}), user('a')]).summary.lastType, 'prompt');
		assert.deepEqual(types(read([])), []);
	});
});
