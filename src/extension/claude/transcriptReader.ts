/**
 * Reads one transcript: bytes in, facts out. Pure: no files, no clock.
 */
import type { FileSummary, Key, TranscriptFacts } from './facts.ts';

/** What a reader must remember to go on from where it stopped. Plain JSON; opaque to everyone else. */
export interface ReaderState {
	readonly summary: FileSummary;
	/** Byte where the next unread line begins. */
	readonly offset: number;
	readonly memory: unknown;
}

export interface ReaderOptions {
	/** State of the reading before, or null to read from the first byte. */
	readonly state: ReaderState | null;
	/** Keys of the records of this file that another file owns. */
	readonly copies: ReadonlySet<Key>;
	/** Looks up a record read in an earlier reading: offset of the message, or of the message a passed record leads to. Undefined when unknown. */
	readonly earlier: (key: Key) => number | null | undefined;
	/** The file is a subagent's (`agent-*.jsonl`). */
	readonly isSubagent: boolean;
}

export interface TranscriptReader {
	/** Takes the next bytes of the file, cut anywhere. The bytes may be reused by the caller afterwards. */
	push(chunk: Uint8Array): void;
	/** Facts since the last call. Call it every few megabytes to keep memory flat. */
	take(): TranscriptFacts;
	/** State after the last complete line. A half-written last line is not part of it. */
	state(): ReaderState;
	/** The end of the file: a last line without a newline is taken if it is whole JSON, otherwise left for later. */
	end(): void;
}
