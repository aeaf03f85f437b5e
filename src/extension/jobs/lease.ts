/** A lease names the process that runs a job, and the one claim under which it does. */
import { randomUUID } from 'node:crypto';
import { liveness, parseIdentity, type ProcessIdentity } from '../store/processIdentity.ts';

export interface LeaseTimes {
	/** Without renewal the job is free again after so long, even if its owner's process lives (suspended, on another machine). */
	readonly leaseMs: number;
	readonly renewMs: number;
}

/** Taken up within 30 s after its owner is gone: 20 s until the lease ends and 5 s until an idle window looks. */
export const usualLease: LeaseTimes = { leaseMs: 20_000, renewMs: 5_000 };

/** The text that stands with the job. A new one for each claim, so that nobody's late words pass for those of the next owner. */
export const newLease = (owner: ProcessIdentity): string => JSON.stringify({ ...owner, token: randomUUID() });

export function isOwnerGone(lease: string, expiresAt: string, now: Date): boolean {
	if (expiresAt <= now.toISOString()) return true;
	const owner = parseIdentity(lease);
	return owner !== null && liveness(owner) === 'dead';
}
