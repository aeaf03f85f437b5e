/**
 * What a figure is made of, so that a person who points at it gets its sessions. The engine decides what a figure counts and
 * which sessions a selector means by the same rules: a figure that counts sessions is the total of its list.
 */
import type { PatternFactor, PatternOutcome } from './patterns.ts';
import type { ToolErrorKind } from './tools.ts';

/** Who is compared with whom. */
export type JudgingPair = 'modelAndRules' | 'personAndRules' | 'personAndModel';

/** Every selector holds within the filters and the period of the query it comes with. */
export type SessionSelector =
	/** Worked on in these local days (`YYYY-MM-DD`, both included), also where they lie outside the period: the calendar shows a year. */
	| { readonly kind: 'days'; readonly first: string; readonly last: string }
	/** Worked on in this hour (0 to 23) of this weekday (0 Monday to 6 Sunday), local time. */
	| { readonly kind: 'hour'; readonly weekday: number; readonly hour: number }
	/** Path; empty for sessions that belong to no project. */
	| { readonly kind: 'project'; readonly project: string }
	/** Empty for none. */
	| { readonly kind: 'branch'; readonly branch: string }
	| { readonly kind: 'model'; readonly model: string }
	/** Of any level; empty for sessions without a category. */
	| { readonly kind: 'category'; readonly category: string }
	/** Called the tool; or had an error, a denial or a retry of it. Null for any tool: what the totals of the page are made of. */
	| { readonly kind: 'tool'; readonly tool: string | null; readonly only: 'calls' | 'errors' | 'denied' | 'retries' }
	/** Of one tool, or of any. */
	| { readonly kind: 'error'; readonly error: ToolErrorKind; readonly tool: string | null }
	/** Edited the file. */
	| { readonly kind: 'file'; readonly path: string }
	| { readonly kind: 'command'; readonly command: string }
	| { readonly kind: 'skill'; readonly skill: string }
	/** Called it, or had an error of it. */
	| { readonly kind: 'mcpServer'; readonly server: string; readonly only: 'calls' | 'errors' }
	/** With an answer in the five-hour block that begins at this instant. */
	| { readonly kind: 'block'; readonly startedAt: string }
	/** With answers of subagents; of a model, or of any. */
	| { readonly kind: 'subagents'; readonly model: string | null }
	/** Used a model without a known price; null for any of them. */
	| { readonly kind: 'unpriced'; readonly model: string | null }
	| { readonly kind: 'apiErrors' }
	/** Whose category comes from rules, a model or the person; `stale`: from a model, and it has grown since. */
	| { readonly kind: 'sortedBy'; readonly by: 'rules' | 'model' | 'person' | 'stale' }
	/** Which the first of two put into the category of level 2, and the second elsewhere: of the scope, whatever filters and period. */
	| { readonly kind: 'judgedApart'; readonly pair: JudgingPair; readonly category: string }
	/** With lines that could not be read: of the scope, whatever filters and period. */
	| { readonly kind: 'malformed' }
	/** Holds history that another session owns (MODEL-2). */
	| { readonly kind: 'copies' }
	/** One of the two groups that a pattern compares; `detail` as the pattern has it. */
	| {
			readonly kind: 'pattern';
			readonly factor: PatternFactor;
			readonly outcome: PatternOutcome;
			readonly detail: string | null;
			readonly side: 'first' | 'second';
	  };
