/** Which documents of a shard may match a query, by the words they have. */
import type { Shard } from '../store/search/shard.ts';
import type { Entry, Postings } from '../store/search/dictionary.ts';
import type { Clause, Term } from './clause.ts';
import { longestWord } from './words.ts';

/** The documents that have all words of a clause, ascending. */
export interface ClauseMatch {
	readonly documents: Uint32Array;
	readonly counts: Uint8Array;
	/** Having the words is holding the clause. */
	readonly isExact: boolean;
}

/** Blocks of a dictionary that are gone through in one step. */
const blocksAtOnce = 100;

/** Null for a clause of signs only, which any document may hold. In steps of a few milliseconds. */
export function* matchClause(shard: Shard, clause: Clause): Generator<void, ClauseMatch | null> {
	let match: ClauseMatch | null = null;
	for (const term of clause.terms) {
		const found = yield* matchTerm(shard, term);
		const isExact = found.isExact && clause.isExact;
		match = match === null ? { ...found.postings, isExact } : { ...both(match, found.postings), isExact: isExact && match.isExact };
		if (match.documents.length === 0) break;
		yield;
	}
	return match;
}

function* matchTerm(shard: Shard, term: Term): Generator<void, { postings: Postings; isExact: boolean }> {
	switch (term.kind) {
		case 'word': {
			const entry = shard.find(term.text);
			return { postings: shard.union(entry === null ? [] : [entry]), isExact: true };
		}
		case 'prefix':
			return { postings: shard.union(shard.beginningWith(term.text)), isExact: true };
		default: {
			const { entries, isExact } = yield* entriesWithin(shard, term);
			return { postings: shard.union(entries), isExact };
		}
	}
}

/** Words that hold a text, or end with it. What is cut off from a long word might hold it too. */
function* entriesWithin(shard: Shard, term: Term): Generator<void, { entries: Entry[]; isExact: boolean }> {
	const entries: Entry[] = [];
	let isExact = true;
	let block = 0;
	for (const words of shard.blocks()) {
		for (const entry of words) {
			if (term.kind === 'suffix' ? entry.word.endsWith(term.text) : entry.word.includes(term.text)) entries.push(entry);
			else if (entry.word.length >= longestWord - 1) {
				entries.push(entry);
				isExact = false;
			}
		}
		if (++block % blocksAtOnce === 0) yield;
	}
	return { entries, isExact };
}

/** Documents that are in both; a phrase is there at most as often as its rarest word. */
function both(a: Postings, b: Postings): Postings {
	const most = Math.min(a.documents.length, b.documents.length);
	const documents = new Uint32Array(most);
	const counts = new Uint8Array(most);
	let length = 0;
	for (let i = 0, j = 0; i < a.documents.length && j < b.documents.length;) {
		const left = a.documents[i] ?? 0;
		const right = b.documents[j] ?? 0;
		if (left < right) i++;
		else if (left > right) j++;
		else {
			documents[length] = left;
			counts[length++] = Math.min(a.counts[i++] ?? 1, b.counts[j++] ?? 1);
		}
	}
	return { documents: documents.slice(0, length), counts: counts.slice(0, length) };
}
