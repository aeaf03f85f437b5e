/** Reads one record of a transcript where the search index says it lies, if it still is the one that is meant. */
import { closeSync, openSync, readSync, statSync } from 'node:fs';
import { textsOf, type RecordTexts } from '../claude/transcript/recordTexts.ts';
import { wholeRecordsOf } from '../claude/transcript/wholeRecords.ts';
import { printOf } from './document.ts';
import type { RecentRecords } from './recentRecords.ts';

/** Most records are shorter. */
const firstBytes = 16 << 10;
/** Longer lines are not searched: parsing one would stop the thread for too long. */
export const longestLine = 16 << 20;

/** The transcripts that are read, one file open at a time: hits that follow each other are often of the same one. */
export class RecordFiles {
	readonly #recent: RecentRecords;
	/** What tells each transcript from what it was; null for one that is gone. */
	readonly #stamps = new Map<string, string | null>();
	#path: string | null = null;
	#file: number | null = null;
	#buffer = Buffer.allocUnsafeSlow(firstBytes);

	constructor(recent: RecentRecords) {
		this.#recent = recent;
	}

	/** Null when the record is not there any more, or is another one. */
	read(path: string, isSubagent: boolean, offset: number, print: number): RecordTexts | null {
		const stamp = this.#stampOf(path);
		if (stamp === null) return null;
		const kept = this.#recent.find(path, offset, stamp, print);
		if (kept !== undefined) return kept;
		const file = this.#open(path);
		if (file === null) return null;
		const line = this.#lineAt(file, offset);
		const [first] = line === null ? [] : wholeRecordsOf(line, 0, line.length);
		if (line === null || first?.start !== 0) return null;
		const texts = textsOf(first.record, isSubagent);
		if (texts === null || printOf(texts.uuid, line, first.start, first.end) !== print) return null;
		this.#recent.keep(path, offset, stamp, print, texts);
		return texts;
	}

	/** Once for each search: a file that changes in between is another one to the next. */
	#stampOf(path: string): string | null {
		let stamp = this.#stamps.get(path);
		if (stamp === undefined) {
			const found = statSync(path, { throwIfNoEntry: false });
			stamp = found === undefined ? null : `${found.ino} ${found.size} ${found.mtimeMs}`;
			this.#stamps.set(path, stamp);
		}
		return stamp;
	}

	close(): void {
		if (this.#file !== null) closeSync(this.#file);
		this.#file = null;
		this.#path = null;
	}

	#open(path: string): number | null {
		if (this.#path === path) return this.#file;
		this.close();
		this.#path = path;
		try {
			this.#file = openSync(path, 'r');
		} catch {
			// Gone, or not to be read: what it held cannot be shown.
			this.#file = null;
		}
		return this.#file;
	}

	/** The bytes from a place to the end of its line; null when it is too long. */
	#lineAt(file: number, offset: number): Buffer | null {
		let have = 0;
		for (;;) {
			let read: number;
			try {
				read = readSync(file, this.#buffer, have, this.#buffer.length - have, offset + have);
			} catch {
				return null;
			}
			const end = this.#buffer.subarray(have, have + read).indexOf(10);
			if (end >= 0) return this.#buffer.subarray(0, have + end);
			have += read;
			if (have < this.#buffer.length) return have === 0 ? null : this.#buffer.subarray(0, have);
			if (have >= longestLine) return null;
			const larger = Buffer.allocUnsafeSlow(this.#buffer.length * 4);
			this.#buffer.copy(larger, 0, 0, have);
			this.#buffer = larger;
		}
	}
}
