/** What requests cost, kept when the runs that made them are cleaned up. Whole micro-dollars. */
import type { LedgerReader, LedgerTransaction } from './transaction.ts';

export interface NewSpending {
	/** Null where it is not known any more. */
	readonly requestId: string | null;
	readonly runId: number | null;
	/** `unconfirmed`: an answer was lost, or its price; the estimate counts instead (CLS-8). */
	readonly kind: 'confirmed' | 'unconfirmed';
	readonly provider: string;
	readonly model: string;
	readonly micros: number;
	readonly inputTokens: number;
	readonly outputTokens: number;
	readonly at: string;
}

export function addSpending(tx: LedgerTransaction, spending: NewSpending): void {
	tx.run(
		`INSERT INTO spending (request_id, run_id, kind, provider, model, micros, input_tokens, output_tokens, spent_at)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
		spending.requestId,
		spending.runId,
		spending.kind,
		spending.provider,
		spending.model,
		spending.micros,
		spending.inputTokens,
		spending.outputTokens,
		spending.at,
	);
}

/** Unconfirmed amounts count: a cap that is only probably kept is none. */
export function spentSince(reader: LedgerReader, at: string): number {
	return (
		reader.prepare<{ micros: number }>('SELECT coalesce(sum(micros), 0) AS micros FROM spending WHERE spent_at >= ?').get(at)?.micros ?? 0
	);
}

export interface SpendingSum {
	readonly provider: string;
	readonly model: string;
	readonly requests: number;
	readonly confirmedMicros: number;
	readonly unconfirmedMicros: number;
	readonly inputTokens: number;
	readonly outputTokens: number;
}

/** By provider and model, the dearest first. */
export function spendingSums(reader: LedgerReader): SpendingSum[] {
	return reader
		.prepare<SpendingSum>(
			`SELECT provider, model, count(*) AS requests, coalesce(sum(micros) FILTER (WHERE kind = 'confirmed'), 0) AS confirmedMicros,
				coalesce(sum(micros) FILTER (WHERE kind = 'unconfirmed'), 0) AS unconfirmedMicros,
				sum(input_tokens) AS inputTokens, sum(output_tokens) AS outputTokens
			FROM spending GROUP BY provider, model ORDER BY sum(micros) DESC, provider, model`,
		)
		.all();
}
