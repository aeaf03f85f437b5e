/**
 * Answers to requests that nobody waits for any more: of a run whose owner died or whose window was closed, and of runs that
 * were cancelled without their owner. What arrived is taken, what is still coming is awaited, the rest is listed as
 * unconfirmed spending (CLS-8).
 */
import { rm } from 'node:fs/promises';
import { type JobRun, JobStop } from '../jobs/jobRun.ts';
import type { JobType } from '../jobs/registry.ts';
import { putBackItem } from '../store/ledger/classificationItems.ts';
import { leftRequests, openRequests, type RequestRow } from '../store/ledger/classificationRequests.ts';
import type { Ledger } from '../store/ledger/ledger.ts';
import { parseIdentity } from '../store/processIdentity.ts';
import { nothingSpent, type OpenRequest, type Provider } from './providers/provider.ts';
import { settleRequest } from './settleRequest.ts';

export interface LeftAnswersParts {
	readonly ledger: Ledger;
	readonly providerOf: (provider: string, model: string) => Provider;
	/** How long a request may take. */
	readonly timeoutMs: number;
	readonly onLog: (text: string) => void;
	readonly now: () => Date;
}

/** A job that does nothing else, for runs that nobody will go on with. */
export const collectAnswersJob: JobType<Readonly<Record<string, never>>, { readonly sessions: number }, 'collect-answers'> = {
	name: 'collect-answers',
	parse: () => ({}),
	afterOwnerDied: 'resume',
	concurrency: 1,
	timeoutMs: null,
};

/** A person who cancels wants an end; everybody else wants the answer that is already paid for. */
export const leavesRequests = (reason: unknown): boolean => !(reason instanceof JobStop && reason.kind === 'cancelled');

/**
 * `ownJobId`: the run of that job, whose owner before is gone; null for none. Of runs that have ended in any case. Answers
 * the sessions that have an answer now. Rejects when the job is to end, and when files of ours fail.
 */
export async function takeLeftAnswers(parts: LeftAnswersParts, job: JobRun, ownJobId: string | null): Promise<readonly string[]> {
	const left = parts.ledger.read(reader => leftRequests(reader, ownJobId));
	if (left.length > 0) parts.onLog(`${left.length} requests were under way when their run was cut off`);
	return (await Promise.all(left.map(request => takeOne(parts, job, request)))).flat();
}

/** Ends every request that is under way, whoever asked, without taking its answer: for when all that is known of it is to go. */
export async function endRequests({
	ledger,
	providerOf,
	timeoutMs,
}: Pick<LeftAnswersParts, 'ledger' | 'providerOf' | 'timeoutMs'>): Promise<void> {
	const cancelled = AbortSignal.abort(new JobStop('cancelled'));
	const requests = ledger.read(openRequests);
	await Promise.all(
		requests.map(request =>
			providerOf(request.provider, request.model).recover(openRequest(request, timeoutMs), cancelled, leavesRequests),
		),
	);
}

function openRequest({ id, outputFile, process, askedAt }: RequestRow, timeoutMs: number): OpenRequest {
	return {
		id,
		answerFile: outputFile ?? '',
		process: process === null ? null : parseIdentity(process),
		deadline: new Date(Date.parse(askedAt) + timeoutMs),
	};
}

async function takeOne({ providerOf, timeoutMs, now }: LeftAnswersParts, job: JobRun, request: RequestRow): Promise<readonly string[]> {
	const open = openRequest(request, timeoutMs);
	const outcome = await providerOf(request.provider, request.model).recover(open, job.signal, leavesRequests);
	const at = now().toISOString();
	const codes = new Map(Object.entries(JSON.parse(request.codes) as Record<string, string>));
	if (outcome === null) {
		const never = { ok: false, error: { reason: 'lost', message: 'It was never asked', retryAt: null }, spent: nothingSpent } as const;
		await job.change(tx => {
			for (const sessionId of codes.values()) putBackItem(tx, request.runId, sessionId, at);
			settleRequest(tx, { ...request, codes: new Map(), outcome: never, estimatedMicros: 0, isRunsOwn: true, at });
		});
		return [];
	}
	// What a kill lost is no session's fault.
	const isRunsOwn = !outcome.ok && (outcome.error.reason === 'lost' || outcome.error.reason === 'timed-out');
	const settlement = await job.change(tx => settleRequest(tx, { ...request, codes, outcome, isRunsOwn, at }));
	await rm(open.answerFile, { force: true });
	return settlement?.classified ?? [];
}
