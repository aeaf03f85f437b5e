/** What the independent count takes as the product finds it: what rests on lists of phrases, and where a session belongs. */
import type { Storage } from '../../../src/extension/engine/storage.ts';
import type { Found } from '../../independent/patterns.ts';

export interface FoundSession extends Found {
	/** Path; empty for none. */
	readonly project: string;
	/** Of level 3; empty for none. */
	readonly category: string;
	readonly isStub: boolean;
}

type Row = Omit<FoundSession, 'isStub'> & { readonly id: string; readonly stub: number };

/** By session id. */
export function foundIn({ tables }: Storage): ReadonlyMap<string, FoundSession> {
	const rows = tables.db
		.prepare<Row>(
			`SELECT s.session_id AS id, s.is_stub AS stub, s.correction_count AS corrections, s.test_runs AS testRuns,
				s.retried_edit_turns AS retriedEditTurns, coalesce(p.path, '') AS project, coalesce(s.category_l3, '') AS category
			FROM sessions s LEFT JOIN projects p ON p.id = s.project_id`,
		)
		.all();
	return new Map(rows.map(({ id, stub, ...found }) => [id, { ...found, isStub: stub === 1 }]));
}
