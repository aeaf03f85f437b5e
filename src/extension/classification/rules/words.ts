/** Reads a clause as acts and topics, in the order they stand. A longer phrase hides the words inside it. */
import { actWords, type Act } from './acts.ts';
import { topicWords, type Topic } from './topics.ts';

export interface Word {
	readonly text: string;
	readonly act: Act | null;
	/** The form that asks: "fix", not "fixed". */
	readonly isBare: boolean;
	readonly isVerb: boolean;
	readonly topic: Topic | null;
	/** How many plain words it spans. */
	readonly length: number;
}

const spaced = /[\p{L}\p{N}_.+#/'-]{1,60}/gu;
/** Chinese and Japanese write no spaces: there each character is taken by itself, in the lexicon as in a clause. */
const unspaced = /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}ー]/u;
const mixed = new RegExp(`${unspaced.source}|(?:(?!${unspaced.source})${spaced.source.replace('{1,60}', '')}){1,60}`, 'gu');
const edges = /^[.'/-]+|[.'/-]+$/g;

function tokensOf(text: string): readonly string[] {
	const runs = text.match(unspaced.test(text) ? mixed : spaced) ?? [];
	return runs.map(run => (run.startsWith('.env') ? run : run.replace(edges, ''))).filter(run => run !== '');
}

/** The lexicon by words: whoever follows the words of a clause from the root stands where the longest phrase ends. */
interface Branch {
	word: Word | null;
	readonly next: Map<string, Branch>;
}

const root: Branch = { word: null, next: new Map() };
for (const text of new Set([...actWords.keys(), ...topicWords.keys()])) {
	const act = actWords.get(text);
	const parts = tokensOf(text);
	let branch = root;
	for (const part of parts) {
		const next = branch.next.get(part) ?? { word: null, next: new Map<string, Branch>() };
		branch.next.set(part, next);
		branch = next;
	}
	branch.word = {
		text,
		act: act?.act ?? null,
		isBare: act?.isBare ?? false,
		isVerb: act?.isVerb ?? false,
		topic: topicWords.get(text) ?? null,
		length: parts.length,
	};
}

/** Set phrases are no nouns, whatever stands before them. */
export const isPhrase = (word: Word): boolean => word.length > 1;

/** Read of one clause; a longer one is no prose. */
const mostTokens = 80;

export function wordsOf(clause: string): readonly Word[] {
	const tokens = tokensOf(clause).slice(0, mostTokens);
	const words: Word[] = [];
	for (let at = 0; at < tokens.length;) {
		const word = longestAt(tokens, at);
		words.push(word);
		at += word.length;
	}
	return words;
}

function longestAt(tokens: readonly string[], at: number): Word {
	const first = tokens[at] ?? '';
	let longest: Word | null = null;
	let branch = root.next.get(first);
	for (let to = at + 1; branch !== undefined; to++) {
		longest = branch.word ?? longest;
		branch = to < tokens.length ? branch.next.get(tokens[to] ?? '') : undefined;
	}
	return longest ?? { text: first, act: null, isBare: false, isVerb: false, topic: null, length: 1 };
}
