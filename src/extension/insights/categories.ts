/** The categories section: sums, whose judgement stands, and how far rules, model and person agree (CLS-3). Pure. */
import type { Agreement, AgreementRow, CategoriesSection, CategorySum } from '../../webview/contract/insights.ts';
import type { JudgementRow } from '../store/ledger/classifications.ts';
import type { Mutable } from './grouping.ts';
import type { SessionHistory } from './history.ts';
import { kindOfSource } from './sessionRow.ts';

/** What models and persons said of sessions, at level 2, by session. */
export interface Judgements {
	readonly model: ReadonlyMap<string, string>;
	readonly person: ReadonlyMap<string, string>;
}

/** Of several judgements of a session the one that stands last counts. */
export function judgementsOf(rows: Iterable<JudgementRow>): Judgements {
	const judgements = { model: new Map<string, string>(), person: new Map<string, string>() };
	for (const { sessionId, kind, l2 } of rows) judgements[kind].set(sessionId, l2);
	return judgements;
}

/** Of the sessions that a query counts. */
export function categoryFigures(
	sessions: readonly SessionHistory[],
	rules: ReadonlyMap<string, string>,
	judgements: Judgements,
): CategoriesSection {
	const sums = new Map<string, Mutable<CategorySum>>();
	const by = { rules: 0, model: 0, person: 0 };
	let stale = 0;
	for (const { row } of sessions) {
		const { category_l1: l1, category_l2: l2, category_l3: l3, category_source: source } = row;
		if (l1 === null || l2 === null || l3 === null) continue;
		let sum = sums.get(l3);
		if (sum === undefined) sums.set(l3, (sum = { l1, l2, l3, sessions: 0, activeMs: 0, tokens: 0, costUsd: 0 }));
		sum.sessions++;
		sum.activeMs += row.active_ms;
		sum.tokens += row.tokens;
		sum.costUsd += row.cost_usd ?? 0;
		by[kindOfSource(source ?? '')]++;
		stale += row.is_stale;
	}
	return {
		sums: [...sums.values()].sort((a, b) => b.sessions - a.sessions || (a.l3 < b.l3 ? -1 : 1)),
		byRules: by.rules,
		byModel: by.model,
		byPerson: by.person,
		stale,
		agreement: agreementOf(rules, judgements),
	};
}

/** By what the first of each two says: a row answers "when the model says bug_fix, how often do the rules?". Only sessions in `rules` count. */
export function agreementOf(rules: ReadonlyMap<string, string>, { model, person }: Judgements): readonly AgreementRow[] {
	const rows = new Map<string, { modelAndRules: Agreement; personAndRules: Agreement; personAndModel: Agreement }>();
	const none: Agreement = { both: 0, same: 0 };
	const count = (name: 'modelAndRules' | 'personAndRules' | 'personAndModel', says: string, other: string): void => {
		const row = rows.get(says) ?? { modelAndRules: none, personAndRules: none, personAndModel: none };
		const before = row[name];
		rows.set(says, { ...row, [name]: { both: before.both + 1, same: before.same + (says === other ? 1 : 0) } });
	};
	for (const [sessionId, byRules] of rules) {
		const byModel = model.get(sessionId);
		const byPerson = person.get(sessionId);
		if (byModel !== undefined) count('modelAndRules', byModel, byRules);
		if (byPerson !== undefined) count('personAndRules', byPerson, byRules);
		if (byPerson !== undefined && byModel !== undefined) count('personAndModel', byPerson, byModel);
	}
	const size = (row: Omit<AgreementRow, 'l2'>): number => row.modelAndRules.both + row.personAndRules.both;
	return [...rows].map(([l2, row]) => ({ l2, ...row })).sort((a, b) => size(b) - size(a) || (a.l2 < b.l2 ? -1 : 1));
}
