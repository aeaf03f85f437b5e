/** When a job that failed is tried again (JOB-3). The rule belongs to the error. Pure. */

/** `at`: a rate limit, which counts no attempt. */
export type RetryRule = 'back-off' | 'never' | { readonly at: Date };

/** What a handler throws to say how it failed. Any other error is tried again after a back-off, with reason `failed`. */
export class JobFailure extends Error {
	override readonly name = 'JobFailure';
	readonly reason: string;
	readonly retry: RetryRule;
	constructor(reason: string, message: string, retry: RetryRule = 'back-off', cause?: unknown) {
		super(message, { cause });
		this.reason = reason;
		this.retry = retry;
	}
}

export const defaultMaxAttempts = 3;

const firstMs = 2_000;
const longestMs = 300_000;
/** A limit that is over already, told again and again, must not keep the job running round and round. */
const shortestWaitMs = 1_000;
/** The last instant that has four digits for its year. */
const lastInstant = Date.UTC(9999, 11, 31);

export type Retry =
	| { readonly event: 'fail' } //
	| { readonly event: 'retry' | 'wait'; readonly at: Date };

export function failureOf(error: unknown): JobFailure {
	if (error instanceof JobFailure) return error;
	return new JobFailure('failed', error instanceof Error ? error.message : String(error), 'back-off', error);
}

/** Milliseconds before the next attempt, after so many (from 1). `chance` is from 0 to 1: full jitter over the upper half. */
export function backOffMs(attempts: number, chance: number): number {
	const whole = Math.min(firstMs * 2 ** (attempts - 1), longestMs);
	return Math.round(whole * (0.5 + chance / 2));
}

/** `attempts` counts the one that failed. */
export function retryAfter(rule: RetryRule, attempts: number, maxAttempts: number, now: Date, chance: number): Retry {
	if (rule === 'never') return { event: 'fail' };
	if (rule !== 'back-off' && rule.at.getTime() <= lastInstant) {
		return { event: 'wait', at: new Date(Math.max(rule.at.getTime(), now.getTime() + shortestWaitMs)) };
	}
	if (attempts >= maxAttempts) return { event: 'fail' };
	return { event: 'retry', at: new Date(now.getTime() + backOffMs(attempts, chance)) };
}
