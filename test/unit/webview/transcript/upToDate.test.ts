import assert from 'node:assert/strict';
import { UpToDate } from '../../../../src/webview/transcript/upToDate.ts';

describe('What is kept up to date', () => {
	it('is asked for by one at a time, and once more for all that changed meanwhile', async () => {
		const answers: (() => void)[] = [];
		let asking = 0;
		let most = 0;
		const kept = new UpToDate(async () => {
			most = Math.max(most, ++asking);
			await new Promise<void>(resolve => answers.push(resolve));
			asking--;
		}, 0);
		const done = kept.changed();
		for (let change = 0; change < 5; change++) void kept.changed();
		assert.equal(answers.length, 1);
		answers[0]?.();
		// The second asking begins when the first has been answered.
		await new Promise(resolve => setImmediate(resolve));
		answers[1]?.();
		await done;
		assert.deepEqual([answers.length, most], [2, 1]);
		void kept.changed();
		assert.equal(answers.length, 3, 'a later change is asked for at once');
	});
});
