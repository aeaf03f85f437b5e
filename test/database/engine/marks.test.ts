import assert from 'node:assert/strict';
import type { MarkChange } from '../../../src/extension/engine/calls/marks.ts';
import { allMarks, tagCounts } from '../../../src/extension/store/ledger/marks.ts';
import type { SessionRow } from '../../../src/webview/contract/sessions.ts';
import { assistantText, conversation, userPrompt } from '../../support/historyGenerator/records.ts';
import { find } from '../search/searched.ts';
import { ClaudeHome } from './claudeHome.ts';
import { HeadlessEngine } from './headless.ts';

const now = () => new Date('2026-11-18T12:00:00Z');

describe('What a person writes on sessions', () => {
	let home: ClaudeHome;
	let engine: HeadlessEngine;
	const ids: string[] = [];

	beforeEach(async () => {
		home = new ClaudeHome('marks');
		ids.length = 0;
		for (const [index, prompt] of ['Draw the chart', 'Fix the legend', 'Explain the axis'].entries()) {
			const talk = conversation({ seed: `marks${index}`, cwd: home.root, startsAt: Date.parse('2026-11-18T08:00:00Z') + index * 60_000 });
			home.transcript(talk, [userPrompt(talk, prompt), assistantText(talk, 'Done.')]);
			ids.push(talk.sessionId);
		}
		engine = await openWindow();
	});
	afterEach(async () => {
		await engine.close();
		home.remove();
	});

	const openWindow = async () => {
		const window = await HeadlessEngine.open(home.dir, { dataDir: home.beside('data'), now });
		await window.index();
		return window;
	};
	const change = (wanted: MarkChange, on = engine) => on.engine.background.marks.change(wanted);
	const idOf = (index: number): string => ids[index] ?? '';
	const rowOf = (index: number, on = engine): SessionRow => {
		const row = on.engine.views.session(idOf(index));
		assert.ok(row);
		return row;
	};
	const marksOf = (index: number, on = engine) => {
		const { title, givenTitle, isPinned, isHidden, note, tags } = rowOf(index, on);
		return { title, givenTitle, isPinned, isHidden, note, tags };
	};
	const none = { title: 'Draw the chart', givenTitle: null, isPinned: false, isHidden: false, note: null, tags: [] };
	const inLedger = (on = engine) => on.storage.ledger.read(reader => [allMarks(reader), tagCounts(reader)]);
	const all: MarkChange = {
		sessions: [
			{
				sessionId: '',
				title: 'Charts',
				isHidden: true,
				pinnedAt: '2026-11-18T11:00:00.000Z',
				note: 'Ask Ann',
				addTags: ['chart', 'Release 2'],
			},
		],
	};
	const everything = (index: number): MarkChange => ({ sessions: (all.sessions ?? []).map(each => ({ ...each, sessionId: idOf(index) })) });
	const marked = { title: 'Charts', givenTitle: 'Charts', isPinned: true, isHidden: true, note: 'Ask Ann', tags: ['chart', 'Release 2'] };

	it('shows in the lists at once, and is told as a change of that session', async () => {
		engine.events.changed.length = 0;
		await change(everything(0));
		assert.deepEqual(marksOf(0), marked);
		assert.deepEqual(engine.events.changed, [{ sessionIds: [idOf(0)] }]);
		const page = engine.engine.insights.sessionPage({
			scope: 'all',
			range: 'all',
			filter: 'charts',
			model: null,
			sort: 'title',
			descending: false,
			offset: 0,
			limit: 10,
		});
		assert.deepEqual(
			page.rows.map(({ title }) => title),
			['Charts'],
			'a table finds and shows the given name',
		);
	});

	it('is on disk before it is said to be done, and survives a rebuild of the index', async () => {
		await change(everything(0));
		const other = await openWindow();
		assert.deepEqual(marksOf(0, other), marked);
		await other.close();
		await engine.index('full');
		assert.deepEqual(marksOf(0), marked);
	});

	it('leaves nothing in the index that would have to be saved', async () => {
		await engine.storage.save();
		const { db } = engine.storage.tables;
		assert.equal(db.dirty, false);
		await change(everything(0));
		assert.equal(db.dirty, false);
		assert.equal(rowOf(0).isPinned, true);
	});

	it('can be taken back, and what was written since stays', async () => {
		const before = inLedger();
		const { undo } = await change(everything(0));
		await change({ sessions: [{ sessionId: idOf(1), addTags: ['later'] }] });
		await change(undo);
		assert.deepEqual(marksOf(0), none);
		assert.deepEqual(rowOf(1).tags, ['later']);
		const { undo: again } = await change({ sessions: [{ sessionId: idOf(1), removeTags: ['later'] }], deleteTags: ['later'] });
		assert.deepEqual(inLedger(), before);
		await change(again);
		assert.deepEqual(rowOf(1).tags, ['later']);
	});

	it('takes back only what a change changed', async () => {
		await change({ sessions: [{ sessionId: idOf(0), addTags: ['chart'], note: 'one' }] });
		const { undo } = await change({ sessions: [{ sessionId: idOf(0), addTags: ['CHART', 'new'], isHidden: false }] });
		assert.deepEqual(undo.sessions, [{ sessionId: idOf(0), removeTags: ['new'] }]);
		await change({ sessions: [{ sessionId: idOf(0), note: 'two' }] });
		await change(undo);
		assert.deepEqual([rowOf(0).tags, rowOf(0).note], [['chart'], 'two']);
	});

	it('reaches another window, whoever of the two writes', async () => {
		const other = await openWindow();
		await change(everything(0));
		await other.storage.ledger.refresh();
		other.engine.background.project();
		assert.deepEqual(marksOf(0, other), marked);
		await change({ sessions: [{ sessionId: idOf(0), isHidden: false }] }, other);
		await engine.storage.ledger.refresh();
		engine.engine.background.project();
		assert.equal(rowOf(0).isHidden, false);
		await Promise.all([
			change({ sessions: [{ sessionId: idOf(1), addTags: ['from here'] }] }),
			change({ sessions: [{ sessionId: idOf(1), addTags: ['from there'] }] }, other),
		]);
		await engine.storage.ledger.refresh();
		engine.engine.background.project();
		assert.deepEqual(rowOf(1).tags, ['from here', 'from there']);
		await other.close();
	});

	it('has tags that can be made, renamed, made one and deleted, each taken back again', async () => {
		await change({ createTags: ['idle'], sessions: [0, 1].map(index => ({ sessionId: idOf(index), addTags: ['chart'] })) });
		await change({ sessions: [{ sessionId: idOf(1), addTags: ['legend'] }] });
		const tags = () => engine.engine.background.marks.tags().map(({ name, sessions }) => `${name} ${sessions}`);
		assert.deepEqual(tags(), ['chart 2', 'idle 0', 'legend 1']);
		const steps: readonly (readonly [MarkChange, readonly string[]])[] = [
			[{ renameTag: { from: 'chart', to: 'Chart' } }, ['Chart 2', 'idle 0', 'legend 1']],
			[{ renameTag: { from: 'chart', to: 'plots' } }, ['idle 0', 'legend 1', 'plots 2']],
			[{ renameTag: { from: 'chart', to: 'legend' } }, ['idle 0', 'legend 2']],
			[{ deleteTags: ['chart', 'idle', 'nobody'] }, ['legend 1']],
			[{ renameTag: { from: 'nobody', to: 'somebody' } }, ['chart 2', 'idle 0', 'legend 1']],
		];
		for (const [wanted, after] of steps) {
			const before = inLedger();
			const { undo } = await change(wanted);
			assert.deepEqual(tags(), after);
			await change(undo);
			assert.deepEqual(inLedger(), before, JSON.stringify(wanted));
		}
	});

	it('is one line where a line is meant, of a length that can be shown, and nothing where nothing was typed', async () => {
		await change({
			sessions: [{ sessionId: idOf(0), title: ` a\n\tb\u0007 `, note: '  \n ', addTags: [`  x\n${'y'.repeat(5_000)}`] }],
		});
		assert.deepEqual([rowOf(0).title, rowOf(0).note, rowOf(0).tags], ['a b', null, [`x ${'y'.repeat(58)}`]]);
		await change({ sessions: [{ sessionId: idOf(0), title: `${'😀'.repeat(149)}a😀😀`, note: 'n'.repeat(50_000) }] });
		assert.equal(rowOf(0).title, `${'😀'.repeat(149)}a`);
		assert.equal(rowOf(0).note?.length, 20_000);
		await change({ sessions: [{ sessionId: idOf(0), title: ' ' }] });
		assert.equal(rowOf(0).title, 'Draw the chart');
	});

	it('refuses a tag without a name, and then changes nothing', async () => {
		const before = inLedger();
		for (const wanted of [
			{ sessions: [{ sessionId: idOf(0), title: 'x', addTags: [' \n'] }] },
			{ createTags: [''] },
			{ renameTag: { from: 'a', to: '\t' } },
		])
			await assert.rejects(change(wanted), { name: 'MarksRefused', reason: 'bad-tag' });
		assert.deepEqual(inLedger(), before);
		assert.deepEqual(marksOf(0), none);
	});

	it('is searched and shown by the name it was given', async () => {
		await engine.engine.configure({ search: { isEnabled: true } });
		await engine.engine.searching.upToDate();
		const titles = async (text: string) => (await find(engine, text)).hits.map(({ title }) => title);
		assert.deepEqual(await titles('zeppelin'), []);
		const { undo } = await change({ sessions: [{ sessionId: idOf(0), title: 'Zeppelin' }] });
		assert.deepEqual(await titles('zeppelin'), ['Zeppelin']);
		await change(undo);
		assert.deepEqual(await titles('zeppelin'), []);
	});

	it('keeps names that would be code elsewhere', async () => {
		const odd = `'); DROP TABLE pins; -- "__proto__" %_`;
		await change({ sessions: [{ sessionId: idOf(0), title: odd, addTags: [odd, '__proto__'] }] });
		assert.deepEqual([rowOf(0).title, rowOf(0).tags], [odd, [odd, '__proto__']]);
	});

	it('stays with a session that is not in the index yet, and shows when it comes', async () => {
		const talk = conversation({ seed: 'later', cwd: home.root });
		await change({ sessions: [{ sessionId: talk.sessionId, title: 'Foreseen' }] });
		home.transcript(talk, [userPrompt(talk, 'Now'), assistantText(talk, 'Yes.')]);
		await engine.index();
		assert.equal(engine.engine.views.session(talk.sessionId)?.title, 'Foreseen');
	});
});
