/**
 * What a generated history holds, known from having made it: the figures a reader must find (MODEL-1, MODEL-6), counted
 * where things are made up and not by reading them back.
 */
import type { Usage } from './records.ts';

export interface HistoryTruth {
	sessions: number;
	/** Sessions known only from a subagent's transcript. */
	stubs: number;
	/** API answers of a model, each once, over all files. */
	responses: number;
	tokens: { input: number; output: number; cacheRead: number; cacheWrite5m: number; cacheWrite1h: number };
	/** What people typed: queued prompts once, feedback given with a denial too. */
	userPrompts: number;
	/** Subagents' calls too, also those known only from a progress record. */
	toolCalls: number;
	malformedLines: number;
	files: number;
	bytes: number;
	records: number;
}

export function emptyTruth(): HistoryTruth {
	return {
		sessions: 0,
		stubs: 0,
		responses: 0,
		tokens: { input: 0, output: 0, cacheRead: 0, cacheWrite5m: 0, cacheWrite1h: 0 },
		userPrompts: 0,
		toolCalls: 0,
		malformedLines: 0,
		files: 0,
		bytes: 0,
		records: 0,
	};
}

/** Counts one response; `output` is the largest that any of its records shows. */
export function countResponse(truth: HistoryTruth, usage: Usage, output: number): void {
	truth.responses++;
	truth.tokens.input += usage.input;
	truth.tokens.output += output;
	truth.tokens.cacheRead += usage.cacheRead;
	truth.tokens.cacheWrite5m += usage.cacheWrite5m;
	truth.tokens.cacheWrite1h += usage.cacheWrite1h;
}
