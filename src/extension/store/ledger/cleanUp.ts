/** What grows old in the ledger, and what in the folder of answers is still waited for. */
import type { LedgerReader, LedgerTransaction } from './transaction.ts';

/** Deletes ended index runs that began before that, but of no index the newest `keep`. Answers how many. */
export function deleteOldIndexRuns(tx: LedgerTransaction, olderThan: string, keep: number): number {
	return tx.run(
		`DELETE FROM index_runs WHERE status IN ('completed', 'failed') AND created_at < ?1 AND id NOT IN (
			SELECT id FROM (SELECT id, row_number() OVER (PARTITION BY places_key ORDER BY created_at DESC, id) AS place FROM index_runs)
			WHERE place <= ?2)`,
		olderThan,
		keep,
	);
}

export function countIndexRuns(reader: LedgerReader): number {
	return reader.prepare<{ runs: number }>('SELECT count(*) AS runs FROM index_runs').get()?.runs ?? 0;
}

/** Where the answers of requests that are not settled stand, or will. */
export function openAnswerFiles(reader: LedgerReader): string[] {
	return reader
		.prepare<{ file: string }>(
			"SELECT output_file AS file FROM classification_requests WHERE state = 'asked' AND output_file IS NOT NULL ORDER BY id",
		)
		.all()
		.map(({ file }) => file);
}
