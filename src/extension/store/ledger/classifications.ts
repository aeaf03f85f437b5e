/**
 * What models and people said a session is about (CLS-2, CLS-3). What rules say is not here: it is derived again at any
 * time. One row for each session and source; of several models' answers the latest stands, and a person's before all.
 */
import type { LedgerReader, LedgerTransaction } from './transaction.ts';

export interface NewClassification {
	readonly sessionId: string;
	/** `person`, or provider, model and version of the prompt. */
	readonly source: string;
	readonly kind: 'model' | 'person';
	readonly l1: string;
	readonly l2: string;
	readonly l3: string;
	readonly confidence: number;
	readonly reasoning: string | null;
	readonly provider: string | null;
	readonly model: string | null;
	readonly promptVersion: number | null;
	readonly lastRecord: string | null;
	readonly runId: number | null;
	readonly at: string;
}

export interface ClassificationRow {
	readonly id: number;
	readonly sessionId: string;
	readonly source: string;
	readonly kind: 'model' | 'person';
	readonly l1: string;
	readonly l2: string;
	readonly l3: string;
	readonly confidence: number;
	readonly reasoning: string | null;
	readonly lastRecord: string | null;
	readonly at: string;
}

const columns = `id, session_id AS sessionId, source, kind, category_l1 AS l1, category_l2 AS l2, category_l3 AS l3, confidence, reasoning,
	last_record AS lastRecord, classified_at AS at`;

/** An answer of the same source before it gives way. */
export function putClassification(tx: LedgerTransaction, answer: NewClassification): void {
	// In front of the deletion, so that the number of the row that goes is not given out again.
	const id = (tx.prepare<{ id: number | null }>('SELECT max(id) AS id FROM classifications').get()?.id ?? 0) + 1;
	tx.run('DELETE FROM classifications WHERE session_id = ? AND source = ?', answer.sessionId, answer.source);
	tx.run(
		`INSERT INTO classifications (id, session_id, source, kind, category_l1, category_l2, category_l3, confidence, reasoning, provider, model,
		prompt_version, last_record, run_id, classified_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
		id,
		answer.sessionId,
		answer.source,
		answer.kind,
		answer.l1,
		answer.l2,
		answer.l3,
		answer.confidence,
		answer.reasoning,
		answer.provider,
		answer.model,
		answer.promptVersion,
		answer.lastRecord,
		answer.runId,
		answer.at,
	);
}

/** A person takes a correction back. False when there was none. */
export function removePersonsAnswer(tx: LedgerTransaction, sessionId: string): boolean {
	return tx.run("DELETE FROM classifications WHERE session_id = ? AND kind = 'person'", sessionId) > 0;
}

export function hasPersonsAnswer(reader: LedgerReader, sessionId: string): boolean {
	return reader.prepare("SELECT 1 FROM classifications WHERE session_id = ? AND kind = 'person'").get(sessionId) !== undefined;
}

/** Differs after every change of the table. The highest id alone would not: that of an answer taken back is given out again. */
export function classificationsState(reader: LedgerReader): string {
	const { id, rows, at } = reader
		.prepare<{ id: number; rows: number; at: string }>(
			"SELECT coalesce(max(id), 0) AS id, count(*) AS rows, coalesce(max(classified_at), '') AS at FROM classifications",
		)
		.get() ?? { id: 0, rows: 0, at: '' };
	return `${id} ${rows} ${at}`;
}

/** The answer that stands for each session that has one. */
export function standingAnswers(reader: LedgerReader): Map<string, ClassificationRow> {
	const rows = reader
		.prepare<ClassificationRow>(`SELECT ${columns} FROM classifications ORDER BY kind = 'person', classified_at, id`)
		.all();
	return new Map(rows.map(row => [row.sessionId, row]));
}

/** All answers for a session, the one that stands last. */
export function answersOf(reader: LedgerReader, sessionId: string): ClassificationRow[] {
	return reader
		.prepare<ClassificationRow>(`SELECT ${columns} FROM classifications WHERE session_id = ? ORDER BY kind = 'person', classified_at, id`)
		.all(sessionId);
}

/** The answers of one source, by session: the last record each was given for. */
export function lastRecordsOf(reader: LedgerReader, source: string): Map<string, string | null> {
	const rows = reader
		.prepare<{ sessionId: string; lastRecord: string | null }>(
			'SELECT session_id AS sessionId, last_record AS lastRecord FROM classifications WHERE source = ?',
		)
		.all(source);
	return new Map(rows.map(row => [row.sessionId, row.lastRecord]));
}

export function sessionsOfPersons(reader: LedgerReader): Set<string> {
	const rows = reader.prepare<{ sessionId: string }>("SELECT session_id AS sessionId FROM classifications WHERE kind = 'person'").all();
	return new Set(rows.map(row => row.sessionId));
}

/** A person's latest answers, the newest first. */
export function personsAnswers(reader: LedgerReader, limit: number): ClassificationRow[] {
	return reader
		.prepare<ClassificationRow>(`SELECT ${columns} FROM classifications WHERE kind = 'person' ORDER BY id DESC LIMIT ?`)
		.all(limit);
}

/** The latest answer of a model for each session that has one. */
export function modelAnswers(reader: LedgerReader): Map<string, ClassificationRow> {
	const rows = reader
		.prepare<ClassificationRow>(`SELECT ${columns} FROM classifications WHERE kind = 'model' ORDER BY classified_at, id`)
		.all();
	return new Map(rows.map(row => [row.sessionId, row]));
}
