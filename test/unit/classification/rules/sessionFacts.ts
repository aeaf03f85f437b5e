/** Facts of a session in which nothing happened, for tests that change what they are about. */
import type { SessionFacts } from '../../../../src/extension/classification/rules/rules.ts';

const nothing: SessionFacts = {
	title: null,
	firstPrompt: null,
	lastPrompt: null,
	branch: null,
	permissionMode: null,
	userPrompts: 0,
	slashCommands: {},
	skills: {},
	tools: {},
	filesEdited: [],
	filesReadCount: 0,
	shellCommands: [],
	linesAdded: 0,
	linesRemoved: 0,
	toolErrors: 0,
	interruptions: 0,
};

export const session = (changes: Partial<SessionFacts>): SessionFacts => ({ ...nothing, ...changes });

/** A session with this one prompt and nothing done. */
export const prompted = (firstPrompt: string, changes: Partial<SessionFacts> = {}): SessionFacts =>
	session({ firstPrompt, lastPrompt: firstPrompt, userPrompts: 1, ...changes });
