/** Taking a session out of the extension: what a person chooses, and what they see before anything is written. */
import type { SessionRow } from './sessions.ts';
import type { BranchId } from './transcript.ts';

export type ExportFormat = 'md' | 'html' | 'json';

export interface ExportChoices {
	readonly thinking: boolean;
	/** What tools answered; their calls are always there. */
	readonly toolResults: boolean;
	/** Conversations of subagents, after that of the session. */
	readonly subagents: boolean;
	/** What the editor and the client put beside prompts: reminders, results of hooks, opened files. */
	readonly context: boolean;
	/** Pictures inside the file; Markdown only names them. */
	readonly images: boolean;
	/** `~` for the home folder, `.` for the folder of the session. */
	readonly shortenPaths: boolean;
	readonly redactSecrets: boolean;
	/** Keys of `SecretFinding` that a person wants to be left in. */
	readonly keptSecrets: readonly string[];
}

export const usualChoices: ExportChoices = {
	thinking: true,
	toolResults: true,
	subagents: true,
	context: false,
	images: true,
	shortenPaths: true,
	redactSecrets: true,
	keptSecrets: [],
};

/** A secret, however often it stands there. It is itself never told. */
export interface SecretFinding {
	/** Names it without giving it away, the same in every preview of this window. */
	readonly key: string;
	/** `API key`, `token`, `password`, `private key`, `connection string`. */
	readonly kind: string;
	readonly places: number;
	readonly length: number;
	/** Its first characters, when it is long enough not to suffer from it. */
	readonly beginning: string;
	/** At most 3. */
	readonly samples: readonly SecretSample[];
}

export interface SecretSample {
	readonly sessionId: string;
	/** `prompt`, `answer`, `thinking`, `tool`, `context` … */
	readonly where: string;
	/** Text around it, on one line, in which every secret is masked. */
	readonly before: string;
	readonly after: string;
}

export interface ExportPreview {
	readonly sessions: readonly SessionRow[];
	readonly items: number;
	readonly findings: readonly SecretFinding[];
	/** Sessions of which nothing can be read any more. */
	readonly unreadable: readonly string[];
}

export interface ExportRequest {
	readonly sessionId: string;
	/** Null for the branch that was written to last. */
	readonly branch: BranchId;
	readonly format: ExportFormat;
	readonly choices: ExportChoices;
}

export interface ExportOutcome {
	readonly bytes: number;
	readonly items: number;
	/** How many places were redacted, by kind. */
	readonly redacted: Readonly<Record<string, number>>;
	/** Items whose text could not be read. */
	readonly unreadable: number;
}
