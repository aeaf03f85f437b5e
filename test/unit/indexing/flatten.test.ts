import assert from 'node:assert/strict';
import type { MessageFact, TranscriptFacts } from '../../../src/extension/claude/facts.ts';
import { noFacts } from '../../../src/extension/claude/transcript/factList.ts';
import { flatten } from '../../../src/extension/indexing/flatten.ts';
import { RowBuilder } from '../../../src/extension/indexing/rowBuilder.ts';
import { activityColumns } from '../../../src/extension/store/index/rows.ts';

const message = (seconds: number, isCopy = false): MessageFact => ({
	offset: 0,
	length: 1,
	type: 'answer',
	key: null,
	parentOffset: null,
	isRoot: false,
	atMs: seconds * 1000,
	model: null,
	responseKey: null,
	isPartial: false,
	isSidechain: false,
	isMeta: false,
	isCopy,
	isCorrection: false,
	thinkingLength: null,
	wordCount: null,
});

const factsOf = (messages: MessageFact[]): TranscriptFacts => ({ ...noFacts(), messages });

/** Active time of all quarters, in milliseconds. */
function activeMs(messages: MessageFact[], context: { lastMs: number | null; isSubagent?: boolean }): number {
	const at = activityColumns.indexOf('active_ms');
	const rows = new RowBuilder();
	flatten(factsOf(messages), { fileId: 1, isSubagent: false, ...context }, rows);
	const { activity } = rows.take();
	let sum = 0;
	for (let i = at; i < activity.length; i += activityColumns.length) sum += Number(activity[i]);
	return sum;
}

describe('active time', () => {
	it('adds up pauses, each up to five minutes, and no step back twice', () => {
		const times = [0, 60, 30, 50, 70, 1000, 1000].map(seconds => message(seconds));
		assert.equal(activeMs(times, { lastMs: null }), 60_000 + 10_000 + 300_000);
	});

	it('goes on from the newest instant of the reading before', () => {
		assert.equal(activeMs([message(50), message(90)], { lastMs: 60_000 }), 30_000);
	});

	it('leaves out copied records and subagents', () => {
		assert.equal(activeMs([message(0), message(60, true), message(90)], { lastMs: null }), 90_000);
		assert.equal(activeMs([message(0), message(60)], { lastMs: null, isSubagent: true }), 0);
	});
});
