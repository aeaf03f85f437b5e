/** The engine asked once, without VS Code: what `npm run search` prints. */
import type { SearchProblem } from '../../webview/contract/search.ts';
import { bringUpToDate, type HeadlessRequest, headlessOptions, openHeadless } from './headless.ts';

/** With a folder for the files, a second search reads only what is new. */
export interface SearchOnceRequest extends HeadlessRequest {
	readonly readerThread: string | URL | null;
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

export interface SearchOnceAnswer {
	/** Null when the index could not be brought up to date at all. */
	readonly found: PrintedSearch | null;
	readonly problems: readonly SearchProblem[];
	/** Why the run failed; null when it did not. */
	readonly error: string | null;
	readonly warnings: readonly string[];
}

/** @throws what keeps the files in `dataDir` from being opened, and what keeps the search index from being built. */
export async function searchOnce(request: SearchOnceRequest): Promise<SearchOnceAnswer> {
	const warnings: string[] = [];
	const faults: string[] = [];
	const { engine } = await openHeadless({
		options: { ...headlessOptions(request), timeZone: request.timeZone, search: { isEnabled: true } },
		readerThread: request.readerThread,
		onTrouble: (level, text) => (level === 'warn' ? warnings : faults).push(text),
	});
	try {
		await engine.open();
		await bringUpToDate(engine);
		const run = engine.lastRun;
		const error = run === null ? (faults[0] ?? null) : run.outcome.error;
		await engine.searching.upToDate();
		const scope = request.workspace === null ? 'all' : 'workspace';
		const { hits, total, durationMs, problems } = await engine.searching.find(
			{ text: request.query, scope, sessionId: null, kinds: null, offset: 0, limit: request.limit, isTyping: false },
			{ mostHits: request.limit, countForMs: null },
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
		return { found: { hits: printed, total, durationMs: Math.round(durationMs * 100) / 100 }, problems, error, warnings };
	} finally {
		await engine.stop().catch((error: unknown) => {
			warnings.push(`The next search starts from nothing: ${error instanceof Error ? error.message : String(error)}`);
		});
	}
}
