import assert from 'node:assert/strict';
import { measured, median, table, withFigures } from '../bench/measurement.ts';

describe('Figures of a benchmark', () => {
	it('are given as their median', () => {
		assert.equal(median([9, 1, 5]), 5);
		assert.equal(median([1, 2, 3, 10]), 2.5);
		assert.equal(measured('cold index', '1 GB', 's', [3, 1, 2]).value, 2);
	});

	it('stand in a table with their range, their aim and a note', () => {
		const lines = table([measured('cold index', '1 GB', 's', [3.25, 1, 2], { aim: '< 5 s', note: 'warm' })]).split('\n');
		const cells = (lines[2] ?? '').split('|').map(cell => cell.trim());
		assert.deepEqual(cells, ['', 'cold index', '1 GB', '2 s', '1', '3.25', '3', '< 5 s', 'warm', '']);
	});

	it('replace those between the marks of a document, and nothing else of it', () => {
		const document = 'before\n<!-- figures -->\nold\n<!-- end of figures -->\nafter';
		assert.equal(withFigures(document, 'new'), 'before\n<!-- figures -->\n\nnew\n\n<!-- end of figures -->\nafter');
		assert.throws(() => withFigures('no marks', 'new'));
	});
});
