import assert from 'node:assert/strict';
import type { ClassificationPlan } from '../../../src/extension/engine/api.ts';
import { nothingToDoText, planDetail, planQuestion } from '../../../src/extension/ui/presentation/planText.ts';
import { berlin } from './viewers.ts';

const plan = (changes: Partial<ClassificationPlan> = {}): ClassificationPlan => ({
	provider: 'claude-cli',
	providerLabel: 'Claude CLI',
	model: 'haiku',
	recipient: 'Anthropic',
	toAsk: 38,
	byPersons: 1,
	done: 2,
	stale: 3,
	empty: 4,
	requests: 8,
	estimatedTokens: 52_000,
	estimatedUsd: 0.04,
	runCapUsd: 1,
	dayCapUsd: 5,
	spentTodayUsd: 0.12,
	hasConsent: false,
	health: { ok: true, text: 'Claude CLI 2.1.197, Claude subscription', action: null },
	examples: 0,
	sample: 'Title: x',
	...changes,
});

describe('what a person reads before anything is sent (CLS-6)', () => {
	it('asks about a number of sessions and one provider', () => {
		assert.equal(planQuestion(plan(), berlin), 'Classify 38 sessions with Claude CLI (haiku)?');
		assert.equal(planQuestion(plan({ toAsk: 1, model: '' }), berlin), 'Classify 1 session with Claude CLI?');
	});

	it('says what is sent to whom, what it costs, where it stops, and what is left out', () => {
		assert.deepEqual(planDetail(plan(), berlin).split('\n\n'), [
			'Sent to Anthropic: title, branch, first prompts, names of files, commands and tools used. Known kinds of secrets are taken out. Nothing else leaves your computer.',
			'Estimated cost: $0.04 for 8 requests, about 52K tokens. It stops at $1.00 for this run; $5.00 a day, of which $0.12 are spent. Asked through Claude CLI 2.1.197, Claude subscription.',
			'3 have grown since they were classified. Left out: 2 classified before, 1 corrected by you, 4 without a prompt.',
		]);
	});

	it('leaves out what does not apply', () => {
		const text = planDetail(plan({ byPersons: 0, done: 0, stale: 0, empty: 0, runCapUsd: null, dayCapUsd: null }), berlin);
		assert.equal(text.split('\n\n').length, 2);
		assert.match(text, /There is no spending limit\. Asked through/);
	});

	it('tells a cost that nobody knows from no cost', () => {
		assert.match(planDetail(plan({ estimatedUsd: null }), berlin), /The cost is not known: 8 requests/);
		assert.match(planDetail(plan({ estimatedUsd: 0 }), berlin), /No extra cost: 8 requests/);
	});

	it('says why there is nothing to ask', () => {
		assert.equal(
			nothingToDoText(plan({ toAsk: 0 }), berlin),
			'There is nothing to classify with Claude CLI (haiku). Left out: 2 classified before, 1 corrected by you, 4 without a prompt.',
		);
	});
});
