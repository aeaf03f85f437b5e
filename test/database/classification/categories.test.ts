/** The category of a session in the index: rules, models and people, over rebuilds and windows (CLS-2, CLS-3, DB-8). */
import assert from 'node:assert/strict';
import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { rulesSource } from '../../../src/extension/classification/categories.ts';
import { ownRequestsFolder } from '../../../src/extension/claude/ownRequests.ts';
import { CategoryFigures } from '../../../src/extension/store/index/categoryFigures.ts';
import { runOfJob } from '../../../src/extension/store/ledger/classificationRuns.ts';
import { putClassification, removePersonsAnswer } from '../../../src/extension/store/ledger/classifications.ts';
import { Ledger } from '../../../src/extension/store/ledger/ledger.ts';
import type { LedgerTransaction } from '../../../src/extension/store/ledger/transaction.ts';
import type { CategoryRow, SessionRow } from '../../../src/webview/contract/sessions.ts';
import { assistantText, conversation, toJsonl, userPrompt } from '../../support/historyGenerator/records.ts';
import type { CategoriesSection } from '../../../src/webview/contract/insights.ts';
import { ClaudeHome } from '../engine/claudeHome.ts';
import { HeadlessEngine } from '../engine/headless.ts';

describe('The category of a session', () => {
	let home: ClaudeHome;
	let engine: HeadlessEngine;
	beforeEach(async () => {
		home = new ClaudeHome('categories');
		for (const [index, prompt] of prompts.entries()) write(`s${index}`, prompt);
		engine = await HeadlessEngine.open(home.dir, { dataDir: home.beside('data') });
		await engine.index();
	});
	afterEach(async () => {
		await engine.close();
		home.remove();
	});

	const prompts = ['Fix the crash when the list is empty', 'How does the cache work?', 'Write a README for this project'];
	function write(sessionId: string, prompt: string, cwd = '/home/dev/app'): string {
		const talk = conversation({ sessionId, cwd, startsAt: '2026-01-02T03:04:05Z', seed: sessionId });
		return home.transcript(talk, [userPrompt(talk, prompt), assistantText(talk, 'Done')]);
	}
	const row = (id: string, from = engine): SessionRow => {
		const found = from.engine.views.session(id);
		assert.ok(found !== null);
		return found;
	};
	const category = (id: string, from = engine): CategoryRow => {
		const found = row(id, from).category;
		assert.ok(found !== null);
		return found;
	};
	const classifying = () => engine.engine.background.classifying;
	const section = (): CategoriesSection => {
		const answer = engine.engine.insights.page({ page: 'categories', query: { scope: 'all', range: 'all' } });
		assert.equal(answer.page, 'categories');
		return answer.figures;
	};
	const model = (sessionId: string, l3: string, record: string, from = engine): Promise<void> =>
		from.storage.ledger.change(tx =>
			putClassification(tx, {
				sessionId,
				source: 'claude-cli/haiku@1',
				kind: 'model',
				l1: 'code_work',
				l2: 'refactor',
				l3,
				confidence: 0.7,
				reasoning: 'because',
				provider: 'claude-cli',
				model: 'haiku',
				promptVersion: 1,
				lastRecord: record,
				runId: null,
				at: '2026-02-01T00:00:00.000Z',
			}),
		);
	const putPersons = (tx: LedgerTransaction, sessionId: string, l3: string): void =>
		putClassification(tx, {
			sessionId,
			source: 'person',
			kind: 'person',
			l1: 'support_work',
			l2: 'docs',
			l3,
			confidence: 1,
			reasoning: null,
			provider: null,
			model: null,
			promptVersion: null,
			lastRecord: null,
			runId: null,
			at: '2026-02-02T00:00:00.000Z',
		});
	const recordOf = (id: string): string => {
		const found = engine.storage.tables.facts.endings(null).find(each => each.sessionId === id);
		return found?.lastRecord ?? '';
	};

	it('comes from the rules as soon as it is indexed, marked as such', () => {
		assert.deepEqual(
			['s0', 's1', 's2'].map(id => [category(id).l2, category(id).kind, category(id).source]),
			[
				['bug_fix', 'rules', rulesSource],
				['explanation', 'rules', rulesSource],
				['docs', 'rules', rulesSource],
			],
		);
		assert.ok(category('s0').confidence > 0 && category('s0').confidence < 1);
	});

	it('comes with the evidence that decided', () => {
		const { evidence, answers } = classifying().reasons('s0');
		assert.ok(evidence.some(each => each.kind === 'prompt'));
		assert.deepEqual(answers, []);
		assert.deepEqual(classifying().reasons('nobody'), { evidence: [], answers: [] });
	});

	it('is the model’s once it has answered, and a person’s once they have', async () => {
		await model('s0', 'extract', recordOf('s0'));
		engine.engine.background.project();
		assert.deepEqual(
			[category('s0').l3, category('s0').kind, category('s0').reasoning, category('s0').isStale],
			['extract', 'model', 'because', false],
		);
		await classifying().correct(['s0'], 'deps');
		assert.deepEqual([category('s0').l3, category('s0').kind, category('s0').confidence], ['deps', 'person', 1]);
		await model('s0', 'rename', recordOf('s0'));
		engine.engine.background.project();
		assert.deepEqual([category('s0').l3, category('s0').kind], ['deps', 'person']);
		assert.deepEqual(
			classifying()
				.reasons('s0')
				.answers.map(answer => [answer.l3, answer.kind]),
			[
				['rename', 'model'],
				['deps', 'person'],
			],
		);
	});

	it('is the model’s or the rules’ again when the person takes their word back', async () => {
		await classifying().correct(['s0', 's1'], 'deps');
		await model('s1', 'rename', recordOf('s1'));
		await classifying().correct(['s0', 's1'], null);
		assert.deepEqual([category('s0').kind, category('s0').l2], ['rules', 'bug_fix']);
		assert.deepEqual([category('s1').kind, category('s1').l3], ['model', 'rename']);
	});

	it('refuses a category that does not exist', async () => {
		await assert.rejects(classifying().correct(['s0'], 'make-coffee'), { reason: 'no-such-category' });
	});

	it('is stale once a session has grown after the model sorted it', async () => {
		await model('s0', 'rename', recordOf('s0'));
		engine.engine.background.project();
		const talk = conversation({ sessionId: 's0', cwd: '/home/dev/app', startsAt: '2026-01-03T00:00:00Z', seed: 'more' });
		home.append(home.at('-home-dev-app', 's0.jsonl'), userPrompt(talk, 'And now?'), assistantText(talk, 'Yes'));
		await engine.index();
		assert.deepEqual([category('s0').l3, category('s0').isStale], ['rename', true]);
	});

	it('survives a rebuild of the index, and its loss', async () => {
		await classifying().correct(['s0'], 'deps');
		await model('s1', 'rename', recordOf('s1'));
		await engine.index('full');
		assert.deepEqual([category('s0').l3, category('s1').l3], ['deps', 'rename']);
		await engine.close();
		for (const name of readdirSync(home.beside('data'))) {
			if (/^index-.*\.sqlite/.test(name)) rmSync(join(home.beside('data'), name));
		}
		engine = await HeadlessEngine.open(home.dir, { dataDir: home.beside('data') });
		await engine.engine.background.catchUp();
		await engine.index();
		assert.deepEqual([category('s0').l3, category('s1').l3, category('s2').kind], ['deps', 'rename', 'rules']);
	});

	it('is seen by another window on the same data', async () => {
		const other = await HeadlessEngine.open(home.dir, { dataDir: home.beside('data') });
		await other.engine.background.catchUp();
		await other.index();
		await classifying().correct(['s0'], 'deps');
		await other.storage.ledger.refresh();
		other.engine.background.project();
		assert.equal(category('s0', other).l3, 'deps');
		await other.close();
	});

	/** What `sessions` was written while `work` ran: as many rows as SQLite says. */
	function rowsWritten(work: () => void): number {
		const written = () => engine.storage.tables.db.prepare<{ n: number }>('SELECT total_changes() AS n').get()?.n ?? 0;
		const before = written();
		work();
		return written() - before;
	}
	const projected = (): void => {
		engine.engine.background.project();
	};
	const toldLast = () => engine.events.changed.at(-1)?.sessionIds;

	it('is written for the sessions that were answered since, and told of no others', async () => {
		for (const id of ['s0', 's1', 's2']) await model(id, 'rename', recordOf(id));
		projected();
		assert.equal(rowsWritten(projected), 0);
		await model('s1', 'extract', recordOf('s1'));
		// The session, and how far the ledger was taken in.
		assert.equal(rowsWritten(projected), 2);
		assert.deepEqual(toldLast(), ['s1']);
		// The newest answer of all gives way.
		await model('s1', 'cleanup', recordOf('s1'));
		assert.equal(rowsWritten(projected), 2);
		assert.deepEqual(toldLast(), ['s1']);
		assert.deepEqual(
			['s0', 's1', 's2'].map(id => category(id).l3),
			['rename', 'cleanup', 'rename'],
		);
		await classifying().correct(['s2'], 'deps');
		assert.deepEqual(toldLast(), ['s2']);
		await classifying().correct(['s2'], null);
		assert.deepEqual([toldLast(), category('s2').kind, category('s2').l3], [['s2'], 'model', 'rename']);
	});

	it('is right when the number of an answer that was taken back is given out again', async () => {
		await model('s0', 'rename', recordOf('s0'));
		await classifying().correct(['s1'], 'deps');
		await engine.storage.ledger.change(tx => removePersonsAnswer(tx, 's1'));
		await model('s2', 'extract', recordOf('s2'));
		projected();
		assert.deepEqual(
			['s0', 's1', 's2'].map(id => [category(id).kind, category(id).l3]),
			[
				['model', 'rename'],
				['rules', 'how-it-works'],
				['model', 'extract'],
			],
		);
		await classifying().correct(['s0'], 'deps');
		await engine.storage.ledger.change(tx => removePersonsAnswer(tx, 's0'));
		await engine.storage.ledger.change(tx => putPersons(tx, 's1', 'readme'));
		projected();
		assert.deepEqual([category('s0').kind, category('s1').kind, category('s1').l3], ['model', 'person', 'readme']);
	});

	it('follows the ledger back to a backup, also when answers came after that', async () => {
		await model('s0', 'rename', recordOf('s0'));
		const { backups } = engine.storage.maintenance;
		assert.ok(backups !== null);
		const file = await backups.make(7);
		await model('s0', 'extract', recordOf('s0'));
		await model('s1', 'cleanup', recordOf('s1'));
		await classifying().correct(['s2'], 'deps');
		projected();
		await backups.restore(file);
		// As many answers as before, with the same numbers.
		await model('s2', 'move-files', recordOf('s2'));
		await model('s2', 'restructure', recordOf('s2'));
		projected();
		assert.deepEqual(
			['s0', 's1', 's2'].map(id => [category(id).kind, category(id).l3]),
			[
				['model', 'rename'],
				['rules', 'how-it-works'],
				['model', 'restructure'],
			],
		);
	});

	it('takes in what was said while it was not open, and nothing twice', async () => {
		await model('s0', 'rename', recordOf('s0'));
		projected();
		await engine.close();
		const { ledger } = await Ledger.open({ folder: home.beside('data') });
		await ledger.change(tx => putPersons(tx, 's1', 'deps'));
		await ledger.close();
		engine = await HeadlessEngine.open(home.dir, { dataDir: home.beside('data') });
		await engine.engine.background.catchUp();
		assert.deepEqual([category('s0').l3, category('s1').l3, category('s2').kind], ['rename', 'deps', 'rules']);
		assert.equal(rowsWritten(projected), 0);
	});

	it('is not lost when an answer arrives while rules of another version sort everything', async () => {
		engine.storage.tables.setMeta('rules version', 'rules@0');
		const ready = engine.engine.background.catchUp();
		// The slice with this session is over by now.
		await model('s0', 'rename', recordOf('s0'));
		await ready;
		assert.equal(category('s0').l3, 'rename');
	});

	it('stays fresh when another version of the parser counts messages otherwise', async () => {
		await model('s0', 'rename', recordOf('s0'));
		projected();
		engine.storage.tables.db.exec('UPDATE sessions SET messages = messages + 5');
		assert.equal(category('s0').isStale, false);
		const target = { scope: 'all', sessionIds: ['s0'], category: null, provider: 'claude-cli', model: 'haiku' } as const;
		const plan = await classifying().plan(target, new AbortController().signal);
		assert.deepEqual([plan.toAsk, plan.done], [0, 1]);
		assert.equal(section().stale, 0);
	});

	it('is counted of as many sessions as the tree then lists, gone ones with them', async () => {
		rmSync(home.at('-home-dev-app', 's0.jsonl'));
		await engine.index();
		assert.equal(row('s0').gone, true);
		for (const { category: name, sessions } of engine.engine.views.categoryCounts('all')) {
			assert.equal(engine.engine.views.sessions({ scope: 'all', offset: 0, limit: 10, filter: '', category: name }).total, sessions, name);
		}
		assert.equal(engine.engine.views.categoryCounts('all').length, 3);
	});

	it('leaves stubs out of the agreement', async () => {
		await model('s0', 'rename', recordOf('s0'));
		const agreement = () => section().agreement.length;
		assert.equal(agreement(), 1);
		engine.storage.tables.db.exec("UPDATE sessions SET is_stub = 1 WHERE session_id = 's0'");
		assert.equal(agreement(), 0);
	});

	it('is compared in the same way for a few judgements and for thousands', () => {
		const figures = new CategoryFigures(engine.storage.tables.db);
		engine.storage.tables.db.exec("UPDATE sessions SET is_stub = 1 WHERE session_id = 's1'");
		const projects = engine.storage.tables.sessions.projects().map(({ id }) => id);
		const thousands = Array.from({ length: 5_000 }, (_, index) => `gone ${index}`);
		for (const ids of [
			['s0', 's1', 's2'],
			['s0', 's1', 's2', ...thousands],
		]) {
			const expected = [
				['s0', 'bug_fix'],
				['s2', 'docs'],
			];
			assert.deepEqual([...figures.rulesOf(null, ids)].toSorted(), expected);
			assert.deepEqual([...figures.rulesOf(projects, ids)].toSorted(), expected);
			assert.equal(figures.rulesOf([], ids).size, 0);
		}
	});

	it('is looked at everywhere when it is not known how far the ledger was taken in', async () => {
		await model('s0', 'rename', recordOf('s0'));
		projected();
		await engine.storage.ledger.change(tx => tx.run('DELETE FROM classifications'));
		await model('s1', 'extract', recordOf('s1'));
		engine.storage.tables.setMeta('classifications projected', '1 1 2026-02-01T00:00:00.000Z');
		projected();
		assert.deepEqual([category('s0').kind, category('s1').l3], ['rules', 'extract']);
	});

	it('costs a run no row for what it leaves out, but is counted there', async () => {
		const target = { scope: 'all', sessionIds: null, category: null, provider: 'claude-cli', model: 'haiku' } as const;
		await model('s0', 'rename', recordOf('s0'));
		await classifying().correct(['s1'], 'readme');
		const id = await classifying().start(target, { isAgreed: true, isAutomatic: false, mayBeEmpty: false });
		const [run, items] = engine.storage.ledger.read(reader => [
			runOfJob(reader, id),
			reader.prepare<{ id: string }>('SELECT session_id AS id FROM classification_items').all(),
		]);
		assert.deepEqual([run?.total, run?.skipped, items.map(item => item.id)], [3, 2, ['s2']]);
	});

	it('is derived again by rules of another version', async () => {
		engine.storage.tables.db.exec("UPDATE sessions SET rules_l3 = 'rename', category_l3 = 'rename', category_source = 'rules@0'");
		engine.storage.tables.setMeta('rules version', 'rules@0');
		await engine.engine.background.catchUp();
		assert.deepEqual([category('s0').l2, category('s0').source], ['bug_fix', rulesSource]);
	});

	it('filters lists, and counts', () => {
		const list = (name: string | null) => engine.engine.views.sessions({ scope: 'all', offset: 0, limit: 10, filter: '', category: name });
		assert.deepEqual(
			list('bug_fix').rows.map(({ id }) => id),
			['s0'],
		);
		assert.equal(list('thinking_work').total, 1);
		assert.equal(list(null).total, 3);
		assert.deepEqual(
			engine.engine.views.categoryCounts('all').toSorted((a, b) => (a.category < b.category ? -1 : 1)),
			[
				{ category: 'bug_fix', sessions: 1 },
				{ category: 'docs', sessions: 1 },
				{ category: 'explanation', sessions: 1 },
			],
		);
		const page = {
			scope: 'all',
			range: 'all',
			filter: '',
			model: null,
			sort: 'title',
			descending: false,
			offset: 0,
			limit: 10,
		} as const;
		assert.deepEqual(
			engine.engine.insights.sessionPage({ ...page, category: 'docs' }).rows.map(({ id }) => id),
			['s2'],
		);
	});

	it('adds up in the insights, with who said so and how far they agree', async () => {
		await model('s0', 'rename', recordOf('s0'));
		await classifying().correct(['s1'], 'how-it-works');
		engine.engine.background.project();
		const categories = section();
		assert.deepEqual([categories.byRules, categories.byModel, categories.byPerson, categories.stale], [1, 1, 1, 0]);
		assert.deepEqual(categories.sums.map(sum => [sum.l3, sum.sessions]).toSorted(), [
			['how-it-works', 1],
			['readme', 1],
			['rename', 1],
		]);
		assert.deepEqual(categories.agreement, [
			{ l2: 'explanation', modelAndRules: none, personAndRules: { both: 1, same: 1 }, personAndModel: none },
			{ l2: 'refactor', modelAndRules: { both: 1, same: 0 }, personAndRules: none, personAndModel: none },
		]);
	});
	const none = { both: 0, same: 0 };

	it('is in the report', () => {
		const reported = engine.session('s2').category;
		assert.deepEqual([reported?.l1, reported?.l2, reported?.l3, reported?.source], ['support_work', 'docs', 'readme', rulesSource]);
		assert.match(reported?.classifiedAt ?? '', /Z$/);
	});

	it('is not asked for twice: the plan leaves out what is done, and offers what has grown', async () => {
		const target = { scope: 'all', sessionIds: null, category: null, provider: 'claude-cli', model: 'haiku' } as const;
		await model('s0', 'rename', recordOf('s0'));
		await model('s1', 'rename', 'an earlier record');
		await classifying().correct(['s2'], 'readme');
		const plan = await classifying().plan(target, new AbortController().signal);
		assert.deepEqual([plan.toAsk, plan.done, plan.stale, plan.byPersons, plan.empty], [1, 1, 1, 1, 0]);
		assert.ok(plan.estimatedTokens > 500);
		assert.ok((plan.estimatedUsd ?? 0) > 0 && (plan.estimatedUsd ?? 0) < 0.01);
		assert.match(plan.sample ?? '', /prompt 1: How does the cache work\?/);
		assert.equal(plan.hasConsent, false);
		const some = await classifying().plan({ ...target, sessionIds: ['s0', 's1'] }, new AbortController().signal);
		assert.deepEqual([some.toAsk, some.done], [1, 1]);
		const ofCategory = await classifying().plan({ ...target, category: 'docs' }, new AbortController().signal);
		assert.deepEqual([ofCategory.toAsk, ofCategory.byPersons], [0, 1]);
	});

	it('is asked for only after the person agreed, once for each workspace and provider', async () => {
		const target = { scope: 'all', sessionIds: null, category: null, provider: 'claude-cli', model: 'haiku' } as const;
		const options = { isAgreed: false, isAutomatic: false, mayBeEmpty: false };
		await assert.rejects(classifying().start(target, options), { reason: 'no-consent' });
		const id = await classifying().start(target, { ...options, isAgreed: true });
		assert.equal(engine.engine.background.queue.get(id)?.status, 'pending');
		assert.equal((await classifying().plan(target, new AbortController().signal)).hasConsent, true);
		await classifying().start({ ...target, sessionIds: ['s0'] }, options);
		await assert.rejects(classifying().start({ ...target, provider: 'anthropic-api' }, options), { reason: 'no-consent' });
		await assert.rejects(classifying().start({ ...target, scope: 'workspace', sessionIds: ['s0'] }, options), { reason: 'no-consent' });
		assert.deepEqual(
			engine.engine.background.jobs().active.map(job => [job.type, job.total, job.classification?.total]),
			[
				['classify', 3, 3],
				['classify', 1, 1],
			],
		);
	});

	it('is asked for no more when the person withdraws their consent, and runs that wait are cancelled', async () => {
		const target = { scope: 'all', sessionIds: null, category: null, provider: 'claude-cli', model: 'haiku' } as const;
		const options = { isAgreed: false, isAutomatic: false, mayBeEmpty: false };
		const id = await classifying().start(target, { ...options, isAgreed: true });
		await classifying().withdrawConsent();
		assert.equal(engine.engine.background.queue.get(id)?.status, 'cancelled');
		await assert.rejects(classifying().start(target, options), { reason: 'no-consent' });
	});

	it('is asked for by nobody in a workspace that is not trusted, and the rules still work', async () => {
		await engine.engine.configure({ isTrusted: false });
		const target = { scope: 'all', sessionIds: null, category: null, provider: 'claude-cli', model: 'haiku' } as const;
		await assert.rejects(classifying().start(target, { isAgreed: true, isAutomatic: false, mayBeEmpty: false }), { reason: 'untrusted' });
		const health = await classifying().health('claude-cli', 'haiku', new AbortController().signal);
		assert.equal(health.ok, false);
		assert.match(health.text, /not trusted/);
		write('s9', 'Rename the variable foo to bar');
		await engine.index();
		assert.equal(category('s9').kind, 'rules');
	});

	it('is given to no session of our own, wherever it was recorded', async () => {
		const own = `/somewhere/${ownRequestsFolder}`;
		write('ours', 'Classify the session below', own);
		const talk = conversation({ sessionId: 'elsewhere', cwd: own, seed: 'elsewhere' });
		home.put(home.at('renamed', 'elsewhere.jsonl'), toJsonl([userPrompt(talk, 'Classify'), assistantText(talk, 'Done')]));
		await engine.index();
		assert.equal(engine.engine.views.session('ours'), null);
		assert.equal(engine.engine.views.session('elsewhere'), null);
		assert.equal(engine.engine.status().sessions, 3);
	});
});
