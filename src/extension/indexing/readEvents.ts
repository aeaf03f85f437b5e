/** What readers report, gathered into messages of a useful size. */
import type { FileRows } from '../store/index/rows.ts';
import type { ReadOutcome, ReadTask, RowSink } from './readFile.ts';

export type ReadEvent =
	| { readonly kind: 'begin'; readonly fileId: number; readonly fromStart: boolean }
	| { readonly kind: 'rows'; readonly fileId: number; readonly rows: FileRows }
	| { readonly kind: 'outcome'; readonly fileId: number; readonly outcome: ReadOutcome };

export interface ReaderRequest {
	readonly tasks: readonly ReadTask[];
}

export interface ReaderReply {
	readonly events: readonly ReadEvent[];
	/** The request is done; the thread is free. */
	readonly isLast: boolean;
}

export interface ReaderThreadData {
	/** Two 32-bit integers shared by both sides: messages not yet taken, and whether to stop. */
	readonly control: SharedArrayBuffer;
}
export const creditSlot = 0;
export const abortSlot = 1;

/** A message costs about 50 µs on top of its content; this many values keep that below 2 %. */
const valuesPerMessage = 40_000;

export class ReadEvents implements RowSink {
	readonly #send: (events: ReadEvent[], transfer: ArrayBuffer[]) => void;
	#events: ReadEvent[] = [];
	#values = 0;

	constructor(send: (events: ReadEvent[], transfer: ArrayBuffer[]) => void) {
		this.#send = send;
	}

	begin(fileId: number, fromStart: boolean): void {
		this.#events.push({ kind: 'begin', fileId, fromStart });
	}

	rows(fileId: number, rows: FileRows): void {
		this.#events.push({ kind: 'rows', fileId, rows });
		this.#values += rows.messages.length + rows.toolCalls.length + rows.responses.length + rows.passed.length;
		if (this.#values >= valuesPerMessage) this.flush();
	}

	outcome(fileId: number, outcome: ReadOutcome): void {
		this.#events.push({ kind: 'outcome', fileId, outcome });
	}

	flush(): void {
		if (this.#events.length === 0) return;
		const events = this.#events;
		this.#events = [];
		this.#values = 0;
		this.#send(events, []);
	}
}
