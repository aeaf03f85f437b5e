/**
 * The dictionary of a shard, written in the order of its words and read block by block. A word that stands in one document
 * only, as most do, has this document beside it; the others have a place among the postings.
 */
import { ByteReader, ByteWriter, damaged } from './bytes.ts';
import { type ByteSource, type ShardLayout, wordsInBlock } from './shardFile.ts';

/** The documents of a word, ascending, and how often it stands in each (255 at most). */
export interface Postings {
	readonly documents: Uint32Array;
	readonly counts: Uint8Array;
}

export interface Entry {
	readonly word: string;
	/** How many documents it is in. */
	readonly frequency: number;
	/** Place of its postings in the file; of a word in one document, that document and its count. */
	readonly at: number;
	readonly length: number;
}

export class DictionaryWriter {
	readonly #postings = new ByteWriter(1 << 18);
	readonly #dictionary = new ByteWriter(1 << 18);
	readonly #blocks = new ByteWriter(1 << 12);
	#inBlock = 0;
	#before = '';

	/** Words come in ascending order; of each only the first `length` postings count. */
	add(word: string, { documents, counts }: Postings, length: number): void {
		const dictionary = this.#dictionary;
		if (this.#inBlock === 0) {
			this.#blocks.text(word);
			this.#blocks.number(dictionary.length);
			dictionary.number(this.#postings.length);
			dictionary.text(word);
		} else {
			const shared = sharedLength(this.#before, word);
			dictionary.number(shared);
			dictionary.text(word.slice(shared));
		}
		this.#before = word;
		this.#inBlock = (this.#inBlock + 1) % wordsInBlock;
		dictionary.number(length);
		if (length === 1) {
			dictionary.number(documents[0] ?? 0);
			dictionary.byte(counts[0] ?? 1);
			return;
		}
		const from = this.#postings.length;
		let previous = 0;
		for (let i = 0; i < length; i++) {
			const document = documents[i] ?? 0;
			const count = counts[i] ?? 1;
			// Most words stand once in a document: a bit says so.
			this.#postings.number((document - previous) * 2 + (count > 1 ? 1 : 0));
			if (count > 1) this.#postings.byte(count);
			previous = document;
		}
		dictionary.number(this.#postings.length - from);
	}

	parts(): { readonly postings: Buffer; readonly dictionary: Buffer; readonly blocks: Buffer } {
		return { postings: this.#postings.bytes(), dictionary: this.#dictionary.bytes(), blocks: this.#blocks.bytes() };
	}
}

export class Dictionary {
	readonly #source: ByteSource;
	readonly #layout: ShardLayout;
	readonly #documents: number;
	readonly #first: string[] = [];
	/** Place of each block in the file, and the end of the last. */
	readonly #places: number[] = [];

	constructor(source: ByteSource, layout: ShardLayout, documents: number) {
		this.#source = source;
		this.#layout = layout;
		this.#documents = documents;
		const reader = new ByteReader(layout.blocks);
		while (!reader.isAtEnd) {
			this.#first.push(reader.text());
			this.#places.push(layout.dictionaryAt + reader.number());
		}
		this.#places.push(layout.dictionaryEnd);
	}

	find(word: string): Entry | null {
		for (const entry of this.#block(this.#blockOf(word))) {
			if (entry.word === word) return entry;
			if (entry.word > word) return null;
		}
		return null;
	}

	/** Words that begin so, in order. */
	*beginningWith(prefix: string): Generator<Entry, void> {
		for (let block = this.#blockOf(prefix); block < this.#first.length; block++) {
			for (const entry of this.#block(block)) {
				if (entry.word.startsWith(prefix)) yield entry;
				else if (entry.word > prefix) return;
			}
		}
	}

	/** All words in order, a block at a time. */
	*blocks(): Generator<readonly Entry[], void> {
		for (let block = 0; block < this.#first.length; block++) yield this.#block(block);
	}

	*postings(entries: readonly Entry[]): Generator<Postings, void> {
		for (const { bytes, at, neighbours } of this.#read(entries)) {
			for (const entry of neighbours) {
				yield entry.frequency === 1
					? { documents: Uint32Array.of(entry.at), counts: Uint8Array.of(entry.length) }
					: this.#decode(bytes, entry.at - at, entry);
			}
		}
	}

	/** The documents that have any of the words, and how often they have one. */
	union(entries: readonly Entry[]): Postings {
		if (entries.length === 1) for (const postings of this.postings(entries)) return postings;
		// More than 255 stay 255.
		const tally = new Uint8ClampedArray(this.#documents);
		let having = 0;
		// One for all of them: thousands of words may begin alike.
		const decoded = roomFor(entries.reduce((most, { frequency }) => Math.max(most, frequency), 0));
		for (const { bytes, at, neighbours } of this.#read(entries)) {
			for (const entry of neighbours) {
				if (entry.frequency === 1) {
					if (tally[entry.at] === 0) having++;
					tally[entry.at] = (tally[entry.at] ?? 0) + entry.length;
					continue;
				}
				const { documents, counts } = this.#decode(bytes, entry.at - at, entry, decoded);
				for (let i = 0; i < entry.frequency; i++) {
					const document = documents[i] ?? 0;
					const before = tally[document] ?? 0;
					if (before === 0) having++;
					tally[document] = before + (counts[i] ?? 1);
				}
			}
		}
		const documents = new Uint32Array(having);
		const counts = new Uint8Array(having);
		for (let document = 0, i = 0; document < tally.length; document++) {
			const count = tally[document] ?? 0;
			if (count === 0) continue;
			documents[i] = document;
			counts[i++] = count;
		}
		return { documents, counts };
	}

	/** The bytes of the postings; those of words that lie next to each other are read at once. */
	*#read(
		entries: readonly Entry[],
	): Generator<{ readonly bytes: Buffer; readonly at: number; readonly neighbours: readonly Entry[] }, void> {
		for (let i = 0; i < entries.length;) {
			let at = 0;
			let end = 0;
			let next = i;
			for (; end - at < readAtOnce; next++) {
				const entry = entries[next];
				if (entry === undefined || (entry.frequency > 1 && end > 0 && entry.at !== end)) break;
				if (entry.frequency === 1) continue;
				if (end === 0) at = entry.at;
				end = entry.at + entry.length;
			}
			yield { bytes: this.#source.read(at, end - at), at, neighbours: entries.slice(i, next) };
			i = next;
		}
	}

	/** As `DictionaryWriter.add` wrote them. A letter typed into a gigabyte decodes a million: byte by byte, without a reader. */
	#decode(bytes: Buffer, from: number, { frequency, length }: Entry, { documents, counts } = roomFor(frequency)): Postings {
		const end = from + length;
		if (end > bytes.length) throw damaged();
		let document = 0;
		let at = from;
		for (let i = 0; i < frequency; i++) {
			let step = bytes[at++] ?? 0;
			for (let byte = step, scale = 0x80; byte >= 0x80; scale *= 0x80) {
				if (at >= end) throw damaged();
				byte = bytes[at++] ?? 0;
				step += (byte - 1) * scale;
			}
			document += step >>> 1;
			documents[i] = document;
			counts[i] = (step & 1) === 1 ? (bytes[at++] ?? 0) : 1;
		}
		if (at > end || document >= this.#documents) throw damaged('it names a document that is not there');
		return { documents, counts };
	}

	/** The last block whose first word is not after `word`. */
	#blockOf(word: string): number {
		let low = 0;
		let high = this.#first.length - 1;
		while (low < high) {
			const middle = Math.ceil((low + high) / 2);
			if ((this.#first[middle] ?? '') <= word) low = middle;
			else high = middle - 1;
		}
		return low;
	}

	#block(block: number): Entry[] {
		const from = this.#places[block];
		const to = this.#places[block + 1];
		if (from === undefined || to === undefined) return [];
		const reader = new ByteReader(this.#source.read(from, to - from));
		const entries: Entry[] = [];
		let at = this.#layout.postingsAt + reader.number();
		let word = '';
		while (!reader.isAtEnd) {
			word = entries.length === 0 ? reader.text() : word.slice(0, reader.number()) + reader.text();
			const frequency = reader.number();
			if (frequency === 0 || frequency > this.#documents) throw damaged('a word is in more documents than there are');
			if (frequency === 1) {
				const document = reader.number();
				if (document >= this.#documents) throw damaged('it names a document that is not there');
				entries.push({ word, frequency, at: document, length: reader.byte() });
			} else {
				const length = reader.number();
				entries.push({ word, frequency, at, length });
				at += length;
			}
		}
		return entries;
	}
}

const roomFor = (frequency: number): Postings => ({ documents: new Uint32Array(frequency), counts: new Uint8Array(frequency) });

/** Postings that are read in one go. */
const readAtOnce = 1 << 20;

/** Whole characters that two words begin with; a pair of surrogates is not torn, since halves have no bytes of their own. */
function sharedLength(a: string, b: string): number {
	const most = Math.min(a.length, b.length, 255);
	let shared = 0;
	while (shared < most && a.charCodeAt(shared) === b.charCodeAt(shared)) shared++;
	const last = shared > 0 ? b.charCodeAt(shared - 1) : 0;
	return last >= 0xd800 && last <= 0xdbff ? shared - 1 : shared;
}
