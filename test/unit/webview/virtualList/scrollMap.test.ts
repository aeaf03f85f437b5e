import assert from 'node:assert/strict';
import fc from 'fast-check';
import { barHeight, barOf, listAfter, tallest } from '../../../../src/webview/components/virtualList/scrollMap.ts';

const view = 800;

describe('A scroll bar over a long list', () => {
	it('is the list itself while a browser can draw it', () => {
		const extent = { total: 900_000, view };
		assert.equal(barHeight(extent), 900_000);
		assert.equal(barOf(123_456, extent), 123_456);
		assert.equal(listAfter(0, 0, 500, extent), 500);
	});

	it('never asks for more pixels than there can be, and its ends are the ends of the list', () => {
		fc.assert(
			fc.property(fc.integer({ min: tallest + 1, max: 4_000_000_000 }), fc.double({ min: 0, max: 1, noNaN: true }), (total, share) => {
				const extent = { total, view };
				const list = share * (total - view);
				const bar = barOf(list, extent);
				assert.ok(bar >= 0 && bar <= tallest - view);
				assert.equal(listAfter(list, bar, 0, extent), 0);
				assert.equal(listAfter(list, bar, tallest - view, extent), total - view);
			}),
		);
	});

	it('moves the list pixel by pixel while somebody scrolls, and in proportion when it is dragged', () => {
		const extent = { total: 60_000_000, view };
		const list = 30_000_000;
		const bar = barOf(list, extent);
		assert.equal(listAfter(list, bar, bar + 100, extent), list + 100);
		assert.equal(listAfter(list, bar, bar - 300, extent), list - 300);
		const half = (tallest - view) / 2;
		assert.ok(Math.abs(listAfter(0, 1, half, extent) - (60_000_000 - view) / 2) < 1);
	});

	it('stays within the list', () => {
		const extent = { total: 60_000_000, view };
		assert.equal(listAfter(59_999_100, 900_000, 900_400, extent), 59_999_200);
		assert.equal(listAfter(100, 5_000, 4_000, extent), 0);
	});
});
