/**
 * Entry of the server that other programs ask, a process of its own: VS Code starts it, or whoever reads its command line.
 * The engine's thread beside it answers from what a window has saved, and writes nothing. Standard output belongs to the
 * protocol; what goes wrong is said on standard error.
 */
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js';
import { Channel, type Nothing } from '../../messaging/channel.ts';
import type { ModelToolCalls } from '../engine/calls/modelTools.ts';
import { portOfWorker } from '../engine/ports.ts';
import { limits } from '../modelTools/definitions.ts';
import { readArguments } from './options.ts';
import { serverFor } from './server.ts';

async function serve(args: readonly string[]): Promise<void> {
	const { files, scope, version } = readArguments(args);
	const worker = new Worker(join(import.meta.dirname, 'engine.cjs'), { name: 'session-insights-engine', stdout: true });
	const channel = new Channel<Nothing, ModelToolCalls>(portOfWorker(worker), {});
	worker.on('error', fail);
	// Without its engine the server can answer nothing; whoever started it starts it again.
	worker.on('exit', () => fail(new Error('The engine stopped.')));
	await channel.request('openSaved', files);
	const server = serverFor(
		async (tool, input, signal) =>
			(await channel.request('askPast', { tool, input, maxCharacters: limits.answer, scope }, { signal })).text,
		version,
	);
	await server.connect(new StdioServerTransport());
	// The client went away.
	process.stdin.on('end', () => process.exit(0));
}

function fail(error: unknown): void {
	process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
	process.exit(1);
}

serve(process.argv.slice(2)).catch(fail);
