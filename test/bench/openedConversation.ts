/**
 * A process that opens the longest conversation of an index and reads in it as the transcript page does. Run by `conversations.ts`
 * with `--expose-gc`; prints one JSON document.
 */
import { parseArgs } from 'node:util';
import { headlessOptions, openHeadless } from '../../src/extension/engine/headless.ts';

export interface ConversationFindings {
	readonly bytes: number;
	readonly items: number;
	readonly openMs: number;
	/** Processor time of opening, which a busy machine does not stretch. */
	readonly openCpuMs: number;
	/** After the transcript grew, with everything known of it read from the index again. */
	readonly reopenMs: number;
	readonly windowMs: readonly number[];
	readonly outlineMs: number;
	readonly findMs: number;
	/** Until the first answer of the search, which looks through a stretch. */
	readonly findStretchMs: readonly number[];
	/** Resident memory that came on top of the engine's, at its largest. */
	readonly memoryBytes: number;
}

const { values } = parseArgs({ options: { 'claude-dir': { type: 'string', default: '' }, data: { type: 'string', default: '' } } });
const { engine, storage } = await openHeadless({
	options: headlessOptions({ claudeDirs: [values['claude-dir']], workspace: null, dataDir: values.data }),
	readerThread: null,
	onTrouble: (_, text) => console.error(text),
});
await engine.open();
const { transcripts } = engine;
const { signal } = new AbortController();
const { db } = storage.tables;
const sessionId = db.prepare<{ id: string }>('SELECT session_id AS id FROM sessions ORDER BY messages DESC LIMIT 1').get()?.id ?? '';
const conversation = { sessionId, agentId: null };

globalThis.gc?.();
const before = process.memoryUsage.rss();
let most = before;

async function timed<T>(work: () => Promise<T>): Promise<{ ms: number; result: T }> {
	const started = performance.now();
	const result = await work();
	const ms = performance.now() - started;
	most = Math.max(most, process.memoryUsage.rss());
	return { ms, result };
}

const cpuBefore = process.cpuUsage();
const opened = await timed(() => transcripts.head({ conversation, branch: null, since: null }));
const cpu = process.cpuUsage(cpuBefore);
const { items, revision, file } = opened.result;
// What the index says of the file changes, as when it grew.
db.prepare('UPDATE session_files SET tail_hash = ? WHERE path = ?').run('grown', file.path);
const reopened = await timed(() => transcripts.head({ conversation, branch: null, since: revision }));
const windowMs: number[] = [];
for (let at = 0; at < 40; at++) {
	const from = Math.floor((items * ((at * 17) % 40)) / 40);
	windowMs.push((await timed(() => transcripts.window(conversation, null, from, 100, signal))).ms);
}
const outline = await timed(() => transcripts.outline(conversation, null, signal));
const findStretchMs: number[] = [];
for (let from: number | null = 0; from !== null;) {
	const at: number = from;
	const stretch = await timed(() =>
		transcripts.find({ conversation, branch: null, text: 'no such words anywhere', matchCase: false, from: at }, signal),
	);
	findStretchMs.push(stretch.ms);
	from = stretch.result.next;
}
const findings: ConversationFindings = {
	bytes: file.bytes,
	items,
	openMs: opened.ms,
	openCpuMs: (cpu.user + cpu.system) / 1000,
	reopenMs: reopened.ms,
	windowMs,
	outlineMs: outline.ms,
	findMs: findStretchMs.reduce((sum, ms) => sum + ms, 0),
	findStretchMs,
	memoryBytes: most - before,
};
console.log(JSON.stringify(findings));
// Nothing is saved: the mark above was for this process.
process.exit(0);
