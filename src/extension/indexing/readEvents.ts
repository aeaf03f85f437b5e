/** What readers report, gathered into messages of a useful size. */
import type { RowBatch } from '../store/index/rows.ts';
import type { ReadOutcome, ReadSink, ReadTask } from './readFile.ts';
import { RowBuilder } from './rowBuilder.ts';

/**
 * What came of reading, of several files, in the order in which it is to be stored: first what is known of the files that
 * begin goes, then come the rows, then the outcomes of the files that are read to their end.
 */
export interface ReadEvents {
	readonly begun: readonly { readonly fileId: number; readonly fromStart: boolean }[];
	readonly rows: RowBatch;
	readonly outcomes: readonly { readonly fileId: number; readonly outcome: ReadOutcome }[];
}

export interface ReaderRequest {
	readonly tasks: readonly ReadTask[];
}

export interface ReaderReply {
	readonly events: ReadEvents;
	/** The request is done; the thread is free. */
	readonly isLast: boolean;
}

export interface ReaderThreadData {
	/** Two 32-bit integers shared by both sides: messages not yet taken, and whether to stop. */
	readonly control: SharedArrayBuffer;
}
export const creditSlot = 0;
export const abortSlot = 1;

/** Some 5,000 records: large enough that a transaction for each does not show, small enough to be stored within 50 ms. */
const valuesPerMessage = 100_000;

export class ReadGathering implements ReadSink {
	readonly rows = new RowBuilder();
	readonly #send: (events: ReadEvents) => void;
	#begun: ReadEvents['begun'][number][] = [];
	#outcomes: ReadEvents['outcomes'][number][] = [];

	constructor(send: (events: ReadEvents) => void) {
		this.#send = send;
	}

	begin(fileId: number, fromStart: boolean): void {
		this.#begun.push({ fileId, fromStart });
	}

	rowsAdded(): void {
		if (this.rows.size >= valuesPerMessage) this.flush();
	}

	outcome(fileId: number, outcome: ReadOutcome): void {
		this.#outcomes.push({ fileId, outcome });
	}

	/** Sends what there is, if there is anything. */
	flush(): void {
		if (this.#begun.length > 0 || this.#outcomes.length > 0 || this.rows.size > 0) this.#send(this.take());
	}

	take(): ReadEvents {
		const events = { begun: this.#begun, rows: this.rows.take(), outcomes: this.#outcomes };
		this.#begun = [];
		this.#outcomes = [];
		return events;
	}
}

/** What goes over to the other thread without being copied. */
export function buffersOf({ rows }: ReadEvents): ArrayBuffer[] {
	return Object.values(rows).flatMap(part => (part instanceof Float64Array && part.length > 0 ? [part.buffer] : []));
}
