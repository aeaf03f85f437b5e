/**
 * A reader's state as it is kept beside every file of the index: JSON without what is as in an empty file. Written in
 * full, the states of a large history were a fifth of the whole index.
 */
import type { FileSummary } from './facts.ts';
import { emptySummary } from './transcript/summaryFold.ts';
import type { ReaderState } from './transcriptReader.ts';

interface PackedState {
	readonly summary: Partial<FileSummary>;
	readonly offset: number;
	readonly memory: unknown;
}

const empty = new Map(Object.entries(emptySummary).map(([name, value]) => [name, JSON.stringify(value)]));

export function packState({ summary, offset, memory }: ReaderState): string {
	const kept = Object.entries(summary).filter(([name, value]) => JSON.stringify(value) !== empty.get(name));
	return JSON.stringify({ summary: Object.fromEntries(kept), offset, memory });
}

/** `text` comes from `packState` of the same parser version. */
export function unpackState(text: string): ReaderState {
	const { summary, offset, memory } = JSON.parse(text) as PackedState;
	return { summary: { ...emptySummary, ...summary }, offset, memory };
}
