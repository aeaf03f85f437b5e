/** What becomes of a job when its handler has come to an end. Pure. */
import { type JobError, toJson } from './job.ts';
import type { StopKind } from './jobRun.ts';
import { failureOf, JobFailure, retryAfter } from './retry.ts';

/** How a handler ended: `ignored` did not, although it was told to. */
export type Ending =
	| { readonly kind: 'returned'; readonly result: unknown } //
	| { readonly kind: 'threw'; readonly error: unknown }
	| { readonly kind: 'ignored' };

/** Results are JSON. */
export type Outcome =
	| { readonly event: 'complete'; readonly result: string | null; readonly error: null }
	| { readonly event: 'cancel'; readonly result: string | null; readonly error: null }
	| { readonly event: 'fail'; readonly result: null; readonly error: JobError }
	| { readonly event: 'retry' | 'wait'; readonly at: Date; readonly error: JobError }
	| { readonly event: 'release'; readonly result: string | null };

export interface Circumstances {
	/** Why the handler was told to stop, if it was. */
	readonly stop: Exclude<StopKind, 'lease-lost'> | null;
	/** A person wants it cancelled, whether or not the handler has heard of it. */
	readonly isCancelRequested: boolean;
	readonly attempts: number;
	readonly maxAttempts: number;
	readonly timeoutMs: number | null;
	readonly now: Date;
	/** From 0 to 1. */
	readonly chance: number;
}

export function outcomeOf(ending: Ending, circumstances: Circumstances): Outcome {
	let result: string | null = null;
	try {
		if (ending.kind === 'returned') result = toJson(ending.result);
	} catch (error) {
		return outcomeOf({ kind: 'threw', error: new JobFailure('failed', messageOf(error), 'never', error) }, circumstances);
	}
	const { stop, isCancelRequested } = circumstances;
	if (ending.kind === 'returned' && stop === null) return { event: 'complete', result, error: null };
	if (isCancelRequested || stop === 'cancelled') return { event: 'cancel', result, error: null };
	if (stop === 'stopping') return { event: 'release', result };
	return afterFailure(
		stop === 'timed-out' ? timedOut(circumstances.timeoutMs) : failureOf(ending.kind === 'threw' ? ending.error : null),
		circumstances,
	);
}

function afterFailure(failure: JobFailure, { attempts, maxAttempts, now, chance }: Circumstances): Outcome {
	const error = { reason: failure.reason, message: failure.message };
	const next = retryAfter(failure.retry, attempts, maxAttempts, now, chance);
	return next.event === 'fail' ? { event: 'fail', result: null, error } : { event: next.event, at: next.at, error };
}

const timedOut = (timeoutMs: number | null): JobFailure => new JobFailure('timed-out', `It took longer than ${(timeoutMs ?? 0) / 1000} s`);

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
