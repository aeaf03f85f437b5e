/** The providers that answer this process itself, against a server of ours on this machine. */
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildPrompt } from '../../../src/extension/classification/prompt.ts';
import { AnthropicApi } from '../../../src/extension/classification/providers/anthropicApi.ts';
import { errorOf } from '../../../src/extension/classification/providers/http.ts';
import { LanguageModel } from '../../../src/extension/classification/providers/languageModel.ts';
import { isLocal, OpenAiCompatible } from '../../../src/extension/classification/providers/openAiCompatible.ts';
import type { Provider, ProviderOutcome, ProviderRequest } from '../../../src/extension/classification/providers/provider.ts';
import { jsonIn } from '../../../src/extension/classification/providers/written.ts';
import { digest } from '../../support/digests.ts';

interface Received {
	readonly url: string;
	readonly headers: IncomingHttpHeaders;
	readonly body: Readonly<Record<string, unknown>>;
}

describe('A provider that is asked over HTTP', () => {
	let server: Server;
	let url: string;
	let folder: string;
	let received: Received[];
	let reply: { status: number; headers?: Record<string, string>; body: string; afterMs?: number };

	beforeEach(async () => {
		folder = mkdtempSync(join(tmpdir(), 'providers-'));
		received = [];
		server = createServer((request, response) => {
			const chunks: Buffer[] = [];
			request.on('data', (chunk: Buffer) => chunks.push(chunk));
			request.on('end', () => {
				const text = Buffer.concat(chunks).toString();
				received.push({
					url: request.url ?? '',
					headers: request.headers,
					body: text === '' ? {} : (JSON.parse(text) as Received['body']),
				});
				setTimeout(() => response.writeHead(reply.status, reply.headers).end(reply.body), reply.afterMs ?? 0);
			});
		});
		await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
		url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
	});
	afterEach(async () => {
		server.closeAllConnections();
		await new Promise(resolve => server.close(resolve));
		rmSync(folder, { recursive: true });
	});

	const request = (timeoutMs = 5_000): ProviderRequest => ({
		id: randomUUID(),
		prompt: buildPrompt([{ code: 'k7f2', digest: digest({}) }], [], 'secret'),
		answerFile: join(folder, `${randomUUID()}.jsonl`),
		timeoutMs,
		mostMicros: null,
		onProcess: () => undefined,
	});
	const ask = (provider: Provider, asked = request(), signal = new AbortController().signal): Promise<ProviderOutcome> =>
		provider.ask(asked, signal, () => false);
	const reason = (outcome: ProviderOutcome): string => {
		assert.ok(!outcome.ok);
		return outcome.error.reason;
	};
	const anthropic = (key: string | null = 'a-key'): AnthropicApi =>
		new AnthropicApi({
			model: 'claude-haiku-4-5',
			baseUrl: `${url}/`,
			key: () => Promise.resolve(key),
			microsOf: tokens => tokens.input + 5 * tokens.output,
		});
	const openAi = (key: string | null = null, baseUrl = `${url}/v1`): OpenAiCompatible =>
		new OpenAiCompatible({ model: 'qwen', baseUrl, key: () => Promise.resolve(key), microsOf: () => 7 });
	const answers = { answers: [{ session: 'k7f2', category: 'deps', confidence: 1, reasoning: '' }] };
	const fromAnthropic = JSON.stringify({
		content: [{ type: 'tool_use', input: answers }],
		usage: { input_tokens: 100, output_tokens: 10 },
	});
	const fromOpenAi = JSON.stringify({
		choices: [{ message: { content: `Here you are:\n\`\`\`json\n${JSON.stringify(answers)}\n\`\`\`` } }],
		usage: { prompt_tokens: 100, completion_tokens: 10 },
	});

	it('gets one forced tool, the key in a header and nothing else of the person', async () => {
		reply = { status: 200, body: fromAnthropic };
		const outcome = await ask(anthropic());
		assert.deepEqual(outcome.ok && outcome.value, answers);
		assert.equal(outcome.spent.micros, 150);
		const [got] = received;
		assert.equal(got?.url, '/v1/messages');
		assert.equal(got?.headers['x-api-key'], 'a-key');
		assert.deepEqual(got?.body['tool_choice'], { type: 'tool', name: 'answer' });
		assert.ok(!JSON.stringify(got?.body).includes('a-key'));
	});

	it('writes the answer down before anything else happens to it', async () => {
		reply = { status: 200, body: fromAnthropic };
		const asked = request();
		await ask(anthropic(), asked);
		assert.deepEqual(JSON.parse(JSON.parse(readFileSync(asked.answerFile, 'utf8')).text as string), answers);
		const open = { id: asked.id, answerFile: asked.answerFile, process: null, deadline: new Date() };
		const recovered = await anthropic().recover(open);
		assert.ok(recovered?.ok);
		assert.equal(recovered.spent.micros, 150);
	});

	it('counts an answer that a kill lost as one that may have been paid, and one never asked for as nothing', async () => {
		const answerFile = join(folder, 'left.jsonl');
		const open = { id: 'x', answerFile, process: null, deadline: new Date() };
		assert.equal(await anthropic().recover(open), null);
		for (const left of ['', '{"text":"{', '7']) {
			writeFileSync(answerFile, left);
			const outcome = await openAi().recover(open);
			assert.ok(outcome !== null);
			assert.equal(reason(outcome), 'lost');
			assert.equal(outcome.spent.micros, null);
		}
	});

	it('understands an endpoint that speaks like OpenAI’s, with words around the answer', async () => {
		reply = { status: 200, body: fromOpenAi };
		const outcome = await ask(openAi('k'));
		assert.deepEqual(outcome.ok && outcome.value, answers);
		assert.equal(received[0]?.url, '/v1/chat/completions');
		assert.equal(received[0]?.headers.authorization, 'Bearer k');
		assert.equal(outcome.spent.micros, 0, 'a server on this machine costs nothing');
		assert.equal(openAi(null, 'https://gateway.example/v1').pricedAs, 'qwen');
	});

	it('sends no header of authorization without a key', async () => {
		reply = { status: 200, body: fromOpenAi };
		await ask(openAi());
		assert.equal(received[0]?.headers.authorization, undefined);
	});

	for (const [status, expected] of [
		[401, 'not-logged-in'],
		[402, 'out-of-credit'],
		[404, 'not-available'],
		[400, 'exited'],
		[500, 'server-error'],
		[529, 'server-error'],
	] as const) {
		it(`says what ${status} means, and that it cost nothing`, async () => {
			reply = { status, body: '{"error":{"message":"no"}}' };
			for (const provider of [anthropic(), openAi()]) {
				const outcome = await ask(provider);
				assert.equal(reason(outcome), expected);
				assert.equal(outcome.spent.micros, 0);
			}
		});
	}

	it('waits as long as a rate limit says, in seconds or until a date', async () => {
		reply = { status: 429, headers: { 'retry-after': '20' }, body: '' };
		const outcome = await ask(anthropic());
		assert.ok(!outcome.ok && outcome.error.retryAt !== null);
		assert.ok(Math.abs(outcome.error.retryAt.getTime() - Date.now() - 20_000) < 3_000);
		const now = Date.parse('2026-01-01T00:00:00Z');
		assert.equal(errorOf(429, 'Thu, 01 Jan 2026 00:01:00 GMT', now).retryAt?.toISOString(), '2026-01-01T00:01:00.000Z');
		assert.equal(errorOf(429, 'soon', now).retryAt, null);
		assert.equal(errorOf(429, null, now).retryAt, null);
	});

	it('says when it is given something else than JSON, too much of it, or words', async () => {
		reply = { status: 200, body: '<html>' };
		assert.equal(reason(await ask(anthropic())), 'not-json');
		reply = {
			status: 200,
			body: JSON.stringify({ content: [{ type: 'text', text: 'no' }], usage: { input_tokens: 1, output_tokens: 1 } }),
		};
		const inWords = await ask(anthropic());
		assert.equal(reason(inWords), 'not-json');
		assert.equal(inWords.spent.micros, 6);
		reply = { status: 200, body: JSON.stringify({ choices: 'none' }) };
		assert.equal(reason(await ask(openAi())), 'not-json');
		reply = { status: 200, body: 'null' };
		assert.equal(reason(await ask(openAi())), 'not-json');
		reply = { status: 200, body: `{"x":"${'y'.repeat(5 << 20)}"}` };
		assert.equal(reason(await ask(anthropic())), 'too-large');
	});

	it('takes its key nowhere else', async () => {
		reply = { status: 302, headers: { location: 'http://127.0.0.1:9/' }, body: '' };
		assert.equal(reason(await ask(anthropic())), 'server-error');
	});

	it('gives up in time, and may have been paid then', async () => {
		reply = { status: 200, body: fromAnthropic, afterMs: 3_000 };
		const outcome = await ask(anthropic(), request(100));
		assert.equal(reason(outcome), 'timed-out');
		assert.equal(outcome.spent.micros, null);
	});

	it('ends at once when cancelled, and rejects when its window closes', async () => {
		reply = { status: 200, body: fromAnthropic, afterMs: 3_000 };
		const cancel = new AbortController();
		const asked = ask(anthropic(), request(), cancel.signal);
		cancel.abort(new Error('cancelled'));
		assert.equal(reason(await asked), 'lost');
		const closing = new AbortController();
		const left = anthropic().ask(request(), closing.signal, () => true);
		closing.abort(new Error('the window closes'));
		await assert.rejects(left, /the window closes/);
	});

	it('says that nobody answers', async () => {
		const provider = new OpenAiCompatible({
			model: 'm',
			baseUrl: 'http://127.0.0.1:9/v1',
			key: () => Promise.resolve(null),
			microsOf: () => 0,
		});
		assert.equal(reason(await ask(provider)), 'server-error');
		assert.deepEqual((await provider.check(new AbortController().signal)).ok, false);
	});

	it('needs a key, an address or a model first, and says which', async () => {
		const { signal } = new AbortController();
		reply = { status: 200, body: '{}' };
		assert.equal((await anthropic(null).check()).action, 'setKey');
		assert.equal((await anthropic().check()).ok, true);
		assert.equal(reason(await ask(anthropic(null))), 'not-logged-in');
		assert.equal((await openAi(null, '').check(signal)).action, 'openSettings');
		assert.equal((await openAi().check(signal)).ok, true);
		reply = { status: 401, body: '' };
		assert.equal((await openAi().check(signal)).action, 'setKey');
	});

	it('knows which addresses are this machine', () => {
		assert.deepEqual(['http://localhost:1/v1', 'http://[::1]:1', 'https://localhost.example/', 'no address'].map(isLocal), [
			true,
			true,
			false,
			false,
		]);
	});

	it('finds the object in a text, or nothing', () => {
		assert.deepEqual(jsonIn('so: {"a":1} there'), { a: 1 });
		for (const text of ['', 'no', '}{', '{"a":']) assert.equal(jsonIn(text), undefined);
	});

	describe('or through the editor', () => {
		const models = (ask: () => Promise<string>, list = [{ id: 'gpt', name: 'A model' }]): LanguageModel =>
			new LanguageModel('gpt', { list: () => Promise.resolve(list), ask });
		const refusal = (name: string) => models(() => Promise.reject(Object.assign(new Error('x'), { reason: name })));

		it('answers, and costs nothing by itself', async () => {
			const asked = request();
			const outcome = await ask(
				models(() => Promise.resolve(JSON.stringify(answers))),
				asked,
			);
			assert.deepEqual(outcome.ok && outcome.value, answers);
			assert.equal(outcome.spent.micros, 0);
			assert.ok(existsSync(asked.answerFile));
			const open = { id: asked.id, answerFile: asked.answerFile, process: null, deadline: new Date() };
			assert.ok((await models(() => Promise.reject(new Error())).recover(open))?.ok);
		});

		it('says why it does not', async () => {
			for (const [name, expected] of [
				['refused', 'refused'],
				['not-available', 'not-available'],
				['rate-limited', 'rate-limited'],
				['anything', 'server-error'],
			] as const)
				assert.equal(reason(await ask(refusal(name))), expected);
		});

		it('is healthy when the model is there', async () => {
			const never = (): Promise<string> => Promise.reject(new Error());
			assert.deepEqual(await models(never).check(), { ok: true, text: 'A model', action: null });
			assert.equal((await models(never, []).check()).ok, false);
			assert.equal((await models(never, [{ id: 'other', name: 'Other' }]).check()).action, 'openSettings');
		});
	});
});
