/**
 * Reads one transcript: bytes in, facts out. Pure: no files, no clock, and it must not know where its facts are kept.
 * The parts that give records their meaning lie in `transcript/`; docs/transcript-format.md says which does what.
 */
import type { FileSummary, Key, TranscriptFacts } from './facts.ts';
import { LineSplitter } from './transcript/lines.ts';
import { readHead, readLine } from './transcript/parse.ts';
import { RecordReader, type RecordMemory } from './transcript/recordReader.ts';
import { SummaryFold, type FoldMemory } from './transcript/summaryFold.ts';

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

/** A longer line is counted and passed over (IDX-5). The longest real one had 2.2 MB. */
export const MAX_LINE_BYTES = 64 * 1024 * 1024;

/** How far the line at the offset was taken: its records may be in although its newline was not there yet. */
type LineProgress = 'new' | 'begun' | 'glued';

interface Memory {
	readonly line: LineProgress;
	readonly fold: FoldMemory;
	readonly records: RecordMemory;
}

export class TranscriptReader {
	readonly #fold: SummaryFold;
	readonly #records: RecordReader;
	readonly #lines: LineSplitter;
	#line: LineProgress;

	constructor(options: ReaderOptions) {
		const { state, copies, earlier, isSubagent } = options;
		// The memory was written by `state()` of this class; files of another version of it are read anew.
		const memory = (state?.memory ?? null) as Memory | null;
		this.#fold = new SummaryFold(state?.summary ?? null, memory?.fold ?? null);
		this.#records = new RecordReader(
			{ memory: memory?.records ?? null, copies, earlier: state === null ? null : earlier, isSubagent },
			this.#fold,
		);
		this.#line = memory?.line ?? 'new';
		this.#lines = new LineSplitter(
			{
				line: (bytes, start, end, offset) => {
					this.#readLine(bytes, start, end, offset);
					this.#line = 'new';
				},
				oversized: () => {
					this.#fold.count('lines');
					this.#fold.count('oversizedLines');
					this.#line = 'new';
				},
			},
			state?.offset ?? 0,
			MAX_LINE_BYTES,
		);
	}

	/** Takes the next bytes of the file, cut anywhere. The bytes may be reused by the caller afterwards. */
	push(chunk: Uint8Array): void {
		this.#lines.push(chunk);
	}

	/** Facts since the last call. Call it every few megabytes to keep memory flat. */
	take(): TranscriptFacts {
		return this.#records.take();
	}

	/** State after the last complete line. A half-written last line is not part of it. */
	state(): ReaderState {
		const memory: Memory = { line: this.#line, fold: this.#fold.memory(), records: this.#records.memory() };
		return { summary: this.#fold.summary(), offset: this.#lines.offset, memory };
	}

	/**
	 * The end of the file, for now. A record at the end without a newline is taken if it is whole JSON, otherwise left for later.
	 * The state is the same whether or not the file was read up to here before.
	 */
	end(): void {
		this.#lines.end((bytes, offset) => {
			let objects = 0;
			const rest = readHead(bytes, markLength(bytes, 0, offset), bytes.length, (record, at, to) => {
				objects++;
				this.#records.read(record, offset + at, to - at);
			});
			this.#countLine(objects, false);
			return objects === 0 ? 0 : rest;
		});
	}

	/** Reads a line, or the rest of one whose head was taken at the end of the file. */
	#readLine(bytes: Buffer, from: number, end: number, offset: number): void {
		const start = from + markLength(bytes, from, offset);
		const { objects, isMalformed } = readLine(bytes, start, end, (record, at, to) => {
			this.#records.read(record, offset + at - from, to - at);
		});
		this.#countLine(objects, isMalformed);
	}

	/** Counts come out the same whether a line was read at once or its head before its end. */
	#countLine(objects: number, isMalformed: boolean): void {
		if (objects === 0 && !isMalformed) return;
		if (this.#line === 'new') this.#fold.count('lines');
		if (isMalformed) this.#fold.count('malformedLines');
		if (this.#line !== 'glued' && (objects > 1 || (objects === 1 && this.#line === 'begun'))) {
			this.#fold.count('gluedLines');
			this.#line = 'glued';
		} else if (this.#line === 'new') this.#line = 'begun';
	}
}

/** Length of the byte order mark an editor may have put before the first line. */
const markLength = (bytes: Buffer, from: number, offset: number): number =>
	offset === 0 && bytes[from] === 0xef && bytes[from + 1] === 0xbb && bytes[from + 2] === 0xbf ? 3 : 0;
