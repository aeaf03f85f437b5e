/** The page's end of the line to VS Code: posting, hearing, and what is kept for the next load of the page. */
import type { Port } from '../messaging/channel.ts';

export interface VsCodeApi {
	postMessage(message: unknown): void;
	getState(): unknown;
	setState(state: unknown): void;
}

declare global {
	/** VS Code puts it there; it may be called once in the life of a page. */
	function acquireVsCodeApi(): VsCodeApi;
}

/** What is no envelope of ours (VS Code's own messages, a browser extension's) the channel drops. */
export function portOf(api: VsCodeApi): Port {
	return {
		post: message => api.postMessage(message),
		listen: handler => {
			const hear = (event: MessageEvent<unknown>) => handler(event.data);
			window.addEventListener('message', hear);
			return () => window.removeEventListener('message', hear);
		},
	};
}
