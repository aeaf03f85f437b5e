/**
 * A process of its own that builds the search index, or types queries into it, and prints what it measured as JSON:
 * `searchProbe.ts build|type --claude-dir DIR --data DIR [--queries N] [--slow MS]`. The index is there already. Queries
 * that take more processor time than `--slow` are named on the error output.
 */
import { parseArgs } from 'node:util';
import { bringUpToDate, headlessOptions, openHeadless } from '../../src/extension/engine/headless.ts';
import type { SearchQuery } from '../../src/webview/contract/search.ts';
import { Random } from '../support/historyGenerator/random.ts';

export interface BuildFindings {
	readonly buildMs: number;
	readonly bytesTotal: number;
	readonly bytesOnDisk: number;
	/** Longest time in which the engine's thread answered nothing. */
	readonly longestBlockMs: number;
	/** The same in processor time of the thread, which a busy machine does not stretch. */
	readonly longestBlockCpuMs: number;
}

export interface TypingFindings {
	/** What is done when the search view opens. */
	readonly prepareMs: number;
	/** The first search of the process. */
	readonly firstMs: number;
	/** One for each letter. */
	readonly letterMs: readonly number[];
	/** Processor time of the thread, for each letter. */
	readonly letterCpuMs: readonly number[];
	/** Whole queries, every candidate looked at until the page is full. */
	readonly queryMs: readonly number[];
	readonly phraseMs: readonly number[];
}

const { values, positionals } = parseArgs({
	allowPositionals: true,
	options: {
		'claude-dir': { type: 'string' },
		data: { type: 'string' },
		queries: { type: 'string', default: '50' },
		slow: { type: 'string' },
	},
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
	const blocks = watchBlocks();
	const started = performance.now();
	await engine.searching.upToDate();
	const buildMs = performance.now() - started;
	const longest = blocks();
	const { bytesTotal, bytesOnDisk } = engine.searching.status();
	return { buildMs, bytesTotal, bytesOnDisk, ...longest };
}

/** From now on until it is called: the longest time between two turns of the event loop. */
function watchBlocks(): () => { readonly longestBlockMs: number; readonly longestBlockCpuMs: number } {
	let [at, cpu] = [performance.now(), cpuMs()];
	let [longestBlockMs, longestBlockCpuMs] = [0, 0];
	let isOver = false;
	const turn = (): void => {
		const [now, cpuNow] = [performance.now(), cpuMs()];
		longestBlockMs = Math.max(longestBlockMs, now - at);
		longestBlockCpuMs = Math.max(longestBlockCpuMs, cpuNow - cpu);
		[at, cpu] = [now, cpuNow];
		if (!isOver) setImmediate(turn);
	};
	setImmediate(turn);
	return () => {
		isOver = true;
		return { longestBlockMs, longestBlockCpuMs };
	};
}

function cpuMs(): number {
	const { user, system } = process.threadCpuUsage();
	return (user + system) / 1000;
}

async function type(queries: number): Promise<TypingFindings> {
	const started = performance.now();
	await engine.searching.prepare();
	const prepareMs = performance.now() - started;
	const { ms: firstMs } = await timed('the', true);
	const random = new Random('typing');
	const lines = await linesToTypeFrom();
	const findings = { letterMs: [] as number[], letterCpuMs: [] as number[], queryMs: [] as number[], phraseMs: [] as number[] };
	for (let query = 0; query < queries; query++) {
		const words = random.pick(lines).match(/[\p{L}\p{N}]{3,}/gu) ?? ['error'];
		const from = random.integer(0, Math.max(0, words.length - 2));
		const text = words.slice(from, from + 1 + (query % 2)).join(' ');
		for (let length = 2; length <= text.length; length++) {
			const letter = await timed(text.slice(0, length), true);
			findings.letterMs.push(letter.ms);
			findings.letterCpuMs.push(letter.cpuMs);
		}
		findings.queryMs.push((await timed(text, false)).ms);
		findings.phraseMs.push((await timed(`"${text}"`, false)).ms);
	}
	return { prepareMs, firstMs, ...findings };
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

async function timed(text: string, isTyping: boolean): Promise<{ readonly ms: number; readonly cpuMs: number }> {
	const [started, cpu] = [performance.now(), cpuMs()];
	await engine.searching.search(query(text, isTyping));
	const found = { ms: performance.now() - started, cpuMs: cpuMs() - cpu };
	if (values.slow !== undefined && found.cpuMs > Number(values.slow)) console.error(`${text}\t${isTyping}\t${found.cpuMs.toFixed(1)} ms`);
	return found;
}

function query(text: string, isTyping: boolean): SearchQuery {
	return { text, scope: 'all', sessionId: null, kinds: null, offset: 0, limit: 50, isTyping };
}
