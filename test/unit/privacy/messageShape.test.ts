import assert from 'node:assert/strict';
import fc from 'fast-check';
import { messageShape } from '../../../src/extension/privacy/messageShape.ts';

describe('What may be told of a message', () => {
	const shapes: readonly (readonly [message: string, shape: string])[] = [
		['incremental run completed: 12 files, 3.4 MB in 512 ms', 'incremental run completed: 12 files, 3.4 MB in 512 ms'],
		[
			"full run failed: 2 files, 0.1 MB in 8 ms (EACCES: permission denied, open '/home/ann/.claude/x')",
			'full run failed: 2 files, 0.1 MB in 8 ms · EACCES',
		],
		['The engine exited with code 134 after 7 s', 'The engine exited with code 134 after 7 s'],
		['saving failed: SaveError: There is no room left to save /home/ann/index.sqlite', 'saving failed · there is no room left · SaveError'],
		[
			"TypeError: Cannot read properties of undefined (reading 'ann')\n    at a (/home/ann/.vscode/dist/engine.cjs:12:345)",
			'cannot read properties of · TypeError · engine.cjs:12:345',
		],
		['My diary: ENOTES about Ann', '(other)'],
		['', '(other)'],
	];

	for (const [message, shape] of shapes) {
		it(`of ${JSON.stringify(message.slice(0, 40))} are the words that are ours`, () => assert.equal(messageShape(message), shape));
	}

	it('is never a word of anybody else, whatever stands around it', () => {
		const words = fc.array(fc.stringMatching(/^q[a-z0-9]{5,12}x$/), { minLength: 1, maxLength: 8 });
		const own = fc.constantFrom(
			'saving failed: ',
			'Error: ',
			'EACCES ',
			' (full run completed: 1 files, 1.0 MB in 1 ms)',
			'/engine.cjs:1:2',
			'',
		);
		fc.assert(
			fc.property(words, own, own, (theirs, before, after) => {
				const shape = messageShape(`${before}${theirs.join(' ')}${after}`);
				for (const word of theirs) assert.ok(!shape.includes(word), shape);
			}),
		);
	});

	it('is found in a message of megabytes without going over it again and again', () => {
		assert.equal(messageShape('E'.repeat(5_000_000)), '(other)');
		assert.equal(messageShape(`saving failed: ${'engine.cjs:1'.repeat(500_000)}`), 'saving failed');
	});
});
