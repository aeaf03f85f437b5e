import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { HeadlessEngine } from '../engine/headless.ts';
import { corpusAbsence, layOutCorpus } from '../report/corpusHome.ts';
import { patternOf, type ScannedText, type Sought, textsIn } from './plainScan.ts';
import { find, searchable } from './searched.ts';

/** Of 200 queries, `npm test` asks a fifth: each is compared with a scan of 65 MB. `SEARCH_SHARE=1` asks all of them. */
const part = Number(process.env['SEARCH_SHARE'] ?? 0.2);
const queries = Math.round(200 * part);

/** Numbers that come again with the same seed. */
function randomFrom(seed: number): (most: number) => number {
	let state = seed >>> 0;
	return most => {
		state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
		return Math.floor((state / 2 ** 32) * most);
	};
}

describe('Searching real transcripts', () => {
	let home: string;
	let engine: HeadlessEngine | null = null;
	let texts: ScannedText[] = [];
	const sessionOf = new Map<string, string>();

	before(async function () {
		if (corpusAbsence !== null) {
			console.log(`      skipped: ${corpusAbsence}`);
			this.skip();
		}
		this.timeout(300_000);
		home = mkdtempSync(path.join(tmpdir(), 'scanned-'));
		layOutCorpus(home);
		engine = await searchable(home);
		for (const { path: file, id } of engine.storage.tables.files.all()) {
			const { sessionId } = engine.storage.tables.files.sessionOf(id);
			if (sessionId !== null && !/agent-a(compact|prompt_suggestion|side_question)-/.test(file)) sessionOf.set(file, sessionId);
		}
		texts = [...sessionOf.keys()].flatMap(textsIn);
	});
	after(async () => {
		await engine?.close();
		if (corpusAbsence === null) rmSync(home, { recursive: true, force: true });
	});

	/** Queries drawn from the texts themselves. */
	function drawn(seed: number): Sought[] {
		const random = randomFrom(seed);
		const forms: readonly { readonly kind: Sought['kind']; readonly pattern: RegExp; readonly share: number }[] = [
			{ kind: 'word', pattern: /(?<![\p{L}\p{N}\p{M}])[\p{L}\p{N}]{4,38}(?![\p{L}\p{N}\p{M}])/gu, share: 70 },
			{
				kind: 'phrase',
				pattern: /(?<![\p{L}\p{N}\p{M}])[\p{L}\p{N}]{2,20}(?:[ \n][\p{L}\p{N}]{2,20}){1,3}(?![\p{L}\p{N}\p{M}])/gu,
				share: 50,
			},
			{ kind: 'prefix', pattern: /(?<![\p{L}\p{N}\p{M}])[\p{L}\p{N}]{4,10}(?=[\p{L}\p{N}])/gu, share: 30 },
			{ kind: 'phrase', pattern: /(?<=\s)[\p{L}\p{N}(<[{'/.#@$_-]*[\p{L}\p{N}]+[.:/_(=,;>-]+[^\s"*]{1,30}(?=\s)/gu, share: 35 },
			{ kind: 'phrase', pattern: /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]{1,5}/gu, share: 15 },
		];
		const found: Sought[] = [];
		for (const { kind, pattern, share } of forms) {
			const holding = texts.filter(({ text }) => text.search(pattern) >= 0);
			for (let i = 0; i < Math.ceil(share * part) && holding.length > 0; i++) {
				const { text = '' } = holding[random(holding.length)] ?? {};
				const matches = text.match(pattern) ?? [];
				found.push({ kind, text: matches[random(matches.length)] ?? '' });
			}
		}
		return found;
	}

	it(`finds the same sessions as a plain scan for ${queries} queries drawn from their texts`, async function () {
		this.timeout(1_200_000);
		const seed = Number(process.env['SEARCH_SEED'] ?? 20261121);
		console.log(`      seed ${seed} (SEARCH_SEED), ${texts.length} texts of ${sessionOf.size} transcripts`);
		const sought = drawn(seed);
		const records = [...Map.groupBy(texts, text => `${text.path} ${text.record}`).values()].map(all => ({
			path: all[0]?.path ?? '',
			text: all.map(({ text }) => text).join('\n'),
		}));
		assert.ok(sought.length >= queries, `only ${sought.length} were drawn`);
		for (const each of sought) {
			const query = each.kind === 'prefix' ? `${each.text}*` : `"${each.text}"`;
			assert.ok(engine !== null);
			const kinds = ['prompt', 'answer', 'thinking', 'toolInput', 'toolResult', 'file', 'context'] as const;
			const answer = await find(engine, query, { kinds });
			const found = new Set(answer.hits.map(({ sessionId }) => sessionId));
			const pattern = patternOf(each);
			const holding = texts.filter(({ text }) => pattern.test(text));
			// The strings of a tool's input are one text to the search: a phrase may go from one into the next.
			const scanned = new Set(records.filter(({ text }) => pattern.test(text)).map(({ path: file }) => sessionOf.get(file) ?? ''));
			// Attachments and what the harness printed are searched too, but are no messages, so the scan does not know them.
			const messages = new Set(answer.hits.filter(({ kind }) => kind !== 'context').map(({ sessionId }) => sessionId));
			for (const session of messages) assert.ok(scanned.has(session), `${query} is not in ${session}`);
			for (const [record, copies] of Map.groupBy(holding, text => text.record)) {
				const sessions = copies.map(copy => sessionOf.get(copy.path) ?? '');
				assert.ok(
					sessions.some(session => found.has(session)),
					`${JSON.stringify(query)} is in ${record} of ${sessions.join(', ')}, and was not found`,
				);
			}
			assert.ok(answer.totalIsExact && answer.isComplete && answer.isIndexComplete);
		}
	});

	it('takes a tenth of the room of the transcripts at most', async () => {
		const { bytesOnDisk, bytesTotal } = engine?.engine.searching.status() ?? { bytesOnDisk: 1, bytesTotal: 0 };
		assert.ok(bytesOnDisk < bytesTotal / 10, `${bytesOnDisk} of ${bytesTotal}`);
		await Promise.resolve();
	});
});
