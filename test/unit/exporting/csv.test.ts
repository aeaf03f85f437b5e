import assert from 'node:assert/strict';
import fc from 'fast-check';
import { csv } from '../../../src/extension/exporting/csv.ts';

/** Reads as RFC 4180 says. */
function parse(text: string): string[][] {
	const rows: string[][] = [[]];
	for (let at = 0; at < text.length;) {
		let cell = '';
		if (text[at] === '"') {
			for (at++; text[at] !== '"' || text[at + 1] === '"'; at++) {
				if (text[at] === '"') at++;
				cell += text[at] ?? '';
			}
			at++;
		} else for (; at < text.length && text[at] !== ',' && !text.startsWith('\r\n', at); at++) cell += text[at] ?? '';
		rows.at(-1)?.push(cell);
		if (text[at] === ',') {
			at++;
			if (at === text.length || text.startsWith('\r\n', at)) rows.at(-1)?.push('');
		}
		if (text.startsWith('\r\n', at)) {
			at += 2;
			if (at < text.length) rows.push([]);
		}
	}
	return rows;
}

describe('A table as CSV', () => {
	it('reads back as it was, with commas, quotes and lines in its cells', () => {
		fc.assert(
			fc.property(fc.array(fc.tuple(fc.string(), fc.string({ unit: 'grapheme' })), { minLength: 1 }), rows => {
				const back = parse(csv(['name', 'text'], rows));
				assert.deepEqual(back[0], ['name', 'text']);
				const plain = rows.map(row => row.map(cell => cell.toWellFormed()));
				assert.deepEqual(
					back.slice(1).map(row => row.map(cell => cell.replace(/^'(?=[\s\p{Cc}\p{Cf}]*[=+\-@|%＝＋－＠])/u, ''))),
					plain.map(row => row.map(cell => cell.replace(/^'(?=[\s\p{Cc}\p{Cf}]*[=+\-@|%＝＋－＠])/u, ''))),
				);
			}),
		);
	});

	it('lets no program calculate with what a stranger wrote', () => {
		const nasty = ['=1+1', '+SUM(A1)', '-2+3', '@x', '\t=1', ' =cmd|x', '\u202e=1', '\r=1', '＝1', '|x', '%x'];
		for (const text of nasty) assert.match(csv(['a'], [[text]]), /^a\r\n"?'/, text);
		assert.equal(csv(['a', 'b', 'c'], [[-5, null, true]]), 'a,b,c\r\n-5,,true\r\n', 'numbers are numbers');
	});
});
