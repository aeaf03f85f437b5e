/** Carries what a person writes on sessions from the window into the ledger, and from the ledger, whoever wrote it, to the lists. */
import { randomUUID } from 'node:crypto';
import type { IndexTables } from '../store/index/indexTables.ts';
import { MarkTable } from '../store/index/marks.ts';
import type { Ledger } from '../store/ledger/ledger.ts';
import { allMarks, changeMarks, marksState, tagCounts } from '../store/ledger/marks.ts';
import type { MarkCalls, MarkChange, SessionMarkChange, TagCount } from './calls/marks.ts';

export interface SessionMarksParts {
	readonly ledger: Ledger;
	readonly tables: IndexTables;
	/** Told which sessions bear other marks than before. */
	readonly onSessions: (sessionIds: readonly string[]) => void;
	readonly now: () => Date;
}

/** A title is one line; whole prompts make no name. */
const longestTitle = 300;
const longestTag = 60;
/** A note goes through the journal and into every window whole. */
const longestNote = 20_000;

/** A refusal with a reason that crosses the border. */
export class MarksRefused extends Error {
	override readonly name = 'MarksRefused';
	readonly reason = 'bad-tag';
}

export class SessionMarks {
	readonly #parts: SessionMarksParts;
	readonly #table: MarkTable;
	#state: string | null = null;

	constructor(parts: SessionMarksParts) {
		this.#parts = parts;
		this.#table = new MarkTable(parts.tables.db);
	}

	/** Takes over what changed in the ledger, here or in another window. Answers the sessions it concerns. */
	project(): readonly string[] {
		const { ledger } = this.#parts;
		const state = ledger.read(marksState);
		if (state === this.#state) return [];
		this.#state = state;
		return this.#table.replace(ledger.read(allMarks));
	}

	/** Rejects with `MarksRefused` and `LedgerError`; nothing has changed then. */
	async change(change: MarkChange): Promise<{ readonly undo: MarkChange }> {
		const { ledger, now, onSessions } = this.#parts;
		const wanted = normalized(change);
		const [at, token] = [now().toISOString(), randomUUID()];
		const undo = await ledger.change(tx => changeMarks(tx, wanted, at, token));
		onSessions(this.project());
		return { undo };
	}

	tags(): readonly TagCount[] {
		return this.#parts.ledger.read(tagCounts);
	}
}

/** Answers of the worker. */
export function markHandlers(marks: () => SessionMarks) {
	return {
		changeMarks: (change: MarkCalls['changeMarks']['params']) => marks().change(change),
		tags: () => marks().tags(),
	};
}

/** Texts as they are kept: titles and tags are one line, nothing is empty. */
function normalized(change: MarkChange): MarkChange {
	return {
		...change,
		...(change.renameTag === undefined ? {} : { renameTag: { from: change.renameTag.from, to: tagName(change.renameTag.to) } }),
		createTags: (change.createTags ?? []).map(tagName),
		sessions: (change.sessions ?? []).map(normalizedSession),
	};
}

function normalizedSession(change: SessionMarkChange): SessionMarkChange {
	const { title, note, addTags } = change;
	return {
		...change,
		...(title === undefined ? {} : { title: clipped(oneLine(title ?? ''), longestTitle) }),
		...(note === undefined ? {} : { note: clipped((note ?? '').trim(), longestNote) }),
		...(addTags === undefined ? {} : { addTags: addTags.map(tagName) }),
	};
}

function tagName(name: string): string {
	const tag = clipped(oneLine(name), longestTag);
	if (tag === null) throw new MarksRefused('A tag needs a name.');
	return tag;
}

function oneLine(text: string): string {
	return text.replaceAll(/[\s\p{Cc}]+/gu, ' ').trim();
}

/** Null for nothing. Half a surrogate pair at the end would be no text any more. */
function clipped(text: string, length: number): string | null {
	const kept = text
		.slice(0, length)
		.replace(/\p{Cs}$/u, '')
		.toWellFormed()
		.trim();
	return kept === '' ? null : kept;
}
