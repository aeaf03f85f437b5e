/**
 * What a person wrote on sessions: a name, a pin, a note, tags, and that they do not want to see one. Whoever changes these
 * tables otherwise calls `noteMarks`, by which every window knows that there is something to take over.
 */
import type { LedgerReader, LedgerTransaction } from './transaction.ts';

/** Everything a person wrote on one session. */
export interface SessionMarks {
	readonly sessionId: string;
	readonly title: string | null;
	readonly isHidden: boolean;
	readonly pinnedAt: string | null;
	readonly note: string | null;
	/** By name. */
	readonly tags: readonly string[];
}

/** What is to become of the marks of one session; what is not named stays. */
export interface SessionMarkChange {
	readonly sessionId: string;
	/** Null takes the name back. */
	readonly title?: string | null;
	readonly isHidden?: boolean;
	/** Null takes the pin away. */
	readonly pinnedAt?: string | null;
	readonly note?: string | null;
	/** A tag that nobody bore yet is made. */
	readonly addTags?: readonly string[];
	readonly removeTags?: readonly string[];
}

/** Done in this order, as a whole or not at all. */
export interface MarkChange {
	/** Where there is a tag of that name already, both become one. */
	readonly renameTag?: { readonly from: string; readonly to: string };
	readonly createTags?: readonly string[];
	readonly sessions?: readonly SessionMarkChange[];
	readonly deleteTags?: readonly string[];
}

export interface TagCount {
	readonly name: string;
	readonly sessions: number;
}

const stateKey = 'marks';

/** Differs after every change of the marks, in whatever window. */
export function marksState(reader: LedgerReader): string {
	return (
		reader
			.prepare<{ state: string }>(
				`SELECT coalesce((SELECT value FROM meta WHERE key = '${stateKey}'), '') || ' ' || (SELECT count(*) FROM pins) || ' ' || (SELECT count(*) FROM notes)
					|| ' ' || (SELECT count(*) FROM session_labels) || ' ' || (SELECT count(*) FROM session_tags) AS state`,
			)
			.get()?.state ?? ''
	);
}

/** `token` is different each time: a backup that is restored has the one of then. */
export function noteMarks(tx: LedgerTransaction, token: string): void {
	tx.run(
		'INSERT INTO meta (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value WHERE value <> excluded.value',
		stateKey,
		token,
	);
}

/** Of every session on which somebody wrote something. */
export function allMarks(reader: LedgerReader): SessionMarks[] {
	return reader
		.prepare<MarksRow>(
			`SELECT sessionId, max(title) AS title, max(isHidden) AS isHidden, max(pinnedAt) AS pinnedAt, max(note) AS note, max(tags) AS tags FROM (
				SELECT session_id AS sessionId, title, is_hidden AS isHidden, NULL AS pinnedAt, NULL AS note, NULL AS tags FROM session_labels
				UNION ALL SELECT session_id, NULL, 0, pinned_at, NULL, NULL FROM pins
				UNION ALL SELECT session_id, NULL, 0, NULL, text, NULL FROM notes
				UNION ALL SELECT session_id, NULL, 0, NULL, NULL, json_group_array(name) FROM (
					SELECT st.session_id, t.name FROM session_tags st JOIN tags t ON t.id = st.tag_id ORDER BY t.name COLLATE NOCASE) GROUP BY session_id)
			GROUP BY sessionId`,
		)
		.all()
		.map(({ sessionId, title, isHidden, pinnedAt, note, tags }) => ({
			sessionId,
			title,
			isHidden: isHidden === 1,
			pinnedAt,
			note,
			tags: tags === null ? [] : (JSON.parse(tags) as string[]),
		}));
}

interface MarksRow {
	readonly sessionId: string;
	readonly title: string | null;
	readonly isHidden: number;
	readonly pinnedAt: string | null;
	readonly note: string | null;
	readonly tags: string | null;
}

/** Every tag, also those that no session bears, by name. */
export function tagCounts(reader: LedgerReader): TagCount[] {
	return reader
		.prepare<TagCount>(
			`SELECT t.name, (SELECT count(*) FROM session_tags st WHERE st.tag_id = t.id) AS sessions FROM tags t ORDER BY t.name COLLATE NOCASE`,
		)
		.all();
}

