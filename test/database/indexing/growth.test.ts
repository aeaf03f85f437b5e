import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { lengthen } from '../../../src/extension/claude/statePhrases.ts';
import { Random } from '../../support/historyGenerator/random.ts';
import { assistantText, conversation, toJsonl, userPrompt } from '../../support/historyGenerator/records.ts';
import { ClaudeHome } from '../engine/claudeHome.ts';
import { HeadlessEngine, indexedOnce } from '../engine/headless.ts';
import { corpus, corpusAbsence } from '../report/corpusHome.ts';
import { tangledHome } from './tangledHome.ts';

/** Byte after the last newline. */
const endOfLines = (bytes: Buffer): number => bytes.lastIndexOf(10) + 1;

async function assertEqualsIndexingAtOnce(engine: HeadlessEngine, claudeDir: string): Promise<void> {
	await indexedOnce(claudeDir, atOnce => {
		assert.deepEqual(engine.content(), atOnce.content());
		assert.deepEqual(engine.figures(), atOnce.figures());
	});
}

describe('A transcript that grows', () => {
	let home: ClaudeHome;
	beforeEach(() => {
		home = new ClaudeHome('growth');
	});
	afterEach(() => home.remove());

	for (const series of corpusAbsence === null ? growthSeries() : [null]) {
		it(`gives, state by state, what its last state gives at once: ${series === null ? 'real sessions' : path.basename(path.dirname(series))}`, async function () {
			this.timeout(60_000);
			if (series === null) {
				console.log(`      skipped: ${corpusAbsence ?? ''}`);
				this.skip();
			}
			const file = home.at('-home-dev', `${path.basename(series)}.jsonl`);
			const dataDir = home.beside('data');
			let read = 0;
			for (const state of readdirSync(series).sort()) {
				const bytes: Buffer = readFileSync(path.join(series, state));
				home.put(file, bytes);
				const engine = await HeadlessEngine.open(home.dir, { dataDir });
				const run = await engine.index();
				assert.equal(run.result.bytesRead, bytes.length - read, state);
				read = endOfLines(bytes);
				if (state === '06.jsonl') await assertEqualsIndexingAtOnce(engine, home.dir);
				await engine.close();
			}
			assert.equal(read > 1_000_000, true);
		});
	}

	it('is read from the end of its last complete line, and nothing before it (IDX-4)', async () => {
		const talk = conversation();
		const whole = Buffer.from(toJsonl([userPrompt(talk, 'ein größeres Problem 🐛'), assistantText(talk, 'ja'), userPrompt(talk, 'danke')]));
		const file = home.at('-p', `${talk.sessionId}.jsonl`);
		const engine = await HeadlessEngine.open(home.dir);
		home.put(file, whole.subarray(0, 10));
		await engine.index();
		for (const end of [endOfLines(whole.subarray(0, 800)), 900, whole.length - 1, whole.length]) {
			const from = endOfLines(readFileSync(file));
			// A last line that is whole JSON is taken without its newline: then only the newline is left to read.
			const taken = file.length > 0 && isWhole(readFileSync(file).subarray(from)) ? statSync(file).size : from;
			writeFileSync(file, whole.subarray(0, end));
			const { result } = await engine.index();
			assert.deepEqual([result.filesRead, result.bytesRead], [1, end - taken]);
		}
		assert.equal(engine.session(talk.sessionId).userPrompts, 2);
		await assertEqualsIndexingAtOnce(engine, home.dir);
		await engine.close();
	});

	it('goes on from a state that an earlier version wrote as plain JSON, and finds nothing different', async () => {
		const talk = conversation();
		const lines = [userPrompt(talk, 'one'), assistantText(talk, 'yes'), userPrompt(talk, 'two')].map(line => toJsonl([line]));
		const file = home.at('-p', `${talk.sessionId}.jsonl`);
		const engine = await HeadlessEngine.open(home.dir);
		home.put(file, Buffer.from(lines.slice(0, 2).join('')));
		await engine.index();
		const { db } = engine.storage.tables;
		const [stored] = db.prepare<{ state: string }>('SELECT state FROM session_files').all();
		const plain = lengthen(stored?.state ?? '');
		assert.ok(plain.startsWith('{"summary":'));
		db.prepare('UPDATE session_files SET state = ?').run(plain);
		assert.deepEqual((await engine.index('deep')).result.differing, []);
		db.prepare('UPDATE session_files SET state = ?').run(plain);
		writeFileSync(file, lines.join(''));
		assert.equal((await engine.index()).result.bytesRead, Buffer.byteLength(lines[2] ?? ''));
		await assertEqualsIndexingAtOnce(engine, home.dir);
		await engine.close();
	});

	for (const damage of ['', '{}', '\u001f~']) {
		it(`is read from its first byte when what is stored of its reader is damaged: ${JSON.stringify(damage)}`, async () => {
			const talk = conversation();
			const text = toJsonl([userPrompt(talk, 'one'), assistantText(talk, 'yes')]);
			const file = home.at('-p', `${talk.sessionId}.jsonl`);
			const engine = await HeadlessEngine.open(home.dir);
			home.put(file, Buffer.from(text));
			await engine.index();
			engine.storage.tables.db.prepare('UPDATE session_files SET state = ?').run(damage);
			const grown = text + toJsonl([userPrompt(talk, 'two')]);
			writeFileSync(file, grown);
			assert.equal((await engine.index()).result.bytesRead, Buffer.byteLength(grown));
			await assertEqualsIndexingAtOnce(engine, home.dir);
			await engine.close();
		});
	}

	it('leaves its session as it was while what is stored of another of its files is damaged, and mends it with the next run', async () => {
		const talk = conversation();
		const aside = conversation({ seed: 'aside', sessionId: talk.sessionId, agentId: 'a1' });
		const engine = await HeadlessEngine.open(home.dir);
		const main = toJsonl([userPrompt(talk, 'one'), assistantText(talk, 'yes')]);
		home.put(home.at('-p', `${talk.sessionId}.jsonl`), Buffer.from(main));
		await engine.index();
		const before = engine.session(talk.sessionId);
		engine.storage.tables.db.prepare("UPDATE session_files SET state = '{'").run();
		const subagent = toJsonl([userPrompt(aside, 'look'), assistantText(aside, 'seen')]);
		home.put(home.at('-p', talk.sessionId, 'subagents', 'agent-a1.jsonl'), Buffer.from(subagent));
		assert.equal((await engine.index()).result.bytesRead, Buffer.byteLength(subagent));
		assert.deepEqual(engine.session(talk.sessionId), before);
		assert.equal((await engine.index()).result.bytesRead, Buffer.byteLength(main));
		await assertEqualsIndexingAtOnce(engine, home.dir);
		await engine.close();
	});

	it('gives the same for any split of its bytes into appends, with restarts in between', async function () {
		this.timeout(120_000);
		await fc.assert(
			fc.asyncProperty(fc.nat(), fc.boolean(), async (seed, restarts) => {
				const split = new ClaudeHome('split');
				try {
					const random = new Random(seed);
					const parts = appendsOf(tangledHome(split.dir, seed), random);
					const options = restarts ? { dataDir: split.beside('data') } : {};
					let engine = await HeadlessEngine.open(split.dir, options);
					for (const { file, bytes, written } of parts) {
						split.put(file, bytes);
						if (random.chance(0.3)) continue;
						const { result } = await engine.index();
						assert.ok(result.bytesRead >= bytes.length - written);
						if (restarts && random.chance(0.3)) {
							await engine.close();
							engine = await HeadlessEngine.open(split.dir, options);
						}
					}
					await engine.index();
					await assertEqualsIndexingAtOnce(engine, split.dir);
					await engine.close();
				} finally {
					split.remove();
				}
			}),
			{ seed: 4, numRuns: 15, endOnFailure: true },
		);
	});
});

