import assert from 'node:assert/strict';
import {
	everySession,
	type Facet,
	type Grouping,
	type GroupName,
	type GroupsQuery,
	type SessionFilter,
	type SessionOrder,
} from '../../../src/extension/engine/calls/listing.ts';
import { groupings, orders } from '../../../src/extension/ui/presentation/viewChoices.ts';
import type { SessionRow } from '../../../src/webview/contract/sessions.ts';
import { manySessionId, writeManySessions } from '../../support/manySessions.ts';
import { ClaudeHome } from './claudeHome.ts';
import { HeadlessEngine } from './headless.ts';

const now = new Date('2026-11-18T12:00:00Z');
const plain: GroupsQuery = { scope: 'all', filter: everySession, grouping: 'none', order: 'activity', weekStartsOn: 'monday' };

describe('The list of 3,000 sessions', () => {
	let home: ClaudeHome;
	let engine: HeadlessEngine;
	/** As a list that nobody groups gives them, forks included. */
	let all: readonly SessionRow[];
	const [pinned, hidden, tagged] = [
		[5, 600, 2_700],
		[7, 50, 900],
		[5, 8, 50, 1_200],
	] as const;

	before(async function () {
		this.timeout(60_000);
		home = new ClaudeHome('listing');
		engine = await HeadlessEngine.open(home.dir, { now: () => now, timeZone: 'Europe/Berlin', workspaceFolders: [] });
		writeManySessions(engine.storage.tables, { count: 3_000, nowMs: now.getTime(), days: 72 });
		await engine.engine.background.marks.change({
			sessions: [
				...pinned.map(index => ({ sessionId: manySessionId(index), pinnedAt: now.toISOString() })),
				...hidden.map(index => ({ sessionId: manySessionId(index), isHidden: true })),
				...tagged.map(index => ({ sessionId: manySessionId(index), addTags: index % 2 === 0 ? ['later', 'Ask Ann'] : ['later'] })),
				{ sessionId: manySessionId(8), note: 'Mentions a zeppelin', title: 'Åland timetable' },
			],
		});
		all = Array.from({ length: 3_000 }, (_, index) => engine.engine.views.session(manySessionId(index))).flatMap(row => row ?? []);
		assert.equal(all.length, 3_000);
	});
	after(async () => {
		await engine.close();
		home.remove();
	});

	const query = (changes: Partial<GroupsQuery> = {}, filter: Partial<SessionFilter> = {}): GroupsQuery => ({
		...plain,
		...changes,
		filter: { ...everySession, ...filter },
	});
	const listing = () => engine.engine.listing;
	const rowsOf = (asked: GroupsQuery, group: GroupName): SessionRow[] => {
		const rows: SessionRow[] = [];
		for (;;) {
			const slice = listing().page({ ...asked, group, offset: rows.length, limit: 200 });
			assert.ok(slice.rows.length <= 200);
			rows.push(...slice.rows);
			if (slice.rows.length < 200) {
				assert.equal(slice.total, rows.length);
				return rows;
			}
			assert.ok(slice.total >= rows.length);
		}
	};
	const idsOf = (rows: readonly SessionRow[]) => rows.map(({ id }) => id).sort();
	const shown = () => all.filter(row => !row.isHidden);
	/** What the list must hold at its top level: no session whose parent is listed. */
	const roots = () => {
		const listed = new Set(shown().map(({ id }) => id));
		return shown().filter(row => row.isPinned || row.parentSessionId === null || !listed.has(row.parentSessionId));
	};

	for (const grouping of groupings) {
		it(`holds every session that is not below another in the groups by ${grouping}, as many as the groups count`, () => {
			const asked = query({ grouping });
			const { groups, sessions, moreGroups, hidden: notShown } = listing().groups(asked);
			assert.equal(sessions, roots().length);
			assert.equal(moreGroups, 0);
			assert.equal(notShown, hidden.length);
			const found = groups.flatMap(group => {
				const rows = rowsOf(asked, group);
				assert.equal(rows.length, group.sessions, group.key);
				assert.ok(rows.every(row => row.isPinned === group.isPinned));
				return rows;
			});
			assert.deepEqual([...new Set(idsOf(found))], idsOf(roots()));
			assert.deepEqual(groups[0], { isPinned: true, key: '', name: null, sessions: pinned.length });
		});
	}

	it('groups by what the sessions themselves say', () => {
		const statusOf = (row: SessionRow) => (row.gone || row.stub ? 'gone' : row.status);
		const keys: Readonly<Partial<Record<Grouping, (row: SessionRow) => readonly string[]>>> = {
			category: row => [row.category?.l2 ?? ''],
			branch: row => [row.gitBranch ?? ''],
			status: row => [statusOf(row)],
			tag: row => (row.tags.length === 0 ? [''] : row.tags),
		};
		for (const [grouping, keysOf] of Object.entries(keys) as [Grouping, (row: SessionRow) => readonly string[]][]) {
			const asked = query({ grouping });
			const { groups } = listing().groups(asked);
			assert.ok(groups.length > 3, grouping);
			const unpinned = groups.filter(({ isPinned }) => !isPinned);
			for (const group of [...unpinned.slice(0, 6), ...unpinned.slice(-1)]) {
				const expected = roots().filter(row => !row.isPinned && keysOf(row).includes(group.key));
				assert.deepEqual(idsOf(rowsOf(asked, group)), idsOf(expected), `${grouping} ${group.key}`);
			}
		}
	});

	it('puts groups in the order in which people look for them', () => {
		const keys = (grouping: Grouping) =>
			listing()
				.groups(query({ grouping }))
				.groups.filter(({ isPinned }) => !isPinned);
		assert.deepEqual(
			keys('day')
				.map(({ key }) => key)
				.slice(0, 5),
			['today', 'yesterday', 'week', 'month-2026-11', 'month-2026-10'],
		);
		assert.equal(keys('day').at(-1)?.key, 'undated');
		assert.deepEqual(
			keys('status').map(({ key }) => key),
			['waiting_for_input', 'error', 'not_started', 'completed', 'gone'],
		);
		assert.deepEqual(
			keys('tag').map(({ key }) => key),
			['Ask Ann', 'later', ''],
		);
		const categories = keys('category');
		const counts = categories.slice(0, -1).map(({ sessions }) => sessions);
		assert.deepEqual(
			counts,
			counts.toSorted((a, b) => b - a),
		);
		assert.equal(categories.at(-1)?.key, '');
		assert.equal(keys('project').at(-1)?.key, '');
		assert.ok(keys('project').every(({ key, name }) => key === '' || key.endsWith(`/${name ?? ''}`)));
	});

	it('puts sessions without a time, a cost or a title last, and all others in the order asked for', () => {
		const valueOf: Readonly<Record<SessionOrder, (row: SessionRow) => number | string | null>> = {
			activity: row => row.endedAt,
			start: row => row.startedAt,
			cost: row => row.costUsd,
			tokens: ({ tokens }) => tokens.input + tokens.output,
			length: row => row.activeMs,
			title: row => (row.title === '' ? null : row.title.replaceAll(/[A-Z]/g, letter => letter.toLowerCase())),
		};
		for (const order of orders) {
			const rows = rowsOf(query({ order }, { mode: 'background' }), { isPinned: false, key: '' });
			const values = rows.map(valueOf[order]);
			const given = values.filter(value => value !== null);
			assert.deepEqual(values.slice(0, given.length), given, order);
			const direction = order === 'title' ? 1 : -1;
			const bytes = (value: number | string) => (typeof value === 'string' ? Buffer.from(value) : value);
			for (let index = 1; index < given.length; index++) {
				const [a, b] = [bytes(given[index - 1] ?? ''), bytes(given[index] ?? '')];
				const difference = a instanceof Buffer && b instanceof Buffer ? Buffer.compare(a, b) : Number(a) - Number(b);
				assert.ok(difference * direction <= 0, `${order}: ${String(given[index - 1])} before ${String(given[index])}`);
			}
		}
	});

	it('stands under the day of its start when it is sorted by its start', () => {
		const { groups } = listing().groups(query({ grouping: 'day', order: 'start' }));
		const yesterday = rowsOf(query({ grouping: 'day', order: 'start' }), { isPinned: false, key: 'yesterday' });
		assert.equal(groups.find(({ key }) => key === 'yesterday')?.sessions, yesterday.length);
		assert.ok(yesterday.length > 0);
		for (const { startedAt } of yesterday) {
			// Berlin is an hour ahead.
			const local = new Date(Date.parse(startedAt ?? '') + 3_600_000).toISOString();
			assert.equal(local.slice(0, 10), '2026-11-17');
		}
	});

	it('is cut down by each filter, and by several together', () => {
		const one = all.find(row => row.gitBranch !== null && row.category !== null && row.models.length > 0 && row.project !== '');
		assert.ok(one);
		const path = engine.storage.tables.sessions.projects().find(({ name }) => name === one.project)?.path ?? '';
		const filters: readonly (readonly [Partial<SessionFilter>, (row: SessionRow) => boolean])[] = [
			[{ category: one.category?.l1 ?? '' }, row => row.category?.l1 === one.category?.l1],
			[{ category: one.category?.l3 ?? '' }, row => row.category?.l3 === one.category?.l3],
			[{ category: '' }, row => row.category === null],
			[{ branch: one.gitBranch }, row => row.gitBranch === one.gitBranch],
			[{ branch: '' }, row => row.gitBranch === null],
			[{ project: path }, row => row.project === one.project],
			[{ project: '' }, row => row.project === ''],
			[{ model: one.models[0] ?? '' }, row => row.models.includes(one.models[0] ?? '')],
			[{ status: 'gone' }, row => row.gone || row.stub],
			[{ status: 'error' }, row => row.status === 'error' && !row.gone && !row.stub],
			[{ mode: 'background' }, row => row.mode === 'background'],
			[{ tag: 'LATER' }, row => row.tags.includes('later')],
			[{ tag: '' }, row => row.tags.length === 0],
			[{ onlyPinned: true }, row => row.isPinned],
			[{ words: 'ZEPPELIN' }, row => row.note !== null],
			[{ words: 'åland' }, row => row.title.startsWith('Åland')],
			[{ words: 'ask ann' }, row => row.tags.includes('Ask Ann')],
			[{ words: '設定 2996' }, row => row.title === '設定 2996'],
			[
				{ category: one.category?.l2 ?? '', branch: one.gitBranch, mode: one.mode },
				row => row.category?.l2 === one.category?.l2 && row.gitBranch === one.gitBranch && row.mode === one.mode,
			],
		];
		for (const [filter, holds] of filters) {
			const asked = query({}, filter);
			const { groups, sessions } = listing().groups(asked);
			const found = groups.flatMap(group => rowsOf(asked, group));
			assert.deepEqual(idsOf(found), idsOf(shown().filter(holds)), JSON.stringify(filter));
			assert.equal(sessions, found.length);
		}
		assert.equal(listing().groups(query({}, { words: "%' OR 1=1 --" })).sessions, 0);
	});

	it('shows what was hidden when that is asked for, and then hides nothing', () => {
		const { sessions, hidden: notShown } = listing().groups(query({}, { showsHidden: true }));
		assert.equal(notShown, 0);
		assert.ok(sessions > roots().length - hidden.length);
		const rows = rowsOf(query({}, { showsHidden: true, tag: 'later' }), { isPinned: false, key: '' });
		assert.ok(rows.some(row => row.isHidden));
	});

	it('offers as filters what sessions have, with as many sessions as the filter then shows', () => {
		const facets: readonly Facet[] = ['category', 'branch', 'project', 'model', 'status', 'tag', 'mode'];
		const filter = { ...everySession, words: 'timetable', branch: null };
		for (const of of facets) {
			const values = listing().facetValues({ scope: 'all', filter: { ...filter, [of]: 'whatever it is now' }, of });
			assert.ok(values.length > 1 && values.length <= 200, of);
			for (const { value, sessions } of [...values.slice(0, 3), ...values.slice(-1)])
				assert.equal(listing().groups(query({}, { ...filter, [of]: value })).sessions, sessions, `${of} ${value}`);
		}
	});

	it('gives the forks of a session when it is opened, and says before how many there are', () => {
		const asked = query();
		const slice = listing().page({ ...asked, group: { isPinned: false, key: '' }, offset: 0, limit: 200 });
		const [parent, count] = Object.entries(slice.forks)[0] ?? ['', 0];
		const { rows, total } = listing().forks({ sessionId: parent, showsHidden: false, offset: 0, limit: 200 });
		assert.ok(count > 0);
		assert.deepEqual([rows.length, total], [count, count]);
		assert.ok(rows.every(row => row.parentSessionId === parent));
		assert.deepEqual(listing().forks({ sessionId: 'nobody', showsHidden: false, offset: 0, limit: 200 }), {
			rows: [],
			total: 0,
			forks: {},
		});
	});

	it('names all sessions of a group at once, with those below them', () => {
		const ids = new Set(listing().ids({ ...query(), group: { isPinned: false, key: '' } }));
		const pins = new Set(listing().ids({ ...query(), group: { isPinned: true, key: '' } }));
		for (const id of pinned.map(manySessionId)) assert.ok(pins.has(id));
		for (const { id } of roots().filter(row => !row.isPinned)) assert.ok(ids.has(id));
		for (const id of hidden.map(manySessionId)) assert.ok(!ids.has(id));
		const filtered = listing().ids({ ...query({}, { tag: 'later' }), group: { isPinned: false, key: '' } });
		assert.deepEqual([...filtered].sort(), tagged.filter(index => index !== 5 && index !== 50).map(manySessionId));
	});

	it('gives no more than 200 rows, whatever is asked for', () => {
		const group = { isPinned: false, key: '' };
		assert.equal(listing().page({ ...query(), group, offset: -3, limit: 100_000 }).rows.length, 200);
		assert.equal(listing().page({ ...query(), group, offset: 1_000_000, limit: 200 }).rows.length, 0);
		assert.equal(
			listing().page({ ...query({ grouping: 'day' }), group: { isPinned: false, key: 'month-1999-01' }, offset: 0, limit: 5 }).total,
			0,
		);
	});

	it('shows the forks of a hidden session, which have nowhere else to stand', async () => {
		const fork = all.find(row => row.parentSessionId !== null && !row.isHidden && !row.isPinned);
		assert.ok(fork);
		const sessionId = fork.parentSessionId ?? '';
		const isListed = () => rowsOf(query(), { isPinned: false, key: '' }).some(({ id }) => id === fork.id);
		const { undo } = await engine.engine.background.marks.change({ sessions: [{ sessionId, isHidden: true }] });
		assert.ok(isListed());
		await engine.engine.background.marks.change(undo);
		assert.ok(!isListed());
	});
});
