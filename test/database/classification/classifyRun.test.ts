import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { classifyJob, type ClassifyData, type ClassifyResult } from '../../../src/extension/classification/classifyJob.ts';
import { ClassifyRun, type ClassifyRunParts } from '../../../src/extension/classification/classifyRun.ts';
import { isFinished, type Job } from '../../../src/extension/jobs/job.ts';
import { JobQueue } from '../../../src/extension/jobs/queue.ts';
import { JobRegistry } from '../../../src/extension/jobs/registry.ts';
import { JobWorker } from '../../../src/extension/jobs/worker.ts';
import { insertRequest } from '../../../src/extension/store/ledger/classificationRequests.ts';
import { insertRun, lastRuns, type RunRow, runOfJob } from '../../../src/extension/store/ledger/classificationRuns.ts';
import { answersOf, putClassification, standingAnswers } from '../../../src/extension/store/ledger/classifications.ts';
import { forgetSessions, rememberSessions } from '../../../src/extension/store/ledger/forgotten.ts';
import { Ledger } from '../../../src/extension/store/ledger/ledger.ts';
import { spendingSums, spentSince } from '../../../src/extension/store/ledger/spending.ts';
import { digest } from '../../support/digests.ts';
import { answered, failed, micros, ScriptedProvider } from './scriptedProvider.ts';

interface Jobs {
	readonly classify: { readonly data: ClassifyData; readonly result: ClassifyResult };
}

