/** A session in which a person went back twice: once from the second prompt, and once more inside what came of that. */
import {
	assistantText,
	conversation,
	type ChainRecord,
	type Conversation,
	toolResult,
	toolUse,
	userPrompt,
} from '../historyGenerator/records.ts';
import type { SampleConversation } from './everyShape.ts';

export const rewoundId = '5ca1ab1e-0000-4000-8000-000000000002';

/** A prompt, a call with its result, and an answer. */
function turn(talk: Conversation, prompt: string, answer: string): ChainRecord[] {
	const asked = userPrompt(talk, prompt);
	const call = toolUse(talk, 'Read', { file_path: `/home/dev/${answer}.ts` });
	return [asked, call, toolResult(talk, call, answer), assistantText(talk, answer)];
}

/**
 * Reads as: first → (second A → third A1 | third A2) or (second B). The branch written to last is second A → third A2.
 */
export function rewound(): SampleConversation {
	const talk = conversation({ sessionId: rewoundId, seed: 'rewound', cwd: '/home/dev/src/shop' });
	const first = turn(talk, 'first', 'one');
	const afterFirst = talk.parentUuid;
	const secondB = turn(talk, 'second B', 'two B');
	talk.parentUuid = afterFirst;
	const secondA = turn(talk, 'second A', 'two A');
	const afterSecondA = talk.parentUuid;
	const thirdA1 = turn(talk, 'third A1', 'three A1');
	talk.parentUuid = afterSecondA;
	const thirdA2 = turn(talk, 'third A2', 'three A2');
	const records = [...first, ...secondB, ...secondA, ...thirdA1, ...thirdA2];
	const shapes = Object.fromEntries(
		[first, secondB, secondA, thirdA1, thirdA2].flatMap(([asked]) =>
			asked === undefined ? [] : [[(asked['message'] as { content: string }).content, asked.uuid]],
		),
	);
	return { sessionId: rewoundId, shapes, files: [{ path: `${rewoundId}.jsonl`, records }] };
}
