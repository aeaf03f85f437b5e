/**
 * A reader's state as it is kept beside every file of the index: JSON without what is as in an empty file, and without a
 * text that stands in it already. Written in full, the states of a large history were a fifth of the whole index.
 */
import type { FileSummary } from './facts.ts';
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
const prompts = ['firstPrompt', 'lastPrompt'] as const satisfies readonly (keyof FileSummary)[];

export function packState({ summary, offset, memory }: ReaderState): string {
	const same = prompts.filter(name => summary[name] !== null && summary[name] === summary.firstPromptOfAll);
	const kept = Object.entries(summary).filter(
		([name, value]) => !same.some(other => other === name) && JSON.stringify(value) !== empty.get(name),
	);
	const packed: PackedState = { summary: Object.fromEntries(kept), ...(same.length > 0 ? { same } : {}), offset, memory };
	return JSON.stringify(packed);
}

/** `text` comes from `packState` of the same parser version. */
export function unpackState(text: string): ReaderState {
	const { summary, same = [], offset, memory } = JSON.parse(text) as PackedState;
	const prompt = summary.firstPromptOfAll ?? null;
	return { summary: { ...emptySummary, ...summary, ...Object.fromEntries(same.map(name => [name, prompt])) }, offset, memory };
}
