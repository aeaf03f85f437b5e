/** Searching everything that was said: what is asked, what is found, and how the search index stands. */
import type { Scope } from './sessions.ts';

/**
 * What a text is: `prompt` typed by a person, `answer` and `thinking` of Claude, `toolInput` and `toolResult` of its tools, `file`
 * the path of a file that a tool read or changed, `title` of a session, `context` what Claude Code itself put into the conversation
 * (outputs of commands, skills, summaries of compacted conversations).
 */
export type SearchTextKind = 'prompt' | 'answer' | 'thinking' | 'toolInput' | 'toolResult' | 'file' | 'title' | 'context';

export interface SearchQuery {
	/** As a person types it; docs/search.md says what it may hold. */
	readonly text: string;
	readonly scope: Scope;
	/** Only within this session; null for all. */
	readonly sessionId: string | null;
	/** Only texts of these kinds; null for all. */
	readonly kinds: readonly SearchTextKind[] | null;
	readonly offset: number;
	/** At most 200. */
	readonly limit: number;
	/**
	 * While a person types: the last word counts as the beginning of a word, and the answer comes at once with what is found by
	 * then (`isComplete`). Otherwise every candidate is looked at.
	 */
	readonly isTyping: boolean;
}

/** A stretch of a text, in characters of JavaScript. */
export interface TextRange {
	readonly start: number;
	readonly end: number;
}

/** Text around what was found, as it stands in the transcript but on one line; never HTML. */
export interface SearchSnippet {
	readonly text: string;
	/** What was found in it, in order, without overlaps. */
	readonly matches: readonly TextRange[];
	/** There is more of the text before or after it. */
	readonly isCutBefore: boolean;
	readonly isCutAfter: boolean;
}

export interface SearchHit {
	readonly sessionId: string;
	/** Of the session; null when it has none. */
	readonly title: string | null;
	/** Name of the project; null when it is not known. */
	readonly project: string | null;
	/** The record's `uuid`; `@` and its offset for records without one. */
	readonly messageId: string;
	/** Of the subagent that said it; null for the session itself. */
	readonly agentId: string | null;
	readonly role: 'user' | 'assistant' | 'system';
	readonly kind: SearchTextKind;
	/** Name of the tool, of its inputs, results and files. */
	readonly tool: string | null;
	readonly timestamp: string | null;
	/** Path of the transcript. */
	readonly file: string;
	/** First byte of the record in it. */
	readonly offset: number;
	readonly snippet: SearchSnippet;
	/** Higher is better; only to be compared within one answer. */
	readonly score: number;
}

/** Something about the query a person should know. The query was answered as far as it could be. */
export interface SearchProblem {
	readonly kind:
		| 'nothing to look for'
		/** A quotation mark without its partner: the phrase goes to the end. */
		| 'open quote'
		/** The value of `before:` or `after:` is no date; it was left out. */
		| 'not a date'
		/** `file:` and the like without a value; it was left out. */
		| 'no value'
		/** Only `-words`: there is nothing to subtract from. */
		| 'only exclusions'
		/** More words than are looked for; the rest was left out. */
		| 'too long';
	/** The part of the query that is meant. */
	readonly text: string;
}

export interface SearchAnswer {
	/** The best first. A record is there once, whatever was copied where. */
	readonly hits: readonly SearchHit[];
	/** Records that match; at least so many when `totalIsExact` is false. */
	readonly total: number;
	readonly totalIsExact: boolean;
	/** Every candidate was looked at. False while typing, when time ran out: asking with `isTyping` false finds the rest. */
	readonly isComplete: boolean;
	/** The search index holds everything the transcripts say by now. False while it is being built. */
	readonly isIndexComplete: boolean;
	readonly durationMs: number;
	readonly problems: readonly SearchProblem[];
}

export interface SearchStatus {
	/** `waiting`: another window builds it. */
	readonly state: 'off' | 'waiting' | 'building' | 'ready' | 'error';
	/** Of the transcripts: how much is in the search index, of how much there is. */
	readonly bytesDone: number;
	readonly bytesTotal: number;
	/** Of the search index on disk. */
	readonly bytesOnDisk: number;
	/** For a person, when `state` is `error`. */
	readonly problem: string | null;
}
