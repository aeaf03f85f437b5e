/** Numbers and texts as bytes, packed: a number takes as many groups of seven bits as it needs. */

export class ShardError extends Error {
	override readonly name = 'ShardError';
	/** `newer`: of another version of the format. Either way it can be built anew. */
	readonly reason: 'damaged' | 'newer' | 'gone';
	constructor(reason: ShardError['reason'], message: string) {
		super(message);
		this.reason = reason;
	}
}

export class ByteWriter {
	#bytes: Buffer;
	#length = 0;

	constructor(capacity = 1 << 12) {
		this.#bytes = Buffer.allocUnsafeSlow(capacity);
	}

	get length(): number {
		return this.#length;
	}

	/** Whole numbers from 0 to 2^53. */
	number(value: number): void {
		this.#reserve(8);
		let rest = value;
		while (rest > 0x7f) {
			this.#bytes[this.#length++] = (rest % 0x80) | 0x80;
			rest = Math.floor(rest / 0x80);
		}
		this.#bytes[this.#length++] = rest;
	}

	byte(value: number): void {
		this.#reserve(1);
		this.#bytes[this.#length++] = value;
	}

	word32(value: number): void {
		this.#reserve(4);
		this.#length = this.#bytes.writeUInt32LE(value >>> 0, this.#length);
	}

	double(value: number): void {
		this.#reserve(8);
		this.#length = this.#bytes.writeDoubleLE(value, this.#length);
	}

	text(value: string): void {
		const length = Buffer.byteLength(value);
		this.number(length);
		this.#reserve(length);
		this.#length += this.#bytes.write(value, this.#length);
	}

	raw(bytes: Uint8Array): void {
		this.#reserve(bytes.length);
		this.#bytes.set(bytes, this.#length);
		this.#length += bytes.length;
	}

	/** What was written; valid until more is. */
	bytes(): Buffer {
		return this.#bytes.subarray(0, this.#length);
	}

	clear(): void {
		this.#length = 0;
	}

	#reserve(more: number): void {
		if (this.#length + more <= this.#bytes.length) return;
		const grown = Buffer.allocUnsafeSlow(Math.max(this.#bytes.length * 2, this.#length + more));
		this.#bytes.copy(grown, 0, 0, this.#length);
		this.#bytes = grown;
	}
}

/** Reads what a `ByteWriter` wrote. Throws `ShardError` `damaged` where the bytes end too early. */
export class ByteReader {
	readonly #bytes: Buffer;
	at: number;
	readonly end: number;

	constructor(bytes: Buffer, from = 0, to = bytes.length) {
		this.#bytes = bytes;
		this.at = from;
		this.end = to;
	}

	number(): number {
		let value = 0;
		for (let scale = 1; ; scale *= 0x80) {
			if (this.at >= this.end || scale > 2 ** 49) throw damaged();
			const byte = this.#bytes[this.at++] ?? 0;
			value += (byte & 0x7f) * scale;
			if (byte < 0x80) return value;
		}
	}

	byte(): number {
		if (this.at >= this.end) throw damaged();
		return this.#bytes[this.at++] ?? 0;
	}

	word32(): number {
		if (this.at + 4 > this.end) throw damaged();
		this.at += 4;
		return this.#bytes.readUInt32LE(this.at - 4);
	}

	text(): string {
		const length = this.number();
		if (this.at + length > this.end) throw damaged();
		this.at += length;
		return this.#bytes.toString('utf8', this.at - length, this.at);
	}

	/** Not a copy. */
	raw(length: number): Buffer {
		if (this.at + length > this.end) throw damaged();
		this.at += length;
		return this.#bytes.subarray(this.at - length, this.at);
	}

	get isAtEnd(): boolean {
		return this.at >= this.end;
	}
}

export const damaged = (what = 'it ends too early'): ShardError =>
	new ShardError('damaged', `A part of the search index is damaged: ${what}`);
