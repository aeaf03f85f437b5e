import assert from 'node:assert/strict';
import fc from 'fast-check';
import { readingsOf } from '../../../src/extension/privacy/readings.ts';

const texts = (text: string): string[] => readingsOf(text).map(reading => reading.text);

describe('The readings of a text', () => {
	it('are one where nothing is hidden or escaped', () => {
		assert.deepEqual(texts('a\tb\nc'), ['a\tb\nc']);
	});

	it('are without colours and what has no width, then with what escapes mean, within each other too', () => {
		assert.deepEqual(texts('\u001b[31mre\u200bd\u001b[0m'), ['\u001b[31mre\u200bd\u001b[0m', 'red']);
		assert.deepEqual(texts(String.raw`a\nb \"c\" \u0064`), [String.raw`a\nb \"c\" \u0064`, 'a\nb "c" d']);
		assert.deepEqual(texts(String.raw`\\\"a\\\"`), [String.raw`\\\"a\\\"`, String.raw`\"a\"`, '"a"']);
		assert.deepEqual(texts(String.raw`\u001b[31mred`).at(-1), 'red');
	});

	it('say where a stretch stands in the text itself', () => {
		const text = String.raw`a\n` + '\u001b[31m' + String.raw`b\u0063\\n d`;
		const last = readingsOf(text).at(-1);
		assert.equal(last?.text, 'a\nbc\n d');
		const at = (from: number, to: number): string => {
			const place = last.placeOf(from, to);
			return text.slice(place.from, place.to);
		};
		assert.equal(at(2, 4), String.raw`b\u0063`);
		assert.equal(at(1, 2), String.raw`\n`);
		assert.equal(at(4, 6), String.raw`\\n` + ' ');
	});

	it('give each character its own piece of the text, in their order', () => {
		const piece = fc.constantFrom('a', '\\', 'n', '"', 'u0041', '\u001b[1m', '\u200b', ' ', '\\\\');
		fc.assert(
			fc.property(fc.array(piece, { maxLength: 30 }), pieces => {
				const text = pieces.join('');
				for (const reading of readingsOf(text)) {
					let end = 0;
					for (let at = 0; at < reading.text.length; at++) {
						const { from, to } = reading.placeOf(at, at + 1);
						assert.ok(from >= end && to > from && to <= text.length);
						end = to;
					}
				}
			}),
		);
	});
});
