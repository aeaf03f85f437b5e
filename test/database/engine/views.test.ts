import assert from 'node:assert/strict';
import type { ModelRow } from '../../../src/webview/contract/cost.ts';
import type { OverviewFigures } from '../../../src/webview/contract/overview.ts';
import type { InsightsQuery, SessionPageQuery, SessionRow, TimeRange } from '../../../src/webview/contract/sessions.ts';
import { generateHistory } from '../../support/historyGenerator/history.ts';
import { assistantText, conversation, userPrompt } from '../../support/historyGenerator/records.ts';
import { ClaudeHome } from './claudeHome.ts';
import { HeadlessEngine } from './headless.ts';

const now = new Date('2026-03-31T20:00:00Z');
let instant = now;

const total = ({ tokens }: Pick<SessionRow, 'tokens'>): number =>
	tokens.input + tokens.output + tokens.cacheRead + tokens.cacheWrite5m + tokens.cacheWrite1h;

/** Sums of fractions of a cent differ in their last digits by the order of adding. */
const cents = (row: ModelRow): ModelRow => ({ ...row, costUsd: row.costUsd === null ? null : Number(row.costUsd.toFixed(9)) });

describe('What the views are told', () => {
	let home: ClaudeHome;
	let engine: HeadlessEngine;
	before(async function () {
		this.timeout(60_000);
		home = new ClaudeHome('views');
		// More sessions than a list may give at once; spread over 400 days, so that there is a period before each.
		generateHistory(home.dir, { seed: 21, sessions: 230, bytes: 3_000_000, days: 400, projects: 3 });
		const timeless = conversation({ sessionId: 'timeless' });
		home.transcript(timeless, [
			userPrompt(timeless, 'x', { timestamp: undefined }),
			assistantText(timeless, 'y', { fields: { timestamp: undefined } }),
		]);
		engine = await HeadlessEngine.open(home.dir, { now: () => instant, timeZone: 'America/New_York', workspaceFolders: [] });
		await engine.index();
	});
	after(async () => {
		await engine.close();
		home.remove();
	});

	function overview(query: InsightsQuery): OverviewFigures & { readonly lastDay: string | null } {
		const { page, head, figures } = engine.engine.insights.page({ page: 'overview', query });
		assert.equal(page, 'overview');
		return { ...figures, lastDay: head.lastDay };
	}
	function models(query: InsightsQuery): readonly ModelRow[] {
		const { page, figures } = engine.engine.insights.page({ page: 'cost', query });
		assert.equal(page, 'cost');
		return figures.models;
	}
	const insights = (range: TimeRange) => ({ ...overview({ scope: 'all', range }), models: models({ scope: 'all', range }) });
	const pageQuery: SessionPageQuery = {
		scope: 'all',
		range: 'all',
		filter: '',
		model: null,
		sort: 'startedAt',
		descending: true,
		offset: 0,
		limit: 50,
	};

	/** All rows of a query, page by page. */
	function rowsOf(change: Partial<SessionPageQuery>): SessionRow[] {
		const rows: SessionRow[] = [];
		for (;;) {
			const page = engine.engine.insights.sessionPage({ ...pageQuery, limit: 97, ...change, offset: rows.length });
			assert.ok(page.rows.length <= 97);
			rows.push(...page.rows);
			if (page.rows.length === 0) {
				assert.equal(rows.length, page.total);
				return rows;
			}
		}
	}

	it('agrees with the report for all time', () => {
		const { totals, models } = engine.figures();
		const snapshot = insights('all');
		const { tokens } = totals;
		assert.deepEqual(
			[
				snapshot.totals.sessions.now,
				snapshot.totals.responses.now,
				snapshot.totals.userPrompts.now,
				snapshot.totals.toolCalls.now,
				snapshot.totals.tokenCounts,
				snapshot.totals.tokens.now,
			],
			[
				totals.sessions,
				totals.responses,
				totals.userPrompts,
				totals.toolCalls,
				tokens,
				tokens.input + tokens.output + tokens.cacheRead + tokens.cacheWrite5m + tokens.cacheWrite1h,
			],
		);
		assert.ok(Math.abs(snapshot.totals.costUsd.now - (totals.costUsd ?? 0)) < 1e-6);
		assert.deepEqual(snapshot.models.map(cents), models.map(cents));
		assert.deepEqual(snapshot.totals.unpricedModels, totals.unpricedModels);
		assert.equal(snapshot.totals.responses.before, null);
	});

	for (const range of ['today', '7d', '30d', '90d', '365d', 'all'] as const) {
		it(`adds the days up to the totals (${range})`, () => {
			const { days, daysAre, totals, models, lastDay } = insights(range);
			const sum = (key: 'responses' | 'tokens' | 'costUsd'): number => days.reduce((before, day) => before + day[key], 0);
			// The session without a time counts in all time and on no day.
			const timeless = range === 'all' ? engine.session('timeless') : null;
			const lost = timeless === null ? 0 : total(timeless);
			assert.deepEqual([sum('responses'), sum('tokens')], [totals.responses.now - (timeless === null ? 0 : 1), totals.tokens.now - lost]);
			assert.ok(Math.abs(sum('costUsd') - totals.costUsd.now + (timeless?.costUsd ?? 0)) < 1e-6);
			assert.equal(
				models.reduce((sum, model) => sum + model.responses, 0),
				totals.responses.now,
			);
			assert.equal(lastDay, '2026-03-31');
			assert.equal(daysAre, range === 'all' ? 'weeks' : 'days');
			if (range !== 'all') assert.equal(days.length, range === 'today' ? 1 : Number.parseInt(range));
		});
	}

	it('compares a period with the one before it', () => {
		const [month, quarter] = [insights('30d').totals, insights('90d').totals];
		assert.ok(month.responses.now > 0 && (month.responses.before ?? 0) > 0);
		assert.ok((month.responses.before ?? 0) + month.responses.now <= quarter.responses.now);
		assert.ok((month.toolCalls.before ?? 0) > 0 && (month.userPrompts.before ?? 0) > 0 && (month.activeMs.before ?? 0) > 0);
	});

	it('counts the same prompts, calls and active time by quarters of an hour as by sessions', () => {
		const timeless = engine.session('timeless');
		const bySession = insights('all').totals;
		const days = { first: '2020-01-01', last: '2026-03-31' };
		const byQuarter = overview({ scope: 'all', range: 'all', days }).totals;
		assert.deepEqual(
			[byQuarter.userPrompts.now, byQuarter.toolCalls.now, byQuarter.activeMs.now],
			[bySession.userPrompts.now - timeless.userPrompts, bySession.toolCalls.now - timeless.toolCalls, bySession.activeMs.now],
		);
		assert.ok(bySession.toolCalls.now > 0 && bySession.activeMs.now > 0);
	});

	it('says at a glance what the overview says of today', async () => {
		for (const timeZone of ['America/New_York', 'Asia/Kathmandu', 'Pacific/Kiritimati']) {
			await engine.engine.configure({ timeZone });
			for (const at of ['2026-03-31T20:00:00Z', '2026-03-08T12:00:00Z', '2026-01-15T03:00:00Z']) {
				instant = new Date(at);
				const { totals } = overview({ scope: 'all', range: 'today' });
				const glance = engine.engine.insights.today('all');
				assert.equal(glance.sessions, totals.sessions.now, `${timeZone} ${at}`);
				assert.ok(Math.abs(glance.costUsd - totals.costUsd.now) < 1e-9);
			}
		}
		instant = now;
		await engine.engine.configure({ timeZone: 'America/New_York' });
	});

	it('pages through every session once, at most 200 at a time', () => {
		const ids = rowsOf({}).map(row => row.id);
		assert.equal(new Set(ids).size, ids.length);
		assert.equal(ids.length, engine.figures().sessions.length);
		assert.ok(ids.length > 200);
		assert.equal(engine.engine.insights.sessionPage({ ...pageQuery, limit: 10_000 }).rows.length, 200);
		assert.equal(engine.engine.insights.sessionPage({ ...pageQuery, limit: -5, offset: -5 }).rows.length, 1);
		assert.equal(engine.engine.views.sessions({ scope: 'all', offset: 0, limit: 10_000, filter: '', category: null }).rows.length, 200);
	});

	const keys: Readonly<Record<SessionPageQuery['sort'], (row: SessionRow) => string | number | null>> = {
		startedAt: row => row.startedAt,
		title: row => (row.title === '' ? null : row.title.replaceAll(/[A-Z]/g, letter => letter.toLowerCase())),
		project: row => (row.project === '' ? null : row.project.toLowerCase()),
		costUsd: row => row.costUsd,
		tokens: total,
		responses: row => row.responses,
		userPrompts: row => row.userPrompts,
		toolCalls: row => row.toolCalls,
		activeMs: row => row.activeMs,
	};
	for (const sort of Object.keys(keys) as SessionPageQuery['sort'][]) {
		it(`sorts by ${sort} both ways, rows without one last`, () => {
			for (const descending of [false, true]) {
				const values = rowsOf({ sort, descending }).map(keys[sort]);
				const first = values.indexOf(null);
				if (first >= 0) assert.ok(values.slice(first).every(value => value === null));
				const given = first < 0 ? values : values.slice(0, first);
				const bytes = (value: string | number | null): Buffer | number => (typeof value === 'string' ? Buffer.from(value) : (value ?? 0));
				given.forEach((value, i) => {
					const [a, b] = [bytes(given[i - 1] ?? value), bytes(value)];
					const order = a instanceof Buffer && b instanceof Buffer ? Buffer.compare(a, b) : Number(a) - Number(b);
					assert.ok(descending ? order >= 0 : order <= 0, `${String(given[i - 1])} before ${String(value)}`);
				});
			}
		});
	}

	it('filters by words in title, branch, project and first prompt, all of them, in any case', () => {
		const all = rowsOf({});
		const one = all.find(row => row.gitBranch?.startsWith('feature/') === true && row.project !== '');
		assert.ok(one);
		const found = rowsOf({ filter: `  ${one.gitBranch?.toUpperCase() ?? ''} ${one.project} ` });
		assert.ok(found.some(row => row.id === one.id) && found.length < all.length);
		assert.ok(found.every(row => row.gitBranch === one.gitBranch && row.project === one.project));
		assert.deepEqual(rowsOf({ filter: "%_'; DROP TABLE sessions; --" }), []);
	});

	it('shows by model the sessions that used it', () => {
		for (const { model } of insights('all').models) {
			const rows = rowsOf({ model });
			assert.deepEqual(
				rows.map(row => row.id).toSorted(),
				rowsOf({})
					.filter(row => row.models.includes(model))
					.map(row => row.id)
					.toSorted(),
			);
			assert.ok(rows.length > 0);
		}
		assert.deepEqual(rowsOf({ model: 'no such model' }), []);
	});

	it('shows behind each day the sessions that the day counts', () => {
		const { days } = insights('90d');
		const busy = days.filter(day => day.sessions > 0);
		assert.ok(busy.length > 20);
		for (const { day, sessions } of days)
			assert.equal(
				rowsOf({ range: '90d', selector: { kind: 'days', first: day, last: day } }).filter(row => !row.stub && !row.gone).length,
				sessions,
				day,
			);
		const [first, last] = [days[10]?.day ?? '', days[16]?.day ?? ''];
		const week = rowsOf({ range: '90d', selector: { kind: 'days', first, last } });
		assert.ok(week.length >= Math.max(...days.slice(10, 17).map(day => day.sessions)));
	});

	it('puts forks below their origin and leaves them out of the list of roots', () => {
		const { rows, children } = engine.engine.views.sessions({ scope: 'all', offset: 0, limit: 200, filter: '', category: null });
		const listed = new Set(rows.map(row => row.id));
		const nested = Object.values(children).flat();
		assert.ok(nested.length > 0);
		for (const child of nested) assert.ok(!listed.has(child.id) && child.parentSessionId !== null);
		const ends = rows.map(row => row.endedAt ?? row.startedAt ?? '');
		assert.deepEqual(ends, ends.toSorted().reverse());
	});

	it('adds the subagents of a session up to no more than the session', () => {
		const parent = rowsOf({}).find(row => row.subagents > 0);
		assert.ok(parent);
		const agents = engine.engine.views.subagents(parent.id);
		assert.equal(agents.length, parent.subagents);
		assert.ok(agents.reduce((sum, agent) => sum + agent.responses, 0) <= parent.responses);
		assert.ok(agents.reduce((sum, agent) => sum + (agent.costUsd ?? 0), 0) <= (parent.costUsd ?? 0) + 1e-9);
		assert.deepEqual(engine.engine.views.subagents('nobody'), []);
		assert.equal(engine.engine.views.session('nobody'), null);
		assert.equal(engine.engine.views.session(parent.id)?.responses, parent.responses);
	});

	it('says of a session that was quiet for ten minutes that it is over', async () => {
		const row = rowsOf({}).find(({ status }) => status === 'completed');
		assert.ok(row);
		const early = await HeadlessEngine.open(home.dir, { now: () => new Date(Date.parse(row.endedAt ?? '') + 60_000) });
		await early.index();
		const status = early.engine.views.session(row.id)?.status;
		assert.ok(status === 'waiting_for_input' || status === 'processing', status);
		await early.close();
	});

	it('covers the open folders only where the workspace is asked for', async () => {
		const { rows } = engine.engine.views.sessions({ scope: 'workspace', offset: 0, limit: 200, filter: '', category: null });
		assert.deepEqual(rows, []);
		const [one] = rowsOf({});
		await engine.engine.configure({ workspaceFolders: [one?.cwd ?? ''] });
		const inside = rowsOf({ scope: 'workspace' });
		assert.ok(inside.length > 0 && inside.length < rowsOf({}).length);
		assert.ok(inside.every(row => row.cwd?.startsWith(one?.cwd ?? '') === true));
		const { totals } = overview({ scope: 'workspace', range: 'all' });
		assert.equal(
			totals.responses.now,
			inside.reduce((sum, row) => sum + row.responses, 0),
		);
	});
});
