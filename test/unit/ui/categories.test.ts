import assert from 'node:assert/strict';
import { leaves } from '../../../src/extension/classification/taxonomy.ts';
import { choicesAt, filterChoices } from '../../../src/extension/ui/presentation/categoryChoices.ts';
import { categoryLabel, categoryPath } from '../../../src/extension/ui/presentation/categoryNames.ts';
import { categoryTooltip, sourceText } from '../../../src/extension/ui/presentation/categoryTooltip.ts';
import { languageModelReason } from '../../../src/extension/ui/presentation/languageModelErrors.ts';
import { sessionTooltip } from '../../../src/extension/ui/presentation/sessionTooltip.ts';
import { categoryName } from '../../../src/webview/categoryNames.ts';
import { berlin, category, session } from './viewers.ts';

const rules = category({ kind: 'rules', source: 'rules@1', confidence: 0.4 });
const person = category({ kind: 'person', source: 'person', confidence: 1 });
const plain = (text: string) => text.replace(/\\(?=[!-/:-@[-`{-~])/g, '');

describe('the names of categories', () => {
	it('are words', () => {
		const labels = ['bug_fix', 'code_work', 'e2e-test', 'ci-config', 'api-docs', 'readme', 'how-it-works', 'deps'].map(name =>
			categoryLabel(name, berlin),
		);
		assert.deepEqual(labels, ['Bug fix', 'Code work', 'E2E test', 'CI config', 'API docs', 'README', 'How it works', 'Deps']);
		assert.equal(categoryPath(category(), berlin), 'Code work › Bug fix › Logic fix');
	});

	it('are those of the pages, and different for different categories', () => {
		const names = new Set<string>(leaves.flatMap(({ l1, l2, l3 }) => [l1, l2, l3]));
		assert.equal(new Set([...names].map(name => categoryLabel(name, berlin))).size, names.size);
		for (const name of names) assert.equal(categoryLabel(name, berlin), categoryName(name));
	});
});

describe('the steps of a correction', () => {
	it('go from level to level, each with what it means', () => {
		assert.deepEqual(
			choicesAt(leaves, [], berlin).map(({ name }) => name),
			['code_work', 'support_work', 'thinking_work'],
		);
		const [feature] = choicesAt(leaves, ['code_work'], berlin);
		assert.deepEqual(feature, { name: 'feature', label: 'Feature', detail: 'New component, New endpoint, New integration, Enhancement' });
		const [, logicFix] = choicesAt(leaves, ['code_work', 'bug_fix'], berlin);
		assert.deepEqual(logicFix, { name: 'logic-fix', label: 'Logic fix', detail: 'it runs, but does or shows the wrong thing' });
		assert.deepEqual(choicesAt(leaves, ['code_work', 'bug_fix', 'logic-fix'], berlin), []);
	});

	it('say what each category means in the language of the viewer, and in English what a model is told', () => {
		const t = (sentence: string) => `auf Deutsch: ${sentence}`;
		for (const { l1, l2, l3, description } of leaves) {
			const [meaning, translated] = [berlin, { t }].map(
				viewer => choicesAt(leaves, [l1, l2], viewer).find(({ name }) => name === l3)?.detail,
			);
			assert.deepEqual([meaning, translated], [description, t(description)], l3);
		}
		const [stranger] = choicesAt([{ l1: 'a', l2: 'b', l3: 'c', description: 'of another version' }], ['a', 'b'], { t });
		assert.equal(stranger?.detail, 'of another version');
	});

	it('lead to every category', () => {
		const reached = choicesAt(leaves, [], berlin).flatMap(one =>
			choicesAt(leaves, [one.name], berlin).flatMap(two => choicesAt(leaves, [one.name, two.name], berlin).map(({ name }) => name)),
		);
		assert.deepEqual(
			reached,
			leaves.map(({ l3 }) => l3),
		);
	});
});

describe('the filter by category', () => {
	it('offers what has sessions, with how many', () => {
		const counts = [
			{ category: 'docs', sessions: 2 },
			{ category: 'bug_fix', sessions: 3 },
			{ category: 'feature', sessions: 4 },
		];
		assert.deepEqual(
			filterChoices(leaves, counts, berlin).map(({ category, sessions, isNested }) => `${isNested ? '  ' : ''}${category} ${sessions}`),
			['code_work 7', '  feature 4', '  bug_fix 3', 'support_work 2', '  docs 2'],
		);
		assert.deepEqual(filterChoices(leaves, [], berlin), []);
	});
});

describe('the reasons for a category', () => {
	it('name who decided, how sure they are, and what the others say', () => {
		const reasons = {
			evidence: [
				{ kind: 'prompt', detail: '“fix the total”' },
				{ kind: 'files', detail: '3 of 4 are code' },
				{ kind: 'tools', detail: 'Edit' },
				{ kind: 'title', detail: 'not shown' },
			],
			answers: [category(), rules],
		};
		assert.equal(
			plain(categoryTooltip(category({ reasoning: 'The total was wrong.', isStale: true }), reasons, berlin)),
			[
				'- Category: Code work › Bug fix › Logic fix · 82%',
				'- Decided by: Claude CLI, haiku',
				'- Reason: The total was wrong.',
				'- Note: The session has grown since it was classified.',
				'- According to rules: Code work › Bug fix › Logic fix · 40%',
				'- What the rules saw: prompt: “fix the total”; files: 3 of 4 are code; tools: Edit',
			].join('\n'),
		);
	});

	it('ask no person how sure they are', () => {
		assert.equal(plain(categoryTooltip(person, null, berlin)), '- Category: Code work › Bug fix › Logic fix\n- Decided by: you');
	});

	it('stand below the numbers of the session, and are nothing but text', () => {
		const text = sessionTooltip(session({ category: category({ reasoning: '[x](command:y) <b>' }) }), null, berlin);
		assert.doesNotMatch(text, /(?<!\\)(?:\[|<)/);
		assert.ok(text.indexOf('---') > text.indexOf('Tokens'));
		assert.doesNotMatch(sessionTooltip(session(), null, berlin), /^---$/m);
	});

	it('name a provider and a model that nobody knows as they are', () => {
		assert.equal(sourceText({ kind: 'model', source: 'new-cli/a/b@12' }, berlin), 'new-cli, a/b');
		assert.equal(sourceText({ kind: 'model', source: 'vscode-lm/@1' }, berlin), 'VS Code language model');
	});
});

describe("errors of VS Code's language models", () => {
	it('are told apart by what there is to do', () => {
		assert.equal(languageModelReason({ code: 'NoPermissions' }), 'refused');
		assert.equal(languageModelReason({ code: 'NotFound' }), 'not-available');
		assert.equal(languageModelReason({ code: 'Blocked' }), 'rate-limited');
		assert.equal(languageModelReason(Object.assign(new Error(), { name: 'ChatQuotaExceeded' })), 'rate-limited');
		for (const other of [new Error('x'), null, 'text', { code: 7 }]) assert.equal(languageModelReason(other), 'failed');
	});
});
