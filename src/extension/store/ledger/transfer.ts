/**
 * What of the ledger a person can take to another machine: what they said and what was paid for. Jobs, consents, archives and
 * what was seen of this machine stay. Coming in, nothing takes the place of a later word, and nothing of a forgotten session.
 */
import { forgottenSessions } from './forgotten.ts';
import { addTag, createTag, noteMarks, writeLabel, writeNote, writePin } from './marks.ts';
import { type NewClassification, putClassification } from './classifications.ts';
import { addSpending, type NewSpending } from './spending.ts';
import type { LedgerReader, LedgerTransaction } from './transaction.ts';

export interface TransferData {
	readonly tags: readonly { readonly name: string; readonly createdAt: string }[];
	readonly sessionTags: readonly { readonly sessionId: string; readonly tag: string; readonly addedAt: string }[];
	readonly pins: readonly { readonly sessionId: string; readonly pinnedAt: string }[];
	readonly notes: readonly { readonly sessionId: string; readonly text: string; readonly updatedAt: string }[];
	readonly labels: readonly {
		readonly sessionId: string;
		readonly title: string | null;
		readonly isHidden: boolean;
		readonly updatedAt: string;
	}[];
	readonly classifications: readonly TransferredClassification[];
	readonly spending: readonly TransferredSpending[];
}

/** Without the runs they came from, which stay on the machine. */
export type TransferredClassification = Omit<NewClassification, 'runId'>;
export type TransferredSpending = Omit<NewSpending, 'runId'>;

export function transferData(reader: LedgerReader): TransferData {
	const all = <Row extends object>(sql: string): Row[] => reader.prepare<Row>(sql).all();
	return {
		tags: all('SELECT name, created_at AS createdAt FROM tags ORDER BY name'),
		sessionTags: all(
			`SELECT st.session_id AS sessionId, t.name AS tag, st.added_at AS addedAt FROM session_tags st JOIN tags t ON t.id = st.tag_id
			ORDER BY st.session_id, t.name`,
		),
		pins: all('SELECT session_id AS sessionId, pinned_at AS pinnedAt FROM pins ORDER BY session_id'),
		notes: all('SELECT session_id AS sessionId, text, updated_at AS updatedAt FROM notes ORDER BY session_id'),
		labels: all<{ sessionId: string; title: string | null; isHidden: number; updatedAt: string }>(
			'SELECT session_id AS sessionId, title, is_hidden AS isHidden, updated_at AS updatedAt FROM session_labels ORDER BY session_id',
		).map(row => ({ ...row, isHidden: row.isHidden === 1 })),
		classifications: all(
			`SELECT session_id AS sessionId, source, kind, category_l1 AS l1, category_l2 AS l2, category_l3 AS l3, confidence, reasoning, provider,
			model, prompt_version AS promptVersion, last_record AS lastRecord, classified_at AS at FROM classifications
			WHERE kind <> 'rules' AND category_l3 IS NOT NULL ORDER BY classified_at, id`,
		),
		spending: all(
			`SELECT request_id AS requestId, kind, provider, model, micros, input_tokens AS inputTokens, output_tokens AS outputTokens, spent_at AS at
			FROM spending ORDER BY spent_at, id`,
		),
	};
}

/** What comes in of one kind. */
export interface TransferCount {
	readonly added: number;
	/** Take the place of something older. */
	readonly replaced: number;
	/** Stay out: there is the same here, or something later. */
	readonly kept: number;
}

export type TransferKind = 'tags' | 'tagged sessions' | 'pins' | 'notes' | 'names' | 'corrections' | 'categories by models' | 'payments';

export interface TransferPlan {
	readonly counts: Readonly<Record<TransferKind, TransferCount>>;
	/** Rows about sessions that were forgotten here. */
	readonly forgotten: number;
}

interface Decided<Row> {
	readonly added: readonly Row[];
	readonly replaced: readonly Row[];
	readonly kept: number;
}

type Decisions = ReturnType<typeof decide>;

/** What would come in now. */
export function transferPlan(reader: LedgerReader, data: TransferData): TransferPlan {
	const decisions = decide(reader, data);
	const count = ({ added, replaced, kept }: Decided<unknown>): TransferCount => ({
		added: added.length,
		replaced: replaced.length,
		kept,
	});
	return {
		counts: {
			tags: count(decisions.tags),
			'tagged sessions': count(decisions.sessionTags),
			pins: count(decisions.pins),
			notes: count(decisions.notes),
			names: count(decisions.labels),
			corrections: count(decisions.corrections),
			'categories by models': count(decisions.models),
			payments: count(decisions.spending),
		},
		forgotten: decisions.forgotten,
	};
}

