import assert from 'node:assert/strict';
import { readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import type { InsightsDocument } from '../../../src/extension/engine/insightsDocument.ts';
import { totalTokens } from '../../../src/extension/insights/selection.ts';
import type { UsageGroup } from '../../../src/extension/modelTools/definitions.ts';
import type { InsightsPage, InsightsPageName, InsightsPages } from '../../../src/webview/contract/insights.ts';
import type { SessionSelector } from '../../../src/webview/contract/selectors.ts';
import type { InsightsQuery, SessionPageQuery } from '../../../src/webview/contract/sessions.ts';
import { generateHistory } from '../../support/historyGenerator/history.ts';
import { assistantText, conversation, toolResult, toolUse, userPrompt } from '../../support/historyGenerator/records.ts';
import { ClaudeHome } from './claudeHome.ts';
import { HeadlessEngine } from './headless.ts';

const now = new Date('2026-03-31T20:00:00Z');
const all: InsightsQuery = { scope: 'all', range: 'all' };
const near = (actual: number, expected: number, what: string): void =>
	assert.ok(Math.abs(actual - expected) <= 1e-6 * Math.max(1, Math.abs(expected)), `${what}: ${actual} is not ${expected}`);

describe('The pages of the insights panel', () => {
	let home: ClaudeHome;
	let engine: HeadlessEngine;
	before(async function () {
		this.timeout(120_000);
		home = new ClaudeHome('insights');
		generateHistory(home.dir, { seed: 9, sessions: 160, bytes: 12_000_000, days: 200, projects: 4 });
		engine = await HeadlessEngine.open(home.dir, { now: () => now, timeZone: 'Europe/Berlin' });
		await engine.index();
	});
	after(async () => {
		await engine.close();
		home.remove();
	});

	function pageOf<P extends InsightsPageName>(
		page: P,
		query: InsightsQuery = all,
	): { head: InsightsPage['head']; figures: InsightsPages[P] } {
		const answer = engine.engine.insights.page({ page, query });
		assert.equal(answer.page, page);
		return { head: answer.head, figures: answer.figures as InsightsPages[P] };
	}

	function listed(selector: SessionSelector | null, query: InsightsQuery = all): { total: number; uncounted: number; ids: string[] } {
		const asked: SessionPageQuery = {
			...query,
			selector,
			sort: 'startedAt',
			descending: true,
			filter: '',
			model: query.model ?? null,
			offset: 0,
			limit: 200,
		};
		const { total, uncounted, rows } = engine.engine.insights.sessionPage(asked);
		return { total, uncounted, ids: rows.map(({ id }) => id) };
	}

	const queries: readonly InsightsQuery[] = [
		all,
		{ scope: 'all', range: '30d' },
		{ scope: 'all', range: 'all', days: { first: '2026-01-10', last: '2026-02-20' } },
		{ scope: 'all', range: '90d', mode: 'interactive' },
	];

	it('come to the totals of the report over all time, and say the same on every page', () => {
		const { totals, models } = engine.figures();
		const { figures, head } = pageOf('overview');
		const cost = pageOf('cost').figures;
		assert.deepEqual(
			[head.sessions, figures.totals.responses.now, figures.totals.userPrompts.now, figures.totals.toolCalls.now],
			[totals.sessions, totals.responses, totals.userPrompts, totals.toolCalls],
		);
		assert.deepEqual(figures.totals.tokenCounts, totals.tokens);
		near(figures.totals.costUsd.now, totals.costUsd ?? 0, 'cost');
		assert.deepEqual(
			cost.models.map(({ model, responses }) => [model, responses]).sort(),
			models.map(({ model, responses }) => [model, responses]).sort(),
		);
		for (const shares of [cost.projects, cost.categories])
			near(
				shares.rows.reduce((sum, { costUsd }) => sum + (costUsd ?? 0), 0),
				totals.costUsd ?? 0,
				'shares',
			);
		near(cost.reconciliation.steps.at(-1)?.costUsd ?? 0, totals.costUsd ?? 0, 'the last step');
		assert.equal(cost.reconciliation.steps.at(-1)?.tokens, figures.totals.tokens.now);
		assert.equal(pageOf('tools').figures.calls, totals.toolCalls);
	});

	it('add up day by day and hour by hour to their totals', () => {
		for (const query of queries) {
			const { totals, days, hours } = pageOf('overview', query).figures;
			const cost = pageOf('cost', query).figures;
			const sum = (points: readonly { readonly costUsd: number }[]): number => points.reduce((total, { costUsd }) => total + costUsd, 0);
			for (const points of [days, hours, cost.days]) near(sum(points), totals.costUsd.now, JSON.stringify(query));
			assert.equal(
				days.reduce((total, { responses }) => total + responses, 0),
				totals.responses.now,
			);
			assert.equal(
				hours.reduce((total, { prompts }) => total + prompts, 0),
				totals.userPrompts.now,
			);
			for (const day of cost.days)
				near(
					day.byModel.reduce((total, usd) => total + usd, 0),
					day.costUsd,
					day.day,
				);
		}
	});

	it('lead to as many sessions as they count', () => {
		for (const query of queries) {
			const what = JSON.stringify(query);
			const agree = (selector: SessionSelector, sessions: number): void =>
				assert.equal(listed(selector, query).total, sessions, `${what} ${JSON.stringify(selector)}`);
			/** Those of figures of sessions; stubs stand in the list too, because what they used counts. */
			const agreeCounted = (selector: SessionSelector, sessions: number): void => {
				const { total, uncounted } = listed(selector, query);
				assert.equal(total - uncounted, sessions, `${what} ${JSON.stringify(selector)}`);
			};
			const { figures, head } = pageOf('overview', query);
			assert.ok(head.sessions > 0, what);
			agreeCounted({ kind: 'days', first: head.firstDay ?? '', last: head.lastDay ?? '' }, head.sessions);
			if (figures.daysAre === 'days')
				for (const { day, sessions } of figures.days) agreeCounted({ kind: 'days', first: day, last: day }, sessions);
			for (const { day, sessions } of figures.calendar.days.slice(0, 40)) agreeCounted({ kind: 'days', first: day, last: day }, sessions);
			for (const { weekday, hour, sessions } of figures.hours) agreeCounted({ kind: 'hour', weekday, hour }, sessions);
			const cost = pageOf('cost', query).figures;
			for (const { key, sessions } of cost.projects.rows) agree({ kind: 'project', project: key }, sessions);
			for (const { key, sessions } of cost.branches.rows) agree({ kind: 'branch', branch: key }, sessions);
			for (const { model, sessions } of cost.unpriced) agree({ kind: 'unpriced', model }, sessions);
			for (const { startedAt, sessions } of cost.blocks.blocks.slice(0, 20)) agree({ kind: 'block', startedAt }, sessions);
			agree({ kind: 'subagents', model: null }, cost.subagents.sessions);
			for (const { model } of cost.subagents.byModel) assert.ok(listed({ kind: 'subagents', model }, query).total > 0);
			const { byRules, byModel, byPerson, stale } = pageOf('categories', query).figures;
			agree({ kind: 'sortedBy', by: 'rules' }, byRules);
			agree({ kind: 'sortedBy', by: 'model' }, byModel);
			agree({ kind: 'sortedBy', by: 'person' }, byPerson);
			agree({ kind: 'sortedBy', by: 'stale' }, stale);
			if (pageOf('jobs', query).figures.malformedLines > 0) assert.ok(listed({ kind: 'malformed' }, query).total > 0);
			for (const { l1, l2, l3 } of pageOf('categories', query).figures.sums)
				for (const category of [l1, l2, l3]) assert.ok(listed({ kind: 'category', category }, query).total > 0);
			for (const { l3, sessions } of pageOf('categories', query).figures.sums) agreeCounted({ kind: 'category', category: l3 }, sessions);
			const tools = pageOf('tools', query).figures;
			for (const { tool, sessions } of tools.tools) agree({ kind: 'tool', tool, only: 'calls' }, sessions);
			for (const { error, sessions } of tools.errorKinds) agree({ kind: 'error', error, tool: null }, sessions);
			for (const { path, sessions } of tools.files.rows) agree({ kind: 'file', path }, sessions);
			for (const { name, sessions } of tools.commands) agree({ kind: 'command', command: name }, sessions);
			for (const { name, sessions } of tools.skills) agree({ kind: 'skill', skill: name }, sessions);
			for (const { name, sessions } of tools.mcpServers) agree({ kind: 'mcpServer', server: name, only: 'calls' }, sessions);
			for (const { name, errors } of tools.mcpServers)
				assert.equal(listed({ kind: 'mcpServer', server: name, only: 'errors' }, query).total > 0, errors > 0);
			agree({ kind: 'apiErrors' }, tools.apiErrors.sessions);
			for (const { factor, outcome, detail, first, second } of pageOf('patterns', query).figures.patterns) {
				agree({ kind: 'pattern', factor, outcome, detail, side: 'first' }, first.sessions);
				agree({ kind: 'pattern', factor, outcome, detail, side: 'second' }, second.sessions);
			}
		}
	});

	it('offer as choices what the filters then find', () => {
		const { choices } = pageOf('overview').head;
		assert.ok(choices.projects.length > 1 && choices.models.length > 1 && choices.branches.length > 1);
		const counted = (filter: Partial<InsightsQuery>): number => pageOf('jobs', { ...all, ...filter }).head.sessions;
		for (const { value, sessions } of choices.projects) assert.equal(counted({ project: value }), sessions);
		for (const { value, sessions } of choices.branches) assert.equal(counted({ branch: value }), sessions);
		for (const { value, sessions } of choices.models) assert.equal(counted({ model: value }), sessions);
		for (const { value, sessions } of choices.modes) assert.equal(counted({ mode: value }), sessions);
		for (const { value, sessions } of choices.categories) assert.equal(counted({ category: value }), sessions);
	});

	it('split into the models of their filters', () => {
		const { costUsd } = pageOf('overview').figures.totals;
		const parts = pageOf('overview').head.choices.models.map(
			({ value }) => pageOf('overview', { ...all, model: value }).figures.totals.costUsd.now,
		);
		near(
			parts.reduce((sum, part) => sum + part, 0),
			costUsd.now,
			'parts',
		);
	});

	it('have nothing, and break nothing, where no session passes', () => {
		for (const query of [
			{ ...all, project: '/nowhere' },
			{ ...all, days: { first: '1999-01-01', last: '1999-01-02' } },
		]) {
			for (const page of ['overview', 'cost', 'categories', 'patterns', 'tools', 'jobs'] as const)
				assert.equal(pageOf(page, query).head.sessions, 0);
			assert.equal(listed(null, query).total, 0);
		}
	});

	it('go into a file under the names that the command prints, as they are filtered', async () => {
		const query: InsightsQuery = { scope: 'all', range: '30d', mode: 'interactive' };
		const file = path.join(home.dir, 'figures');
		const written = async (format: 'csv' | 'json'): Promise<string> => {
			const { bytes } = await engine.engine.exporting.figures({ query, format, byteOrderMark: false, file });
			const text = readFileSync(file, 'utf8');
			assert.equal(Buffer.byteLength(text), bytes);
			return text;
		};
		const { totals } = pageOf('overview', query).figures;
		assert.ok(totals.sessions.now > 0 && totals.sessions.now < pageOf('overview').figures.totals.sessions.now);
		const document = JSON.parse(await written('json')) as InsightsDocument;
		assert.deepEqual(document.overview.totals, totals);
		assert.deepEqual(document.cost.models, pageOf('cost', query).figures.models);
		assert.deepEqual(Object.keys(document), [
			'schema',
			'since',
			'until',
			'head',
			'overview',
			'cost',
			'categories',
			'patterns',
			'tools',
			'jobs',
		]);
		const lines = (await written('csv')).split('\r\n');
		assert.ok(lines.includes(`overview.totals.sessions.now,,,${totals.sessions.now}`));
		assert.ok(lines.includes(`overview.totals.costUsd.now,,,${totals.costUsd.now}`));
		rmSync(file);
	});
});

describe('What a model is told of use', () => {
	it('is what the cost page says, by model, project and category, in each zone and across changes of the clocks', async function () {
		this.timeout(60_000);
		const home = new ClaudeHome('told-use');
		generateHistory(home.dir, { seed: 31, sessions: 60, bytes: 2_000_000, days: 60, projects: 3 });
		const engine = await HeadlessEngine.open(home.dir, { now: () => now });
		try {
			await engine.index();
			const past = () => engine.engine.past('all', () => assert.fail('nothing is searched'));
			for (const timeZone of ['America/New_York', 'Europe/Berlin', 'Asia/Kathmandu']) {
				await engine.engine.configure({ timeZone });
				for (const [first, last] of [
					['2026-03-07', '2026-03-09'],
					['2026-03-02', '2026-03-31'],
				] as const) {
					const query: InsightsQuery = { scope: 'all', range: 'all', days: { first, last } };
					const { head, figures } = engine.engine.insights.page({ page: 'cost', query });
					const { costUsd, tokens, models, projects, categories, unpriced } = figures as InsightsPages['cost'];
					const told = (by: UsageGroup) => past().usage(first, last, by);
					const { sessions, rows, ...all } = told('model');
					const where = `${timeZone} ${first}`;
					assert.deepEqual([sessions, all.tokens, all.firstDay, all.lastDay], [head.sessions, tokens.now, first, last], where);
					near(all.costUsd ?? 0, costUsd.now, where);
					assert.equal(
						all.unpricedTokens,
						unpriced.reduce((sum, model) => sum + totalTokens(model.tokens), 0),
					);
					assert.deepEqual(
						rows.map(row => [row.name, row.responses, row.costUsd]),
						models.map(row => [row.model, row.responses, row.costUsd]),
					);
					for (const [by, shares] of [
						['project', projects],
						['category', categories],
					] as const)
						assert.deepEqual(
							told(by).rows,
							shares.rows.map(row => ({ name: row.label, responses: row.responses, tokens: row.tokens, costUsd: row.costUsd })),
							where,
						);
					assert.equal(
						told('day').rows.reduce((sum, day) => sum + day.tokens, 0),
						tokens.now,
					);
				}
			}
			const month = engine.engine.insights.page({ page: 'cost', query: { scope: 'all', range: '30d' } });
			assert.equal(past().usage(null, null, 'model').tokens, (month.figures as InsightsPages['cost']).tokens.now);
		} finally {
			await engine.close();
			home.remove();
		}
	});
});

describe('Tools and files of a period', () => {
	it('are those of its calls, also of a session that was begun before and went on after', async function () {
		this.timeout(60_000);
		const home = new ClaudeHome('tools-of-a-period');
		const talk = conversation({ sessionId: 'aaaaaaaa-0000-4000-8000-000000000002', cwd: '/home/dev/src/app' });
		const call = (name: string, file: string, day: string) => {
			const use = { ...toolUse(talk, name, { file_path: `/home/dev/src/app/${file}` }), timestamp: `${day}T10:00:00.000Z` };
			return [use, { ...toolResult(talk, use, 'ok'), timestamp: `${day}T10:00:01.000Z` }];
		};
		const [before, within] = ['2026-03-02', '2026-03-20'];
		home.transcript(talk, [
			{ ...userPrompt(talk, 'Fix the wheel'), timestamp: `${before}T09:59:00.000Z` },
			...call('Read', 'seen.ts', before),
			...call('Edit', 'wheel.ts', before),
			...call('Edit', 'axle.ts', before),
			{ ...userPrompt(talk, 'And the axle'), timestamp: `${within}T09:59:00.000Z` },
			...call('Read', 'axle.ts', within),
			...call('Read', 'seen.ts', within),
			...call('Edit', 'axle.ts', within),
		]);
		const engine = await HeadlessEngine.open(home.dir, { now: () => now, timeZone: 'UTC' });
		try {
			await engine.index();
			const { insights } = engine.engine;
			const query: InsightsQuery = { scope: 'all', range: 'all', days: { first: within, last: within } };
			const answer = insights.page({ page: 'tools', query });
			assert.ok(answer.page === 'tools');
			const { readToEdit, files, calls, slowest } = answer.figures;
			assert.deepEqual([calls, readToEdit], [3, { reads: 2, edits: 1, ratio: 2 }]);
			const [slow] = slowest;
			assert.ok(engine.engine.transcripts.locate(talk.sessionId, slow?.message?.agentId ?? null, slow?.message?.messageId ?? '') !== null);
			assert.deepEqual(files, { total: 1, rows: [{ path: '/home/dev/src/app/axle.ts', sessions: 1, edits: 1, reads: 1 }] });
			const behind = (file: string) =>
				insights.sessionPage({
					...query,
					selector: { kind: 'file', path: `/home/dev/src/app/${file}` },
					sort: 'startedAt',
					descending: true,
					filter: '',
					offset: 0,
					limit: 10,
				}).total;
			assert.deepEqual([behind('axle.ts'), behind('wheel.ts'), behind('nobody.ts')], [1, 0, 0]);
		} finally {
			await engine.close();
			home.remove();
		}
	});
});

describe('The history that the insights keep', () => {
	it('follows what is appended, deleted and sorted anew as if it were read from the start', async function () {
		this.timeout(60_000);
		const home = new ClaudeHome('kept-history');
		const talk = conversation({ sessionId: 'aaaaaaaa-0000-4000-8000-000000000001', cwd: '/home/dev/src/app' });
		const file = home.transcript(talk, [userPrompt(talk, 'Fix the wheel'), assistantText(talk, 'Done')]);
		generateHistory(home.dir, { seed: 4, sessions: 12, bytes: 400_000 });
		const engine = await HeadlessEngine.open(home.dir, { now: () => now });
		try {
			await engine.index();
			const pages = ['overview', 'cost', 'categories', 'patterns', 'tools'] as const;
			const seen = () => pages.map(page => engine.engine.insights.page({ page, query: all }));
			const afresh = () => {
				engine.engine.history.changed(null);
				return seen();
			};
			const before = seen();
			const prompt = userPrompt(talk, 'No, the other one');
			const call = toolUse(talk, 'Bash', { command: 'npm test' });
			home.append(file, prompt, call, toolResult(talk, call, 'ok'));
			await engine.index();
			const after = seen();
			assert.notDeepEqual(after, before);
			assert.deepEqual(after, afresh());
			await engine.engine.background.classifying.correct([talk.sessionId], 'readme');
			assert.deepEqual(seen(), afresh());
			const figuresOf = () => {
				const { totals, calendar, streaks, hours } = pageOf('overview').figures;
				return { totals, calendar, streaks, hours, categories: pageOf('categories').figures.sums, tools: pageOf('tools').figures };
			};
			const pageOf = <P extends InsightsPageName>(page: P) => {
				const { insights } = engine.engine;
				return insights.pageOf(page, all, insights.periodBetween(null, null));
			};
			const kept = figuresOf();
			rmSync(file);
			await engine.index();
			assert.deepEqual(seen(), afresh());
			// Claude Code deletes transcripts; what was done stays done.
			assert.deepEqual(figuresOf(), kept);
		} finally {
			await engine.close();
			home.remove();
		}
	});
});
