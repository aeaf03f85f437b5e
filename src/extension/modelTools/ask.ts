/** One question of a model, answered. */
import { capped, extentRemarks, searchText, sessionText, usageText } from './answers.ts';
import { limits, type ToolName } from './definitions.ts';
import { readInput, ToolError } from './inputs.ts';
import type { Past } from './past.ts';

export interface ToolQuestion {
	readonly tool: ToolName;
	readonly input: unknown;
	/** Characters of the answer; never more than `limits.answer`. */
	readonly maxCharacters: number;
}

/** @throws ToolError */
export async function ask(past: Past, { tool, input, maxCharacters }: ToolQuestion, signal: AbortSignal): Promise<string> {
	const text = await answerOf(past, tool, input, signal);
	// First of all: what is cut is cut at the end.
	return capped([...extentRemarks(past.extent), text].join('\n'), Math.min(limits.answer, Math.max(200, maxCharacters)));
}

async function answerOf(past: Past, tool: ToolName, input: unknown, signal: AbortSignal): Promise<string> {
	switch (tool) {
		case 'search_sessions': {
			const { query, limit } = readInput(tool, input);
			return searchText(await past.search(query, limit, signal), past.scopeLabel);
		}
		case 'get_session': {
			const { sessionId, prompts } = readInput(tool, input);
			const session = await past.session(sessionId, prompts);
			if (session === null)
				throw new ToolError(
					'unknown-session',
					[`There is no session with this id in ${past.scopeLabel}. search_sessions gives ids.`, ...extentRemarks(past.extent)].join(' '),
				);
			return sessionText(session, prompts);
		}
		case 'get_usage': {
			const { since, until, by } = readInput(tool, input);
			return usageText(past.usage(since, until, by), by, past.scopeLabel);
		}
	}
}
