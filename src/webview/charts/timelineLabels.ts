/** Where the words of stretches on a timeline stand, so that none goes without where there is room for it. Pure. */

/** In pixels along its row. */
export interface PlacedPiece {
	readonly row: number;
	readonly from: number;
	readonly to: number;
}

/** What a stretch may be labelled with, the best first. */
export interface LabelForm {
	readonly text: string;
	readonly width: number;
}

export interface LabelledStretch {
	readonly pieces: readonly PlacedPiece[];
	readonly forms: readonly LabelForm[];
}

export interface PlacedLabel {
	readonly text: string;
	readonly row: number;
	/** Where it begins. */
	readonly x: number;
	/** On the stretch, or beside it. */
	readonly isInside: boolean;
}

const gap = 4;

/**
 * Inside its longest piece, else beside it where nothing else stands, between `left` and `right`. A shorter form inside is better
 * than a long one beside, which may seem to belong to the next. Null where there is no room at all.
 */
export function placeLabels(stretches: readonly LabelledStretch[], left: number, right: number): readonly (PlacedLabel | null)[] {
	const taken = stretches.flatMap(({ pieces }) => pieces);
	return stretches.map(({ pieces, forms }) => {
		const longestFirst = [...pieces].sort((a, b) => b.to - b.from - (a.to - a.from));
		for (const { text, width } of forms) {
			const piece = longestFirst.find(({ from, to }) => to - from >= width + 2 * gap);
			if (piece !== undefined) return { text, row: piece.row, x: piece.from + gap, isInside: true };
		}
		for (const { text, width } of forms) {
			for (const { row, from, to } of longestFirst) {
				const x = [to + gap, from - gap - width].find(
					start =>
						start >= left &&
						start + width <= right &&
						taken.every(other => other.row !== row || start + width + gap <= other.from || other.to + gap <= start),
				);
				if (x === undefined) continue;
				taken.push({ row, from: x, to: x + width });
				return { text, row, x, isInside: false };
			}
		}
		return null;
	});
}
