/** Makes one shard of several, without what is dead in them. */
import { ByteWriter } from './bytes.ts';
import { DictionaryWriter, type Entry, type Postings } from './dictionary.ts';
import { DocumentWriter, type Piece, wordsOfCode } from './documents.ts';
import type { Shard } from './shard.ts';
import { shardBytes } from './shardFile.ts';

export interface Merged {
	readonly shard: Shard;
	/** Numbers of its pieces that are of no use any more. */
	readonly dead: ReadonlySet<number>;
}

const gone = 0xffffffff;
const wordsAtOnce = 1000;
const postingsAtOnce = 20_000;
const documentsAtOnce = 5000;

/**
 * The bytes of the merged shard, made in steps of a few milliseconds; null when nothing is left. The stretches of a transcript come
 * to lie together, so that a session that grew line by line is one piece in the end.
 */
export function* mergeShards(inputs: readonly Merged[]): Generator<void, Buffer | null> {
	const documents = new DocumentWriter();
	const numbers = inputs.map(({ shard }) => new Uint32Array(shard.documents.count).fill(gone));
	let moved = 0;
	for (const pieces of piecesByPath(inputs)) {
		for (const run of adjoining(pieces)) {
			const [first] = run;
			const last = run.at(-1);
			if (first === undefined || last === undefined) continue;
			for (const { input, from, piece } of run) {
				const columns = inputs[input]?.shard.documents;
				const numbersOf = numbers[input];
				if (columns === undefined || numbersOf === undefined) continue;
				for (let i = from; i < from + piece.documents; i++) {
					numbersOf[i] = documents.count;
					documents.add({
						offset: columns.offset[i] ?? 0,
						kind: columns.kind[i] ?? 0,
						atSeconds: columns.atSeconds[i] ?? 0,
						words: wordsOfCode(columns.length[i] ?? 0),
						model: columns.models[columns.model[i] ?? 0] ?? null,
						branch: columns.branches[columns.branch[i] ?? 0] ?? null,
						tool: columns.tools[columns.tool[i] ?? 0] ?? null,
						print: columns.print[i] ?? 0,
					});
					if (++moved % documentsAtOnce === 0) yield;
				}
			}
			documents.end({
				...last.piece,
				from: first.piece.from,
				documents: run.reduce((sum, { piece }) => sum + piece.documents, 0),
				copies: run.reduce((sum, { piece }) => sum + piece.copies, 0),
			});
		}
	}
	if (documents.isEmpty) return null;
	const dictionary = new DictionaryWriter();
	const gathering = new GatheredPostings(documents.count);
	let words = 0;
	let postings = 0;
	for (const sameWord of inWordOrder(inputs)) {
		postings += writeWord(dictionary, sameWord, inputs, numbers, gathering);
		if (++words < wordsAtOnce && postings < postingsAtOnce) continue;
		words = 0;
		postings = 0;
		yield;
	}
	const bytes = new ByteWriter(1 << 16);
	documents.write(bytes);
	yield;
	return yield* shardBytes({ ...dictionary.parts(), documents: bytes.bytes() });
}

interface PieceOf {
	readonly input: number;
	readonly piece: Piece;
	/** Its first document in its shard. */
	readonly from: number;
}

/** What is alive, by transcript, each from its beginning to its end. */
function piecesByPath(inputs: readonly Merged[]): PieceOf[][] {
	const alive: PieceOf[] = [];
	for (const [input, { shard, dead }] of inputs.entries()) {
		let from = 0;
		for (const [number, piece] of shard.documents.pieces.entries()) {
			if (!dead.has(number)) alive.push({ input, piece, from });
			from += piece.documents;
		}
	}
	return [...Map.groupBy(alive, ({ piece }) => piece.path).values()].map(pieces => pieces.sort((a, b) => a.piece.from - b.piece.from));
}

