import assert from 'node:assert/strict';
import { type Pattern, patternFactors, patternOutcomes } from '../../../src/webview/contract/patterns.ts';
import { Format } from '../../../src/webview/format.ts';
import { groupWords, patternSentence } from '../../../src/webview/insights/patternWords.ts';
import { patternStrings } from '../../../src/webview/insights/words/patterns.ts';

const format = new Format('en-GB', 'UTC');

function pattern(change: Partial<Pattern>): Pattern {
	return {
		factor: 'turns',
		outcome: 'corrections',
		detail: null,
		splitAt: 12,
		first: { sessions: 210, mean: 0.03, median: 0 },
		second: { sessions: 84, mean: 0.09, median: 0.08 },
		effect: 0.5,
		interval: { low: 0.4, high: 0.6 },
		strength: 'large',
		isSecondBetter: false,
		...change,
	};
}

describe('A pattern in words', () => {
	it('begins with the group that has more, whichever it is', () => {
		assert.equal(
			patternSentence(pattern({}), format),
			'Sessions with more than 12 prompts had more corrections than those with up to 12 prompts.',
		);
		assert.equal(
			patternSentence(pattern({ effect: -0.5 }), format),
			'Sessions with up to 12 prompts had more corrections than those with more than 12 prompts.',
		);
	});

	it('has a sentence for each pair of what is looked at, with no placeholder left', () => {
		for (const factor of patternFactors)
			for (const outcome of patternOutcomes)
				for (const effect of [-0.4, 0.4]) {
					const sentence = patternSentence(pattern({ factor, outcome, effect, detail: 'opus', splitAt: 600_000 }), format);
					assert.match(sentence, /^Sessions .* than those .*\.$/);
					assert.doesNotMatch(sentence, /[{}]/);
				}
	});

	it('says one prompt, and a length of time as such', () => {
		assert.match(groupWords({ factor: 'length', detail: null, splitAt: 1_800_000, side: 'first' }, format), /up to 30m of active time/);
		assert.match(patternSentence(pattern({ splitAt: 1 }), format), /those with up to 1 prompt\.$/);
	});

	it('never claims a cause', () => {
		const words = JSON.stringify(patternStrings).replace('not what caused it', '');
		assert.doesNotMatch(words, /because|cause|leads? to|due to|makes? you|improves?|should/i);
	});
});
