/** Which of two hits is the better one. Pure. */
import type { RecordTextKind } from '../claude/transcript/recordTexts.ts';

/** The kinds of texts by their numbers in the shards; a new one goes to the end. Paths of files are texts of the tool's input. */
export const kinds = [
	'prompt',
	'answer',
	'thinking',
	'toolInput',
	'toolResult',
	'title',
	'context',
] as const satisfies readonly RecordTextKind[];
export type IndexedKind = (typeof kinds)[number];

export const kindNumber = (kind: RecordTextKind): number => kinds.indexOf(kind === 'file' ? 'toolInput' : kind);

/** What people said counts for more than what programs printed: there is much more of that. */
const weights: Readonly<Record<IndexedKind, number>> = {
	prompt: 1.6,
	answer: 1.25,
	thinking: 0.9,
	toolInput: 0.85,
	toolResult: 0.6,
	title: 2.2,
	context: 0.4,
};
export const kindWeights: readonly number[] = kinds.map(kind => weights[kind]);
export const titleWeight = weights.title;

/** How rare a clause is: standing in a few of many documents counts for more (BM25). */
export const rarity = (documents: number, having: number): number => Math.log(1 + (documents - having + 0.5) / (having + 0.5));

/** More occurrences count for less and less, and for less in a long text (BM25 with k1 = 1.2, b = 0.5). */
export const frequencyWeight = (count: number, words: number, averageWords: number): number =>
	(count * 2.2) / (count + 1.2 * (0.5 + (0.5 * words) / Math.max(1, averageWords)));

/** What was said today counts for a quarter more than what was said a year ago. */
export function recency(atMs: number, nowMs: number): number {
	const days = Math.max(0, nowMs - atMs) / 86_400_000;
	return 1 + 0.25 / (1 + days / 30);
}
