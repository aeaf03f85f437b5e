/** Records that were read for the last searches: the next letter asks for many of them again, and parsing them takes the most time. */
import type { RecordTexts } from '../claude/transcript/recordTexts.ts';

/** Of all texts together, each of which is kept folded, too: some 8 MB of memory at most. */
const mostCharacters = 2_000_000;
const longestKept = mostCharacters / 8;

interface Kept {
	readonly stamp: string;
	readonly print: number;
	readonly record: RecordTexts;
	readonly characters: number;
}

export class RecentRecords {
	/** By transcript and place, the one that was asked for last at the end. */
	readonly #kept = new Map<string, Kept>();
	#characters = 0;

	/** Undefined when it is not kept, or when its transcript is not any more what it was then, as `stamp` says. */
	find(path: string, offset: number, stamp: string, print: number): RecordTexts | undefined {
		const key = keyOf(path, offset);
		const kept = this.#kept.get(key);
		if (kept === undefined) return undefined;
		this.#kept.delete(key);
		if (kept.stamp !== stamp || kept.print !== print) {
			this.#characters -= kept.characters;
			return undefined;
		}
		this.#kept.set(key, kept);
		return kept.record;
	}

	/** Of a record that `find` does not know. */
	keep(path: string, offset: number, stamp: string, print: number, record: RecordTexts): void {
		const characters = record.texts.reduce((sum, { text }) => sum + text.length, 0);
		if (characters > longestKept) return;
		this.#kept.set(keyOf(path, offset), { stamp, print, record, characters });
		this.#characters += characters;
		for (const [key, oldest] of this.#kept) {
			if (this.#characters <= mostCharacters) return;
			this.#kept.delete(key);
			this.#characters -= oldest.characters;
		}
	}

	clear(): void {
		this.#kept.clear();
		this.#characters = 0;
	}
}

const keyOf = (path: string, offset: number): string => `${offset} ${path}`;
