/** Titles of sessions: the index knows them, so they are looked through one by one. */
import type { SearchHit } from '../../webview/contract/search.ts';
import type { SearchCatalogue, SearchedSession } from './catalogue.ts';
import { type Clause, Finder } from './clause.ts';
import { titleFilter } from './filters.ts';
import { recency, titleWeight } from './ranking.ts';
import type { ScoringRequest } from './scoring.ts';
import { snippetOf } from './snippet.ts';

export interface FoundTitle {
	readonly session: SearchedSession;
	readonly score: number;
}

export function titlesWith(
	clauses: readonly Clause[],
	rarities: readonly number[],
	request: ScoringRequest,
	catalogue: SearchCatalogue,
): FoundTitle[] {
	const finders = clauses.map(clause => ({ isExcluded: clause.isExcluded, finder: new Finder(clause) }));
	if (finders.every(({ isExcluded }) => isExcluded)) return [];
	const passesFilter = titleFilter(request.filters);
	const all = rarities.reduce((sum, rarity, clause) => sum + (clauses[clause]?.isExcluded === true ? 0 : rarity), 0);
	const found: FoundTitle[] = [];
	for (const session of catalogue.sessions()) {
		const { foldedTitle } = session;
		if (foldedTitle === null || !finders.every(({ isExcluded, finder }) => (finder.first(foldedTitle) === null) === isExcluded)) continue;
		if (!request.passes(session) || !passesFilter(session)) continue;
		const endMs = Date.parse(session.ended_at ?? session.started_at ?? '');
		if (request.toMs !== null && !(Date.parse(session.started_at ?? '') < request.toMs)) continue;
		if (request.fromMs !== null && !(endMs >= request.fromMs)) continue;
		found.push({ session, score: all * titleWeight * recency(Number.isNaN(endMs) ? 0 : endMs, request.nowMs) });
	}
	return found;
}

/** Null when the session's transcript is gone: there is nothing to open. */
export function titleHit({ session, score }: FoundTitle, clauses: readonly Clause[], catalogue: SearchCatalogue): SearchHit | null {
	const file = catalogue.transcriptOf(session);
	const finders = clauses.filter(({ isExcluded }) => !isExcluded).map(clause => new Finder(clause));
	const text = { kind: 'title' as const, text: session.title ?? '', tool: null, toolUseId: null };
	const shown = file === null ? null : snippetOf([{ text, folded: session.foldedTitle ?? '' }], finders);
	if (file === null || shown === null) return null;
	return {
		sessionId: session.session_id,
		title: session.title,
		project: session.project,
		messageId: '@0',
		agentId: null,
		role: 'user',
		kind: 'title',
		tool: null,
		timestamp: session.ended_at ?? session.started_at,
		file,
		offset: 0,
		snippet: shown.snippet,
		score: Math.round(score * 1e4) / 1e4,
	};
}
