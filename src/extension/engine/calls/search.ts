/** What the host asks of the search. */
import type { SearchAnswer, SearchQuery, SearchStatus } from '../../../webview/contract/search.ts';

export interface SearchCalls {
	/** Refused with `search-off` when the setting switches it off. Cancel it when the next key comes. */
	search: { params: SearchQuery; result: SearchAnswer };
	/** A person is about to type: opens what the first letter needs. */
	prepareSearch: { params: null; result: null };
	searchStatus: { params: null; result: SearchStatus };
	/** Throws the search index away and builds it from the transcripts; answers at once. */
	rebuildSearch: { params: null; result: null };
}

export interface SearchEvents {
	/** The search index is being built, is ready, or failed. At most a few a second. */
	searchStatus: SearchStatus;
}
