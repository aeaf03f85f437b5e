/** A shard among others, and what all of them together have of the transcripts. */
import type { Piece } from './documents.ts';
import type { Shard } from './shard.ts';

export interface Part {
	/** Of its file; null while it is in memory only. */
	readonly name: string | null;
	readonly bytes: number;
	/** Numbers of its pieces that are of no use any more. */
	readonly dead: ReadonlySet<number>;
	/** Null while it is closed. */
	readonly shard: Shard | null;
}

/** How far the texts of a transcript are in. */
export interface Covered {
	readonly to: number;
	readonly head: string;
	readonly tail: string;
	readonly copies: number;
	/** Every byte up to `to` once. A shard that was lost leaves a gap. */
	readonly isWhole: boolean;
}

export function coverageOf(
	parts: readonly { readonly pieces: readonly Piece[]; readonly dead: ReadonlySet<number> }[],
): Map<string, Covered> {
	const covered = new Map<string, Covered & { readonly bytes: number }>();
	for (const { pieces, dead } of parts) {
		for (const [number, piece] of pieces.entries()) {
			if (dead.has(number)) continue;
			const before = covered.get(piece.path);
			const bytes = piece.to - piece.from + (before?.bytes ?? 0);
			const copies = piece.copies + (before?.copies ?? 0);
			const { to, head, tail } = before !== undefined && before.to >= piece.to ? before : piece;
			covered.set(piece.path, { to, head, tail, copies, bytes, isWhole: bytes === to });
		}
	}
	return covered;
}
