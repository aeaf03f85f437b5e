import assert from 'node:assert/strict';
import fc from 'fast-check';
import MarkdownIt from 'markdown-it';
import { escapeMarkdown, fence, inlineCode, quote, safeMarkdown } from '../../../src/extension/exporting/markdownText.ts';

/** A program that shows Markdown and allows everything. */
const careless = new MarkdownIt({ html: true, linkify: false });
careless.validateLink = () => true;

/** What of a document could run, fetch or lead astray. */
function dangers(markdown: string): string[] {
	return careless
		.parse(markdown, {})
		.flatMap(token => [token, ...(token.children ?? [])])
		.flatMap(token => {
			if (token.type.startsWith('html_') || token.type === 'image') return [token.type];
			const href = String(token.attrGet('href') ?? '').toLowerCase();
			return token.type === 'link_open' && /^[^/?#]*:/.test(href) && !/^(https?|mailto):/.test(href) ? [href] : [];
		});
}

const nasty = [
	'<script>alert(1)</script>',
	'<img src=x onerror=alert(1)>',
	'![pixel](https://evil.example/p.png)',
	'![pixel][ref]\n\n[ref]: https://evil.example/p.png',
	'[click](javascript:alert(1))',
	'[click](JaVaScRiPt:alert(1))',
	'[click](java&#115;cript:alert(1))',
	'[click](<javascript:alert(1)>)',
	'[click](data:text/html;base64,PHNjcmlwdD4=)',
	'[click]\n\n[click]: javascript:alert(1)',
	'<javascript:alert(1)>',
	'[a](vbscript:x) `code` [b](file:///etc/passwd)',
	'``` \nan open fence <b>',
	'~~~\n```\n<b>',
	'> ```\n> <b>quoted</b>\n> ```\n<b>',
	'<div>\n```\n<script>\n```\n</div>',
	'    <b>indented code</b>\n\n<b>text</b>',
	'`<b>` and ``<i>` `` and `open <u>',
	'<!-- \n\n-->\n<b>',
	'<?php ?>\n<![CDATA[ x ]]>',
	'\\<b>\\`<i>\\`',
	'[x](http://a.example "<b>")',
	'- item\n\n  <b>\n\n  ```\n  <i>',
	'[<img src=x>](https://a.example)',
	'\\![x](https://evil.example/y.png)',
	'\\\\![x](https://evil.example/y.png)',
	'[[[[a](b:c)](d:e)]]',
];

describe('Markdown of a stranger', () => {
	it('can do nothing: no HTML, no picture, no link but to the web', () => {
		for (const text of nasty) {
			const safe = safeMarkdown(text);
			assert.deepEqual(dangers(safe), [], text);
			assert.deepEqual(dangers(quote(safe)), [], `quoted: ${text}`);
		}
	});

	it('can do nothing whatever it is made of', () => {
		const part = fc.oneof(
			fc.constantFrom(...nasty, '\n', '\n\n', '`', '```', '~~~', '<', '[', '](', '!', ' ', '    ', '> ', '- ', '\\'),
			fc.string(),
		);
		fc.assert(
			fc.property(fc.array(part, { maxLength: 7 }), parts => {
				assert.deepEqual(dangers(safeMarkdown(parts.join(''))), []);
			}),
			{ numRuns: 800 },
		);
	}).timeout(30_000);

	it('does not swallow what follows it', () => {
		fc.assert(
			fc.property(fc.array(fc.constantFrom(...nasty, '```', '~~~~', '> ', '- ', '    ', '<!--', '\n'), { maxLength: 6 }), parts => {
				const tokens = careless.parse(`${safeMarkdown(parts.join(''))}\n\n# next`, {});
				assert.deepEqual([tokens.at(-3)?.tag, tokens.at(-2)?.content], ['h1', 'next']);
			}),
			{ numRuns: 300 },
		);
	}).timeout(30_000);

	it('keeps what is harmless: code as it is, emphasis, lists, tables, links to the web', () => {
		const text =
			'Use **this**:\n\n```ts\nconst a = b < c && `x`;\n```\n\n- `Array<string>`\n- [docs](https://docs.example/a?b=1)\n\n| a | b |\n|---|---|\n| 1 | 2 |';
		assert.equal(safeMarkdown(text), text);
	});

	it('shows marks that turn the direction, and leaves out escapes of colours', () => {
		assert.equal(safeMarkdown('a \u202egnp.exe \u001b[31mred\u001b[0m \u0000'), 'a ⟦U+202E⟧gnp.exe red ␀');
		assert.equal(fence('\u2066x\u2069'), '```\n⟦U+2066⟧x⟦U+2069⟧\n```');
	});

	it('is shown as it was written when it is longer than anybody reads', () => {
		const long = '[a](b) '.repeat(60_000);
		assert.match(safeMarkdown(long), /^```\n\[a\]\(b\)/);
		assert.match(safeMarkdown('x'.repeat(5_000_000)), /^```\nx/);
	});
});

describe('Text in Markdown', () => {
	it('cannot end its fence', () => {
		fc.assert(
			fc.property(fc.array(fc.constantFrom('`', '```', '````', '\n', '~~~', 'x', '<b>', '    ')), parts => {
				const text = parts.join('');
				const tokens = careless.parse(`${fence(text)}\n\n# next`, {});
				assert.deepEqual([tokens[0]?.type, tokens.length, tokens.at(-2)?.content], ['fence', 4, 'next']);
				assert.equal(tokens[0]?.content.trimEnd(), text.replace(/\n+$/, '').trimEnd());
			}),
		);
	});

	it('cannot end its code, nor do anything on its line', () => {
		fc.assert(
			fc.property(fc.string({ minLength: 1 }), text => {
				const inline = careless.parse(`**x** ${inlineCode(text)} end`, {})[1]?.children ?? [];
				assert.ok(inline.every(({ type }) => ['text', 'code_inline', 'strong_open', 'strong_close'].includes(type)));
				const plain = careless.parse(`# ${escapeMarkdown(text)}`, {});
				assert.equal(plain[0]?.type, 'heading_open');
				assert.ok(
					(plain[1]?.children ?? []).every(({ type }) => type.startsWith('text')),
					escapeMarkdown(text),
				);
			}),
		);
	});
});
