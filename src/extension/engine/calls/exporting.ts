/** What may be asked of the export: to look at what would be written, and to write it into a file that a person chose. */
import type { ExportChoices, ExportOutcome, ExportPreview, ExportRequest } from '../../../webview/contract/exports.ts';
import type { InsightsQuery, SessionPageQuery } from '../../../webview/contract/sessions.ts';
import type { ConversationKey } from '../../../webview/contract/conversation.ts';
import type { BranchId, ItemStretch } from '../../../webview/contract/transcript.ts';

/** The words that the file adds, by their English names; those that are missing are English. */
export interface ExportLanguage {
	readonly language: string;
	readonly words: Readonly<Record<string, string>>;
}

export interface ExportCalls {
	/** Reads everything that would be written, and tells of secrets without showing them. Progress is told under `id`. */
	exportPreview: {
		params: {
			readonly id: string;
			readonly sessions: readonly { readonly sessionId: string; readonly branch: BranchId }[];
			readonly choices: ExportChoices;
		};
		result: ExportPreview;
	};
	/**
	 * Writes the file whole or not at all, readable by the user only. Rejects with `not-found` for a session that is not in the index,
	 * and with `disk full`, `read only`, `folder missing` or `other` of the file.
	 */
	exportSession: {
		params: { readonly id: string; readonly request: ExportRequest; readonly file: string; readonly language: ExportLanguage | null };
		result: ExportOutcome;
	};
	/** A stretch of a conversation as it was said, for the clipboard; at most `longestCopy` characters. */
	exportMarkdown: {
		params: ItemStretch & { readonly conversation: ConversationKey; readonly branch: BranchId; readonly language: ExportLanguage | null };
		result: { readonly text: string };
	};
	/** Every session that the query finds, whatever its `offset` and `limit`. */
	exportSessionTable: {
		params: {
			readonly id: string;
			readonly query: SessionPageQuery;
			readonly format: 'csv' | 'json';
			/** For CSV. */
			readonly byteOrderMark: boolean;
			readonly file: string;
		};
		result: { readonly rows: number; readonly bytes: number };
	};
	/** Every figure of every page of the insights panel, for the period and the filters of the query. */
	exportFigures: {
		params: {
			readonly query: InsightsQuery;
			readonly format: 'csv' | 'json';
			/** For CSV. */
			readonly byteOrderMark: boolean;
			readonly file: string;
		};
		result: { readonly bytes: number };
	};
}

export interface ExportEvents {
	/** At most ten a second. */
	exportProgress: { readonly id: string; readonly done: number; readonly total: number };
}
