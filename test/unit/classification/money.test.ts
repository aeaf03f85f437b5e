import assert from 'node:assert/strict';
import { capBroken, estimatedTokens, LearntCost, mostMicros } from '../../../src/extension/classification/money.ts';
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

	it('is learnt from what was paid: by requests of the same size, else by the session', () => {
		const learnt = new LearntCost();
		assert.ok(learnt.isEmpty);
		learnt.add(2_000, 2);
		assert.equal(learnt.of(5, 700), 700);
		assert.equal(learnt.of(2, 700), 2_000);
		learnt.add(1_000, 1);
		assert.equal(learnt.of(5, 700), 5_000);
		learnt.add(30_000, 5, 3);
		assert.equal(learnt.of(5, 700), 10_000);
	});

	it('ends before a cap is broken', () => {
		const spent = { runMicros: 700, dayMicros: 900 };
		assert.equal(capBroken({ runMicros: null, dayMicros: null }, spent, 1e9), null);
		assert.equal(capBroken({ runMicros: 1_000, dayMicros: null }, spent, 300), null);
		assert.equal(capBroken({ runMicros: 1_000, dayMicros: null }, spent, 301), 'run');
		assert.equal(capBroken({ runMicros: null, dayMicros: 1_000 }, spent, 101), 'day');
		assert.equal(capBroken({ runMicros: 0, dayMicros: 0 }, { runMicros: 0, dayMicros: 0 }, 0), null);
	});

	it('lets one request cost no more than the caps leave, and no more than an odd one may', () => {
		const spent = { runMicros: 700, dayMicros: 900 };
		assert.equal(mostMicros({ runMicros: null, dayMicros: null }, spent, 0), null);
		assert.equal(mostMicros({ runMicros: null, dayMicros: null }, spent, 100), 10_000);
		assert.equal(mostMicros({ runMicros: null, dayMicros: null }, spent, 1_000), 20_000);
		assert.equal(mostMicros({ runMicros: 1_000, dayMicros: 5_000 }, spent, 100), 300);
		assert.equal(mostMicros({ runMicros: 1_000_000, dayMicros: null }, spent, 0), 999_300);
	});
});
