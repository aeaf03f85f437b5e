/** Calls and events of the search page in the sidebar. */
import type { SearchAnswer, SearchQuery, SearchStatus } from './search.ts';
import type { Scope } from './sessions.ts';

export type SearchAction = 'switchOn' | 'rebuild' | 'showLog' | 'openSettings';

/** Somebody asked for a search from elsewhere: a command, the quick pick. */
export interface SearchRequest {
	/** Null to leave the text in the field as it is. */
	readonly text: string | null;
}

/** Calls the page may make; the extension validates every argument. */
export interface SearchPageCalls {
	/** The page is (again) able to receive; the answer is its state to start from. */
	ready: { params: null; result: SearchHello };
	search: { params: SearchQuery; result: SearchAnswer };
	/** Opens the conversation at the record. */
	open: { params: { readonly sessionId: string; readonly agentId: string | null; readonly messageId: string }; result: null };
	command: { params: { readonly action: SearchAction }; result: null };
}

export interface SearchHello {
	readonly locale: string;
	readonly timeZone: string;
	/** What the sessions view shows; the page begins there. */
	readonly scope: Scope;
	/** The workspace has at least one folder; without one only `all` makes sense. */
	readonly hasFolder: boolean;
	readonly status: SearchStatus;
	/** What was asked for while no page could hear it. */
	readonly request: SearchRequest | null;
}

/** What the extension tells the page unasked. Latest wins; nothing is lost when one does not arrive. */
export interface SearchPageEvents {
	status: SearchStatus;
	/** The field takes the focus, and the text. */
	request: SearchRequest;
}
