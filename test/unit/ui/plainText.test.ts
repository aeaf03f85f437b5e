import assert from 'node:assert/strict';
import fc from 'fast-check';
import { escapeMarkdown, oneLine } from '../../../src/extension/ui/presentation/plainText.ts';

describe('text of a transcript in a label', () => {
	it('is one line without control characters', () => {
		assert.equal(oneLine('  fix\r\n\tthe\u0000 \u001b[31mbug\u2028now ', 100), 'fix the [31mbug now');
	});

	it('cannot turn the writing direction and so disguise itself', () => {
		assert.equal(oneLine('photo\u202Egpj.exe\u2066', 100), 'photo gpj.exe');
	});

	it('keeps emoji whole', () => {
		assert.equal(oneLine('👩‍👩‍👧 done', 100), '👩‍👩‍👧 done');
		assert.equal(oneLine('😀😀😀', 2), '😀…');
	});

	it('is cut with an ellipsis, however long it was', () => {
		assert.equal(oneLine('abcdef', 4), 'abc…');
		assert.equal(oneLine('abcd', 4), 'abcd');
		assert.equal(oneLine(`${' '.repeat(1000)}x`, 4), '…');
	});

	it('is never longer than asked for and always well-formed', () => {
		fc.assert(
			fc.property(fc.string({ unit: 'binary', maxLength: 300 }), fc.integer({ min: 1, max: 60 }), (text, length) => {
				const line = oneLine(text, length);
				assert.ok(Array.from(line).length <= length);
				assert.ok(line.isWellFormed());
				assert.doesNotMatch(line, /[\p{Cc}\u2028\u2029]/u);
			}),
		);
	});
});

describe('text of a transcript in Markdown', () => {
	it('is left with no mark that means something', () => {
		assert.equal(
			escapeMarkdown('[x](command:evil) <img src=x> $(bug) https://a.example &amp; `c` **b**'),
			String.raw`\[x\]\(command\:evil\) \<img src\=x\> \$\(bug\) https\:\/\/a\.example \&amp\; \`c\` \*\*b\*\*`,
		);
	});

	it('has every ASCII punctuation mark escaped, and loses nothing', () => {
		fc.assert(
			fc.property(fc.string({ maxLength: 200 }), text => {
				const escaped = escapeMarkdown(text);
				assert.doesNotMatch(escaped.replace(/\\[!-/:-@[-`{-~]/g, ''), /[!-/:-@[-`{-~]/);
				assert.equal(escaped.replace(/\\([!-/:-@[-`{-~])/g, '$1'), text);
			}),
		);
	});
});
