/** A session as a model is told of it, for tests: only what matters is named. */
import type { SessionDigest } from '../../src/extension/classification/sessionDigest.ts';

export function digest(own: Partial<SessionDigest>): SessionDigest {
	return {
		sessionId: 'session',
		lastRecord: 'r1',
		title: 'Sum is wrong',
		branch: 'main',
		prompts: ['The sum is wrong for negative numbers, please fix it'],
		promptCount: 1,
		filesEdited: ['src/sum.ts'],
		filesRead: 2,
		tools: [
			['Read', 2],
			['Edit', 1],
		],
		skills: [],
		slashCommands: [],
		shellCommands: ['npm test'],
		linesAdded: 3,
		linesRemoved: 1,
		toolErrors: 0,
		activeMinutes: 4,
		...own,
	};
}
