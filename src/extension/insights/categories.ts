/** The categories section: sums, whose judgement stands, and how far rules, model and person agree (CLS-3). Pure. */
import type { Agreement, AgreementRow, CategoriesSection, CategorySum } from '../../webview/contract/insights.ts';
import type { JudgingPair } from '../../webview/contract/selectors.ts';
import type { JudgementRow } from '../store/ledger/classifications.ts';
import { getOrMake, type Mutable } from './grouping.ts';
import type { Span } from './history.ts';
import { type LocalHours, tokensAt } from './hourTable.ts';
import { placesCountedIn } from './selection.ts';
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

/** Time, tokens and cost are those of the span and the model of the filters, as on every page. */
export function categoryFigures(
	hours: LocalHours,
	span: Span,
	rules: ReadonlyMap<string, string>,
	judgements: Judgements,
): CategoriesSection {
	const { selection } = hours;
	const { category, sessions } = selection.table;
	const all = new Map<string, Mutable<CategorySum>>();
	const sumByCode = category.values.map(([l1, l2, l3]) => {
		if (l1 === null || l2 === null || l3 === null) return null;
		return getOrMake(all, l3, () => ({ l1, l2, l3, sessions: 0, activeMs: 0, tokens: 0, costUsd: 0 }));
	});
	const sumAt = (place: number): Mutable<CategorySum> | null => sumByCode[category.codes[place] ?? -1] ?? null;
	const by = { rules: 0, model: 0, person: 0 };
	let stale = 0;
	for (const place of placesCountedIn(selection, span)) {
		const [sum, session] = [sumAt(place), sessions[place]];
		if (sum === null || session === undefined) continue;
		sum.sessions++;
		by[kindOfSource(session.row.category_source ?? '')]++;
		stale += session.row.is_stale;
	}
	hours.each(span, (row, table) => {
		const sum = sumAt(table.place[row] ?? -1);
		if (sum === null) return;
		if (span !== null) sum.activeMs += table.activeMs[row] ?? 0;
		sum.tokens += tokensAt(table, row);
		sum.costUsd += table.costUsd[row] ?? 0;
	});
	// Also what has no time.
	if (span === null)
		for (const place of selection.places) {
			const sum = sumAt(place);
			if (sum !== null) sum.activeMs += selection.table.activeMs[place] ?? 0;
		}
	const sums = [...all.values()].filter(({ sessions, tokens }) => sessions > 0 || tokens > 0);
	return {
		sums: sums.sort((a, b) => b.sessions - a.sessions || (a.l3 < b.l3 ? -1 : 1)),
		byRules: by.rules,
		byModel: by.model,
		byPerson: by.person,
		stale,
		agreement: agreementOf(rules, judgements),
	};
}

/** Ids of sessions that the first of the two put into a category, and the second into another. */
export function judgedApart(
	rules: ReadonlyMap<string, string>,
	{ model, person }: Judgements,
	pair: JudgingPair,
	category: string,
): ReadonlySet<string> {
	const first = pair === 'modelAndRules' ? model : person;
	const second = pair === 'personAndModel' ? model : rules;
	const isApart = (sessionId: string): boolean => {
		const other = second.get(sessionId);
		// Only sessions in `rules` are compared.
		return first.get(sessionId) === category && other !== undefined && other !== category && rules.has(sessionId);
	};
	return new Set([...first.keys()].filter(isApart));
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
