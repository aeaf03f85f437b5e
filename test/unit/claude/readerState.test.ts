import assert from 'node:assert/strict';
import { packState, unpackState } from '../../../src/extension/claude/readerState.ts';
import type { ReaderState } from '../../../src/extension/claude/transcriptReader.ts';
import { emptySummary } from '../../../src/extension/claude/transcript/summaryFold.ts';

const state = (summary: Partial<ReaderState['summary']>): ReaderState => ({
	summary: { ...emptySummary, ...summary },
	offset: 7,
	memory: { open: [1, null] },
});

describe('The state of a reader, packed', () => {
	it('is unpacked as it was', () => {
		for (const summary of [
			{},
			{ sessionId: 's', userPrompts: 2, origins: ['o'], skills: { __proto__: 1, pdf: 2 }, firstIsSidechain: false, lastMs: 0 },
			{ firstPromptOfAll: 'a', firstPrompt: 'a', lastPrompt: 'a' },
			{ firstPromptOfAll: 'a', firstPrompt: 'b', lastPrompt: 'a' },
			{ firstPromptOfAll: 'a', firstPrompt: null, lastPrompt: 'c' },
			{ firstPromptOfAll: null, firstPrompt: null, lastPrompt: null },
		]) {
			assert.deepEqual(unpackState(packState(state(summary))), state(summary));
		}
	});

	it('has nothing in it that is as in an empty file, and no prompt twice', () => {
		assert.equal(packState(state({})), '{"summary":{},"offset":7,"memory":{"open":[1,null]}}');
		const prompt = 'Make the wheel rounder';
		const packed = packState(state({ firstPromptOfAll: prompt, firstPrompt: prompt, lastPrompt: prompt }));
		assert.equal(packed.split(prompt).length, 2);
	});
});
