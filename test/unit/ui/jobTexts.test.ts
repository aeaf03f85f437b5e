import assert from 'node:assert/strict';
import { jobIcon, jobItem, jobTooltip } from '../../../src/extension/ui/presentation/jobItem.ts';
import { jobDescription, notificationText } from '../../../src/extension/ui/presentation/jobTexts.ts';
import { runOutcome } from '../../../src/extension/ui/presentation/runOutcome.ts';
import type { ClassificationRunRow, JobRow } from '../../../src/webview/contract/jobs.ts';
import { berlin, job, noon } from './viewers.ts';

const run = (changes: Partial<ClassificationRunRow>): ClassificationRunRow => ({
	...(job().classification as ClassificationRunRow),
	...changes,
});
const pending = { status: 'pending', etaMs: null } as const;
const inFive = '2026-11-18T11:05:00.000Z';
const ended = { etaMs: null, finishedAt: '2026-11-18T10:55:00.000Z' } as const;
const limit = { reason: 'rate-limited', message: 'The model asks to wait.' };
const plain = (text: string) => text.replace(/\\(?=[!-/:-@[-`{-~])/g, '').replaceAll('\u202f', ' ');

describe('the notification of a run', () => {
	const text = (changes: Partial<JobRow>) => plain(notificationText(job(changes), noon, berlin));

	it('says how far it is, what it cost so far, and how long it will take (JOB-7)', () => {
		assert.equal(text({}), 'Classifying 12 of 40 · $0.03 · about 2 min left');
		assert.equal(text({ etaMs: null, classification: run({ costUsd: 0 }) }), 'Classifying 12 of 40');
		assert.equal(text({ total: null, etaMs: null, classification: run({ costUsd: 0 }) }), 'Classifying…');
	});

	it('owns up to what may have been paid for nothing (CLS-8)', () => {
		assert.match(text({ classification: run({ unconfirmedUsd: 0.01 }) }), / · \$0\.03 and perhaps \$0\.01 more · /);
	});

	it('says until when a rate limit pauses it', () => {
		assert.equal(text({ ...pending, scheduledAt: inFive, error: limit }), 'Classifying: paused until 12:05 PM, because of a rate limit');
		assert.match(text({ ...pending, scheduledAt: '2026-11-19T11:05:00.000Z', error: limit }), /paused until Nov 19, 2026, 12:05 PM/);
	});

	it('says that it is stopping once somebody asked for that', () => {
		assert.equal(text({ isCancelling: true }), 'Stopping. What is finished is kept.');
	});
});

describe('a job as a row', () => {
	const describeJob = (changes: Partial<JobRow>) => plain(jobDescription(job(changes), noon, berlin));
	const backup = { type: 'backup', classification: null, etaMs: null, total: null, current: 0 } as const;

	it('says how far it is, or what it does', () => {
		assert.equal(describeJob({}), '12 of 40 · $0.03 · about 2 min left');
		assert.equal(describeJob({ ...backup, message: 'writing' }), 'writing');
		assert.equal(describeJob(backup), 'running');
		assert.equal(describeJob({ isCancelling: true }), 'stopping');
	});

	it('says what it waits for', () => {
		assert.equal(describeJob(pending), 'waiting for its turn');
		assert.equal(describeJob({ ...pending, scheduledAt: inFive }), 'starts at 12:05 PM');
		const error = { reason: 'server-error', message: 'The API answered 529.' };
		assert.equal(describeJob({ ...pending, scheduledAt: inFive, error }), 'tried again at 12:05 PM: The API answered 529.');
	});

	it('says how it ended, when, why and for how much', () => {
		const counts = run({ classified: 38, skipped: 1, failed: 1, costUsd: 0.12 });
		assert.equal(
			describeJob({ ...ended, status: 'completed', classification: counts }),
			'Completed · 38 classified, 1 skipped, 1 failed · $0.12 · 5 min. ago',
		);
		assert.equal(
			describeJob({ ...ended, ...backup, status: 'failed', error: { reason: 'failed', message: 'the disk\nis full' } }),
			'Failed · the disk is full · 5 min. ago',
		);
	});

	it('offers only what can be done', () => {
		const words = (changes: Partial<JobRow>) => jobItem(job(changes), noon, berlin).contextValue;
		assert.equal(words({}), 'job cancellable');
		assert.equal(words({ isCancelling: true }), 'job');
		assert.equal(words(pending), 'job waiting cancellable');
		assert.equal(words({ ...pending, scheduledAt: inFive, error: limit }), 'job waiting scheduled cancellable withError');
		assert.equal(words({ ...ended, status: 'failed', error: limit }), 'job retryable withError');
		assert.equal(words({ ...ended, status: 'cancelled' }), 'job retryable');
		assert.equal(words({ ...ended, status: 'completed' }), 'job');
	});

	it('shows by its icon how it stands, and tells a screen reader', () => {
		const icons = (['pending', 'running', 'completed', 'failed', 'cancelled'] as const).map(status => jobIcon(job({ status })).id);
		assert.equal(new Set(icons).size, 5);
		assert.equal(jobIcon(job()).id, 'loading~spin');
		assert.equal(jobItem(job(), noon, berlin).accessibleLabel, 'Classify sessions, Running, 12 of 40 · $0.03 · about 2 min left');
	});

	it('has all of it in its tooltip, as plain text', () => {
		const tooltip = jobTooltip(
			job({ ...ended, status: 'failed', attempts: 2, error: { reason: 'x', message: '[run](command:x)' } }),
			noon,
			berlin,
		);
		assert.doesNotMatch(tooltip, /(?<!\\)\[/);
		for (const line of [
			'**Classify sessions**',
			'- Status: Failed',
			'- Sessions: 11 classified, 1 failed',
			'- Model: Claude CLI, haiku',
			'- Cost: $0.03',
			'- Estimated cost: $0.10',
			'- Tokens: 9,600',
			'- Reason: [run](command:x)',
			'- Attempts: 2',
		])
			assert.ok(plain(tooltip).split('\n').includes(line), `${line} is missing in ${plain(tooltip)}`);
	});
});

describe('the end of a run', () => {
	const outcome = (changes: Partial<JobRow>) => runOutcome(job({ ...ended, ...changes }), berlin);

	it('is told with its figures', () => {
		assert.deepEqual(outcome({ status: 'completed', classification: run({ classified: 40, failed: 0, costUsd: 0.12 }) }), {
			kind: 'info',
			text: 'Classifying ended: 40 classified · $0.12.',
			actions: ['showJobs'],
		});
	});

	it('offers what there is to do when something is missing', () => {
		assert.deepEqual(outcome({ status: 'completed' }).actions, ['classify', 'showJobs', 'showLog']);
		assert.deepEqual(outcome({ status: 'cancelled' }).actions, ['retry', 'showJobs']);
		const failed = outcome({ status: 'failed', error: { reason: 'not-logged-in', message: 'Log in to Claude Code.' } });
		assert.deepEqual([failed.kind, failed.actions], ['error', ['retry', 'showJobs', 'showLog']]);
		assert.equal(failed.text, 'Classifying failed. Log in to Claude Code. (11 classified, 1 failed · $0.03)');
	});

	it('names the spending limit, and leads to the settings', () => {
		const capped = outcome({ status: 'completed', error: { reason: 'spending-cap', message: 'reached' } });
		assert.match(capped.text, /spending limit/);
		assert.deepEqual(capped.actions, ['openSettings', 'showJobs']);
	});
});
