/**
 * Lets a browser test ask the extension host things: the companion extension of the tests opens a loopback server in
 * the host, tells this side its port, and runs the functions sent to it with the `vscode` API.
 */
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type * as vscode from 'vscode';

type VSCodeApi = typeof vscode;

export interface HostBridge {
	/** What the VS Code server must be started with. */
	readonly env: Readonly<Record<string, string>>;
	/**
	 * Runs `call` in the extension host and answers with its result. It is sent as source text: it sees its two
	 * arguments and nothing of the module it is written in. Throws when it throws there.
	 */
	evaluate<Argument, Result>(
		call: (vscode: VSCodeApi, argument: Argument) => Result | PromiseLike<Result>,
		argument: Argument,
	): Promise<Result>;
	/** Resolves when another extension host has come up, as after a reload of the window. Ask before reloading. */
	nextHost(): Promise<void>;
	close(): Promise<void>;
}

export async function openHostBridge(): Promise<HostBridge> {
	const token = randomBytes(16).toString('hex');
	let hostPort: number | null = null;
	let announce: () => void = () => undefined;
	let next = new Promise<void>(resolve => (announce = resolve));

	const server = createServer((request, response) => {
		const port = Number(request.headers['x-bridge-port']);
		if (request.headers.authorization === token && Number.isInteger(port)) {
			const announceThis = announce;
			next = new Promise(resolve => (announce = resolve));
			hostPort = port;
			announceThis();
		}
		response.end();
	});
	server.listen(0, '127.0.0.1');
	await once(server, 'listening');
	const address = server.address();
	if (address === null || typeof address === 'string') throw new Error('The bridge has no port.');

	return {
		env: { SESSION_INSIGHTS_TEST_BRIDGE: `http://127.0.0.1:${address.port}`, SESSION_INSIGHTS_TEST_BRIDGE_TOKEN: token },
		nextHost: () => next,
		evaluate: async (call, argument) => {
			if (hostPort === null) await next;
			if (hostPort === null) throw new Error('No extension host has come up.');
			const reply = await fetch(`http://127.0.0.1:${hostPort}`, {
				method: 'POST',
				headers: { authorization: token },
				body: JSON.stringify({ source: call.toString(), argument: argument ?? null }),
			});
			const answer: unknown = await reply.json();
			if (!reply.ok) throw new Error(`In the extension host: ${String(answer)}`);
			return answer as Awaited<ReturnType<typeof call>>;
		},
		close: async () => {
			server.closeAllConnections();
			server.close();
			await once(server, 'close');
		},
	};
}