/** Lets everything in that `transferPlan` told of. `token` is that of `noteMarks`. */
export function takeOver(tx: LedgerTransaction, data: TransferData, token: string): TransferPlan {
	const plan = transferPlan(tx, data);
	write(tx, decide(tx, data));
	noteMarks(tx, token);
	return plan;
}

function decide(reader: LedgerReader, data: TransferData) {
	const here = transferData(reader);
	const forgotten = new Set(forgottenSessions(reader).map(({ sessionId }) => sessionId));
	let left = 0;
	const ofKnown = <Row extends { readonly sessionId: string }>(rows: readonly Row[]): Row[] =>
		rows.filter(({ sessionId }) => {
			if (forgotten.has(sessionId)) left++;
			return !forgotten.has(sessionId);
		});
	const classifications = ofKnown(data.classifications);
	const answers = (kind: 'model' | 'person') =>
		decided(
			classifications.filter(row => row.kind === kind),
			here.classifications,
			row => `${row.sessionId}\0${row.source}`,
			later(row => row.at),
		);
	return {
		tags: decided(data.tags, here.tags, row => row.name.toLowerCase(), first),
		sessionTags: decided(ofKnown(data.sessionTags), here.sessionTags, row => `${row.sessionId}\0${row.tag.toLowerCase()}`, first),
		pins: decided(ofKnown(data.pins), here.pins, row => row.sessionId, first),
		notes: decided(
			ofKnown(data.notes),
			here.notes,
			row => row.sessionId,
			later(row => row.updatedAt),
		),
		labels: decided(ofKnown(data.labels), here.labels, row => row.sessionId, joinedLabel),
		corrections: answers('person'),
		models: answers('model'),
		spending: decided(data.spending, here.spending, row => row.requestId ?? `${row.at}\0${row.model}\0${row.micros}`, first),
		forgotten: left,
	};
}

/** What becomes of two rows about the same thing: `present` itself when what comes changes nothing. */
type Joined<Row> = (present: Row, coming: Row) => Row;

const first = <Row>(present: Row): Row => present;

/** Of equal times, what is here stays. */
function later<Row>(at: (row: Row) => string): Joined<Row> {
	return (present, coming) => (at(coming) > at(present) ? coming : present);
}

type Label = TransferData['labels'][number];

/**
 * The name and the hidden mark stand in one row with one time, and a row says nothing of one of them but that it is not set: whether
 * somebody took it back or never thought of it cannot be told. So what is set stays set, and times decide between two names only.
 */
function joinedLabel(present: Label, coming: Label): Label {
	const isHidden = present.isHidden || coming.isHidden;
	const isNamedThere = coming.title !== null && (present.title === null || coming.updatedAt > present.updatedAt);
	// With the time of the name, since only names are compared by it: a mark that came later makes no name younger.
	if (isNamedThere) return { ...coming, isHidden };
	return isHidden === present.isHidden ? present : { ...present, isHidden };
}

/** Each thing once, also where a file names it several times. */
function decided<Row>(coming: readonly Row[], here: readonly Row[], key: (row: Row) => string, joined: Joined<Row>): Decided<Row> {
	const known = new Map(here.map(row => [key(row), row]));
	const once = new Map<string, Row>();
	let kept = 0;
	for (const row of coming) {
		const before = once.get(key(row));
		const both = before === undefined ? row : joined(before, row);
		if (both === before) kept++;
		else once.set(key(row), both);
	}
	const added: Row[] = [];
	const replaced: Row[] = [];
	for (const [name, row] of once) {
		const present = known.get(name);
		const both = present === undefined ? row : joined(present, row);
		if (present === undefined) added.push(row);
		else if (both === present) kept++;
		else replaced.push(both);
	}
	return { added, replaced, kept };
}

function write(tx: LedgerTransaction, decisions: Decisions): void {
	const both = <Row>({ added, replaced }: Decided<Row>): readonly Row[] => [...added, ...replaced];
	for (const { name, createdAt } of decisions.tags.added) createTag(tx, name, createdAt);
	for (const { sessionId, tag, addedAt } of decisions.sessionTags.added) {
		createTag(tx, tag, addedAt);
		addTag(tx, sessionId, tag, addedAt);
	}
	for (const { sessionId, pinnedAt } of decisions.pins.added) writePin(tx, sessionId, pinnedAt);
	for (const { sessionId, text, updatedAt } of both(decisions.notes)) writeNote(tx, sessionId, text, updatedAt);
	for (const { sessionId, title, isHidden, updatedAt } of both(decisions.labels)) writeLabel(tx, sessionId, title, isHidden, updatedAt);
	// In the order of their times, as they were given.
	const answers = [...both(decisions.corrections), ...both(decisions.models)].sort((a, b) => (a.at < b.at ? -1 : Number(a.at > b.at)));
	for (const answer of answers) putClassification(tx, { ...answer, runId: null });
	for (const row of decisions.spending.added) addSpending(tx, { ...row, runId: null });
}
