import assert from 'node:assert/strict';
import { capBroken, estimatedTokens, LearntCost } from '../../../src/extension/classification/money.ts';
import { buildPrompt } from '../../../src/extension/classification/prompt.ts';
import { digest } from '../../support/digests.ts';

describe('What a run may cost', () => {
	it('is estimated from the length of the prompt, and of an answer for each session', () => {
		const one = estimatedTokens(buildPrompt([{ code: 'a', digest: digest({}) }], [], 's'), 1);
		const two = estimatedTokens(
			buildPrompt(
				[
					{ code: 'a', digest: digest({}) },
					{ code: 'b', digest: digest({}) },
				],
				[],
				's',
			),
			2,
		);
		assert.equal(two.output, 2 * one.output);
		assert.ok(two.input > one.input && two.input < 2 * one.input, 'sharing a request is cheaper');
	});

	it('is learnt from what was paid, once three sessions were', () => {
		const learnt = new LearntCost();
		learnt.add(2_000, 2);
		assert.equal(learnt.of(5, 700), 700);
		learnt.add(1_000, 1);
		assert.equal(learnt.of(5, 700), 5_000);
	});

	it('ends before a cap is broken, counting what is being asked', () => {
		const spent = { runMicros: 500, dayMicros: 900, openMicros: 200 };
		assert.equal(capBroken({ runMicros: null, dayMicros: null }, spent, 1e9), null);
		assert.equal(capBroken({ runMicros: 1_000, dayMicros: null }, spent, 300), null);
		assert.equal(capBroken({ runMicros: 1_000, dayMicros: null }, spent, 301), 'run');
		assert.equal(capBroken({ runMicros: null, dayMicros: 1_000 }, spent, 1), 'day');
		assert.equal(capBroken({ runMicros: 0, dayMicros: 0 }, { runMicros: 0, dayMicros: 0, openMicros: 0 }, 0), null);
	});
});
