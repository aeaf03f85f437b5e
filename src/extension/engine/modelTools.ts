/** Answers questions of language models: from the running engine of a window, or from what a window has saved. */
import type { Handlers } from '../../messaging/channel.ts';
import type { SearchAnswer, SearchQuery } from '../../webview/contract/search.ts';
import { ask } from '../modelTools/ask.ts';
import type { ModelToolCalls } from './calls/modelTools.ts';
import type { Engine } from './engine.ts';
import { SavedHistory } from './savedHistory.ts';

export interface ModelToolParts {
	/** Throws where none was started. */
	readonly running: () => Engine;
	readonly search: (query: SearchQuery, signal: AbortSignal) => SearchAnswer | Promise<SearchAnswer>;
}

export function modelToolHandlers({ running, search }: ModelToolParts): Handlers<ModelToolCalls> {
	let saved: SavedHistory | null = null;
	return {
		openSaved: files => {
			saved?.close();
			saved = new SavedHistory(files, process.env, () => new Date());
			return null;
		},
		askPast: async ({ scope, ...question }, signal) => ({
			text:
				saved === null
					? await ask(running().past(scope, search), question, signal)
					: await saved.ask(scope, past => ask(past, question, signal)),
		}),
	};
}
