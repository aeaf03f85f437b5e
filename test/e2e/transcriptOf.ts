/** Finds a conversation of the sample on the disk. */
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { encodeProjectName } from '../support/historyGenerator/records.ts';
import type { Folders } from './window.ts';

export interface Transcript {
	readonly file: string;
	readonly sessionId: string;
	/** Of the prompt that it was found by. */
	readonly uuid: string;
}

/** The one in which a person said the text. Throws when there is none. */
export async function transcriptOf({ claudeDir, workspace }: Folders, text: string): Promise<Transcript> {
	const project = join(claudeDir, 'projects', encodeProjectName(workspace));
	for (const name of await readdir(project)) {
		if (!name.endsWith('.jsonl')) continue;
		const file = join(project, name);
		const line = (await readFile(file, 'utf8')).split('\n').find(each => each.includes(text) && each.includes('"type":"user"'));
		if (line === undefined) continue;
		return { file, sessionId: name.replace('.jsonl', ''), uuid: (JSON.parse(line) as { uuid: string }).uuid };
	}
	throw new Error(`No transcript says ${text}`);
}
