import assert from 'node:assert/strict';
import { changesOf, countsOf, hunksOfTexts, textOf } from '../../../../src/webview/components/content/lineChanges.ts';

const written = (hunks: ReturnType<typeof changesOf>) =>
	hunks.flatMap(hunk =>
		hunk.lines.map(
			line =>
				`${{ context: ' ', removed: '-', added: '+' }[line.kind]}${line.pieces.map(({ text, isChanged }) => (isChanged ? `[${text}]` : text)).join('')}`,
		),
	);

describe('An edit', () => {
	it('marks the words that differ between a line that went and the one that came', () => {
		assert.deepEqual(written(hunksOfTexts('const timeout = 30;\nrun();\n', 'const timeout = 60;\nrun();\n', true)), [
			'-const timeout = [30];',
			'+const timeout = [60];',
			' run();',
		]);
	});

	it('marks nothing in lines that have nothing in common', () => {
		assert.deepEqual(written(hunksOfTexts('alpha beta gamma\n', 'one two three\n', true)), ['-alpha beta gamma', '+one two three']);
	});

	it('has the line numbers of the file where they are known, and none where they are not', () => {
		const [hunk] = changesOf([{ oldStart: 10, newStart: 12, lines: [' a', '-b', '+c', '+d', '\\ No newline at end of file'] }]);
		assert.deepEqual(
			hunk?.lines.map(line => [line.oldNumber, line.newNumber]),
			[
				[10, 12],
				[11, null],
				[null, 13],
				[null, 14],
			],
		);
		assert.equal(hunksOfTexts('a\n', 'b\n', false)[0]?.lines[0]?.oldNumber, null);
		assert.deepEqual(countsOf([hunk]), { added: 2, removed: 1 });
	});

	it('of texts that have too little in common to compare is the old one gone and the new one come', () => {
		const noise = (seed: number) => Array.from({ length: 6_000 }, (_, line) => `${(line * seed) % 7_919}-${line}`).join('\n');
		const hunks = hunksOfTexts(noise(3), noise(5), true);
		assert.equal(countsOf(hunks).removed, 6_000);
		assert.equal(countsOf(hunks).added, 6_000);
	});

	it('of very long lines is shown without marks', () => {
		const [removed] = hunksOfTexts(`${'x '.repeat(200_000)}\n`, `${'x '.repeat(199_999)}y\n`, true)[0]?.lines ?? [];
		assert.equal(removed?.pieces.length, 1);
		assert.equal(textOf(removed).length, 400_000);
	});
});
