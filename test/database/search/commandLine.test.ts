import assert from 'node:assert/strict';
import { existsSync, readdirSync } from 'node:fs';
import { searchCommand } from '../../../scripts/search/main.ts';
import type { PrintedSearch } from '../../../src/extension/engine/searchOnce.ts';
import { commandInProcess } from '../../support/commandInProcess.ts';
import { assistantText, conversation, toolResult, toolUse, userPrompt } from '../../support/historyGenerator/records.ts';
import { ClaudeHome } from '../engine/claudeHome.ts';
import { type Ended, scriptProcess } from '../report/reportProcess.ts';

describe('The search on the command line', function () {
	this.timeout(60_000);
	let home: ClaudeHome;
	let file: string;
	let uuids: readonly string[];
	before(() => {
		home = new ClaudeHome('searched');
		const talk = conversation({ sessionId: 'aaaaaaaa-0000-4000-8000-000000000001', startsAt: '2026-03-02T09:00:00Z' });
		const call = toolUse(talk, 'Bash', { command: 'ls' });
		const records = [
			userPrompt(talk, 'Look at the zebra'),
			call,
			toolResult(talk, call, 'zebra.txt'),
			assistantText(talk, 'No zebra here.'),
		];
		file = home.transcript(talk, records);
		uuids = records.map(({ uuid }) => uuid);
	});
	after(() => home.remove());

	const search = (...args: string[]): Promise<Ended> => scriptProcess('search.ts', ['--claude-dir', home.dir, ...args]);
	async function found(...args: string[]): Promise<PrintedSearch> {
		const { code, stdout, stderr } = await search(...args, '--json');
		assert.deepEqual([code, stderr], [0, '']);
		return JSON.parse(stdout) as PrintedSearch;
	}

	it('prints hits with where they lie, how many there are, and how long it took', async () => {
		const data = home.beside('data');
		const { hits, total, durationMs, ...rest } = await found('zebra', '--data', data);
		assert.deepEqual(rest, {});
		assert.equal(total, 3);
		assert.ok(durationMs >= 0);
		assert.deepEqual(
			hits.map(({ messageId, role, snippet }) => [messageId, role, snippet]).sort(),
			[
				[uuids[0], 'user', 'Look at the zebra'],
				[uuids[2], 'user', 'zebra.txt'],
				[uuids[3], 'assistant', 'No zebra here.'],
			].sort(),
		);
		for (const [at, hit] of hits.entries()) {
			assert.deepEqual(Object.keys(hit), ['sessionId', 'messageId', 'role', 'timestamp', 'file', 'offset', 'snippet', 'score']);
			assert.deepEqual([hit.sessionId, hit.file], ['aaaaaaaa-0000-4000-8000-000000000001', file]);
			assert.match(hit.timestamp ?? '', /^2026-03-02T09:\d\d:\d\d\.\d{3}Z$/);
			assert.equal(typeof hit.offset, 'number');
			assert.ok(hit.score <= (hits[at - 1]?.score ?? Number.POSITIVE_INFINITY), 'the best first');
		}
		assert.equal(hits.find(({ messageId }) => messageId === uuids[0])?.offset, 0);
		assert.ok(existsSync(data) && readdirSync(data).some(name => name.startsWith('search-')), 'it is kept for the next search');
		const limited = await found('zebra', '--data', data, '--limit', '1');
		assert.deepEqual([limited.hits.length, limited.total], [1, 3], 'the total is that of all');
		assert.deepEqual((await found('zebra', 'look', '--data', data)).total, 1, 'several arguments are one query');
		assert.deepEqual(await found('giraffe', '--data', data).then(({ hits: none, total: all }) => [none, all]), [[], 0]);
	});

	it('names what is wrong with a query, and answers the rest of it', async () => {
		const { code, stdout, stderr } = await search('zebra before:soon', '--json');
		assert.deepEqual([code, stderr], [0, 'not a date: before:soon\n']);
		assert.equal((JSON.parse(stdout) as PrintedSearch).total, 3);
	});

	it('is refused with a clear line and exit code 2 when the command line is wrong', async () => {
		const wrong: readonly (readonly [args: string[], line: RegExp])[] = [
			[[], /^Say what to look for\.$/],
			[['  '], /^Say what to look for\.$/],
			[['zebra', '--limit', '0'], /^--limit needs a whole number/],
			[['zebra', '--limit', 'many'], /^--limit needs a whole number/],
			[['zebra', '--timezone', 'Mars/Olympus'], /^--timezone: there is no zone Mars\/Olympus$/],
			[['zebra', '--none-such'], /--none-such/],
			[['zebra', '--workspace', home.beside('missing')], /no folder .*missing/],
		];
		for (const [args, line] of wrong) {
			const { code, stdout, stderr } = await commandInProcess(searchCommand, ['--claude-dir', home.dir, ...args, '--json']);
			assert.deepEqual([code, stdout], [2, ''], args.join(' '));
			assert.match(stderr.split('\n')[0] ?? '', line);
		}
		const { code, stdout, stderr } = await search('--json');
		assert.deepEqual([code, stdout], [2, '']);
		assert.match(stderr, /^Say what to look for\.$/m);
		assert.doesNotMatch(stderr, /^\s+at /m);
	});
});
