const NEWLINE = 10;

export interface LineSink {
	/** A line without its newline; the bytes are only lent for the call. */
	line(bytes: Buffer, start: number, end: number, offset: number): void;
	/** A line longer than the limit: nothing of it was kept. */
	oversized(): void;
}

/**
 * Cuts bytes that arrive in any pieces into lines and knows where in the file each begins. A half line is carried over
 * to the next piece; one that grows past the limit is counted and passed over without being held (IDX-5).
 */
export class LineSplitter {
	readonly #sink: LineSink;
	readonly #limit: number;
	/** Byte where the line that is being read begins. */
	#lineStart: number;
	#held: Buffer[] = [];
	#heldBytes = 0;
	#isOversized = false;

	constructor(sink: LineSink, offset: number, limit: number) {
		this.#sink = sink;
		this.#lineStart = offset;
		this.#limit = limit;
	}

	/** Byte where the next unread line begins. */
	get offset(): number {
		return this.#lineStart;
	}

	push(piece: Uint8Array): void {
		const chunk = Buffer.from(piece.buffer, piece.byteOffset, piece.length);
		let start = 0;
		for (;;) {
			const end = chunk.indexOf(NEWLINE, start);
			if (end < 0) break;
			this.#complete(chunk, start, end);
			start = end + 1;
		}
		if (start < chunk.length) this.#hold(chunk, start);
	}

	/** Hands over the unfinished last line; `take` says how many of its bytes it could use, the others are left for later. */
	end(take: (bytes: Buffer, offset: number) => number): void {
		if (this.#isOversized || this.#heldBytes === 0) return;
		const bytes = this.#joined();
		const taken = take(bytes, this.#lineStart);
		this.#lineStart += taken;
		this.#heldBytes -= taken;
		this.#held = [bytes.subarray(taken)];
	}

	#complete(chunk: Buffer, start: number, end: number): void {
		const length = this.#heldBytes + end - start;
		if (this.#isOversized || length > this.#limit) this.#sink.oversized();
		else if (this.#heldBytes === 0) this.#sink.line(chunk, start, end, this.#lineStart);
		else {
			this.#held.push(chunk.subarray(start, end));
			const bytes = this.#joined();
			this.#sink.line(bytes, 0, bytes.length, this.#lineStart);
		}
		this.#lineStart += length + 1;
		this.#release();
	}

	#hold(chunk: Buffer, start: number): void {
		this.#heldBytes += chunk.length - start;
		if (this.#heldBytes > this.#limit) {
			this.#isOversized = true;
			this.#held = [];
		}
		// A copy: the caller may fill its buffer anew.
		if (!this.#isOversized) this.#held.push(Buffer.from(chunk.subarray(start)));
	}

	#joined(): Buffer {
		const [only] = this.#held;
		return this.#held.length === 1 && only !== undefined ? only : Buffer.concat(this.#held);
	}

	#release(): void {
		this.#held = [];
		this.#heldBytes = 0;
		this.#isOversized = false;
	}
}
