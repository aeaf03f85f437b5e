/**
 * What models and people said a session is about (CLS-2, CLS-3). What rules say is not here: it is derived again at any
 * time. One row for each session and source; of several models' answers the latest stands, and a person's before all.
 */
import { isForgotten } from './forgotten.ts';
import type { LedgerReader, LedgerTransaction } from './transaction.ts';

export interface Classification {
	readonly sessionId: string;
	/** `person`, or provider, model and version of the prompt. */
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

export interface NewClassification extends Classification {
	readonly provider: string | null;
	readonly model: string | null;
	readonly promptVersion: number | null;
	readonly runId: number | null;
}

export interface ClassificationRow extends Classification {
	readonly id: number;
}

const columns = `id, session_id AS sessionId, source, kind, category_l1 AS l1, category_l2 AS l2, category_l3 AS l3, confidence, reasoning,
	last_record AS lastRecord, classified_at AS at`;

/** An answer of the same source before it gives way. Of a session that was forgotten while it was asked about, nothing is kept. */
export function putClassification(tx: LedgerTransaction, answer: NewClassification): void {
	if (isForgotten(tx, answer.sessionId)) return;
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

/** Answers of models that a state names: how many may be replaced or lost before everything is looked at again. */
const witnesses = 8;

/** One answer of a model. No later row is ever the same: it would have another number or another time. */
interface Witness {
	readonly id: number;
	readonly sessionId: string;
	readonly source: string;
	readonly at: string;
}

interface AnswersState {
	/** The newest of models, the newest first. */
	readonly models: readonly Witness[];
	/** The number of an answer that was taken back is given out again, so the newest is named, too. */
	readonly persons: { readonly rows: number; readonly ids: number; readonly newest: string };
}

/** Differs after every change of the table; for `answeredSince`. Takes less than 1 ms at 10,000 answers. */
export function classificationsState(reader: LedgerReader): string {
	return JSON.stringify(stateOf(reader));
}

function stateOf(reader: LedgerReader): AnswersState {
	const models = reader
		.prepare<Witness>(
			// In the order of the rows: the index over kinds would have all of a kind sorted.
			`SELECT id, session_id AS sessionId, source, classified_at AS at FROM classifications NOT INDEXED WHERE kind = 'model'
			ORDER BY id DESC LIMIT ${witnesses}`,
		)
		.all();
	const persons = reader
		.prepare<AnswersState['persons']>(
			`SELECT count(*) AS rows, coalesce(sum(id), 0) AS ids, coalesce((SELECT session_id || ' ' || category_l3 || ' ' || classified_at
				FROM classifications WHERE id = (SELECT max(id) FROM classifications INDEXED BY classifications_by_kind WHERE kind = 'person')), '') AS newest
			FROM classifications INDEXED BY classifications_by_kind WHERE kind = 'person'`,
		)
		.get() ?? { rows: 0, ids: 0, newest: '' };
	return { models, persons };
}

export interface AnswersSince {
	/** Sessions whose answers of models changed; null when that cannot be told, as after the restore of a backup. */
	readonly byModels: readonly string[] | null;
	readonly byPersons: boolean;
}

/**
 * What changed since a state, null for one that is not known. Answers of models are only ever replaced, by rows with higher
 * numbers, so as long as one of the newest is there, everything before it is as it was.
 */
export function answeredSince(reader: LedgerReader, state: string | null): AnswersSince {
	const before = parsedState(state);
	if (before === null) return { byModels: null, byPersons: true };
	const { persons } = stateOf(reader);
	return {
		byModels: modelsSince(reader, before.models),
		byPersons: JSON.stringify(persons) !== JSON.stringify(before.persons),
	};
}

function modelsSince(reader: LedgerReader, witnessed: readonly Witness[]): string[] | null {
	const isThere = ({ id, sessionId, source, at }: Witness): boolean =>
		reader
			.prepare('SELECT 1 FROM classifications WHERE id = ? AND session_id = ? AND source = ? AND classified_at = ?')
			.get(id, sessionId, source, at) !== undefined;
	const found = witnessed.findIndex(isThere);
	if (found === -1 && witnessed.length > 0) return null;
	const news = reader
		.prepare<{ sessionId: string }>("SELECT session_id AS sessionId FROM classifications NOT INDEXED WHERE id > ? AND kind = 'model'")
		.all(witnessed[found]?.id ?? 0);
	return [...witnessed.slice(0, Math.max(0, found)), ...news].map(({ sessionId }) => sessionId);
}

/** Null for what another version wrote. */
function parsedState(state: string | null): AnswersState | null {
	return state?.startsWith('{"models":') === true ? (JSON.parse(state) as AnswersState) : null;
}

/** The answer that stands for each session that has one, of these or of all. */
export function standingAnswers(reader: LedgerReader, sessionIds: readonly string[] | null = null): Map<string, ClassificationRow> {
	const order = "ORDER BY kind = 'person', classified_at, id";
	const rows =
		sessionIds === null
			? reader.prepare<ClassificationRow>(`SELECT ${columns} FROM classifications ${order}`).all()
			: reader
					.prepare<ClassificationRow>(
						`SELECT ${columns} FROM classifications WHERE session_id IN (SELECT value FROM json_each(?)) ${order}`,
					)
					.all(JSON.stringify(sessionIds));
	return new Map(rows.map(row => [row.sessionId, row]));
}

export interface JudgementRow {
	readonly sessionId: string;
	readonly kind: 'model' | 'person';
	readonly l2: string;
}

/** What models and persons said, at level 2; of several the one that stands last. */
export function judgementRows(reader: LedgerReader): JudgementRow[] {
	return reader
		.prepare<JudgementRow>('SELECT session_id AS sessionId, kind, category_l2 AS l2 FROM classifications ORDER BY classified_at, id')
		.all();
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

/** Sessions that a person sorted: their categories of level 3. */
export function categoriesByPersons(reader: LedgerReader): Map<string, string> {
	const rows = reader
		.prepare<{ sessionId: string; l3: string }>(
			"SELECT session_id AS sessionId, category_l3 AS l3 FROM classifications WHERE kind = 'person'",
		)
		.all();
	return new Map(rows.map(row => [row.sessionId, row.l3]));
}

/** A person's latest answers, the newest first. */
export function personsAnswers(reader: LedgerReader, limit: number): ClassificationRow[] {
	return reader
		.prepare<ClassificationRow>(`SELECT ${columns} FROM classifications WHERE kind = 'person' ORDER BY id DESC LIMIT ?`)
		.all(limit);
}
