/**
 * What a shard knows of each document beside its words. A document is the texts of one kind in one record; the documents
 * of a stretch of a transcript that was read at once are a piece.
 */
import { ByteReader, ByteWriter, damaged } from './bytes.ts';

/** A stretch of a transcript whose texts are in a shard. */
export interface Piece {
	readonly path: string;
	/** First byte, and the one after the last. */
	readonly from: number;
	readonly to: number;
	/** Of the transcript's bytes up to `to`, so that a rewritten one is noticed. */
	readonly head: string;
	readonly tail: string;
	readonly documents: number;
	/** Records that were left out because another transcript owns them. */
	readonly copies: number;
}

export interface Document {
	/** First byte of its record. */
	readonly offset: number;
	readonly kind: number;
	/** Seconds since the epoch; 0 when not known. */
	readonly atSeconds: number;
	readonly words: number;
	readonly model: string | null;
	readonly branch: string | null;
	readonly tool: string | null;
	/** 32 bits that tell its record from another at the same place. */
	readonly print: number;
}

/** Names that many documents share: 0 stands for none. */
export class Names {
	readonly list: (string | null)[] = [null];
	readonly #numbers = new Map<string, number>();

	of(name: string | null): number {
		if (name === null) return 0;
		let number = this.#numbers.get(name);
		if (number === undefined) {
			number = this.list.length;
			this.#numbers.set(name, number);
			this.list.push(name);
		}
		return number;
	}
}

/** The documents of a shard by column: the position in each is the document's number. */
export interface DocumentColumns {
	readonly count: number;
	readonly pieces: readonly Piece[];
	readonly piece: Uint32Array;
	readonly offset: Float64Array;
	readonly kind: Uint8Array;
	readonly atSeconds: Uint32Array;
	/** As `lengthCode` gives it. */
	readonly length: Uint8Array;
	readonly print: Uint32Array;
	readonly model: Uint32Array;
	readonly branch: Uint32Array;
	readonly tool: Uint32Array;
	readonly models: readonly (string | null)[];
	readonly branches: readonly (string | null)[];
	readonly tools: readonly (string | null)[];
}

/** A number of words as one byte, exact to 4 %: enough for ranking. */
export const lengthCode = (words: number): number => Math.min(255, Math.round(Math.log(words + 1) * 17));
export const wordsOfCode = (code: number): number => Math.exp(code / 17) - 1;

/** Gathers documents and writes them as `readDocuments` reads them. */
export class DocumentWriter {
	readonly #pieces: Piece[] = [];
	readonly #columns = new ByteWriter(1 << 16);
	readonly #names = { model: new Names(), branch: new Names(), tool: new Names() };
	#count = 0;
	#offset = 0;
	#atSeconds = 0;

	get count(): number {
		return this.#count;
	}

	/** Not even a stretch without texts was added. */
	get isEmpty(): boolean {
		return this.#pieces.length === 0;
	}

	/** The next document is the first of a stretch that begins at `from`. */
	begin(from: number): void {
		this.#offset = from;
	}

	add(document: Document): void {
		const columns = this.#columns;
		columns.number(document.offset - this.#offset);
		columns.byte(document.kind);
		columns.signed(document.atSeconds - this.#atSeconds);
		columns.byte(lengthCode(document.words));
		columns.number(this.#names.model.of(document.model));
		columns.number(this.#names.branch.of(document.branch));
		columns.number(this.#names.tool.of(document.tool));
		columns.word32(document.print);
		this.#offset = document.offset;
		this.#atSeconds = document.atSeconds;
		this.#count++;
	}

	end(piece: Piece): void {
		this.#pieces.push(piece);
	}

	write(to: ByteWriter): void {
		to.number(this.#count);
		to.number(this.#pieces.length);
		for (const piece of this.#pieces) {
			to.text(piece.path);
			to.number(piece.from);
			to.number(piece.to);
			to.text(piece.head);
			to.text(piece.tail);
			to.number(piece.documents);
			to.number(piece.copies);
		}
		for (const { list } of [this.#names.model, this.#names.branch, this.#names.tool]) {
			to.number(list.length - 1);
			for (const name of list) if (name !== null) to.text(name);
		}
		to.raw(this.#columns.bytes());
	}
}

export function readDocuments(bytes: Buffer): DocumentColumns {
	const reader = new ByteReader(bytes);
	const count = reader.number();
	const pieces = Array.from({ length: bounded(reader.number(), bytes) }, () => ({
		path: reader.text(),
		from: reader.number(),
		to: reader.number(),
		head: reader.text(),
		tail: reader.text(),
		documents: reader.number(),
		copies: reader.number(),
	}));
	const names = (): (string | null)[] => [null, ...Array.from({ length: bounded(reader.number(), bytes) }, () => reader.text())];
	const [models, branches, tools] = [names(), names(), names()];
	if (bounded(count, bytes) !== pieces.reduce((sum, piece) => sum + piece.documents, 0)) throw damaged('its documents do not add up');
	const columns: DocumentColumns = {
		count,
		pieces,
		piece: new Uint32Array(count),
		offset: new Float64Array(count),
		kind: new Uint8Array(count),
		atSeconds: new Uint32Array(count),
		length: new Uint8Array(count),
		print: new Uint32Array(count),
		model: new Uint32Array(count),
		branch: new Uint32Array(count),
		tool: new Uint32Array(count),
		models,
		branches,
		tools,
	};
	let atSeconds = 0;
	let document = 0;
	for (const [number, piece] of pieces.entries()) {
		let offset = piece.from;
		for (const last = document + piece.documents; document < last; document++) {
			offset += reader.number();
			columns.piece[document] = number;
			columns.offset[document] = offset;
			columns.kind[document] = reader.byte();
			atSeconds += reader.signed();
			columns.atSeconds[document] = atSeconds;
			columns.length[document] = reader.byte();
			columns.model[document] = reader.number();
			columns.branch[document] = reader.number();
			columns.tool[document] = reader.number();
			columns.print[document] = reader.word32();
		}
	}
	return columns;
}

/** A number of things that are there cannot be more than their bytes; a damaged one might ask for all memory. */
function bounded(count: number, bytes: Buffer): number {
	if (count > bytes.length) throw damaged('it says that it holds more than it can');
	return count;
}
