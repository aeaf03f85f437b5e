/** What classifying costs, in words; pure. */
import type { Format } from '../format.ts';
import { text } from '../text.ts';

export interface Spent {
	/** Confirmed. */
	readonly costUsd: number;
	/** Of requests whose answer was lost: perhaps paid (CLS-8). */
	readonly unconfirmedUsd: number;
}

/** All of it, with the part named that nobody confirmed: it counts against the caps as if it had been paid. */
export function costText({ costUsd, unconfirmedUsd }: Spent, format: Format): string {
	const all = format.usd(costUsd + unconfirmedUsd);
	return unconfirmedUsd > 0 ? text('costUnconfirmed', { cost: all, unconfirmed: format.usd(unconfirmedUsd) }) : all;
}

export function addedUp(rows: readonly Spent[]): Spent {
	return rows.reduce<Spent>(
		(all, row) => ({ costUsd: all.costUsd + row.costUsd, unconfirmedUsd: all.unconfirmedUsd + row.unconfirmedUsd }),
		{ costUsd: 0, unconfirmedUsd: 0 },
	);
}

/** Milliseconds; null while it runs, and for times that are none. */
export function lengthOf({ createdAt, completedAt }: { readonly createdAt: string; readonly completedAt: string | null }): number | null {
	const length = completedAt === null ? NaN : Date.parse(completedAt) - Date.parse(createdAt);
	return length >= 0 ? length : null;
}
