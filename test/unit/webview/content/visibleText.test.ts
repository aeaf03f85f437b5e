import assert from 'node:assert/strict';
import fc from 'fast-check';
import { visibleParts, visibleString } from '../../../../src/webview/components/content/visibleText.ts';

describe('What cannot be seen in a text', () => {
	it('is shown by its code, once for a run of the same', () => {
		assert.deepEqual(visibleParts('abc\u202edef\u202c'), [
			'abc',
			{ code: 'U+202E', count: 1, kind: 'direction' },
			'def',
			{ code: 'U+202C', count: 1, kind: 'direction' },
		]);
		assert.deepEqual(visibleParts('a\u200b\u200b\u200bb'), ['a', { code: 'U+200B', count: 3, kind: 'invisible' }, 'b']);
		assert.deepEqual(visibleParts('\u0007'), [{ code: 'U+0007', count: 1, kind: 'control' }]);
	});

	it('is found when it hides a message in tag characters, and left alone in the flag that is written with them', () => {
		const tags = (text: string) => Array.from(text, letter => String.fromCodePoint(0xe0000 + (letter.codePointAt(0) ?? 0))).join('');
		assert.equal(visibleString(`ok${tags('hi')}`), 'ok[U+E0068][U+E0069]');
		const scotland = `\u{1f3f4}${tags('gbsct')}\u{e007f}`;
		assert.equal(visibleString(`${scotland}!`), `${scotland}!`);
	});

	it('leaves words, emoji, tabs, line ends and scripts that need joiners as they are', () => {
		for (const text of ['plain', 'a\tb\nc', '👩‍🚀 👍🏽', 'نمی‌خواهم', '你好', '', '\u{1f3f3}\ufe0f\u200d\u{1f308}']) {
			assert.equal(visibleString(text), text);
		}
		assert.equal(visibleString('one\r\ntwo\u0007'), 'one\ntwo[U+0007]');
	});

	it('is all that is lost or added, whatever the text', () => {
		fc.assert(
			fc.property(fc.string({ unit: 'binary' }), text => {
				const parts = visibleParts(text);
				const kept = parts.map(part => (typeof part === 'string' ? part : '')).join('');
				for (const part of parts) if (typeof part !== 'string') assert.match(part.code, /^U\+[0-9A-F]{4,6}$/);
				assert.ok(kept.length <= text.length);
			}),
		);
	});
});