/** Answers the change that takes this one back: it restores what was changed here, and leaves alone what changes later. */
export function changeMarks(tx: LedgerTransaction, change: MarkChange, at: string, token: string): MarkChange {
	// The last thing done is the first to be taken back.
	const undone: MarkChange[] = [];
	if (change.renameTag !== undefined) undone.unshift(renameTag(tx, change.renameTag.from, change.renameTag.to, at));
	const made = (change.createTags ?? []).filter(name => createTag(tx, name, at));
	const sessions: SessionMarkChange[] = [];
	for (const session of change.sessions ?? []) {
		const before = changeSession(tx, session, at, name => {
			if (createTag(tx, name, at)) made.push(name);
		});
		if (Object.keys(before).length > 1) sessions.unshift(before);
	}
	if (made.length > 0 || sessions.length > 0) undone.unshift({ sessions, deleteTags: made });
	for (const name of change.deleteTags ?? []) undone.unshift(deleteTag(tx, name));
	noteMarks(tx, token);
	return merged(undone);
}

/** One change of several. Only a single one ever renames. */
function merged(changes: readonly MarkChange[]): MarkChange {
	const renameTag = changes.find(change => change.renameTag !== undefined)?.renameTag;
	return {
		...(renameTag === undefined ? {} : { renameTag }),
		createTags: changes.flatMap(change => change.createTags ?? []),
		sessions: changes.flatMap(change => change.sessions ?? []),
		deleteTags: changes.flatMap(change => change.deleteTags ?? []),
	};
}

function changeSession(tx: LedgerTransaction, change: SessionMarkChange, at: string, createTag: (name: string) => void): SessionMarkChange {
	const { sessionId, title, isHidden, pinnedAt, note } = change;
	const label = tx
		.prepare<{ title: string | null; isHidden: number }>('SELECT title, is_hidden AS isHidden FROM session_labels WHERE session_id = ?')
		.get(sessionId) ?? { title: null, isHidden: 0 };
	const pinnedBefore = tx.prepare<{ at: string }>('SELECT pinned_at AS at FROM pins WHERE session_id = ?').get(sessionId)?.at ?? null;
	const noteBefore = tx.prepare<{ text: string }>('SELECT text FROM notes WHERE session_id = ?').get(sessionId)?.text ?? null;
	const wasHidden = label.isHidden === 1;
	if (title !== undefined || isHidden !== undefined)
		writeLabel(tx, sessionId, title === undefined ? label.title : title, isHidden ?? wasHidden, at);
	if (pinnedAt !== undefined) writePin(tx, sessionId, pinnedAt);
	if (note !== undefined) writeNote(tx, sessionId, note, at);
	const added = (change.addTags ?? []).filter(name => {
		createTag(name);
		return addTag(tx, sessionId, name, at);
	});
	const removed = (change.removeTags ?? []).filter(name => removeTag(tx, sessionId, name));
	return {
		sessionId,
		...(title === undefined || title === label.title ? {} : { title: label.title }),
		...(isHidden === undefined || isHidden === wasHidden ? {} : { isHidden: wasHidden }),
		...(pinnedAt === undefined || pinnedAt === pinnedBefore ? {} : { pinnedAt: pinnedBefore }),
		...(note === undefined || note === noteBefore ? {} : { note: noteBefore }),
		...(removed.length === 0 ? {} : { addTags: removed }),
		...(added.length === 0 ? {} : { removeTags: added }),
	};
}

/** A session of which nothing is said has no row. */
export function writeLabel(tx: LedgerTransaction, sessionId: string, title: string | null, isHidden: boolean, at: string): void {
	if (title === null && !isHidden) {
		tx.run('DELETE FROM session_labels WHERE session_id = ?', sessionId);
		return;
	}
	tx.run(
		`INSERT INTO session_labels (session_id, title, is_hidden, updated_at) VALUES (?1, ?2, ?3, ?4)
		ON CONFLICT (session_id) DO UPDATE SET title = excluded.title, is_hidden = excluded.is_hidden, updated_at = excluded.updated_at`,
		sessionId,
		title,
		isHidden ? 1 : 0,
		at,
	);
}

