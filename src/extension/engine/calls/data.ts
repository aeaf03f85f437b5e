/** What a person may do with their own data: see it, forget parts of it. */

export interface ForgottenNow {
	/** For `undoForgetting`, as long as this window is open and not much else was forgotten. */
	readonly undo: string;
}

export interface ForgottenRow {
	readonly sessionId: string;
	readonly at: string;
}

export interface DataCalls {
	/**
	 * Nothing is kept of these sessions but their ids, so that they are not read again; their transcripts are not touched. On disk
	 * before it answers. Rejects with what the ledger says where nothing can be written.
	 */
	forgetSessions: { params: { readonly sessionIds: readonly string[] }; result: ForgottenNow };
	/** False when it is too late. */
	undoForgetting: { params: { readonly undo: string }; result: boolean };
	/** The latest first. */
	forgottenSessions: { params: null; result: readonly ForgottenRow[] };
	/** Their transcripts, where they are still there, are read again; what was written about them is lost. */
	rememberSessions: { params: { readonly sessionIds: readonly string[] }; result: null };
}