describe('A run of classification', () => {
	let folder: string;
	let ledger: Ledger;
	let queue: JobQueue<Jobs>;
	let worker: JobWorker;
	let provider: ScriptedProvider;
	let told: string[];
	let parts: Partial<ClassifyRunParts>;
	let log: string[];
	let recordOf: (sessionId: string) => string;

	beforeEach(async () => {
		folder = mkdtempSync(join(tmpdir(), 'classify-'));
		({ ledger } = await Ledger.open({ folder }));
		provider = new ScriptedProvider();
		told = [];
		log = [];
		parts = {};
		recordOf = () => 'r1';
		open();
	});
	afterEach(async () => {
		await worker.stop();
		await ledger.close();
		rmSync(folder, { recursive: true });
	});

	/** As a window would: a queue with a worker of its own. */
	function open(): void {
		const registry = new JobRegistry<Jobs>({ classify: classifyJob });
		queue = new JobQueue<Jobs>({ ledger, registry });
		registry.handle('classify', (data, job) =>
			new ClassifyRun(
				{
					ledger,
					provider,
					providerOf: () => provider,
					digestOf: sessionId => Promise.resolve(digest({ sessionId, title: sessionId, lastRecord: recordOf(sessionId) })),
					examples: () => [],
					// The estimate of an answer is 80 tokens.
					microsOf: tokens => (tokens.output / 80) * micros,
					answersFolder: join(folder, 'answers'),
					dayStart: () => new Date(Date.now() - 3_600_000),
					onAnswers: ids => told.push(...ids),
					onLog: text => log.push(text),
					now: () => new Date(),
					firstPauseMs: 20,
					chance: () => 0,
					firstBackOffMs: 5,
					...parts,
				},
				data,
				job,
			).execute(),
		);
		worker = new JobWorker({
			queue,
			capabilities: () => ({ scopes: 'all', needs: new Set() }),
			limits: () => ({ overall: 4, byType: {} }),
			onLog: text => log.push(text),
			times: { busyLookMs: 20, idleLookMs: 20 },
			chance: () => 0,
		});
	}

	const usual: ClassifyData = {
		provider: 'claude-cli',
		model: 'haiku',
		recipient: 'nobody',
		batch: 3,
		concurrency: 2,
		timeoutMs: 1_000,
		runCapMicros: null,
		dayCapMicros: null,
		isAutomatic: false,
	};
	const sessions = (count: number): string[] => Array.from({ length: count }, (_, index) => `s${String(index).padStart(2, '0')}`);

	async function make(ids: readonly string[], data: Partial<ClassifyData> = {}, skipped: readonly string[] = []): Promise<Job> {
		return queue.create(
			'classify',
			{ ...usual, ...data },
			{
				also: (tx, job) =>
					insertRun(tx, {
						jobId: job.id,
						provider: 'claude-cli',
						model: 'haiku',
						promptVersion: 1,
						estimatedMicros: 0,
						capMicros: null,
						createdAt: job.createdAt,
						items: [
							...ids.map(sessionId => ({ sessionId, lastRecord: 'r1', state: 'pending' as const })),
							...skipped.map(sessionId => ({ sessionId, lastRecord: 'r1', state: 'skipped' as const })),
						],
					}),
			},
		);
	}
	function end(id: string): Promise<Job> {
		return when(id, job => isFinished(job.status));
	}
	function when(id: string, condition: (job: Job) => boolean): Promise<Job> {
		return new Promise(resolve => {
			const look = (): void => {
				const job = queue.get(id);
				if (job === null || !condition(job)) return;
				stop();
				resolve(job);
			};
			const stop = queue.onChange(look);
			look();
		});
	}
	const runOf = (job: Job): RunRow => {
		const row = ledger.read(reader => runOfJob(reader, job.id));
		assert.ok(row !== undefined);
		return row;
	};
	const result = (job: Job): ClassifyResult => job.result as ClassifyResult;
	const person = (sessionId: string): Promise<void> =>
		ledger.change(tx =>
			putClassification(tx, {
				sessionId,
				source: 'person',
				kind: 'person',
				l1: 'support_work',
				l2: 'docs',
				l3: 'readme',
				confidence: 1,
				reasoning: null,
				provider: null,
				model: null,
				promptVersion: null,
				lastRecord: null,
				runId: null,
				at: new Date().toISOString(),
			}),
		);

	it('asks about every session, several in a request and several requests at once, and stores each answer', async () => {
		const job = await make(sessions(10));
		worker.start();
		const ended = await end(job.id);
		assert.equal(ended.status, 'completed');
		assert.deepEqual(result(ended), {
			total: 10,
			classified: 10,
			skipped: 0,
			failed: 0,
			costMicros: 10 * micros,
			unconfirmedMicros: 0,
			inputTokens: 9_000,
			outputTokens: 200,
			errors: {},
			stoppedBy: null,
		});
		assert.deepEqual(
			provider.asked.map(({ titles }) => titles.size),
			[3, 3, 3, 1],
		);
		assert.equal(provider.mostAtOnce, 2);
		assert.deepEqual(told.toSorted(), sessions(10));
		const answers = ledger.read(standingAnswers);
		assert.equal(answers.size, 10);
		assert.deepEqual(
			[answers.get('s00')?.l3, answers.get('s00')?.source, answers.get('s00')?.lastRecord, answers.get('s00')?.reasoning],
			['logic-fix', 'claude-cli/haiku@1', 'r1', 'because'],
		);
		assert.equal(runOf(job).status, 'completed');
		assert.deepEqual(readdirSync(join(folder, 'answers')), []);
	});

	it('counts those that need no answer as skipped, and asks nothing when there are no others', async () => {
		const job = await make([], {}, ['a', 'b']);
		worker.start();
		const ended = await end(job.id);
		assert.deepEqual([ended.status, result(ended).total, result(ended).skipped], ['completed', 2, 2]);
		assert.equal(provider.asked.length, 0);
	});

	it('tells its progress with what it cost', async () => {
		const job = await make(sessions(3));
		worker.start();
		const ended = await end(job.id);
		assert.deepEqual(ended.progress, { current: 3, total: 3, message: '$0.0030' });
	});

	it('asks again, alone, about a session whose answer was missing or wrong, and fails it the third time', async () => {
		provider.script = asked => {
			const outcome = answered(asked);
			assert.ok(outcome.ok);
			const { answers } = outcome.value as { answers: { session: string; category: string }[] };
			const bad = answers.filter(({ session }) => asked.titles.get(session) === 's01');
			for (const answer of bad) answer.category = 'make-coffee';
			return outcome;
		};
		const job = await make(sessions(3));
		worker.start();
		const ended = await end(job.id);
		assert.deepEqual([result(ended).classified, result(ended).failed, result(ended).errors], [2, 1, { 'wrong-shape': 1 }]);
		assert.deepEqual(
			provider.asked.map(({ titles }) => [...titles.values()]),
			[['s00', 's01', 's02'], ['s01'], ['s01']],
		);
		// All were answered, and so all are paid for.
		assert.equal(runOf(job).actualMicros, 5 * micros);
		assert.equal(ledger.read(reader => answersOf(reader, 's01')).length, 0);
	});

	it('asks again after an error that may pass, three times at most', async () => {
		provider.script = () => failed('timed-out');
		const job = await make(['one']);
		worker.start();
		const ended = await end(job.id);
		assert.deepEqual([ended.status, result(ended).failed, result(ended).errors], ['completed', 1, { 'timed-out': 1 }]);
		assert.equal(provider.asked.length, 3);
	});

	it('gives up on a service that never answers', async () => {
		provider.script = () => failed('server-error');
		parts = { firstPauseMs: 0, mostPauses: 2 };
		const job = await make(['one']);
		worker.start();
		const ended = await end(job.id);
		assert.deepEqual([ended.status, ended.error?.reason, runOf(job).failed], ['failed', 'server-error', 0]);
	});

	it('goes on with others while some wait to be asked again, together once more and then alone', async () => {
		provider.script = asked => ([...asked.titles.values()].includes('s00') && asked.index < 3 ? failed('timed-out') : answered(asked));
		const job = await make(sessions(6), { concurrency: 1 });
		worker.start();
		const ended = await end(job.id);
		assert.equal(result(ended).classified, 6);
		assert.deepEqual(
			provider.asked.map(({ titles }) => titles.size),
			[3, 3, 3, 1, 1, 1],
		);
	});

	it('pauses in an outage, without blaming any session, and keeps sharing requests', async () => {
		provider.script = asked => (asked.index < 3 ? failed('server-error') : answered(asked));
		const job = await make(sessions(6), { concurrency: 1 });
		worker.start();
		const ended = await end(job.id);
		assert.deepEqual([ended.status, result(ended).classified, result(ended).failed], ['completed', 6, 0]);
		assert.ok(provider.asked.length <= 6, String(provider.asked.length));
	});

	it('asks nobody about what another run has answered meanwhile', async () => {
		const first = await make(sessions(3));
		const second = await make(sessions(4));
		worker.start();
		await end(first.id);
		const ended = await end(second.id);
		assert.deepEqual([result(ended).classified, result(ended).skipped], [1, 3]);
		assert.deepEqual(
			provider.asked.flatMap(({ titles }) => [...titles.values()]),
			['s00', 's01', 's02', 's03'],
		);
	});

	it('waits while another run asks about the same session', async () => {
		const other = await make(['s00']);
		await ledger.change(tx =>
			insertRequest(tx, {
				id: 'of-the-other',
				runId: runOf(other).id,
				outputFile: '',
				estimatedMicros: 0,
				askedAt: new Date().toISOString(),
				items: [{ sessionId: 's00', code: 'k7f2', lastRecord: 'r1' }],
			}),
		);
		await queue.edit(other.id, { scheduledAt: new Date(Date.now() + 3_600_000) });
		const job = await make(sessions(2));
		worker.start();
		await when(job.id, each => each.progress.current === 1);
		assert.deepEqual(
			provider.asked.map(({ titles }) => [...titles.values()]),
			[['s01']],
		);
		await queue.cancel(other.id);
		const ended = await end(job.id);
		assert.equal(result(ended).classified, 2);
	});

	it('takes the answer of a run that was cancelled when nobody ran it', async () => {
		const cancelled = await make(['s00']);
		await ledger.change(tx =>
			insertRequest(tx, {
				id: 'left',
				runId: runOf(cancelled).id,
				outputFile: join(folder, 'left'),
				estimatedMicros: 700,
				askedAt: new Date().toISOString(),
				items: [{ sessionId: 's00', code: 'k7f2', lastRecord: 'r1' }],
			}),
		);
		await queue.cancel(cancelled.id);
		provider.recovery = () => ({
			ok: true,
			value: { answers: [{ session: 'k7f2', category: 'deps', confidence: 1, reasoning: '' }] },
			spent: { tokens: { input: 1, output: 1, cacheRead: 0, cacheWrite5m: 0, cacheWrite1h: 0 }, micros: 900 },
		});
		const job = await make(['s00', 's01']);
		worker.start();
		const ended = await end(job.id);
		assert.deepEqual([result(ended).classified, result(ended).skipped], [1, 1]);
		assert.deepEqual([runOf(cancelled).classified, runOf(cancelled).actualMicros], [1, 900]);
		assert.equal(ledger.read(standingAnswers).get('s00')?.l3, 'deps');
	});

	it('stores an answer for the session as it was when it was asked about', async () => {
		const job = await make(['s00']);
		recordOf = () => 'r2, grown since it was planned';
		worker.start();
		await end(job.id);
		assert.equal(ledger.read(standingAnswers).get('s00')?.lastRecord, 'r2, grown since it was planned');
	});

	it('asks one at a time under a cap while nobody knows what a request costs', async () => {
		parts = { microsOf: () => null };
		const job = await make(sessions(9), { runCapMicros: 100_000, concurrency: 3 });
		worker.start();
		const ended = await end(job.id);
		assert.equal(result(ended).classified, 9);
		assert.equal(provider.asked[0]?.request.mostMicros, 100_000);
		assert.ok(provider.asked.every(({ request }) => (request.mostMicros ?? 0) <= 100_000));
	});

	it('uses what a request turned out not to need', async () => {
		// The estimate is ten times what is paid.
		parts = { microsOf: tokens => (tokens.output / 80) * 10 * micros };
		const job = await make(sessions(12), { runCapMicros: 40 * micros, concurrency: 4 });
		worker.start();
		const ended = await end(job.id);
		assert.deepEqual([result(ended).classified, result(ended).stoppedBy], [12, null]);
	});

	it('makes a person’s new attempt after a rate limit a new one', async () => {
		provider.script = () => failed('rate-limited');
		parts = { firstPauseMs: 0, mostPauses: 1 };
		const job = await make(['one']);
		worker.start();
		await end(job.id);
		const before = provider.asked.length;
		provider.script = asked => (asked.index === before ? failed('rate-limited') : answered(asked));
		await queue.retry(job.id);
		assert.equal((await end(job.id)).status, 'completed');
	});

	it('ends at once with an error that no other request would do better with', async () => {
		provider.script = () => failed('not-logged-in');
		const job = await make(sessions(9), { concurrency: 1 });
		worker.start();
		const ended = await end(job.id);
		assert.deepEqual([ended.status, ended.error?.reason, ended.error?.message], ['failed', 'not-logged-in', 'It was not-logged-in']);
		assert.equal(provider.asked.length, 1);
		assert.deepEqual([runOf(job).status, runOf(job).failed], ['failed', 0]);
	});

	it('goes on where it stood when a person tries it again, also with what had failed', async () => {
		provider.script = asked => (asked.index === 1 ? failed('not-logged-in') : answered(asked));
		const job = await make(sessions(6), { concurrency: 1 });
		worker.start();
		await end(job.id);
		assert.equal(runOf(job).classified, 3);
		await queue.retry(job.id);
		const ended = await end(job.id);
		assert.deepEqual([ended.status, result(ended).classified], ['completed', 6]);
		assert.equal(provider.asked.length, 3);
	});

	it('pauses for as long as a rate limit says, tells until when, and counts no attempt', async () => {
		let until = new Date(0);
		let askedAgainMs = 0;
		provider.script = asked => {
			if (provider.asked.length > 1) {
				askedAgainMs = Date.now();
				return answered(asked);
			}
			until = new Date(Date.now() + 150);
			return failed('rate-limited', { retryAt: until });
		};
		const job = await make(['one']);
		worker.start();
		const waiting = await when(job.id, each => each.status === 'pending' && each.error !== null);
		assert.ok(Date.parse(waiting.scheduledAt) >= until.getTime());
		assert.equal(waiting.error?.reason, 'rate-limited');
		const ended = await end(job.id);
		assert.deepEqual([ended.status, result(ended).classified, ended.attempts], ['completed', 1, 1]);
		assert.ok(askedAgainMs >= until.getTime());
	});

	it('gives up on a provider that asks to wait again and again', async () => {
		provider.script = () => failed('rate-limited');
		parts = { firstPauseMs: 0, mostPauses: 2 };
		const job = await make(['one']);
		worker.start();
		const ended = await end(job.id);
		assert.deepEqual([ended.status, ended.error?.reason], ['failed', 'rate-limited']);
		assert.equal(provider.asked.length, 3);
	});

	it('stops cleanly at the cap of a run, and says of how many', async () => {
		const job = await make(sessions(9), { runCapMicros: 5 * micros, concurrency: 2 });
		worker.start();
		const ended = await end(job.id);
		assert.equal(ended.status, 'completed');
		assert.equal(result(ended).stoppedBy, 'run');
		assert.ok(runOf(job).actualMicros <= 5 * micros, String(runOf(job).actualMicros));
		assert.equal(result(ended).classified + result(ended).skipped, 9);
		assert.deepEqual(Object.keys(result(ended).errors), ['spending-cap']);
	});

	it('counts what was spent today by other runs, and what is not confirmed, for the cap of a day', async () => {
		provider.script = () => failed('exited', { micros: null });
		const first = await make(['lost'], { concurrency: 1 });
		worker.start();
		await end(first.id);
		assert.equal(runOf(first).unconfirmedMicros, 3 * micros);
		provider.script = asked => answered(asked);
		const second = await make(sessions(9), { dayCapMicros: 3 * micros + 500 });
		const ended = await end(second.id);
		assert.deepEqual([result(ended).stoppedBy, result(ended).classified], ['day', 0]);
		assert.equal(
			ledger.read(reader => spentSince(reader, '2000')),
			3 * micros,
		);
		assert.deepEqual(
			ledger.read(spendingSums).map(sum => [sum.requests, sum.confirmedMicros, sum.unconfirmedMicros]),
			[[3, 0, 3 * micros]],
		);
	});

	it('never overwrites what a person said while the model was thinking', async () => {
		provider.script = async asked => {
			await person('s01');
			return answered(asked);
		};
		const job = await make(sessions(3));
		worker.start();
		const ended = await end(job.id);
		assert.deepEqual([result(ended).classified, result(ended).skipped], [2, 1]);
		assert.equal(ledger.read(standingAnswers).get('s01')?.kind, 'person');
		assert.equal(ledger.read(reader => answersOf(reader, 's01')).length, 1);
	});

	it('asks neither about sessions a person has sorted meanwhile, nor about those that are gone', async () => {
		await person('s00');
		parts = { digestOf: sessionId => Promise.resolve(sessionId === 's01' ? null : digest({ sessionId, title: sessionId })) };
		const job = await make(sessions(3));
		worker.start();
		const ended = await end(job.id);
		assert.deepEqual([result(ended).classified, result(ended).skipped, result(ended).failed], [1, 1, 1]);
		assert.deepEqual(result(ended).errors, { gone: 1 });
		assert.deepEqual([...(provider.asked[0]?.titles.values() ?? [])], ['s02']);
	});

	it('neither asks about a session that was forgotten meanwhile nor keeps its answer, and leaves nothing to undo', async () => {
		const asked = Promise.withResolvers<undefined>();
		const goOn = Promise.withResolvers<undefined>();
		provider.script = async each => {
			asked.resolve(undefined);
			await goOn.promise;
			return answered(each);
		};
		const job = await make(sessions(3), { batch: 1, concurrency: 1 });
		worker.start();
		await asked.promise;
		const traces = await ledger.change(tx => forgetSessions(tx, ['s00', 's01'], new Date().toISOString(), 'forgotten'));
		goOn.resolve(undefined);
		const done = result(await end(job.id));
		assert.deepEqual(
			provider.asked.flatMap(({ titles }) => [...titles.values()]),
			['s00', 's02'],
		);
		assert.deepEqual([done.classified, done.skipped, done.failed], [1, 2, 0]);
		const known = () => sessions(3).filter(id => ledger.read(reader => answersOf(reader, id)).length > 0);
		assert.deepEqual(known(), ['s02']);
		await ledger.change(tx => rememberSessions(tx, ['s00', 's01'], 'remembered', traces));
		assert.deepEqual(known(), ['s02']);
		await end((await make(['s00', 's01'])).id);
		assert.deepEqual(known(), sessions(3));
	});

	it('keeps what was finished when it is cancelled, and records what may have been paid', async () => {
		let asked = (): void => undefined;
		const second = new Promise<void>(resolve => (asked = resolve));
		provider.script = each => {
			if (each.index === 0) return answered(each);
			asked();
			return new Promise(() => undefined);
		};
		const job = await make(sessions(9), { concurrency: 1 });
		worker.start();
		await second;
		await queue.cancel(job.id);
		const ended = await end(job.id);
		assert.equal(ended.status, 'cancelled');
		assert.equal(runOf(job).status, 'cancelled');
		assert.equal(runOf(job).classified, 3);
		assert.equal(ledger.read(standingAnswers).size, 3);
		assert.equal(runOf(job).unconfirmedMicros, 3 * micros);
	});

	it('leaves requests under way when the window closes, and takes their answers in the next one', async () => {
		let asked = (): void => undefined;
		const reached = new Promise<void>(resolve => (asked = resolve));
		provider.script = each => {
			asked();
			return new Promise(() => each);
		};
		const job = await make(sessions(3));
		worker.start();
		await reached;
		await worker.stop();
		const [left] = provider.asked;
		assert.ok(left !== undefined);
		assert.equal(queue.get(job.id)?.status, 'pending');
		provider = new ScriptedProvider();
		provider.recovery = request => {
			assert.deepEqual([request.id, request.answerFile], [left.request.id, left.request.answerFile]);
			return answered(left, 'rename');
		};
		open();
		worker.start();
		const ended = await end(job.id);
		assert.equal(result(ended).classified, 3);
		assert.equal(provider.asked.length, 0);
		assert.equal(provider.recovered.length, 1);
		assert.equal(ledger.read(standingAnswers).get('s00')?.l3, 'rename');
		assert.equal(runOf(job).actualMicros, 3 * micros);
	});

	it('asks again what was never asked, at no cost, and counts what was lost as unconfirmed', async () => {
		const job = await make(sessions(2));
		const { id: runId } = runOf(job);
		for (const [index, sessionId] of sessions(2).entries()) {
			await ledger.change(tx =>
				insertRequest(tx, {
					id: `request-${index}`,
					runId,
					outputFile: join(folder, `request-${index}`),
					estimatedMicros: 700,
					askedAt: new Date().toISOString(),
					items: [{ sessionId, code: 'k7f2', lastRecord: 'r1' }],
				}),
			);
		}
		provider.recovery = request => (request.id === 'request-0' ? null : failed('lost', { micros: null }));
		worker.start();
		const ended = await end(job.id);
		assert.equal(result(ended).classified, 2);
		assert.deepEqual([result(ended).costMicros, result(ended).unconfirmedMicros], [2 * micros, 700]);
	});

	it('tries again when the ledger refuses an outcome, without asking again', async () => {
		provider.script = () => {
			throw new Error('a mistake of ours');
		};
		const job = await make(['one']);
		worker.start();
		const waiting = await when(job.id, each => each.status === 'pending' && each.error !== null);
		assert.equal(waiting.error?.message, 'a mistake of ours');
		provider.recovery = () => null;
		provider.script = asked => answered(asked);
		await queue.edit(job.id, { scheduledAt: new Date() });
		assert.equal((await end(job.id)).status, 'completed');
	});

	it('is listed with the last runs, the newest first', async () => {
		worker.start();
		for (const name of ['a', 'b']) await end((await make([name])).id);
		assert.deepEqual(
			ledger.read(reader => lastRuns(reader, 10)).map(row => [row.status, row.classified]),
			[
				['completed', 1],
				['completed', 1],
			],
		);
	});
});