function growthSeries(): string[] {
	const root = path.join(corpus, '_growth');
	if (!existsSync(root)) return [];
	return readdirSync(root).flatMap(repo => readdirSync(path.join(root, repo)).map(session => path.join(root, repo, session)));
}

function isWhole(line: Buffer): boolean {
	try {
		JSON.parse(line.toString());
		return true;
	} catch {
		return false;
	}
}

interface Append {
	readonly file: string;
	/** The file up to and with this append. */
	readonly bytes: Buffer;
	/** How much of it was there before. */
	readonly written: number;
}

/** Cuts every file anywhere, and mixes the appends of all files, each file's own in order. */
function appendsOf(files: ReadonlyMap<string, Buffer>, random: Random): Append[] {
	const queues = [...files].map(([file, bytes]) => {
		const cuts = Array.from({ length: random.integer(0, 4) }, () => random.integer(1, bytes.length - 1));
		const ends = [...new Set([...cuts, bytes.length])].sort((a, b) => a - b);
		return ends.map((end, i) => ({ file, bytes: bytes.subarray(0, end), written: ends[i - 1] ?? 0 }));
	});
	const mixed: Append[] = [];
	while (queues.some(queue => queue.length > 0)) {
		const queue = queues[random.integer(0, queues.length - 1)];
		const next = queue?.shift();
		if (next !== undefined) mixed.push(next);
	}
	return mixed;
}
