/** What a person may do with their own data: see it, forget parts of it, take it along, delete it. */

export interface ForgottenNow {
	/** For `undoForgetting`, as long as this window is open and not much else was forgotten. */
	readonly undo: string;
}

export interface ForgottenRow {
	readonly sessionId: string;
	readonly at: string;
}

export type StoredKind = 'index' | 'search' | 'ledger' | 'backups' | 'damaged' | 'temporary' | 'other';

export interface StoredPart {
	readonly kind: StoredKind;
	readonly bytes: number;
	readonly files: number;
}

export interface StorageUse {
	/** Absolute path; null where everything is in memory. */
	readonly folder: string | null;
	readonly parts: readonly StoredPart[];
	/** Of all sessions that are indexed, to compare with. */
	readonly transcriptBytes: number;
	readonly forgotten: number;
}

export type TransferKind = 'tags' | 'tagged sessions' | 'pins' | 'notes' | 'names' | 'corrections' | 'categories by models' | 'payments';

export interface TransferRow {
	readonly kind: TransferKind;
	readonly added: number;
	/** Take the place of something older. */
	readonly replaced: number;
	/** Stay out: there is the same here, or something later. */
	readonly kept: number;
}

export interface TransferPreview {
	readonly rows: readonly TransferRow[];
	/** Rows about sessions that were forgotten here: they stay out. */
	readonly forgotten: number;
}

export interface TransferDone extends TransferPreview {
	/** The backup of what was there before, for `restoreBackup`; null where everything is in memory. */
	readonly backup: string | null;
}

export interface DataCalls {
	storageUse: { params: null; result: StorageUse };
	/** What a person said and paid, into one file. Rejects with `disk full`, `read only`, `folder missing` or `other`. */
	exportLedger: { params: { readonly file: string }; result: TransferPreview };
	/** What of such a file would come in. Rejects with `not-one`, `newer-version`, `damaged`, `invalid` or `too-large`. */
	previewLedgerImport: { params: { readonly file: string }; result: TransferPreview };
	/** Lets it in, after a backup. Nothing takes the place of a later word. */
	importLedger: { params: { readonly file: string }; result: TransferDone };
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
	/**
	 * Everything in the folder of our files. The engine has stopped then, whatever comes of it, and must be started again. Rejects with
	 * `in-use` while another window writes, and nothing is deleted.
	 */
	deleteAllData: { params: null; result: null };
}
