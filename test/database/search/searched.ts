/** An engine that searches, for tests. */
import type { SearchAnswer, SearchHit, SearchQuery } from '../../../src/webview/contract/search.ts';
import { HeadlessEngine, type HeadlessOptions } from '../engine/headless.ts';

/** Indexed, and everything can be found. */
export async function searchable(claudeDir: string, options: HeadlessOptions = {}): Promise<HeadlessEngine> {
	const engine = await HeadlessEngine.open(claudeDir, { search: { isEnabled: true }, ...options });
	await engine.index();
	await engine.engine.searching.upToDate();
	return engine;
}

/** Every hit there is, whatever it takes. */
export function find(engine: HeadlessEngine, text: string, rest: Partial<SearchQuery> = {}): Promise<SearchAnswer> {
	const query: SearchQuery = { text, scope: 'all', sessionId: null, kinds: null, offset: 0, limit: 1e6, isTyping: false, ...rest };
	return engine.engine.searching.find(query, { mostHits: 1e6, countForMs: null });
}

/** The lines of the hits, with what was found in brackets. */
export const shown = (hits: readonly SearchHit[]): string[] =>
	hits.map(({ snippet: { text, matches } }) =>
		matches.toReversed().reduce((line, { start, end }) => `${line.slice(0, start)}[${line.slice(start, end)}]${line.slice(end)}`, text),
	);
