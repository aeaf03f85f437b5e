import assert from 'node:assert/strict';
import { assistantText, conversation, toolResult, toolUse, userPrompt } from '../../support/historyGenerator/records.ts';
import { ClaudeHome } from '../engine/claudeHome.ts';
import type { HeadlessEngine } from '../engine/headless.ts';
import { find, searchable } from './searched.ts';

describe('Filters of a search', () => {
	let home: ClaudeHome;
	let engine: HeadlessEngine;
	before(async () => {
		home = new ClaudeHome('filtered');
		const shop = conversation({
			sessionId: 'shop',
			cwd: '/home/dev/shop',
			gitBranch: 'main',
			model: 'claude-opus-4-5',
			startsAt: '2026-03-02T09:00:00Z',
		});
		const read = toolUse(shop, 'Read', { file_path: '/home/dev/shop/src/Parser.ts' });
		const bash = toolUse(shop, 'Bash', { command: 'grep zebra notes.md' });
		home.transcript(shop, [
			userPrompt(shop, 'Fix the crash of the zebra parser'),
			read,
			toolResult(shop, read, 'export class ZebraParser: a zebra'),
			bash,
			toolResult(shop, bash, 'notes.md: zebra crossing'),
			assistantText(shop, 'The zebra is fixed.'),
		]);
		const bank = conversation({
			sessionId: 'bank',
			cwd: '/home/dev/bank',
			gitBranch: 'feat/zebra stripes',
			model: 'claude-haiku-4-5',
			startsAt: '2026-04-10T23:30:00Z',
		});
		const edit = toolUse(bank, 'Edit', { file_path: '/home/dev/bank/src/ledger.ts', old_string: 'zebra', new_string: 'horse' });
		home.transcript(bank, [
			userPrompt(bank, 'How does the zebra ledger work?'),
			edit,
			toolResult(bank, edit, 'The zebra file was updated'),
			assistantText(bank, 'The zebra ledger adds up.'),
		]);
		engine = await searchable(home.dir, { timeZone: 'Europe/Berlin' });
		await engine.engine.background.classifying.correct(['shop'], 'deps');
		await engine.engine.searching.upToDate();
	});
	after(async () => {
		await engine.close();
		home.remove();
	});

	/** Kinds of text and sessions that were found, in order of their names. */
	async function found(query: string): Promise<string[]> {
		const { hits, problems } = await find(engine, query);
		assert.deepEqual(problems, []);
		return [...new Set(hits.map(({ sessionId, kind }) => `${sessionId} ${kind}`))].sort();
	}
	const sessions = async (query: string): Promise<string[]> => [...new Set((await found(query)).map(each => each.split(' ')[0] ?? ''))];

	it('file: lets sessions through whose tools read or changed such a file, and finds these places when it stands alone', async () => {
		assert.deepEqual(await sessions('zebra file:parser.ts'), ['shop']);
		assert.deepEqual(await sessions('zebra file:SRC/'), ['bank', 'shop'], 'anywhere in the path, whatever its case');
		assert.deepEqual(await sessions('zebra -file:parser.ts'), ['bank']);
		assert.deepEqual(await sessions('zebra file:src/ file:ledger'), ['bank'], 'several mean all of them');
		assert.deepEqual(await sessions('zebra file:"ledger.ts"'), ['bank']);
		assert.deepEqual(await sessions('zebra file:"edger.ts"'), [], 'in quotes it is the whole name, or the end of the path');
		assert.deepEqual(await found('file:parser.ts'), ['shop file']);
		assert.equal((await find(engine, 'file:parser.ts')).hits[0]?.snippet.text, 'src/Parser.ts', 'named from its project');
	});

	it('tool: lets inputs and results of that tool through', async () => {
		assert.deepEqual(await found('zebra tool:Bash'), ['shop toolInput', 'shop toolResult']);
		assert.deepEqual(await found('zebra tool:bash tool:edit'), ['bank toolInput', 'bank toolResult', 'shop toolInput', 'shop toolResult']);
		assert.deepEqual(await found('zebra tool:Read'), ['shop toolResult']);
		assert.deepEqual(await found('zebra -tool:Bash -tool:Edit -tool:Read'), ['bank answer', 'bank prompt', 'shop answer', 'shop prompt']);
	});

	it('branch: and model: let what was said there through, and project: its sessions', async () => {
		assert.deepEqual(await sessions('zebra branch:feat'), ['bank']);
		assert.deepEqual(await sessions('zebra branch:"feat"'), []);
		assert.deepEqual(await sessions('zebra branch:"feat/zebra stripes"'), ['bank']);
		assert.deepEqual(await sessions('zebra -branch:main'), ['bank']);
		assert.deepEqual(await found('zebra model:opus'), ['shop answer', 'shop prompt', 'shop toolInput', 'shop toolResult']);
		assert.deepEqual(await sessions('zebra model:opus model:haiku'), ['bank', 'shop'], 'several mean any of them');
		assert.deepEqual(await sessions('zebra project:shop'), ['shop']);
		assert.deepEqual(await sessions('zebra -project:shop'), ['bank']);
	});

	it('category: lets sessions of a category of any level through, as a person gave it', async () => {
		assert.deepEqual(await sessions('zebra category:deps'), ['shop']);
		assert.deepEqual(await sessions('zebra -category:deps'), ['bank']);
		assert.deepEqual(
			await sessions('zebra category:"code work"'),
			await sessions('zebra category:code_work'),
			'however its words are joined',
		);
		assert.deepEqual(await sessions('zebra category:none_such'), []);
	});

	it('before: and after: are about days of the person’s own time zone', async () => {
		assert.deepEqual(await sessions('zebra after:2026-04'), ['bank']);
		assert.deepEqual(await sessions('zebra before:2026-04'), ['shop']);
		assert.deepEqual(await sessions('zebra after:2026-04-11'), ['bank'], 'half past eleven in London is the next day in Berlin');
		assert.deepEqual(await sessions('zebra before:2026-04-11 after:2026-03-03'), []);
		assert.deepEqual(await sessions('-after:2026-04 zebra'), ['shop']);
	});

	it('-word leaves out texts that have it, and several filters have to hold together', async () => {
		assert.deepEqual(await found('zebra -ledger -crash'), ['bank toolResult', 'shop answer', 'shop toolInput', 'shop toolResult']);
		assert.deepEqual(await found('zebra -"zebra crossing" tool:Bash'), ['shop toolInput']);
		assert.deepEqual(await found('zebra branch:main tool:Edit'), []);
		assert.deepEqual(await found('zebra model:haiku after:2026-04 file:ledger category:none_such'), []);
	});
});
