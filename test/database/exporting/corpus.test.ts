import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type ExportFormat, usualChoices } from '../../../src/webview/contract/exports.ts';
import { HeadlessEngine } from '../engine/headless.ts';
import { corpusAbsence, layOutCorpus } from '../report/corpusHome.ts';

/** `npm test` exports every fifth session, because all of them take minutes; `EXPORT_EVERY=1` exports all. */
const step = Number(process.env['EXPORT_EVERY'] ?? 5);

describe('A real session', function () {
	this.timeout(600_000);
	let home: string;
	let folder: string;
	let engine: HeadlessEngine;
	before(async function () {
		if (corpusAbsence !== null) {
			console.log(`      skipped: ${corpusAbsence}`);
			this.skip();
		}
		home = mkdtempSync(join(tmpdir(), 'corpus-home-'));
		folder = await mkdtemp(join(tmpdir(), 'exports-'));
		layOutCorpus(home);
		engine = await HeadlessEngine.open(home);
		await engine.index();
	});
	after(async () => {
		if (corpusAbsence !== null) return;
		await engine.close();
		rmSync(home, { recursive: true, force: true });
		await rm(folder, { recursive: true, force: true });
	});

	const chosen = (): string[] => [...engine.sessions().keys()].sort().filter((_, index) => index % step === 0);

	async function write(sessionId: string, format: ExportFormat): Promise<{ text: string; items: number; unreadable: number }> {
		const file = join(folder, `export.${format}`);
		const request = { sessionId, branch: null, format, choices: { ...usualChoices, context: true } };
		const outcome = await engine.engine.exporting.write({ id: 'x', request, file, language: null }, new AbortController().signal);
		assert.equal(statSync(file).size, outcome.bytes);
		return { text: readFileSync(file, 'utf8'), ...outcome };
	}

	/** As JSON, which more than one statement is about. */
	const documents = new Map<string, Awaited<ReturnType<typeof write>>>();
	async function json(sessionId: string): Promise<Awaited<ReturnType<typeof write>>> {
		const document = documents.get(sessionId) ?? (await write(sessionId, 'json'));
		documents.set(sessionId, document);
		return document;
	}

	it('is written as HTML that runs nothing and refers to nothing outside itself', async () => {
		let sessions = 0;
		for (const id of chosen()) {
			const { text } = await write(id, 'html');
			assert.match(text, /^<!DOCTYPE html>[\s\S]*<\/html>\n$/, id);
			assert.doesNotMatch(text, /<(?:script|iframe|object|embed|link|base|form|svg|video|audio)\b/i, id);
			for (const [tag] of text.matchAll(/<[a-z][^>]*>/g)) {
				assert.doesNotMatch(tag, /\s(?:on\w+|style|srcset|background|poster|action)=/, `${id}: ${tag.slice(0, 200)}`);
				const address = /\s(?:src|href)="([^"]*)"/.exec(tag)?.[1] ?? '#';
				assert.match(
					address,
					tag.startsWith('<img') ? /^data:image\/(?:png|jpeg|gif|webp);base64,/ : /^(?:#|https?:|mailto:|[^:]*$|[^:]*[/?#])/,
					id,
				);
			}
			sessions++;
		}
		assert.ok(sessions > 0);
		console.log(`      ${sessions} sessions`);
	});

	it('is written as JSON with as many items as the conversation has, and as Markdown', async () => {
		for (const id of chosen()) {
			const { text, items } = await json(id);
			const document = JSON.parse(text) as { session: { sessionId: string }; conversations: { items: unknown[] }[] };
			assert.equal(document.session.sessionId, id);
			assert.equal(
				document.conversations.reduce((sum, conversation) => sum + conversation.items.length, 0),
				items,
			);
			const markdown = await write(id, 'md');
			assert.match(markdown.text, /^# /);
			assert.equal(markdown.items, items);
		}
	});

	it('is previewed with the secrets that the export then does not hold', async () => {
		let places = 0;
		for (const sessionId of chosen()) {
			const params = { id: 'x', sessions: [{ sessionId, branch: null }], choices: { ...usualChoices, context: true } };
			const { findings } = await engine.engine.exporting.preview(params, new AbortController().signal);
			const { text } = await json(sessionId);
			const found = findings.reduce((sum, finding) => sum + finding.places, 0);
			places += found;
			assert.ok(found === 0 || text.includes('[redacted '), sessionId);
			const again = findings.filter(({ samples }) =>
				samples.some(({ before, after }) => /sk-ant-api\d|ghp_[A-Za-z0-9]{20}/.test(before + after)),
			);
			assert.deepEqual(again, [], sessionId);
		}
		console.log(`      ${places} places`);
	});
});