export function writePin(tx: LedgerTransaction, sessionId: string, pinnedAt: string | null): void {
	if (pinnedAt === null) tx.run('DELETE FROM pins WHERE session_id = ?', sessionId);
	else
		tx.run(
			'INSERT INTO pins (session_id, pinned_at) VALUES (?, ?) ON CONFLICT (session_id) DO UPDATE SET pinned_at = excluded.pinned_at',
			sessionId,
			pinnedAt,
		);
}

export function writeNote(tx: LedgerTransaction, sessionId: string, text: string | null, at: string): void {
	if (text === null) tx.run('DELETE FROM notes WHERE session_id = ?', sessionId);
	else
		tx.run(
			`INSERT INTO notes (session_id, text, updated_at) VALUES (?, ?, ?)
			ON CONFLICT (session_id) DO UPDATE SET text = excluded.text, updated_at = excluded.updated_at`,
			sessionId,
			text,
			at,
		);
}

/** False when there is one of that name, in whatever case. */
export function createTag(tx: LedgerTransaction, name: string, at: string): boolean {
	return tx.run('INSERT INTO tags (name, created_at) VALUES (?, ?) ON CONFLICT (name) DO NOTHING', name, at) > 0;
}

export function addTag(tx: LedgerTransaction, sessionId: string, name: string, at: string): boolean {
	return (
		tx.run(
			'INSERT INTO session_tags (session_id, tag_id, added_at) SELECT ?, id, ? FROM tags WHERE name = ? ON CONFLICT DO NOTHING',
			sessionId,
			at,
			name,
		) > 0
	);
}

function removeTag(tx: LedgerTransaction, sessionId: string, name: string): boolean {
	return tx.run('DELETE FROM session_tags WHERE session_id = ? AND tag_id = (SELECT id FROM tags WHERE name = ?)', sessionId, name) > 0;
}

function sessionsOf(tx: LedgerTransaction, tag: string): string[] {
	return tx
		.prepare<{ id: string }>(
			'SELECT session_id AS id FROM session_tags WHERE tag_id = (SELECT id FROM tags WHERE name = ?) ORDER BY session_id',
		)
		.all(tag)
		.map(({ id }) => id);
}

function storedName(tx: LedgerTransaction, name: string): string | null {
	return tx.prepare<{ name: string }>('SELECT name FROM tags WHERE name = ?').get(name)?.name ?? null;
}

function deleteTag(tx: LedgerTransaction, name: string): MarkChange {
	const stored = storedName(tx, name);
	if (stored === null) return {};
	const bearers = sessionsOf(tx, stored);
	// By hand, so that the journal says it in as many words.
	tx.run('DELETE FROM session_tags WHERE tag_id = (SELECT id FROM tags WHERE name = ?)', stored);
	tx.run('DELETE FROM tags WHERE name = ?', stored);
	return { createTags: [stored], sessions: bearers.map(sessionId => ({ sessionId, addTags: [stored] })) };
}

function renameTag(tx: LedgerTransaction, from: string, to: string, at: string): MarkChange {
	const [source, target] = [storedName(tx, from), storedName(tx, to)];
	if (source === null) return {};
	if (target === null || target.toLowerCase() === source.toLowerCase()) {
		tx.run('UPDATE tags SET name = ? WHERE name = ?', to, source);
		return { renameTag: { from: to, to: source } };
	}
	const bearers = sessionsOf(tx, source);
	const already = new Set(sessionsOf(tx, target));
	tx.run(
		`INSERT INTO session_tags (session_id, tag_id, added_at) SELECT session_id, (SELECT id FROM tags WHERE name = ?), ? FROM session_tags
		WHERE tag_id = (SELECT id FROM tags WHERE name = ?) ON CONFLICT DO NOTHING`,
		target,
		at,
		source,
	);
	deleteTag(tx, source);
	return {
		createTags: [source],
		sessions: bearers.map(sessionId => ({ sessionId, addTags: [source], ...(already.has(sessionId) ? {} : { removeTags: [target] }) })),
	};
}
