import assert from 'node:assert/strict';
import fc from 'fast-check';
import { type LabelledStretch, type PlacedPiece, placeLabels } from '../../../src/webview/charts/timelineLabels.ts';

const forms = [
	{ text: '$12.60', width: 40 },
	{ text: '$13', width: 20 },
];
const stretch = (...pieces: readonly (readonly [row: number, from: number, to: number])[]): LabelledStretch => ({
	pieces: pieces.map(([row, from, to]) => ({ row, from, to })),
	forms,
});
const place = (...stretches: readonly LabelledStretch[]) => placeLabels(stretches, 100, 400);

describe('Labels of a timeline', () => {
	it('stand inside, in full where there is room and else in short', () => {
		assert.deepEqual(place(stretch([0, 100, 150]))[0], { text: '$12.60', row: 0, x: 104, isInside: true });
		assert.deepEqual(place(stretch([0, 100, 140]))[0], { text: '$13', row: 0, x: 104, isInside: true });
	});

	it('stand in the longest piece of a stretch over midnight', () => {
		assert.deepEqual(place(stretch([0, 370, 400], [1, 100, 160]))[0], { text: '$12.60', row: 1, x: 104, isInside: true });
	});

	it('stand beside what is too narrow for them, after it or before it', () => {
		assert.deepEqual(place(stretch([0, 100, 110]))[0], { text: '$12.60', row: 0, x: 114, isInside: false });
		assert.deepEqual(place(stretch([0, 390, 400]))[0], { text: '$12.60', row: 0, x: 346, isInside: false });
	});

	it('stand nowhere where there is no room at all', () => {
		assert.deepEqual(place(stretch([0, 100, 110]), stretch([0, 112, 400]))[0], null);
	});

	it('never lie over another stretch, another label or the edge', () => {
		const piece = fc.tuple(fc.integer({ min: 0, max: 2 }), fc.integer({ min: 0, max: 29 }), fc.integer({ min: 1, max: 4 }));
		fc.assert(
			fc.property(fc.array(piece, { maxLength: 20 }), pieces => {
				const free = new Set<string>();
				const stretches = pieces
					.filter(([row, at, length]) => {
						const cells = Array.from({ length }, (_, index) => `${row} ${at + index}`);
						if (at + length > 30 || cells.some(cell => free.has(cell))) return false;
						for (const cell of cells) free.add(cell);
						return true;
					})
					.map(([row, at, length]) => stretch([row, 100 + at * 10, 100 + (at + length) * 10]));
				const labels = placeLabels(stretches, 100, 400);
				const boxes = labels.flatMap((label, index) =>
					label === null ? [] : [{ index, row: label.row, from: label.x, to: label.x + (label.text === '$13' ? 20 : 40) }],
				);
				const apart = (a: PlacedPiece, b: PlacedPiece) => a.row !== b.row || a.to <= b.from || b.to <= a.from;
				for (const box of boxes) {
					assert.ok(box.from >= 100 && box.to <= 400);
					for (const [index, { pieces: others }] of stretches.entries())
						assert.ok(labels[box.index]?.isInside === true || others.every(other => apart(box, other)), `${box.index} over ${index}`);
					assert.ok(boxes.every(other => other === box || apart(box, other)));
				}
			}),
		);
	});
});
