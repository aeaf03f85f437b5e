/** What language models ask of the history, through the host or through the server for other programs. */
import type { Scope } from '../../../webview/contract/sessions.ts';
import type { ToolQuestion } from '../../modelTools/ask.ts';

/** Where a window keeps what it saves, and which sessions are the workspace's. */
export interface SavedFiles {
	readonly dataDir: string;
	/** Claude config directories of the settings. */
	readonly claudeDirs: readonly string[];
	/** Real paths. */
	readonly workspaceFolders: readonly string[];
	readonly timeZone: string;
}

export interface ModelToolCalls {
	/** For a process beside the windows, in the place of `start`: questions are answered from what was saved; nothing is written. */
	openSaved: { params: SavedFiles; result: null };
	/** Text for a model: capped, redacted. Rejects with the reasons of `ToolProblem`. */
	askPast: { params: ToolQuestion & { readonly scope: Scope }; result: { readonly text: string } };
}
