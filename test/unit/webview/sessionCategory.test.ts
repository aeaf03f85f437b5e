import assert from 'node:assert/strict';
import type { CategoryRow } from '../../../src/webview/contract/sessions.ts';
import { Format } from '../../../src/webview/format.ts';
import { categoryWords } from '../../../src/webview/insights/sessionCategory.ts';

const format = new Format('en-GB', 'Europe/Berlin');
const byRules: CategoryRow = {
	l1: 'code_work',
	l2: 'bug_fix',
	l3: 'logic-fix',
	confidence: 0.7,
	kind: 'rules',
	source: 'rules@1',
	reasoning: null,
	classifiedAt: null,
	isStale: false,
};
const byModel: CategoryRow = { ...byRules, kind: 'model', source: 'claude-cli/haiku@1', reasoning: 'It shows the wrong total.' };

describe('What is said of a session’s category', () => {
	it('is its path and who says so', () => {
		assert.equal(categoryWords(byRules, format), 'Code work › Bug fix › Logic fix\nBy rules, 70% sure');
		assert.equal(categoryWords({ ...byRules, kind: 'person', source: 'person' }, format), 'Code work › Bug fix › Logic fix\nBy you');
	});

	it('of a model is also its reasoning, and that the session has grown since', () => {
		assert.deepEqual(
			categoryWords({ ...byModel, isStale: true }, format)
				.split('\n')
				.slice(1),
			['By a model (claude-cli/haiku@1), 70% sure', 'It shows the wrong total.', 'The session has grown since'],
		);
	});

	it('is never long, and never surer than sure', () => {
		const words = categoryWords({ ...byModel, source: 'x'.repeat(5_000), reasoning: 'y'.repeat(100_000), confidence: 7 }, format);
		assert.ok(words.length < 800, `${words.length} characters`);
		assert.match(words, /100% sure/);
	});
});
