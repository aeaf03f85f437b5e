/** The extension host's end of `test/support/hostBridge.ts`. Does nothing unless the tests started this VS Code. */
import { createServer, type IncomingMessage } from 'node:http';
import { compileFunction } from 'node:vm';
import * as vscode from 'vscode';

export async function activate(context: vscode.ExtensionContext): Promise<void> {
	const bridge = process.env['SESSION_INSIGHTS_TEST_BRIDGE'];
	const token = process.env['SESSION_INSIGHTS_TEST_BRIDGE_TOKEN'];
	if (bridge === undefined || token === undefined) return;
	const server = createServer((request, response) => {
		if (request.headers.authorization !== token) {
			response.writeHead(403).end();
			return;
		}
		answer(request).then(
			result => response.end(JSON.stringify(result ?? null)),
			(error: unknown) =>
				response.writeHead(500).end(JSON.stringify(error instanceof Error ? (error.stack ?? error.message) : String(error))),
		);
	});
	await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
	context.subscriptions.push({ dispose: () => server.close() });
	const address = server.address();
	if (address === null || typeof address === 'string') return;
	await fetch(bridge, { method: 'POST', headers: { authorization: token, 'x-bridge-port': String(address.port) } });
}

async function answer(request: IncomingMessage): Promise<unknown> {
	let body = '';
	for await (const chunk of request) body += String(chunk);
	const { source, argument } = JSON.parse(body) as { source: string; argument: unknown };
	const call: unknown = compileFunction(`return (${source})(vscode, argument)`, ['vscode', 'argument']);
	if (typeof call !== 'function') throw new Error('The bridge was sent no function.');
	return (await Reflect.apply(call, undefined, [vscode, argument])) as unknown;
}
