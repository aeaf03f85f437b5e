import assert from 'node:assert/strict';
import { KeptHistory } from '../../../src/extension/engine/keptHistory.ts';
import { manySessionId, writeManySessions } from '../../support/manySessions.ts';
import { ClaudeHome } from './claudeHome.ts';
import { HeadlessEngine } from './headless.ts';

const now = new Date('2026-11-18T12:00:00Z');
/** Three pieces of it are read ahead. */
const count = 1_200;

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

	it('loses a session that was forgotten while it was read', async () => {
		const history = kept();
		const reading = history.readAhead();
		const id = rename(count, 'gone meanwhile');
		engine.storage.tables.db.prepare('DELETE FROM sessions WHERE session_id = ?').run(id);
		history.changed([id]);
		await reading;
		assert.equal(history.sessions.size, count);
		assert.equal(titleIn(history, count), undefined);
	});

	it('is read once, whoever asks for it how often', async () => {
		const history = kept();
		await Promise.all([history.readAhead(), history.readAhead()]);
		const { sessions, version } = history;
		await history.readAhead();
		assert.equal(history.sessions, sessions);
		assert.equal(history.version, version);
	});

	it('is read again where much of it changed, and left alone where little did', async () => {
		const history = kept();
		await history.readAhead();
		const { version } = history;
		history.changed([rename(7, 'one of a few')]);
		await history.readAhead();
		assert.equal(history.version, version);
		history.changed(Array.from({ length: 600 }, (_, index) => manySessionId(index)));
		assert.equal(history.isRead, false);
		await history.readAhead();
		assert.ok(history.isRead);
		assert.equal(titleIn(history, 7), 'one of a few');
		assert.deepEqual([...history.sessions], whole());
	});

	it('is not read at once for what may wait, after it was left', async () => {
		const { history, insights } = engine.engine;
		for (const change of [null, Array.from({ length: 600 }, (_, index) => manySessionId(index))]) {
			history.changed(null);
			const reading = insights.readAhead();
			history.changed(change);
			await reading;
			assert.equal(history.isRead, false);
		}
	});

	it('gives the figures that are there without', async () => {
		const pageOf = () => engine.engine.insights.page({ page: 'overview', query: { scope: 'all', range: 'all' } });
		engine.engine.history.changed(null);
		const without = pageOf();
		engine.engine.history.changed(null);
		await engine.engine.insights.readAhead();
		assert.ok(engine.engine.history.isRead);
		assert.deepEqual(pageOf(), without);
		assert.ok(without.head.sessions > 0);
	});
});
