import assert from 'node:assert/strict';
import { agreementOf, judgementsOf } from '../../../src/extension/insights/categories.ts';

const judge = (sessionId: string, kind: 'model' | 'person', l2: string) => ({ sessionId, kind, l2 });
const none = { both: 0, same: 0 };

describe('Judgements', () => {
	it('are the last of each kind for each session', () => {
		const { model, person } = judgementsOf([
			judge('a', 'model', 'docs'),
			judge('a', 'person', 'feature'),
			judge('b', 'person', 'testing'),
			judge('a', 'model', 'bug_fix'),
		]);
		assert.deepEqual([...model], [['a', 'bug_fix']]);
		assert.deepEqual(
			[...person],
			[
				['a', 'feature'],
				['b', 'testing'],
			],
		);
	});
});

describe('The agreement', () => {
	it('has a row for what the first of each two says, and counts where the other says the same', () => {
		const rules = new Map([
			['a', 'docs'],
			['b', 'docs'],
			['c', 'testing'],
		]);
		const judgements = judgementsOf([
			judge('a', 'model', 'docs'),
			judge('b', 'model', 'feature'),
			judge('b', 'person', 'feature'),
			judge('c', 'person', 'docs'),
		]);
		assert.deepEqual(agreementOf(rules, judgements), [
			{ l2: 'docs', modelAndRules: { both: 1, same: 1 }, personAndRules: { both: 1, same: 0 }, personAndModel: none },
			{ l2: 'feature', modelAndRules: { both: 1, same: 0 }, personAndRules: { both: 1, same: 0 }, personAndModel: { both: 1, same: 1 } },
		]);
	});

	it('puts the category with the most comparisons first, and equal ones by name', () => {
		const rules = new Map(['a', 'b', 'c', 'd'].map(id => [id, 'docs']));
		const judgements = judgementsOf([
			judge('a', 'model', 'testing'),
			judge('b', 'model', 'testing'),
			judge('c', 'model', 'refactor'),
			judge('d', 'person', 'feature'),
		]);
		assert.deepEqual(
			agreementOf(rules, judgements).map(({ l2 }) => l2),
			['testing', 'feature', 'refactor'],
		);
	});

	it('compares no session that the rules have not seen, and none that only they have', () => {
		const judgements = judgementsOf([judge('gone', 'model', 'docs'), judge('gone', 'person', 'docs')]);
		assert.deepEqual(agreementOf(new Map([['other', 'docs']]), judgements), []);
	});
});
