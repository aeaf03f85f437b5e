/**
 * A reader's state as it is kept beside every file of the index: JSON without what is as in an empty file, and without a
 * text that stands in it already, with a character for each phrase that all of them have. Written in full, the states of a
 * large history were a fifth of the whole index.
 */
import type { FileSummary } from './facts.ts';
import { lengthen, shorten } from './statePhrases.ts';
import { emptySummary } from './transcript/summaryFold.ts';
import type { ReaderState } from './transcriptReader.ts';

interface PackedState {
	readonly summary: Partial<FileSummary>;
	/** Names of fields that hold the same as `firstPromptOfAll`: in a short session each of them. */
	readonly same?: readonly string[];
	readonly offset: number;
	readonly memory: unknown;
}

const empty = new Map(Object.entries(emptySummary).map(([name, value]) => [name, JSON.stringify(value)]));
const prompts = ['firstPrompt', 'lastPrompt', 'lastPromptHint'] as const satisfies readonly (keyof FileSummary)[];

export function packState({ summary, offset, memory }: ReaderState): string {
	const same = prompts.filter(name => summary[name] !== null && summary[name] === summary.firstPromptOfAll);
	const kept = Object.entries(summary).filter(
		([name, value]) => !same.some(other => other === name) && JSON.stringify(value) !== empty.get(name),
	);
	const packed: PackedState = { summary: Object.fromEntries(kept), ...(same.length > 0 ? { same } : {}), offset, memory };
	return shorten(JSON.stringify(packed));
}

/**
 * `text` comes from `packState` of the same parser version, or is the plain JSON of a version before the phrases. Null when it
 * is damaged: the file must be read from its first byte.
 */
export function unpackState(text: string): ReaderState | null {
	const packed = parsed(text);
	if (packed === null) return null;
	const { summary, same = [], offset, memory } = packed;
	const prompt = summary.firstPromptOfAll ?? null;
	return { summary: { ...emptySummary, ...summary, ...Object.fromEntries(same.map(name => [name, prompt])) }, offset, memory };
}

/** Whether a stored state says the same as one just packed, however it was written. */
export function isSameState(stored: string, packed: string): boolean {
	if (stored === packed) return true;
	const state = unpackState(stored);
	return state !== null && packState(state) === packed;
}

function parsed(text: string): PackedState | null {
	try {
		const value = JSON.parse(lengthen(text)) as Partial<PackedState> | null;
		return value?.summary === undefined || typeof value.offset !== 'number' || value.memory === undefined
			? null
			: { ...value, summary: value.summary, offset: value.offset, memory: value.memory };
	} catch {
		return null;
	}
}
