/** What a classifier is told of one session: facts the index has, and the first prompts. Plain data, nothing of where it comes from. */

export interface SessionDigest {
	readonly sessionId: string;
	/** Key of the session's last record: an answer holds for the session as it ended there (CLS-6). Null without one. */
	readonly lastRecord: string | null;
	readonly title: string | null;
	readonly branch: string | null;
	/** The person's first prompts, oldest first, wrappers taken off; slash commands as `/name args`. */
	readonly prompts: readonly string[];
	/** Of all prompts, also those that are not in `prompts`. */
	readonly promptCount: number;
	/** Base names and at most two folders above them, most edited first. */
	readonly filesEdited: readonly string[];
	readonly filesRead: number;
	/** Tool and number of calls, most used first. */
	readonly tools: readonly (readonly [name: string, calls: number])[];
	readonly skills: readonly string[];
	readonly slashCommands: readonly string[];
	/** What was run in a shell, the first words of each, oldest first, without repetitions. */
	readonly shellCommands: readonly string[];
	readonly linesAdded: number;
	readonly linesRemoved: number;
	readonly toolErrors: number;
	readonly activeMinutes: number;
}
