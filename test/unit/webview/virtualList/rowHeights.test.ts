import assert from 'node:assert/strict';
import fc from 'fast-check';
import { RowHeights } from '../../../../src/webview/components/virtualList/rowHeights.ts';

type Change = { readonly resize: number } | { readonly set: number; readonly height: number };
const change: fc.Arbitrary<Change> = fc.oneof(
	fc.record({ resize: fc.integer({ min: 0, max: 300 }) }),
	fc.record({ set: fc.integer({ min: 0, max: 299 }), height: fc.integer({ min: 0, max: 900 }) }),
);

describe('The heights of rows', () => {
	it('answer as a plain list of heights would, after any changes', () => {
		fc.assert(
			fc.property(fc.array(change, { maxLength: 40 }), fc.integer({ min: -50, max: 60_000 }), (changes, offset) => {
				const heights = new RowHeights();
				let plain: number[] = [];
				for (const each of changes) {
					if ('resize' in each) {
						heights.resize(each.resize, index => 20 + (index % 7));
						plain = Array.from({ length: each.resize }, (_, index) => plain[index] ?? 20 + (index % 7));
					} else {
						const before = plain[each.set];
						assert.equal(heights.set(each.set, each.height), before === undefined ? 0 : each.height - before);
						if (before !== undefined) plain[each.set] = each.height;
					}
				}
				const offsets = plain.reduce<number[]>((sums, height) => [...sums, (sums.at(-1) ?? 0) + height], [0]);
				assert.equal(heights.total, offsets.at(-1));
				for (const [index, expected] of offsets.entries()) assert.equal(heights.offsetOf(index), expected);
				const expected = plain.findIndex((_, index) => (offsets[index + 1] ?? 0) > offset);
				assert.equal(heights.indexAt(offset), plain.length === 0 ? -1 : expected === -1 ? plain.length - 1 : expected);
			}),
		);
	});

	it('keep what was measured while the list grows', () => {
		const heights = new RowHeights();
		heights.resize(3, () => 10);
		heights.set(1, 100);
		heights.resize(200_000, () => 50);
		assert.equal(heights.offsetOf(3), 120);
		assert.equal(heights.total, 120 + 199_997 * 50);
		assert.equal(heights.indexAt(heights.total - 1), 199_999);
	});
});
