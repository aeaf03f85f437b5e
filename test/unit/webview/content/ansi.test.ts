import assert from 'node:assert/strict';
import fc from 'fast-check';
import { ansiRuns } from '../../../../src/webview/components/content/ansi.ts';

const textOf = (source: string) =>
	ansiRuns(source)
		.map(run => run.text)
		.join('');

describe('The output of a program', () => {
	it('keeps its colours, weight and underline', () => {
		const runs = ansiRuns('\u001b[1;32mok\u001b[0m 3 \u001b[91mfailed\u001b[39m\u001b[4m!\u001b[24m');
		assert.deepEqual(
			runs.map(({ text, colour, bold, underline }) => [text, colour, bold, underline]),
			[
				['ok', 'green', true, false],
				[' 3 ', null, false, false],
				['failed', 'bright-red', false, false],
				['!', null, false, true],
			],
		);
		assert.equal(ansiRuns('\u001b[38;5;12mx')[0]?.colour, 'bright-blue');
		assert.equal(ansiRuns('\u001b[38;2;1;31;4mx')[0]?.colour, null, 'the parts of a colour are no codes');
		assert.equal(ansiRuns('\u001b[38;2;1;31;4mx')[0]?.underline, false);
	});

	it('loses every other sequence, and none of its text', () => {
		assert.equal(textOf('\u001b]0;title\u0007a\u001b[2Kb\u001b[10;5Hc\u001b(Bd\u001b]8;;http://x\u001b\\e\u001b]8;;\u001b\\'), 'abcde');
		assert.equal(textOf('cut off \u001b[31'), 'cut off 31', 'what begins like a sequence and is none loses its beginning');
		assert.equal(textOf('\u001b]0;never ends\nnext line').endsWith('next line'), true);
	});

	it('shows what was printed last where a line was printed over', () => {
		assert.equal(textOf('10 %\r50 %\rdone\nnext\r\n'), 'done\nnext\n');
		assert.equal(textOf('stays\r\n'), 'stays\n');
		assert.equal(textOf('stays\r'), 'stays');
	});

	it('never keeps an escape character, whatever it is', () => {
		fc.assert(
			fc.property(fc.array(fc.constantFrom('\u001b', '[', ']', '31', ';', 'm', 'x', '\u0007', '\n', '\\', 'P', '?')), pieces => {
				assert.doesNotMatch(textOf(pieces.join('')), /\u001b/);
			}),
		);
	});

	it('of a megabyte of broken sequences takes no time to speak of', () => {
		assert.ok(textOf('\u001b['.repeat(500_000)).length <= 1_000_000);
		assert.ok(textOf(`\u001b]${'x'.repeat(1_000_000)}`).length > 0);
	});
});
