/** Which sessions touched a file. */
import type { SessionRow } from '../../../webview/contract/sessions.ts';

export interface FileSession {
	readonly row: SessionRow;
	readonly reads: number;
	readonly edits: number;
	/** Of the last edit; of the last read where there was no edit. Null where the record has no time. */
	readonly touchedAt: string | null;
	/** Where that edit or read stands. */
	readonly agentId: string | null;
	readonly messageId: string;
}

export interface FileSessions {
	/** Touched last first, at most 200. */
	readonly sessions: readonly FileSession[];
	readonly total: number;
}

export interface FileSessionCalls {
	/** `file`: an absolute path on the engine's machine. Copies of it in other worktrees of the window's repositories count, too. */
	fileSessions: { params: { readonly file: string }; result: FileSessions };
}
