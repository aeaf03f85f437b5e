/** Answers what is asked of the search. */
import { ChannelError, type Handlers } from '../../messaging/channel.ts';
import type { SearchCalls } from './calls/search.ts';

export function searchHandlers(): Handlers<SearchCalls> {
	return {
		search: () => {
			throw new ChannelError('search-off', 'The search is switched off');
		},
		searchStatus: () => ({ state: 'off', bytesDone: 0, bytesTotal: 0, bytesOnDisk: 0, problem: null }),
		rebuildSearch: () => null,
	};
}
