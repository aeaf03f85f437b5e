/** A data folder with a ledger in it, and what a person and a run of classification would do to it. */
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { insertRequest } from '../../../src/extension/store/ledger/classificationRequests.ts';
import { insertRun } from '../../../src/extension/store/ledger/classificationRuns.ts';
import { personsAnswers, putClassification } from '../../../src/extension/store/ledger/classifications.ts';
import { insertJob, writeRunning } from '../../../src/extension/store/ledger/jobs.ts';
import { Ledger, type LedgerOptions } from '../../../src/extension/store/ledger/ledger.ts';
import { addSpending } from '../../../src/extension/store/ledger/spending.ts';

export const at = '2026-01-02T03:04:05.678Z';
export const now = (): Date => new Date(at);

export class DataFolder {
	readonly path: string;
	readonly #opened: Ledger[] = [];

	static async make(): Promise<DataFolder> {
		return new DataFolder(await mkdtemp(join(tmpdir(), 'maintenance-')));
	}

	private constructor(path: string) {
		this.path = path;
	}

	async open(options: Partial<LedgerOptions> = {}): Promise<Ledger> {
		const { ledger } = await Ledger.open({ folder: this.path, now, ...options });
		this.#opened.push(ledger);
		return ledger;
	}

	/** As the files lie there now, without the lock, which a live process may hold. */
	async copyTo(path: string): Promise<void> {
		await cp(this.path, path, { recursive: true, filter: source => !source.includes('ledger.lock') && !source.endsWith('.tmp') });
	}

	async remove(): Promise<void> {
		for (const each of this.#opened) await each.close();
		await rm(this.path, { recursive: true, force: true });
	}
}

export function correct(ledger: Ledger, sessionId: string): Promise<void> {
	return ledger.change(tx =>
		putClassification(tx, {
			sessionId,
			source: 'person',
			kind: 'person',
			l1: 'code_work',
			l2: 'bug_fix',
			l3: 'logic-fix',
			confidence: 1,
			reasoning: null,
			provider: null,
			model: null,
			promptVersion: null,
			lastRecord: null,
			runId: null,
			at,
		}),
	);
}

/** The sessions that a person has corrected. */
export const corrected = (ledger: Ledger): string[] =>
	ledger
		.read(reader => personsAnswers(reader, 1000))
		.map(({ sessionId }) => sessionId)
		.sort();

/** A job that classifies session `s-<id>`, run by somebody else. */
export function addRun(ledger: Ledger, id: string, status: 'pending' | 'running'): Promise<void> {
	return ledger.change(tx => {
		insertJob(tx, {
			id,
			type: 'classify',
			data: '{}',
			scope: null,
			needs: '[]',
			status: 'pending',
			priority: 0,
			scheduledAt: at,
			maxAttempts: 3,
			timeoutMs: null,
			createdAt: at,
		});
		const items = [{ sessionId: `s-${id}`, lastRecord: null, state: 'pending' as const }];
		const run = {
			jobId: id,
			provider: 'cli',
			model: 'haiku',
			promptVersion: 1,
			estimatedMicros: 500,
			capMicros: null,
			createdAt: at,
			items,
		};
		insertRun(tx, run);
		if (status === 'running')
			writeRunning(tx, id, { status, leaseOwner: '{}', leaseExpiresAt: '2999-01-01T00:00:00.000Z', attempts: 1, at });
	});
}

const runIdOf = (jobId: string) => 'SELECT id FROM classification_jobs WHERE job_id = ' + `'${jobId}'`;

export function ask(ledger: Ledger, jobId: string, requestId: string, estimatedMicros: number): Promise<void> {
	return ledger.change(tx => {
		const runId = tx.prepare<{ id: number }>(runIdOf(jobId)).get()?.id ?? 0;
		const items = [{ sessionId: `s-${jobId}`, code: 'k7f2', lastRecord: null }];
		insertRequest(tx, { id: requestId, runId, outputFile: `/answers/${requestId}.jsonl`, estimatedMicros, askedAt: at, items });
	});
}

export function spend(ledger: Ledger, requestId: string, micros: number, jobId: string | null): Promise<void> {
	return ledger.change(tx =>
		addSpending(tx, {
			requestId,
			runId: jobId === null ? null : (tx.prepare<{ id: number }>(runIdOf(jobId)).get()?.id ?? null),
			kind: 'confirmed',
			provider: 'cli',
			model: 'haiku',
			micros,
			inputTokens: 10,
			outputTokens: 2,
			at,
		}),
	);
}

export const all = (ledger: Ledger, sql: string): unknown[] => ledger.read(reader => reader.prepare(sql).all());
