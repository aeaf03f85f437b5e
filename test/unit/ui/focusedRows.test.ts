import assert from 'node:assert/strict';
import { focusedRows } from '../../../src/extension/ui/focusedRows.ts';

describe('the rows that a key is about', () => {
	/** A list as an extension sees it: at each look, counted from one, `unknownAt` says whether a row is being drawn anew. */
	function list(focused: string | null, chosen: readonly string[], unknownAt: (look: number, node: string) => boolean = () => false) {
		const selection = new Set(chosen);
		let looks = 0;
		const view = {
			get selection() {
				looks++;
				return [...selection].filter(node => !unknownAt(looks, node));
			},
		};
		const toggle = (): Promise<void> => {
			if (focused !== null && !selection.delete(focused)) selection.add(focused);
			return Promise.resolve();
		};
		return { meant: () => focusedRows(view, toggle), selected: () => [...selection].toSorted() };
	}

	it('are the focused one, when the keys have left the selection behind', async () => {
		const left = list('focused', ['clicked', 'other']);
		assert.deepEqual(await left.meant(), ['focused']);
		assert.deepEqual(left.selected(), ['clicked', 'other']);
	});

	it('are the focused one, when nothing is selected', async () => {
		assert.deepEqual(await list('focused', []).meant(), ['focused']);
	});

	it('are all that are selected, when the focused one is among them', async () => {
		const several = list('focused', ['focused', 'other']);
		assert.deepEqual([...(await several.meant())].toSorted(), ['focused', 'other']);
		assert.deepEqual(several.selected(), ['focused', 'other']);
	});

	for (const [during, isUnknown] of [
		['the focused row is', (node: string) => node === 'focused'],
		['the selected row is', (node: string) => node === 'clicked'],
		['all rows are', () => true],
	] as const) {
		it(`are never the selected ones because ${during} drawn anew`, async () => {
			for (let from = 1; from <= 3; from++) {
				for (let until = from; until <= 6; until++) {
					const drawn = list('focused', ['clicked'], (look, node) => look >= from && look <= until && isUnknown(node));
					assert.deepEqual(await drawn.meant(), ['focused'], `from the look ${from} to ${until}`);
				}
			}
		});
	}

	it('are all that are selected, when another of them is being drawn anew', async () => {
		const several = list('focused', ['focused', 'other'], (look, node) => look === 1 && node === 'other');
		assert.deepEqual([...(await several.meant())].toSorted(), ['focused', 'other']);
	});

	it('are none when VS Code does not tell', async () => {
		assert.deepEqual(await list(null, ['clicked']).meant(), []);
		assert.deepEqual(await list('focused', ['clicked'], () => true).meant(), []);
	});
});
