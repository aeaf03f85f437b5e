/** Writes sample conversations into a Claude directory, for whoever shows conversations in a test. */
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { encodeProjectName, toJsonl } from '../historyGenerator/records.ts';
import { everyShape, type SampleConversation } from './everyShape.ts';
import { rewound } from './rewound.ts';

export const sampleConversations = (): readonly SampleConversation[] => [everyShape(), rewound()];

/** Gives the transcript of the session itself. */
export function writeConversation(claudeDir: string, sample: SampleConversation): string {
	const folder = path.join(claudeDir, 'projects', encodeProjectName('/home/dev/src/shop'));
	const [first, ...others] = sample.files.map(({ path: name, records }) => {
		const file = path.join(folder, name);
		mkdirSync(path.dirname(file), { recursive: true });
		writeFileSync(file, toJsonl(records));
		return file;
	});
	if (first === undefined) throw new Error(`${sample.sessionId} has no file, nor ${others.length} others`);
	return first;
}
