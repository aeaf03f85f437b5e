/**
 * A process of its own that builds the search index, or types queries into it, and prints what it measured as JSON:
 * `searchProbe.ts build|type --claude-dir DIR --data DIR [--queries N]`. The index is there already.
 */
import { parseArgs } from 'node:util';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { bringUpToDate, headlessOptions, openHeadless } from '../../src/extension/engine/headless.ts';
import type { SearchQuery } from '../../src/webview/contract/search.ts';
import { Random } from '../support/historyGenerator/random.ts';

export interface BuildFindings {
	readonly buildMs: number;
	readonly bytesTotal: number;
	readonly bytesOnDisk: number;
	/** Longest time in which the engine's thread answered nothing. */
	readonly longestBlockMs: number;
}

export interface TypingFindings {
	/** The first search of the process, which opens the shards. */
	readonly firstMs: number;
	/** One for each letter. */
	readonly letterMs: readonly number[];
	/** Whole queries, every candidate looked at until the page is full. */
	readonly queryMs: readonly number[];
	readonly phraseMs: readonly number[];
}

const { values, positionals } = parseArgs({
	allowPositionals: true,
	options: { 'claude-dir': { type: 'string' }, data: { type: 'string' }, queries: { type: 'string', default: '50' } },
});
const claudeDir = values['claude-dir'] ?? '';
const { engine } = await openHeadless({
	options: {
		...headlessOptions({ claudeDirs: [claudeDir], workspace: null, dataDir: values.data ?? null }),
		search: { isEnabled: positionals[0] === 'build' || positionals[0] === 'type' },
	},
	readerThread: null,
	onTrouble: (_, text) => {
		console.error(text);
	},
});
await engine.open();
await bringUpToDate(engine);
const findings = positionals[0] === 'build' ? await build() : await type(Number(values.queries));
await engine.stop();
process.stdout.write(JSON.stringify(findings));

async function build(): Promise<BuildFindings> {
	const delay = monitorEventLoopDelay({ resolution: 1 });
	delay.enable();
	const started = performance.now();
	await engine.searching.upToDate();
	const buildMs = performance.now() - started;
	delay.disable();
	const { bytesTotal, bytesOnDisk } = engine.searching.status();
	return { buildMs, bytesTotal, bytesOnDisk, longestBlockMs: delay.max / 1e6 };
}

async function type(queries: number): Promise<TypingFindings> {
	const firstMs = await timed('the', true);
	const random = new Random('typing');
	const lines = await linesToTypeFrom();
	const findings = { letterMs: [] as number[], queryMs: [] as number[], phraseMs: [] as number[] };
	for (let query = 0; query < queries; query++) {
		const words = random.pick(lines).match(/[\p{L}\p{N}]{3,}/gu) ?? ['error'];
		const from = random.integer(0, Math.max(0, words.length - 2));
		const text = words.slice(from, from + 1 + (query % 2)).join(' ');
		for (let length = 2; length <= text.length; length++) findings.letterMs.push(await timed(text.slice(0, length), true));
		findings.queryMs.push(await timed(text, false));
		findings.phraseMs.push(await timed(`"${text}"`, false));
	}
	return { firstMs, ...findings };
}

/** What people and Claude said, from the transcripts themselves. */
async function linesToTypeFrom(): Promise<readonly [string, ...string[]]> {
	const found: string[] = [];
	for (const word of ['the', 'error', 'test', 'file', 'add', 'fix', 'why']) {
		const { hits } = await engine.searching.search({ ...query(word, false), limit: 200, kinds: ['prompt', 'answer', 'toolResult'] });
		found.push(...hits.map(({ snippet }) => snippet.text));
	}
	const [first = 'error', ...rest] = found;
	return [first, ...rest];
}

async function timed(text: string, isTyping: boolean): Promise<number> {
	const started = performance.now();
	await engine.searching.search(query(text, isTyping));
	return performance.now() - started;
}

function query(text: string, isTyping: boolean): SearchQuery {
	return { text, scope: 'all', sessionId: null, kinds: null, offset: 0, limit: 50, isTyping };
}
