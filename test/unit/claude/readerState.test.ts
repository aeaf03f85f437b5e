import assert from 'node:assert/strict';
import fc from 'fast-check';
import { isSameState, packState, unpackState } from '../../../src/extension/claude/readerState.ts';
import { lengthen, shorten } from '../../../src/extension/claude/statePhrases.ts';
import { type ReaderState, TranscriptReader } from '../../../src/extension/claude/transcriptReader.ts';
import { emptySummary } from '../../../src/extension/claude/transcript/summaryFold.ts';
import { assistantText, conversation, toJsonl, userPrompt } from '../../support/historyGenerator/records.ts';

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
		assert.equal(lengthen(packState(state({}))), '{"summary":{},"offset":7,"memory":{"open":[1,null]}}');
		const prompt = 'Make the wheel rounder';
		const packed = packState(state({ firstPromptOfAll: prompt, firstPrompt: prompt, lastPrompt: prompt }));
		assert.equal(packed.split(prompt).length, 2);
	});

	it('takes less than half the room of its JSON, for a transcript of a few lines', () => {
		const reader = new TranscriptReader({ state: null, copies: new Set(), earlier: () => undefined, isSubagent: false });
		const talk = conversation();
		reader.push(Buffer.from(toJsonl([userPrompt(talk, 'Make the wheel rounder'), assistantText(talk, 'It is round.')])));
		reader.end();
		reader.take();
		const packed = packState(reader.state());
		assert.ok(packed.length < lengthen(packed).length / 2, packed);
		assert.deepEqual(unpackState(packed), JSON.parse(JSON.stringify(reader.state())));
	});

	it('is what it was for any text in it, also one made of the phrases and their characters', () => {
		const pieces = [
			'"',
			'\\',
			'\u0001',
			'\u001f',
			'\u001fA',
			'\0',
			'"},"same":["firstPrompt"],"offset":',
			'","slug":"',
			',0,0,0,',
			'claude-',
			'é🐛',
			'$&',
		];
		fc.assert(
			fc.property(fc.array(fc.oneof(fc.constantFrom(...pieces), fc.string()), { maxLength: 8 }), fc.integer(), (texts, offset) => {
				const written = {
					...state({ firstPrompt: texts.join(''), slug: texts[0] ?? null }),
					offset,
					memory: { texts, [texts.join('')]: [[0, 0, 0, 1]] },
				};
				assert.deepEqual(unpackState(packState(written)), written);
				assert.equal(lengthen(shorten(JSON.stringify(written))), JSON.stringify(written));
			}),
			{ seed: 1 },
		);
	});

	it('is read as the plain JSON an earlier version wrote, and is the same state', () => {
		const packed = packState(state({ firstPromptOfAll: 'a', lastPrompt: 'a', slug: 'b' }));
		const plain = '{"summary":{"firstPromptOfAll":"a","slug":"b"},"same":["lastPrompt"],"offset":7,"memory":{"open":[1,null]}}';
		assert.deepEqual(unpackState(plain), unpackState(packed));
		assert.ok(isSameState(plain, packed));
		assert.ok(isSameState(plain.replace('"same":["lastPrompt"],', '').replace('"slug"', '"lastPrompt":"a","slug"'), packed));
		assert.ok(!isSameState(plain.replace('[1,null]', '[2,null]'), packed));
		assert.ok(!isSameState('{', packed));
	});

	it('is nothing when it is damaged', () => {
		const packed = packState(state({ sessionId: 's', slug: 'b' }));
		for (const damaged of [
			'',
			'null',
			'1',
			'[]',
			'{}',
			'{"summary":{},"offset":7}',
			packed.slice(0, -1),
			packed.slice(1),
			`\u001f~${packed}`,
			`${packed}\u001f`,
		])
			assert.equal(unpackState(damaged), null, damaged);
	});
});
