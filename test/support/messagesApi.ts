/**
 * A small server that answers like the Messages API, or fails as it may: what the real `claude` program is tested with. It
 * bills what it answers, so that what the product records can be compared with it.
 */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface ApiRequest {
	readonly model: string;
	readonly tools: readonly string[];
	/** What the person's side says, all of it. */
	readonly user: string;
	readonly system: string;
	/** By code, the data of each session in the prompt, as it stands there. */
	readonly sessions: ReadonlyMap<string, string>;
	readonly bytes: number;
}

export type Behaviour =
	/** Through the tool for structured answers. */
	| { readonly kind: 'answer'; readonly value: unknown }
	| { readonly kind: 'text'; readonly text: string }
	/** The model asks for a tool of this name. */
	| { readonly kind: 'tool'; readonly name: string; readonly input: unknown }
	| { readonly kind: 'status'; readonly status: number; readonly retryAfter?: number }
	/** The stream ends after its first event. */
	| { readonly kind: 'cut' }
	/** The stream never goes on. */
	| { readonly kind: 'hang' }
	/** An answer of so many bytes. */
	| { readonly kind: 'long'; readonly bytes: number };

export interface MessagesApi {
	readonly url: string;
	/** Every request for a message, in the order of arrival. */
	readonly requests: readonly ApiRequest[];
	/** Micro-dollars for what was answered, at the price of Haiku 4.5. */
	readonly billedMicros: number;
	/** How many requests were billed. */
	readonly billed: number;
	/** Asked for each request. */
	behave: (request: ApiRequest, index: number) => Behaviour | Promise<Behaviour>;
	close(): Promise<void>;
}

/** Of a request for each of its sessions, so that a mean tells what a request costs. */
export const inputTokens = 1_000;
export const outputTokens = 50;
/** Of one session: $1 and $5 a million tokens. */
export const answerMicros = inputTokens + 5 * outputTokens;

/** The same category for every session. */
export function answerAll(request: ApiRequest, category: string, confidence = 0.9): Behaviour {
	return {
		kind: 'answer',
		value: { answers: [...request.sessions.keys()].map(session => ({ session, category, confidence, reasoning: 'as the test says' })) },
	};
}

export async function startMessagesApi(): Promise<MessagesApi> {
	const requests: ApiRequest[] = [];
	let billed = 0;
	let billedMicros = 0;
	const bill = (micros: number): void => {
		billed++;
		billedMicros += micros;
	};
	const api = { behave: (request: ApiRequest): Behaviour | Promise<Behaviour> => answerAll(request, 'logic-fix') } as {
		behave: MessagesApi['behave'];
	};
	const server = createServer((incoming, response) => {
		void receive(incoming).then(async body => {
			if (incoming.method !== 'POST' || incoming.url?.startsWith('/v1/messages') !== true || incoming.url.includes('count_tokens')) {
				response.writeHead(404).end();
				return;
			}
			const request = requestOf(body);
			requests.push(request);
			const behaviour = await api.behave(request, requests.length - 1);
			if (!response.destroyed) answer(response, request, behaviour, bill, `msg_${requests.length}`);
		});
	});
	await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
	return {
		url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
		requests,
		get billed() {
			return billed;
		},
		get billedMicros() {
			return billedMicros;
		},
		get behave() {
			return api.behave;
		},
		set behave(behave) {
			api.behave = behave;
		},
		close: () =>
			new Promise(resolve => {
				server.close(() => resolve());
				server.closeAllConnections();
			}),
	};
}

async function receive(incoming: IncomingMessage): Promise<string> {
	const chunks: Buffer[] = [];
	for await (const chunk of incoming) chunks.push(chunk as Buffer);
	return Buffer.concat(chunks).toString();
}

function requestOf(body: string): ApiRequest {
	const { model, tools, messages, system } = JSON.parse(body) as {
		model: string;
		tools?: readonly { name: string }[];
		system?: unknown;
		messages: readonly { role: string; content: unknown }[];
	};
	const user = messages
		.filter(({ role }) => role === 'user')
		.map(({ content }) => textOf(content))
		.join('\n');
	// As a model would: what stands between the markers, of which the second must hold the same secret.
	const sessions = new Map<string, string>();
	for (const [, code, , data] of user.matchAll(/^<<<session (\w+) (\S+)\n([\s\S]*?)\n>>>end \1 \2$/gm))
		sessions.set(code ?? '', data ?? '');
	return { model, tools: (tools ?? []).map(({ name }) => name), user, system: textOf(system), sessions, bytes: body.length };
}

function textOf(content: unknown): string {
	if (typeof content === 'string') return content;
	if (!Array.isArray(content)) return '';
	return (content as readonly { text?: unknown }[]).map(({ text }) => (typeof text === 'string' ? text : '')).join('\n');
}

function answer(response: ServerResponse, request: ApiRequest, behaviour: Behaviour, bill: (micros: number) => void, id: string): void {
	if (behaviour.kind === 'status') {
		const retry = behaviour.retryAfter === undefined ? {} : { 'retry-after': String(behaviour.retryAfter) };
		response.writeHead(behaviour.status, { 'content-type': 'application/json', ...retry });
		response.end(JSON.stringify({ type: 'error', error: { type: 'api_error', message: 'as the test says' } }));
		return;
	}
	const send = (type: string, data: object): void => void response.write(`event: ${type}\ndata: ${JSON.stringify({ type, ...data })}\n\n`);
	response.writeHead(200, { 'content-type': 'text/event-stream' });
	const sessions = Math.max(1, request.sessions.size);
	const usage = { input_tokens: sessions * inputTokens, output_tokens: 1, cache_creation_input_tokens: 0, cache_read_input_tokens: 0 };
	send('message_start', {
		message: { id, type: 'message', role: 'assistant', model: request.model, content: [], stop_reason: null, stop_sequence: null, usage },
	});
	if (behaviour.kind === 'cut' || behaviour.kind === 'hang') {
		// What was begun is paid for, also where nobody hears the end.
		bill(sessions * answerMicros);
		if (behaviour.kind === 'cut') setTimeout(() => response.destroy(), 50);
		return;
	}
	const isText = behaviour.kind === 'text' || behaviour.kind === 'long';
	send('content_block_start', {
		index: 0,
		content_block: isText
			? { type: 'text', text: '' }
			: { type: 'tool_use', id: `tool_${id}`, name: behaviour.kind === 'tool' ? behaviour.name : 'StructuredOutput', input: {} },
	});
	for (const delta of deltasOf(behaviour)) send('content_block_delta', { index: 0, delta });
	send('content_block_stop', { index: 0 });
	send('message_delta', {
		delta: { stop_reason: isText ? 'end_turn' : 'tool_use', stop_sequence: null },
		usage: { output_tokens: sessions * outputTokens },
	});
	send('message_stop', {});
	response.end();
	bill(sessions * answerMicros);
}

function* deltasOf(behaviour: Behaviour): Iterable<object> {
	switch (behaviour.kind) {
		case 'answer':
			yield { type: 'input_json_delta', partial_json: JSON.stringify(behaviour.value) };
			return;
		case 'tool':
			yield { type: 'input_json_delta', partial_json: JSON.stringify(behaviour.input) };
			return;
		case 'text':
			yield { type: 'text_delta', text: behaviour.text };
			return;
		case 'long':
			for (let sent = 0; sent < behaviour.bytes; sent += 65_536) yield { type: 'text_delta', text: 'lorem ipsum '.repeat(5_461) };
			return;
		case 'status':
		case 'cut':
		case 'hang':
	}
}
