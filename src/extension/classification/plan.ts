/** Which sessions a run would ask about, and what it would cost, before anybody agrees to it (CLS-6). */
import type { IndexTables } from '../store/index/indexTables.ts';
import { categoriesByPersons, lastRecordsOf } from '../store/ledger/classifications.ts';
import type { LedgerReader } from '../store/ledger/transaction.ts';
import { sourceOf } from './prompt.ts';

export interface PlannedSession {
	readonly sessionId: string;
	readonly lastRecord: string;
	readonly state: 'pending' | 'skipped';
}

export interface Plan {
	readonly sessions: readonly PlannedSession[];
	readonly toAsk: number;
	/** A person's label stands. */
	readonly byPersons: number;
	/** An answer of the same provider, model and prompt stands, for the session as it is now. */
	readonly done: number;
	/** Answered before, and grown since: asked again. */
	readonly stale: number;
	/** Without a word of a person: nothing to judge by. They are left to the rules. */
	readonly empty: number;
}

/** `sessionIds`: null for every session of the projects. */
export function planOf(
	tables: IndexTables,
	reader: LedgerReader,
	request: {
		readonly projects: readonly number[] | null;
		readonly sessionIds: readonly string[] | null;
		readonly provider: string;
		readonly model: string;
	},
): Plan {
	const wanted = request.sessionIds === null ? null : new Set(request.sessionIds);
	const answered = lastRecordsOf(reader, sourceOf(request.provider, request.model));
	const persons = categoriesByPersons(reader);
	const counts = { toAsk: 0, byPersons: 0, done: 0, stale: 0, empty: 0 };
	const sessions: PlannedSession[] = [];
	for (const session of tables.facts.endings(wanted === null ? request.projects : null)) {
		if (wanted !== null && !wanted.has(session.sessionId)) continue;
		const before = answered.get(session.sessionId);
		const isDone = before === session.lastRecord;
		let state: PlannedSession['state'] = 'skipped';
		if (persons.has(session.sessionId)) counts.byPersons++;
		else if (isDone) counts.done++;
		else if (session.userPrompts === 0 && wanted === null) {
			counts.empty++;
			continue;
		} else {
			state = 'pending';
			counts.toAsk++;
			if (before !== undefined) counts.stale++;
		}
		sessions.push({ sessionId: session.sessionId, lastRecord: session.lastRecord, state });
	}
	return { sessions, ...counts };
}
