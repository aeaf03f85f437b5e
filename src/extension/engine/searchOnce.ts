/** The engine asked once, without VS Code: what `npm run search` prints. */
import type { SearchProblem } from '../../webview/contract/search.ts';
import { type Answer, askOnce, type HeadlessRequest, headlessOptions } from './headless.ts';

/** With a folder for the files, a second search reads only what is new. */
export interface SearchOnceRequest extends HeadlessRequest {
	readonly query: string;
	readonly limit: number;
	/** In which days are meant. */
	readonly timeZone: string;
}

export interface PrintedHit {
	readonly sessionId: string;
	readonly messageId: string;
	readonly role: 'user' | 'assistant' | 'system';
	readonly timestamp: string | null;
	readonly file: string;
	readonly offset: number;
	readonly snippet: string;
	readonly score: number;
}

export interface PrintedSearch {
	readonly hits: readonly PrintedHit[];
	readonly total: number;
	readonly durationMs: number;
}

/** Rejects also with what keeps the search index from being built. */
export function searchOnce(request: SearchOnceRequest): Promise<Answer<{ found: PrintedSearch; problems: readonly SearchProblem[] }>> {
	const { query, workspace, limit, timeZone, readerThread } = request;
	const options = { ...headlessOptions(request), timeZone, search: { isEnabled: true } };
	return askOnce({ options, readerThread, name: 'search' }, async ({ engine: { searching } }) => {
		await searching.upToDate();
		const scope = workspace === null ? 'all' : 'workspace';
		const { hits, total, durationMs, problems } = await searching.find(
			{ text: query, scope, sessionId: null, kinds: null, offset: 0, limit, isTyping: false },
			{ mostHits: limit, countForMs: null },
		);
		const printed = hits.map(({ sessionId, messageId, role, timestamp, file, offset, snippet, score }) => ({
			sessionId,
			messageId,
			role,
			timestamp,
			file,
			offset,
			snippet: snippet.text,
			score,
		}));
		return { found: { hits: printed, total, durationMs: Math.round(durationMs * 100) / 100 }, problems };
	});
}
