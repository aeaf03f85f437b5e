/** Makes a shard of documents and their words. */
import { ByteWriter } from './bytes.ts';
import { DictionaryWriter } from './dictionary.ts';
import { type Document, DocumentWriter, type Piece } from './documents.ts';
import { shardBytes } from './shardFile.ts';

/** Words that are sorted and written in one step. */
const wordsAtOnce = 2000;

/**
 * Words are numbered as they come, and each occurrence is one entry of a log; at the end the log is put in the order of the words.
 * One map for all documents: it is the map that takes the time.
 */
export class ShardBuilder {
	readonly #documents = new DocumentWriter();
	readonly #numbers = new Map<string, number>();
	#lastEntry = new Int32Array(1 << 12);
	#frequency = new Uint32Array(1 << 12);
	#logWord = new Uint32Array(1 << 14);
	#logDocument = new Uint32Array(1 << 14);
	#logCount = new Uint8Array(1 << 14);
	#logLength = 0;
	#words = 0;

	get isEmpty(): boolean {
		return this.#documents.isEmpty;
	}

	/** Of words in documents: what memory and size go with. */
	get entries(): number {
		return this.#logLength;
	}

	/** A word of the next document. */
	word(word: string): void {
		this.#words++;
		let number = this.#numbers.get(word);
		if (number === undefined) {
			number = this.#numbers.size;
			// A slice would keep the whole text it was cut from in memory.
			this.#numbers.set(Buffer.from(word).toString(), number);
			if (number >= this.#lastEntry.length) {
				this.#lastEntry = grown(this.#lastEntry, Int32Array);
				this.#frequency = grown(this.#frequency, Uint32Array);
			}
			this.#lastEntry[number] = -1;
		}
		const document = this.#documents.count;
		const last = this.#lastEntry[number] ?? -1;
		if (last >= 0 && this.#logDocument[last] === document) {
			const count = this.#logCount[last] ?? 0;
			if (count < 255) this.#logCount[last] = count + 1;
			return;
		}
		if (this.#logLength >= this.#logWord.length) {
			this.#logWord = grown(this.#logWord, Uint32Array);
			this.#logDocument = grown(this.#logDocument, Uint32Array);
			this.#logCount = grown(this.#logCount, Uint8Array);
		}
		this.#lastEntry[number] = this.#logLength;
		this.#frequency[number] = (this.#frequency[number] ?? 0) + 1;
		this.#logWord[this.#logLength] = number;
		this.#logDocument[this.#logLength] = document;
		this.#logCount[this.#logLength++] = 1;
	}

	/** The words since the last call are those of this document. */
	document(document: Omit<Document, 'words'>): void {
		this.#documents.add({ ...document, words: this.#words });
		this.#words = 0;
	}

	end(piece: Piece): void {
		this.#documents.end(piece);
	}

	/** The shard's bytes, made in steps of a few milliseconds each. Nothing can be added any more. */
	*build(): Generator<void, Buffer> {
		const { starts, documents, counts } = this.#inOrderOfWords();
		yield;
		const dictionary = new DictionaryWriter();
		let written = 0;
		for (const group of sortedGroups(this.#numbers.keys())) {
			for (const word of group) {
				const number = this.#numbers.get(word) ?? 0;
				const from = starts[number] ?? 0;
				const length = this.#frequency[number] ?? 0;
				const postings = { documents: documents.subarray(from, from + length), counts: counts.subarray(from, from + length) };
				dictionary.add(word, postings, length);
				if (++written % wordsAtOnce === 0) yield;
			}
		}
		const bytes = new ByteWriter(1 << 16);
		this.#documents.write(bytes);
		yield;
		return yield* shardBytes({ ...dictionary.parts(), documents: bytes.bytes() });
	}

	/** The log by words; within a word the documents stay in their order. */
	#inOrderOfWords(): { starts: Uint32Array; documents: Uint32Array; counts: Uint8Array } {
		const starts = new Uint32Array(this.#numbers.size);
		let start = 0;
		for (let number = 0; number < starts.length; number++) {
			starts[number] = start;
			start += this.#frequency[number] ?? 0;
		}
		const next = starts.slice();
		const documents = new Uint32Array(this.#logLength);
		const counts = new Uint8Array(this.#logLength);
		for (let i = 0; i < this.#logLength; i++) {
			const number = this.#logWord[i] ?? 0;
			const at = next[number] ?? 0;
			next[number] = at + 1;
			documents[at] = this.#logDocument[i] ?? 0;
			counts[at] = this.#logCount[i] ?? 0;
		}
		return { starts, documents, counts };
	}
}

/** Words in ascending order, in groups that are each sorted quickly: sorting all at once would stop the thread. */
function* sortedGroups(words: Iterable<string>): Generator<string[], void> {
	const groups = new Map<string, string[]>();
	for (const word of words) {
		const start = word.slice(0, 2);
		const group = groups.get(start);
		if (group === undefined) groups.set(start, [word]);
		else group.push(word);
	}
	for (const start of [...groups.keys()].sort()) yield (groups.get(start) ?? []).sort();
}

function grown<T extends Uint32Array | Int32Array | Uint8Array>(array: T, Type: new (length: number) => T): T {
	const larger = new Type(array.length * 2);
	larger.set(array);
	return larger;
}
