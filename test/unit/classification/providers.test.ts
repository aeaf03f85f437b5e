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
import { OpenAiCompatible } from '../../../src/extension/classification/providers/openAiCompatible.ts';
import type { Provider, ProviderOutcome, ProviderRequest } from '../../../src/extension/classification/providers/provider.ts';
import { jsonIn } from '../../../src/extension/classification/providers/written.ts';
import { isLocal, refuseAddress } from '../../../src/extension/privacy/addresses.ts';
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
	/** `cut`: the connection breaks off before the answer, or after a part of it. */
	let reply: { status: number; headers?: Record<string, string>; body: string; afterMs?: number; cut?: 'before' | 'within' };

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
				setTimeout(() => {
					if (reply.cut === 'before') response.destroy();
					else if (reply.cut === 'within')
						response
							.writeHead(reply.status, { 'content-length': reply.body.length })
							.write(reply.body.slice(0, -9), () => response.destroy());
					else response.writeHead(reply.status, reply.headers).end(reply.body);
				}, reply.afterMs ?? 0);
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
		onProcess: () => Promise.resolve(),
	});
	const ask = (provider: Provider, asked = request(), signal = new AbortController().signal): Promise<ProviderOutcome> =>
		provider.ask(asked, signal, () => false);
	const reason = (outcome: ProviderOutcome): string => {
		assert.ok(!outcome.ok);
		return outcome.error.reason;
	};
	const anthropic = (key: string | null = 'a-key', baseUrl = `${url}/`, model = 'claude-haiku-4-5'): AnthropicApi =>
		new AnthropicApi({
			model,
			baseUrl,
			key: () => Promise.resolve(key),
			microsOf: tokens => tokens.input + 5 * tokens.output,
		});
	const openAi = (key: string | null = null, baseUrl = `${url}/v1`, model = 'qwen'): OpenAiCompatible =>
		new OpenAiCompatible({ model, baseUrl, key: () => Promise.resolve(key), microsOf: () => 7 });
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
		assert.equal(got.headers['x-api-key'], 'a-key');
		assert.deepEqual(got.body['tool_choice'], { type: 'tool', name: 'answer' });
		assert.ok(!JSON.stringify(got.body).includes('a-key'));
	});

	it('writes the answer down before anything else happens to it', async () => {
		reply = { status: 200, body: fromAnthropic };
		const asked = request();
		await ask(anthropic(), asked);
		const { text } = JSON.parse(readFileSync(asked.answerFile, 'utf8')) as { readonly text: string };
		assert.deepEqual(JSON.parse(text), answers);
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
		assert.equal(received[0].headers.authorization, 'Bearer k');
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

	it('costs nothing where nobody answers', async () => {
		const server = createServer();
		await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
		const { port } = server.address() as AddressInfo;
		await new Promise(resolve => server.close(resolve));
		// Nobody listens; no such host; no TLS there; a port that is never asked.
		for (const address of [`http://127.0.0.1:${port}`, 'https://nobody.invalid', url.replace('http:', 'https:'), 'http://127.0.0.1:9']) {
			for (const provider of [openAi(null, address), anthropic('k', address)]) {
				const outcome = await ask(provider);
				assert.equal(reason(outcome), 'server-error', address);
				assert.equal(outcome.spent.micros, 0, address);
				const health = await provider.check(new AbortController().signal);
				assert.equal(health.ok, false);
				assert.match(health.text, /does not answer/);
			}
		}
		const keyless = new AnthropicApi({
			model: 'm',
			baseUrl: url,
			key: () => Promise.reject(new Error('the window is gone')),
			microsOf: () => 1,
		});
		const outcome = await ask(keyless);
		assert.equal(reason(outcome), 'server-error');
		assert.equal(outcome.spent.micros, 0);
		assert.equal(received.length, 0);
	});

	it('may have been paid when the connection breaks off after the request', async () => {
		for (const cut of ['before', 'within'] as const) {
			reply = { status: 200, body: fromAnthropic, cut };
			const outcome = await ask(anthropic());
			assert.equal(reason(outcome), 'server-error');
			assert.equal(outcome.spent.micros, null, cut);
		}
		assert.equal(received.length, 2);
	});

	it('may have been paid when nobody understands what was answered', async () => {
		reply = { status: 200, body: JSON.stringify({ content: [null], usage: { input_tokens: 1, output_tokens: 1 } }) };
		assert.equal((await ask(anthropic())).spent.micros, null);
	});

	it('costs nothing when it is refused with words that break off', async () => {
		reply = { status: 500, body: 'x'.repeat(100), cut: 'within' };
		const outcome = await ask(anthropic());
		assert.equal(reason(outcome), 'server-error');
		assert.equal(outcome.spent.micros, 0);
	});

	it('needs a key, an address or a model first, and says which', async () => {
		const { signal } = new AbortController();
		reply = { status: 200, body: '{}' };
		assert.equal((await anthropic(null).check(signal)).action, 'setKey');
		assert.equal(reason(await ask(anthropic(null))), 'not-logged-in');
		assert.equal((await openAi(null, '').check(signal)).action, 'openSettings');
		for (const provider of [
			openAi(null, ''),
			openAi(null, undefined, ''),
			anthropic('k', undefined, ''),
			anthropic('k', ''),
			anthropic('k', 'x'),
		])
			assert.equal(reason(await ask(provider)), 'not-available');
		assert.equal(received.length, 0);
	});

	it('is healthy when its server takes the key, which costs nothing to find out', async () => {
		const { signal } = new AbortController();
		reply = { status: 200, body: '{}' };
		for (const provider of [anthropic(), openAi('a-key')]) {
			const { ok, action } = await provider.check(signal);
			assert.deepEqual({ ok, action }, { ok: true, action: null });
		}
		assert.deepEqual(
			received.map(({ url, body }) => [url, body]),
			[
				['/v1/models', {}],
				['/v1/models', {}],
			],
		);
		assert.equal(received[0]?.headers['x-api-key'], 'a-key');
		for (const status of [401, 403]) {
			reply = { status, body: '' };
			assert.equal((await anthropic().check(signal)).action, 'setKey');
			assert.equal((await openAi().check(signal)).action, 'setKey');
		}
	});

	it('sends nothing over plain http but to this machine', async () => {
		const { signal } = new AbortController();
		for (const provider of [anthropic('k', 'http://gateway.example'), openAi('k', 'http://192.168.1.7:8080/v1')]) {
			const outcome = await ask(provider);
			assert.ok(!outcome.ok);
			assert.equal(outcome.error.reason, 'not-available');
			assert.match(outcome.error.message, /https:/);
			assert.equal(outcome.spent.micros, 0);
			assert.equal((await provider.check(signal)).action, 'openSettings');
		}
	});

	it('knows which addresses are this machine', () => {
		const local = ['http://localhost:1/v1', 'http://[::1]:1', 'http://127.0.0.2', 'http://127.1'];
		const remote = [
			'https://localhost.example/',
			'http://127.0.0.1.example',
			'http://128.0.0.1',
			'http://localhost@x.example',
			'no address',
		];
		assert.deepEqual(local.filter(isLocal), local);
		assert.deepEqual(remote.filter(isLocal), []);
		assert.deepEqual([...local, 'https://x.example'].map(refuseAddress), [null, null, null, null, null]);
		for (const address of ['http://x.example', 'file:///etc/passwd', '', 'x']) assert.ok(refuseAddress(address) !== null, address);
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

		it('takes no other model where none is chosen', async () => {
			const unset = new LanguageModel('', { list: () => Promise.resolve([]), ask: () => Promise.resolve(JSON.stringify(answers)) });
			assert.equal(reason(await ask(unset)), 'not-available');
		});

		it('is healthy when the model is there', async () => {
			const never = (): Promise<string> => Promise.reject(new Error());
			assert.deepEqual(await models(never).check(), { ok: true, text: 'A model', action: null });
			assert.equal((await models(never, []).check()).ok, false);
			assert.equal((await models(never, [{ id: 'other', name: 'Other' }]).check()).action, 'openSettings');
		});
	});
});
