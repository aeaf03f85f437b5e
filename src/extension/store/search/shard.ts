/** A shard as a search sees it: documents, and the words that lead to them. */
import { Dictionary, type Entry, type Postings } from './dictionary.ts';
import { type DocumentColumns, readDocuments } from './documents.ts';
import { type ByteSource, checkWhole, MemorySource, readLayout } from './shardFile.ts';

export class Shard {
	readonly source: ByteSource;
	readonly documents: DocumentColumns;
	readonly #dictionary: Dictionary;

	/** Throws `ShardError` when the source is no shard, or not as it was written. `documents` are those of the same source. */
	constructor(source: ByteSource, documents: DocumentColumns | null = null) {
		this.source = source;
		const layout = readLayout(source);
		this.documents = documents ?? readDocuments(layout.documents);
		this.#dictionary = new Dictionary(source, layout, this.documents.count);
	}

	/** The same with all of it in memory, to be read from its first word to its last. */
	whole(): Shard {
		return new Shard(new MemorySource(this.source.read(0, this.source.size)), this.documents);
	}

	find(word: string): Entry | null {
		return this.#dictionary.find(word);
	}

	beginningWith(prefix: string): Entry[] {
		return [...this.#dictionary.beginningWith(prefix)];
	}

	/** All words, a block of them at a time. */
	blocks(): Generator<readonly Entry[], void> {
		return this.#dictionary.blocks();
	}

	postings(entries: readonly Entry[]): Generator<Postings, void> {
		return this.#dictionary.postings(entries);
	}

	union(entries: readonly Entry[]): Postings {
		return this.#dictionary.union(entries);
	}

	check(): Generator<void, void> {
		return checkWhole(this.source);
	}

	close(): void {
		this.source.close();
	}
}
