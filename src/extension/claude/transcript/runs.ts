import type { FieldName } from './json.ts';

type Assignment = readonly [name: FieldName, value: unknown];

/** Members of an object as they stand in the bytes, the comma behind the last one included, and what they mean. */
interface Run {
	readonly bytes: Buffer;
	readonly view: DataView;
	readonly fields: readonly Assignment[];
}

const KEPT = 8;
/** Shorter runs are read as fast as they are compared. */
const MIN_BYTES = 48;
const MAX_BYTES = 2048;

/**
 * Runs of members that repeat byte by byte from record to record: directory, session, version, branch and the like make up
 * half the members of a record. Comparing such a run costs a tenth of reading it; equal bytes mean equal fields, so nothing
 * can get out of date.
 */
export class Runs {
	#kept: Run[] = [];
	#next = 0;
	#last = 0;

	/** The run that stands at these bytes, if it is a known one. */
	find(bytes: Buffer, view: DataView, at: number, end: number): Run | null {
		for (let i = 0; i < this.#kept.length; i++) {
			const slot = (this.#last + i) % this.#kept.length;
			const run = this.#kept[slot];
			if (run === undefined || !stands(run, bytes, view, at, end)) continue;
			this.#last = slot;
			return run;
		}
		return null;
	}

	keep(bytes: Buffer, start: number, end: number, fields: readonly Assignment[]): void {
		if (end - start < MIN_BYTES || end - start > MAX_BYTES) return;
		const copy = Buffer.from(bytes.subarray(start, end));
		this.#kept[this.#next] = { bytes: copy, view: new DataView(copy.buffer, copy.byteOffset, copy.length), fields: [...fields] };
		this.#last = this.#next;
		this.#next = (this.#next + 1) % KEPT;
	}
}

/** Compared from the end: runs that begin alike differ in their last member, the type. */
function stands(run: Run, bytes: Buffer, view: DataView, at: number, end: number): boolean {
	let left = run.bytes.length;
	if (at + left > end) return false;
	for (; left >= 4; left -= 4) if (run.view.getInt32(left - 4, true) !== view.getInt32(at + left - 4, true)) return false;
	for (; left > 0; left--) if (run.bytes[left - 1] !== bytes[at + left - 1]) return false;
	return true;
}
