/** What is understood of the stream that `claude` prints; test/cli/ compares it with the real program. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { CliStream } from '../../../src/extension/claude/cli/stream.ts';

const lineOf = (event: object): string => `${JSON.stringify(event)}\n`;
const init = { type: 'system', subtype: 'init', claude_code_version: '2.1.197' };
const asking = { type: 'system', subtype: 'status', status: 'requesting' };
const start = {
	type: 'stream_event',
	event: {
		type: 'message_start',
		message: {
			id: 'm1',
			model: 'claude-haiku-4-5',
			usage: {
				input_tokens: 10,
				output_tokens: 1,
				cache_read_input_tokens: 3,
				cache_creation_input_tokens: 7,
				cache_creation: { ephemeral_1h_input_tokens: 5 },
			},
		},
	},
};
const delta = { type: 'stream_event', event: { type: 'message_delta', usage: { output_tokens: 42 } } };
const result = {
	type: 'result',
	subtype: 'success',
	is_error: false,
	total_cost_usd: 0.25,
	structured_output: { answers: ['ä€😀'] },
	result: 'x',
};

/** The stream after everything was pushed, in pieces of these sizes and the rest at once. */
function streamOf(text: string, sizes: readonly number[] = []): CliStream {
	const stream = new CliStream();
	let rest: Uint8Array = new TextEncoder().encode(text);
	for (const size of sizes) {
		stream.push(rest.subarray(0, size));
		rest = rest.subarray(size);
	}
	stream.push(rest);
	stream.end();
	return stream;
}
const told = ({ result, retry, responses, errorKind, mayHaveAsked }: CliStream): object => ({
	result,
	retry,
	responses,
	errorKind,
	mayHaveAsked,
});

describe('the stream of the claude program', () => {
	it('gives the answer, its cost and its tokens', () => {
		const stream = streamOf([init, asking, start, delta, result].map(lineOf).join(''));
		assert.deepEqual(stream.result?.structured, { answers: ['ä€😀'] });
		assert.equal(stream.result.costUsd, 0.25);
		assert.equal(stream.result.isError, false);
		assert.deepEqual(stream.responses, [
			{
				model: 'claude-haiku-4-5',
				tokens: { input: 10, output: 42, cacheRead: 3, cacheWrite5m: 2, cacheWrite1h: 5 },
				isComplete: true,
			},
		]);
	});

	it('is the same in pieces of any size, with noise between its lines and no end to the last', () => {
		const noise = 'warning: x\n{not json\n\n[1]\n{"type":7}\nnull\n';
		const text = [init, asking, start, delta].map(lineOf).join(noise) + noise + JSON.stringify(result);
		const whole = told(streamOf(text));
		fc.assert(
			fc.property(fc.array(fc.integer({ min: 0, max: 90 }), { maxLength: 20 }), sizes => {
				assert.deepEqual(told(streamOf(text, sizes)), whole);
			}),
		);
		assert.equal(streamOf(text).result?.costUsd, 0.25);
	});

	it('never throws, whatever is printed', () => {
		const field = fc.oneof(fc.constantFrom('type', 'subtype', 'message', 'event', 'usage', 'content', 'errors'), fc.string());
		const value = fc.jsonValue();
		const event = fc.record({
			type: fc.constantFrom('system', 'stream_event', 'assistant', 'result'),
			subtype: fc.oneof(fc.constantFrom('init', 'status', 'api_retry'), value),
			event: fc.oneof(fc.record({ type: fc.constantFrom('message_start', 'message_delta'), message: value, usage: value }), value),
			message: value,
			error: value,
			result: value,
		});
		fc.assert(
			fc.property(fc.array(fc.oneof(event, fc.dictionary(field, value)), { maxLength: 6 }), events => {
				told(streamOf(events.map(lineOf).join('')));
			}),
		);
	});

	it('does not count an answer whose end was not seen as complete', () => {
		const [response] = streamOf(lineOf(start)).responses;
		assert.equal(response?.isComplete, false);
		assert.equal(response.tokens.output, 1);
	});

	it('tells the first time the program wants to try again', () => {
		const retry = (error: string, wait: unknown) => lineOf({ type: 'system', subtype: 'api_retry', error, retry_delay_ms: wait });
		const stream = streamOf(retry('rate_limit', 20_000) + retry('server_error', 1));
		assert.deepEqual(stream.retry, { kind: 'rate_limit', delayMs: 20_000 });
		assert.equal(stream.mayHaveAsked, true);
		assert.deepEqual(streamOf(retry('never heard of', 'soon')).retry, { kind: 'unknown', delayMs: null });
	});

	it('tells why there is no answer', () => {
		const refused = { type: 'assistant', error: 'authentication_failed', message: { id: 'e', model: '<synthetic>', content: [] } };
		const failed = { type: 'result', subtype: 'success', is_error: true, api_error_status: 401, result: `${'x'.repeat(299)}😀` };
		const stream = streamOf(lineOf(refused) + lineOf(failed));
		assert.equal(stream.errorKind, 'authentication_failed');
		assert.equal(stream.result?.status, 401);
		assert.ok(stream.result.text.length <= 300 && stream.result.text.isWellFormed());
		assert.deepEqual(stream.responses, [], 'a message of the program itself is no answer');
	});

	it('knows whether anything was asked; a version that does not say so may have', () => {
		assert.equal(streamOf(lineOf(init)).mayHaveAsked, false);
		assert.equal(streamOf(lineOf(init) + lineOf(asking)).mayHaveAsked, true);
		assert.equal(streamOf(lineOf({ ...init, claude_code_version: '2.1.150' })).mayHaveAsked, true);
	});

	it('passes over a line that is no line of the program, and goes on after it', () => {
		const stream = new CliStream();
		const chunk = new TextEncoder().encode('y'.repeat(1 << 20));
		for (let sent = 0; sent < 6; sent++) stream.push(chunk);
		stream.push(new TextEncoder().encode(`\n${lineOf(result)}`));
		stream.end();
		assert.equal(stream.result?.costUsd, 0.25);
	});
});
