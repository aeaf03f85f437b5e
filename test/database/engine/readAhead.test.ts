import assert from 'node:assert/strict';
import type { Insights } from '../../../src/extension/engine/insights.ts';
import { KeptHistory } from '../../../src/extension/engine/keptHistory.ts';
import type { SessionPageQuery } from '../../../src/webview/contract/sessions.ts';
import { manySessionId, writeManySessions } from '../../support/manySessions.ts';
import { ClaudeHome } from './claudeHome.ts';
import { HeadlessEngine } from './headless.ts';

const now = new Date('2026-11-18T12:00:00Z');
/** Three pieces of it are read ahead. */
const count = 1_200;
const query: SessionPageQuery = {
	scope: 'all',
	range: 'all',
	selector: null,
	model: null,
	sort: 'startedAt',
	descending: true,
	filter: '',
	offset: 0,
	limit: 5,
};

describe('The history of the panel, read before somebody opens it', () => {
	let home: ClaudeHome;
	let engine: HeadlessEngine;
	before(async () => {
		home = new ClaudeHome('read-ahead');
		engine = await HeadlessEngine.open(home.dir, { now: () => now, timeZone: 'Europe/Berlin', workspaceFolders: [] });
		writeManySessions(engine.storage.tables, { count, nowMs: now.getTime(), days: 72 });
	});
	after(async () => {
		await engine.close();
		home.remove();
	});

	const kept = () => new KeptHistory(engine.storage.tables.db);
	/** As it is when nothing was read ahead. */
	const whole = () => [...kept().sessions];
	const rename = (index: number, title: string) => {
		const { sessions } = engine.storage.tables;
		sessions.update(sessions.rowIdOf(manySessionId(index)), { title });
		return manySessionId(index);
	};
	const titleIn = (history: KeptHistory, index: number) =>
		[...history.sessions.values()].find(({ row }) => row.session_id === manySessionId(index))?.row.title;

	it('is the one that would be read at once', async () => {
		const history = kept();
		await history.readAhead();
		assert.equal(history.sessions.size, count);
		assert.deepEqual([...history.sessions], whole());
	});

	it('leaves turns to others, and is read to its end by whoever needs it meanwhile', async () => {
		const history = kept();
		const reading = history.readAhead();
		const turn = await Promise.race([reading.then(() => 'read'), new Promise(resolve => setImmediate(() => resolve('another')))]);
		assert.equal(turn, 'another');
		assert.deepEqual([...history.sessions], whole());
		await reading;
		assert.deepEqual([...history.sessions], whole());
	});

	it('has what changed while it was read, and what was added', async () => {
		const history = kept();
		const reading = history.readAhead();
		history.changed([rename(3, 'renamed meanwhile'), rename(count - 1, 'renamed before it was read'), rename(count, 'added meanwhile')]);
		await reading;
		assert.deepEqual(
			[3, count - 1, count].map(index => titleIn(history, index)),
			['renamed meanwhile', 'renamed before it was read', 'added meanwhile'],
		);
	});

	it('is left when anything may have changed, and read by whoever asks', async () => {
		const history = kept();
		const reading = history.readAhead();
		rename(5, 'all anew');
		history.changed(null);
		await reading;
		assert.equal(titleIn(history, 5), 'all anew');
	});

	it('is asked for once while somebody looks at the sessions, and shows in the figures of nothing', async () => {
		const insights: Insights = engine.engine.insights;
		await insights.readAhead();
		const first = insights.page({ page: 'overview', query: { scope: 'all', range: 'all' } });
		await insights.readAhead();
		assert.deepEqual(insights.page({ page: 'overview', query: { scope: 'all', range: 'all' } }), first);
		assert.equal(insights.sessionPage(query).total, count + 1);
	});
});
