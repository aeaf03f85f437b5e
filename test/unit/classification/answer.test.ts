import assert from 'node:assert/strict';
import fc from 'fast-check';
import { checkAnswers } from '../../../src/extension/classification/answer.ts';
import { categoryOf, isCategory, leaves, taxonomy } from '../../../src/extension/classification/taxonomy.ts';

describe('The taxonomy', () => {
	it('has three branches, ten kinds and forty leaves, and no name twice', () => {
		assert.deepEqual(Object.keys(taxonomy), ['code_work', 'support_work', 'thinking_work']);
		assert.equal(new Set(leaves.map(({ l2 }) => l2)).size, 10);
		assert.equal(leaves.length, 40);
		const names = [...new Set(leaves.flatMap(({ l1, l2 }) => [l1, l2])), ...leaves.map(({ l3 }) => l3)];
		assert.equal(new Set<string>(names).size, names.length);
	});

	it('knows what stands above a leaf', () => {
		assert.deepEqual(categoryOf('api-design'), { l1: 'thinking_work', l2: 'architecture', l3: 'api-design' });
		assert.equal(categoryOf('coffee'), null);
		assert.equal(categoryOf('bug_fix'), null);
		assert.ok(isCategory('support_work', 'config', 'deps'));
		assert.ok(!isCategory('code_work', 'config', 'deps'));
		assert.ok(!isCategory('code_work', 'bug_fix', '__proto__'));
	});
});

describe('What a model answered', () => {
	const answer = (session: string, more: object = {}) => ({ session, category: 'deps', confidence: 0.5, reasoning: 'because', ...more });
	const problem = (value: unknown, code = 'a'): string | null => {
		const checked = checkAnswers(value, [code]).get(code);
		return checked?.ok === false ? checked.problem : null;
	};

	it('is taken for each session it was asked about', () => {
		const checked = checkAnswers({ answers: [answer('a'), answer('b', { category: 'rename', reasoning: 7 })] }, ['a', 'b']);
		assert.deepEqual(checked.get('a'), {
			ok: true,
			answer: { category: { l1: 'support_work', l2: 'config', l3: 'deps' }, confidence: 0.5, reasoning: 'because' },
		});
		assert.deepEqual(checked.get('b'), {
			ok: true,
			answer: { category: { l1: 'code_work', l2: 'refactor', l3: 'rename' }, confidence: 0.5, reasoning: null },
		});
	});

	it('is refused for one session without spoiling the others', () => {
		const checked = checkAnswers({ answers: [answer('a', { category: 'coffee' }), answer('b')] }, ['a', 'b', 'c']);
		assert.deepEqual(
			[...checked.values()].map(each => (each.ok ? 'ok' : each.problem)),
			['outside-taxonomy', 'ok', 'missing'],
		);
	});

	it('is refused when it is of another shape, contradicts itself, or is not sure between 0 and 1', () => {
		for (const value of [null, 'deps', [], {}, { answers: 'deps' }, { answers: null }]) assert.equal(problem(value), 'shape');
		for (const confidence of [-0.1, 1.1, Number.NaN, '0.5', null, undefined])
			assert.equal(problem({ answers: [answer('a', { confidence })] }), 'confidence');
		assert.equal(problem({ answers: [answer('a', { category: 7 })] }), 'shape');
		assert.equal(problem({ answers: [answer('a'), answer('a', { category: 'rename' })] }), 'twice');
		assert.equal(problem({ answers: [answer('a'), answer('a')] }), null);
		assert.equal(problem({ answers: [null, 7, answer('b')] }), 'missing');
	});

	it('is not taken for a session that nobody asked about', () => {
		assert.deepEqual([...checkAnswers({ answers: [answer('z'), answer('a')] }, ['a']).keys()], ['a']);
	});

	it('gives a reasoning of one line and bounded length', () => {
		const checked = checkAnswers({ answers: [answer('a', { reasoning: `x\u001b[2J\n${'y'.repeat(1_000)}` })] }, ['a']).get('a');
		assert.ok(checked?.ok);
		assert.equal(checked.answer.reasoning?.length, 300);
		assert.doesNotMatch(checked.answer.reasoning, /\p{Cc}/u);
	});

	it('never throws, and only ever gives what is in the taxonomy', () => {
		fc.assert(
			fc.property(fc.anything(), value => {
				const checked = checkAnswers(value, ['a', 'b']);
				assert.equal(checked.size, 2);
			}),
		);
	});
});