/** Runs of pieces of which each begins where the one before ends. */
function adjoining(pieces: readonly PieceOf[]): PieceOf[][] {
	const runs: PieceOf[][] = [];
	for (const each of pieces) {
		const run = runs.at(-1);
		if (run?.at(-1)?.piece.to === each.piece.from) run.push(each);
		else runs.push([each]);
	}
	return runs;
}

interface EntryOf {
	readonly input: number;
	readonly entry: Entry;
}

/** The entries of each word, the words ascending. */
function* inWordOrder(inputs: readonly Merged[]): Generator<EntryOf[], void> {
	const cursors = inputs.map(({ shard }, input) => new Cursor(input, shard));
	for (;;) {
		let least: string | null = null;
		for (const { entry } of cursors) if (entry !== null && (least === null || entry.word < least)) least = entry.word;
		if (least === null) return;
		const same: EntryOf[] = [];
		for (const cursor of cursors) {
			if (cursor.entry?.word !== least) continue;
			same.push({ input: cursor.input, entry: cursor.entry });
			cursor.advance();
		}
		yield same;
	}
}

class Cursor {
	readonly input: number;
	readonly #blocks: Generator<readonly Entry[], void>;
	#block: readonly Entry[] = [];
	#at = 0;
	entry: Entry | null = null;

	constructor(input: number, shard: Shard) {
		this.input = input;
		this.#blocks = shard.blocks();
		this.advance();
	}

	advance(): void {
		while (this.#at >= this.#block.length) {
			const next = this.#blocks.next();
			if (next.done === true) {
				this.entry = null;
				return;
			}
			this.#block = next.value;
			this.#at = 0;
		}
		this.entry = this.#block[this.#at++] ?? null;
	}
}

/** Answers how many postings it wrote. */
function writeWord(
	dictionary: DictionaryWriter,
	same: readonly EntryOf[],
	inputs: readonly Merged[],
	numbers: readonly Uint32Array[],
	gathering: GatheredPostings,
): number {
	for (const { input, entry } of same) {
		const numbersOf = numbers[input];
		for (const { documents, counts } of inputs[input]?.shard.postings([entry]) ?? []) {
			for (let i = 0; i < documents.length; i++) {
				const number = numbersOf?.[documents[i] ?? 0] ?? gone;
				if (number !== gone) gathering.add(number, counts[i] ?? 1);
			}
		}
	}
	const { postings, length } = gathering.inOrder();
	const [word] = same;
	if (length > 0 && word !== undefined) dictionary.add(word.entry.word, postings, length);
	return length;
}

/** The postings of one word after the other, put in the order of their documents. Its memory serves them all. */
class GatheredPostings {
	/** How often the word stands in each document; all 0 between two words. */
	readonly #tally: Uint8Array;
	readonly #documents: Uint32Array;
	readonly #counts: Uint8Array;
	#length = 0;
	#isAscending = true;

	constructor(documents: number) {
		this.#tally = new Uint8Array(documents);
		this.#documents = new Uint32Array(documents);
		this.#counts = new Uint8Array(documents);
	}

	add(document: number, count: number): void {
		if (this.#length > 0 && document < (this.#documents[this.#length - 1] ?? 0)) this.#isAscending = false;
		this.#tally[document] = count;
		this.#documents[this.#length++] = document;
	}

	/** Valid until more is added. */
	inOrder(): { readonly postings: Postings; readonly length: number } {
		const [length, tally, documents, counts] = [this.#length, this.#tally, this.#documents, this.#counts];
		if (!this.#isAscending && length > tally.length >> 4) {
			// Passing over all documents is quicker than sorting so many of them.
			for (let document = 0, i = 0; document < tally.length; document++) if (tally[document] !== 0) documents[i++] = document;
		} else if (!this.#isAscending) documents.subarray(0, length).sort();
		for (let i = 0; i < length; i++) {
			const document = documents[i] ?? 0;
			counts[i] = tally[document] ?? 1;
			tally[document] = 0;
		}
		this.#length = 0;
		this.#isAscending = true;
		return { postings: { documents, counts }, length };
	}
}
