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

/** Gathers documents and writes them as `readDocuments` reads them: column by column, each number in as many bytes as its array takes. */
export class DocumentWriter {
	readonly #pieces: Piece[] = [];
	readonly #names = { model: new Names(), branch: new Names(), tool: new Names() };
	readonly #offset = new ByteWriter();
	readonly #kind = new ByteWriter();
	readonly #atSeconds = new ByteWriter();
	readonly #length = new ByteWriter();
	readonly #print = new ByteWriter();
	readonly #model = new ByteWriter();
	readonly #branch = new ByteWriter();
	readonly #tool = new ByteWriter();
	#count = 0;

	get count(): number {
		return this.#count;
	}

	/** Not even a stretch without texts was added. */
	get isEmpty(): boolean {
		return this.#pieces.length === 0;
	}

	add(document: Document): void {
		this.#offset.double(document.offset);
		this.#kind.byte(document.kind);
		this.#atSeconds.word32(document.atSeconds);
		this.#length.byte(lengthCode(document.words));
		this.#print.word32(document.print);
		this.#model.word32(this.#names.model.of(document.model));
		this.#branch.word32(this.#names.branch.of(document.branch));
		this.#tool.word32(this.#names.tool.of(document.tool));
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
		const columns = [this.#offset, this.#kind, this.#atSeconds, this.#length, this.#print, this.#model, this.#branch, this.#tool];
		for (const column of columns) to.raw(column.bytes());
	}
}

export function readDocuments(bytes: Buffer): DocumentColumns {
	const reader = new ByteReader(bytes);
	const count = bounded(reader.number(), bytes);
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
	if (count !== pieces.reduce((sum, piece) => sum + piece.documents, 0)) throw damaged('its documents do not add up');
	const piece = new Uint32Array(count);
	let first = 0;
	for (const [number, { documents }] of pieces.entries()) piece.fill(number, first, (first += documents));
	/** Numbers lie in the file as in memory: the lowest byte first, as on every machine that runs VS Code. */
	const column = <T extends Uint8Array | Uint32Array | Float64Array>(array: T): T => {
		new Uint8Array(array.buffer).set(reader.raw(array.byteLength));
		return array;
	};
	return {
		count,
		pieces,
		piece,
		offset: column(new Float64Array(count)),
		kind: column(new Uint8Array(count)),
		atSeconds: column(new Uint32Array(count)),
		length: column(new Uint8Array(count)),
		print: column(new Uint32Array(count)),
		model: column(new Uint32Array(count)),
		branch: column(new Uint32Array(count)),
		tool: column(new Uint32Array(count)),
		models,
		branches,
		tools,
	};
}

/** A number of things that are there cannot be more than their bytes; a damaged one might ask for all memory. */
function bounded(count: number, bytes: Buffer): number {
	if (count > bytes.length) throw damaged('it says that it holds more than it can');
	return count;
}
