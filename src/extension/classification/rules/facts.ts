/** What the offline classifier is told, and what it answers. Plain data: where it comes from and where it goes is not its business. */
import type { Category } from '../taxonomy.ts';

/** What the index knows of a session without opening its transcript. */
export interface SessionFacts {
	/** Custom or AI title, or a summary; null when the title is only the first prompt again. */
	readonly title: string | null;
	/** At most 200 characters, wrappers taken off; null when there was none. */
	readonly firstPrompt: string | null;
	readonly lastPrompt: string | null;
	readonly branch: string | null;
	/** 'plan', 'acceptEdits', … */
	readonly permissionMode: string | null;
	readonly userPrompts: number;
	/** With the slash: '/init': 1. */
	readonly slashCommands: Readonly<Record<string, number>>;
	readonly skills: Readonly<Record<string, number>>;
	/** 'Edit': 5, 'mcp__x__y': 1. */
	readonly tools: Readonly<Record<string, number>>;
	/** Absolute paths as written, most edited first, at most 20. */
	readonly filesEdited: readonly EditedFile[];
	readonly filesReadCount: number;
	/** The first 80 characters of each distinct command, oldest first, at most 40. */
	readonly shellCommands: readonly string[];
	readonly linesAdded: number;
	readonly linesRemoved: number;
	readonly toolErrors: number;
	readonly interruptions: number;
}

export interface EditedFile {
	readonly path: string;
	readonly edits: number;
}

export type EvidenceKind = 'prompt' | 'title' | 'files' | 'commands' | 'tools' | 'slash command' | 'skill' | 'plan mode' | 'nothing';

/** One reason, short enough for a tooltip: the words found, or "12 of 14 edits in tests". */
export interface Evidence {
	readonly kind: EvidenceKind;
	readonly detail: string;
}

export interface RulesAnswer {
	readonly category: Category;
	/** How often answers with evidence of this strength were right at level 3; the table is in `confidence.ts`. */
	readonly confidence: number;
	/** What decided, strongest first, at most four. */
	readonly evidence: readonly Evidence[];
}
