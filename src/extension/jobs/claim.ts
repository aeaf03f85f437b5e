/** Which job comes next, and whose owner is gone. Everything here runs inside one change, or looks whether one is worth it. */
import {
	type JobOfType,
	jobUnderLease,
	type JobRow,
	type LeaseRow,
	leases,
	leasesByType,
	nextClaimable,
	nextDueAfter,
} from '../store/ledger/jobs.ts';
import type { LedgerReader, LedgerTransaction } from '../store/ledger/transaction.ts';
import type { ProcessIdentity } from '../store/processIdentity.ts';
import type { Job } from './job.ts';
import { isOwnerGone, newLease } from './lease.ts';
import type { CheckedHandler, JobCatalogue } from './registry.ts';
import { StatusChange } from './statusChange.ts';

/** What this window can do at the moment. */
export interface Capabilities {
	readonly scopes: ReadonlySet<string> | 'all';
	readonly needs: ReadonlySet<string>;
	/** Of that type this job and no other: what a command was not asked to do, it does not pay for. */
	readonly only?: JobOfType | undefined;
}

/** How many jobs may run at once, over all windows. */
export interface Limits {
	readonly overall: number;
	/** By the name of the type; the type says it for those that are not named. */
	readonly byType: Readonly<Record<string, number>>;
}

export interface Claimant {
	readonly registry: JobCatalogue;
	readonly owner: ProcessIdentity;
	readonly leaseMs: number;
	readonly now: Date;
	readonly capabilities: Capabilities;
	readonly limits: Limits;
	/** Leases this worker holds: it knows itself whether it is alive. */
	readonly held: ReadonlySet<string>;
}

/** Whether `claim` would find anything, as far as this window knows. */
export function isClaimWorthwhile(reader: LedgerReader, claimant: Claimant): boolean {
	return orphans(reader, claimant).length > 0 || nextFor(reader, claimant) !== undefined;
}

/** What a worker needs to run a job it has claimed. */
export interface Claimed {
	readonly job: Job;
	readonly lease: string;
	readonly handler: CheckedHandler;
}

/** Frees the jobs whose owners are gone and takes as many as there is room for, the most urgent first. */
export function claim(tx: LedgerTransaction, claimant: Claimant): Claimed[] {
	const { registry, now, owner, leaseMs } = claimant;
	freeOrphans(tx, claimant);
	const change = new StatusChange(tx, registry, now);
	const claimed: Claimed[] = [];
	for (let next = nextFor(tx, claimant); next !== undefined; next = nextFor(tx, claimant)) {
		const lease = newLease(owner);
		const job = change.claim(next.row, lease, new Date(now.getTime() + leaseMs));
		claimed.push({ job, lease, handler: next.handler });
	}
	return claimed;
}

/** What their owners began waits again, or is over, as its type says. */
export function freeOrphans(tx: LedgerTransaction, claimant: Pick<Claimant, 'registry' | 'now' | 'held'>): void {
	const change = new StatusChange(tx, claimant.registry, claimant.now);
	for (const { id, leaseOwner } of orphans(tx, claimant)) {
		const row = jobUnderLease(tx, id, leaseOwner);
		if (row !== undefined) change.ownerDied(row);
	}
}

/** When there may be something to claim that is not due yet; null when nothing waits. */
export const nextDue = (reader: LedgerReader, { registry, now }: Claimant): string | null =>
	nextDueAfter(reader, registry.handled, now.toISOString());

/** Of types this version knows: what is to become of the others, it cannot say. */
function orphans(reader: LedgerReader, { registry, now, held }: Pick<Claimant, 'registry' | 'now' | 'held'>): LeaseRow[] {
	return leases(reader).filter(
		({ type, leaseOwner, leaseExpiresAt }) =>
			registry.typeOf(type) !== null && !held.has(leaseOwner) && isOwnerGone(leaseOwner, leaseExpiresAt, now),
	);
}

function nextFor(
	reader: LedgerReader,
	{ registry, now, capabilities, limits }: Claimant,
): { readonly row: JobRow; readonly handler: CheckedHandler } | undefined {
	const at = now.toISOString();
	const byType = leasesByType(reader, at);
	const running = [...byType.values()].reduce((sum, each) => sum + each, 0);
	if (running >= limits.overall) return undefined;
	const types = registry.handled.filter(name => (byType.get(name) ?? 0) < (limits.byType[name] ?? registry.typeOf(name)?.concurrency ?? 0));
	const scopes = capabilities.scopes === 'all' ? null : [...capabilities.scopes];
	const row = nextClaimable(reader, { at, types, scopes, needs: [...capabilities.needs], only: capabilities.only });
	const handler = row === undefined ? null : registry.handlerOf(row.type);
	return row === undefined || handler === null ? undefined : { row, handler };
}
