/** Makes what a model is told of a session: from the index, and the first prompts from the transcript itself. */
import { open } from 'node:fs/promises';
import { promptIn } from '../claude/prompts.ts';
import type { IndexTables } from '../store/index/indexTables.ts';
import type { PromptPlace } from '../store/index/sessionFacts.ts';
import type { SessionDigest } from './sessionDigest.ts';

const promptsByDefault = 6;
/** A longer record holds a pasted file or picture; its beginning would be no JSON. */
const longestRecord = 1 << 20;

/** Null for a session that is not in the index. */
export async function digestOf(tables: IndexTables, sessionId: string, promptsRead = promptsByDefault): Promise<SessionDigest | null> {
	const { facts } = tables;
	const rowId = facts.rowIdOf(sessionId);
	if (rowId === null) return null;
	const [texts] = facts.texts([rowId]);
	if (texts === undefined) return null;
	const tools = facts.tools([rowId]).get(rowId) ?? [];
	const files = facts.editedFiles([rowId]).get(rowId) ?? [];
	const commands = facts.shellCommands([rowId]).get(rowId) ?? [];
	const places = facts.promptPlaces(rowId, promptsRead);
	const read = await promptsAt(places);
	// What the index kept must do where the transcript is gone.
	const kept = [texts.firstPrompt, texts.userPrompts > 1 ? texts.lastPrompt : null].filter(prompt => prompt !== null);
	return {
		sessionId,
		lastRecord: texts.lastRecord,
		title: texts.planTitle ?? texts.title,
		branch: texts.branch === '' ? null : texts.branch,
		prompts: read.length > 0 ? read : kept,
		promptCount: texts.userPrompts,
		filesEdited: files.map(file => shortPath(file.path)),
		filesRead: texts.filesRead,
		tools,
		skills: namesIn(texts.skills),
		slashCommands: namesIn(texts.slashCommands),
		shellCommands: commands,
		linesAdded: texts.linesAdded,
		linesRemoved: texts.linesRemoved,
		toolErrors: texts.toolErrors,
		activeMinutes: Math.round(texts.activeMs / 60_000),
	};
}

async function promptsAt(places: readonly PromptPlace[]): Promise<string[]> {
	const prompts: string[] = [];
	for (const place of places) {
		if (place.length > longestRecord) continue;
		const prompt = await promptAt(place).catch(() => null);
		if (prompt !== null && prompt !== '') prompts.push(prompt);
	}
	return prompts;
}

/** Rejects when the file is not there any more. */
async function promptAt({ path, offset, length }: PromptPlace): Promise<string | null> {
	const file = await open(path, 'r');
	try {
		const bytes = Buffer.alloc(length);
		const { bytesRead } = await file.read(bytes, 0, length, offset);
		return bytesRead < length ? null : promptIn(bytes);
	} finally {
		await file.close();
	}
}

/** The name with two folders above it: enough to tell what it is, and not where it lies. */
function shortPath(path: string): string {
	return path.split(/[\\/]/).slice(-3).join('/');
}

const namesIn = (json: string | null): string[] => (json === null ? [] : Object.keys(JSON.parse(json) as object));
