/** A language model on loopback that speaks OpenAI's protocol, sorts everything as a logic fix, and answers when it is told to. */
import { EventEmitter, once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface ModelServer {
	/** What `classification.openAiUrl` is set to. */
	readonly url: string;
	/** Requests that were answered. */
	readonly asked: number;
	/** Sessions that were answered more than once. */
	readonly repeated: number;
	/** From now on requests wait. */
	hold(): void;
	/** Resolves when so many requests have come since `hold`. */
	arrival(count: number): Promise<void>;
	/** Lets requests through: those that wait, the latest first, else the next to come. */
	answer(count: number): void;
	/** From now on everything is answered at once. */
	release(): void;
	close(): Promise<void>;
}

export async function openModelServer(): Promise<ModelServer> {
	const answered = new Map<string, number>();
	const waiting: (() => void)[] = [];
	let asked = 0;
	let free = Number.POSITIVE_INFINITY;
	let arrived = 0;
	const arrivals = new EventEmitter();
	/** Resolves when it may be answered; never when nobody waits for the answer any more. */
	const turn = (response: ServerResponse): Promise<void> => {
		arrived++;
		arrivals.emit('arrival');
		if (free > 0) {
			free--;
			return Promise.resolve();
		}
		return new Promise(resolve => {
			waiting.push(resolve);
			response.on('close', () => {
				if (waiting.includes(resolve)) waiting.splice(waiting.indexOf(resolve), 1);
			});
		});
	};
	const server = createServer((request, response) => {
		const reply = async () => {
			if (request.url?.endsWith('/chat/completions') !== true) return { data: [{ id: 'test-model' }] };
			const { messages } = JSON.parse(await bodyOf(request)) as { readonly messages: readonly { readonly content: string }[] };
			const { content = '' } = messages.at(-1) ?? {};
			await turn(response);
			asked++;
			const sessions = [...content.matchAll(/^<<<session (\S+) \S+\n([\s\S]*?)\n>>>end/gm)];
			response.on('finish', () => {
				for (const [, , text = ''] of sessions) answered.set(text, (answered.get(text) ?? 0) + 1);
			});
			const answers = sessions.map(([, session]) => ({
				session,
				category: 'logic-fix',
				confidence: 0.9,
				reasoning: 'The person says that something is wrong.',
			}));
			return { choices: [{ message: { content: JSON.stringify({ answers }) } }], usage: { prompt_tokens: 900, completion_tokens: 60 } };
		};
		reply().then(
			body => response.setHeader('content-type', 'application/json').end(JSON.stringify(body)),
			() => response.writeHead(500).end(),
		);
	});
	server.listen(0, '127.0.0.1');
	await once(server, 'listening');
	const { port } = server.address() as AddressInfo;
	return {
		url: `http://127.0.0.1:${port}/v1`,
		get asked() {
			return asked;
		},
		get repeated() {
			return [...answered.values()].filter(times => times > 1).length;
		},
		hold() {
			free = 0;
			arrived = 0;
		},
		async arrival(count) {
			while (arrived < count) await once(arrivals, 'arrival');
		},
		answer(count) {
			for (let passed = 0; passed < count; passed++) {
				const next = waiting.pop();
				if (next === undefined) free++;
				else next();
			}
		},
		release() {
			free = Number.POSITIVE_INFINITY;
			for (const next of waiting.splice(0)) next();
		},
		close: async () => {
			server.closeAllConnections();
			server.close();
			await once(server, 'close');
		},
	};
}

async function bodyOf(request: IncomingMessage): Promise<string> {
	let body = '';
	for await (const chunk of request) body += String(chunk);
	return body;
}
