import assert from 'node:assert/strict';
import { classifyByRules } from '../../../../src/extension/classification/rules/rules.ts';
import type { L3 } from '../../../../src/extension/classification/taxonomy.ts';
import { prompted, session } from './sessionFacts.ts';

const edits = (...files: readonly (readonly [path: string, edits: number])[]) => files.map(([path, count]) => ({ path, edits: count }));
const leafOf = (facts: Parameters<typeof classifyByRules>[0]): L3 => classifyByRules(facts).category.l3;

describe('What was done in a session', () => {
	it('decides where the prompt says nothing', () => {
		const only = (path: string, linesRemoved = 0) =>
			leafOf(prompted('continue', { filesEdited: edits([path, 4]), linesAdded: 30, linesRemoved }));
		assert.equal(only('/home/a/app/src/cart.test.ts'), 'unit-test');
		assert.equal(only('/home/a/app/tests/test_cart.py', 25), 'test-fix');
		assert.equal(only('/home/a/app/docs/guide.md'), 'readme');
		assert.equal(only('/home/a/app/.github/workflows/build.yml'), 'ci-config');
		assert.equal(only('/home/a/app/package-lock.json'), 'deps');
		assert.equal(only('C:\\Users\\a\\app\\tsconfig.json'), 'build-config');
		assert.equal(only('/home/a/.zshrc'), 'env-config');
		assert.equal(only('/home/a/app/src/cart.ts'), 'enhancement');
	});

	it('makes a fix of a cause that was looked for and removed', () => {
		const prompt = 'why does the total come out wrong?';
		assert.equal(leafOf(prompted(prompt)), 'debugging-help');
		assert.equal(leafOf(prompted(prompt, { filesEdited: edits(['/a/cart.ts', 2]), linesAdded: 3, linesRemoved: 2 })), 'logic-fix');
	});

	it('outweighs a question that came before much work', () => {
		const prompt = 'how does the export work?';
		const work = { filesEdited: edits(['/a/src/export.ts', 9], ['/a/src/csv.ts', 4]), linesAdded: 180, linesRemoved: 60 };
		assert.equal(leafOf(prompted(prompt)), 'how-it-works');
		assert.equal(leafOf(prompted(prompt, work)), 'enhancement');
	});

	it('shows that failing tests were right when only the program changed', () => {
		const prompt = 'fix the failing tests';
		const change = (path: string) => leafOf(prompted(prompt, { filesEdited: edits([path, 5]), linesAdded: 5, linesRemoved: 5 }));
		assert.equal(change('/a/src/cart.ts'), 'logic-fix');
		assert.equal(change('/a/test/cart.test.ts'), 'test-fix');
	});

	it('does not let tests and documents hide the program they came with', () => {
		const filesEdited = edits(['/a/test/cart.test.ts', 8], ['/a/src/cart.ts', 6], ['/a/README.md', 2]);
		assert.equal(leafOf(prompted('go on', { filesEdited, linesAdded: 90, linesRemoved: 20 })), 'enhancement');
	});

	it('tells commits and test runs without an edit', () => {
		assert.equal(leafOf(prompted('ok', { shellCommands: ['git status', 'cd /a && git commit -m x', 'git push'] })), 'deploy');
		assert.equal(leafOf(prompted('ok', { shellCommands: ['npm test', 'npx vitest run'] })), 'unit-test');
		assert.equal(leafOf(prompted('ok', { shellCommands: ['tail -f app.log', 'ps aux'] })), 'monitoring');
	});

	it('is planning where a wish was only planned', () => {
		const wish = 'add dark mode';
		assert.equal(leafOf(prompted(wish, { permissionMode: 'plan' })), 'design-doc');
		assert.equal(
			leafOf(prompted(wish, { tools: { ExitPlanMode: 1 }, filesEdited: edits(['/home/a/.claude/plans/x.md', 2]) })),
			'design-doc',
		);
		assert.equal(leafOf(prompted('how does the cache work?', { permissionMode: 'plan' })), 'how-it-works');
		const carriedOut = { permissionMode: 'plan', tools: { ExitPlanMode: 1 }, filesEdited: edits(['/a/src/theme.ts', 5]), linesAdded: 80 };
		assert.equal(leafOf(prompted(wish, carriedOut)), 'enhancement');
	});
});

describe('Slash commands and titles', () => {
	it('count by what the commands do', () => {
		assert.equal(leafOf(session({ slashCommands: { '/init': 1 }, firstPrompt: '/init' })), 'readme');
		assert.equal(leafOf(session({ slashCommands: { '/review': 1 }, firstPrompt: '/review 12' })), 'code-review');
		assert.equal(leafOf(session({ slashCommands: { '/team:fix-issue': 1 } })), 'logic-fix');
		assert.equal(leafOf(session({ slashCommands: { '/commit': 1 } })), 'deploy');
	});

	it('count settings only where nothing else happened', () => {
		assert.equal(leafOf(session({ slashCommands: { '/clear': 1, '/model': 1 } })), 'env-config');
		assert.equal(leafOf(session({ slashCommands: { '/clear': 1, '/exit': 1 } })), 'how-it-works');
		assert.equal(leafOf(prompted('fix the login bug', { slashCommands: { '/model': 1 } })), 'logic-fix');
	});

	it('take the title where the prompt says nothing', () => {
		assert.equal(leafOf(prompted('ok go', { title: 'Fix crash on startup' })), 'crash-fix');
		assert.equal(leafOf(session({ title: 'Parser unit tests added' })), 'unit-test');
	});
});

describe('The evidence of an answer', () => {
	it('names what decided, strongest first, and no more than four', () => {
		const facts = prompted('fix the login bug', {
			title: 'Fix login bug',
			branch: 'fix/login',
			filesEdited: edits(['/a/src/login.ts', 12], ['/a/test/login.test.ts', 2]),
			linesAdded: 50,
			slashCommands: { '/fix-issue': 1, '/debug-fix': 1 },
		});
		const { category, evidence } = classifyByRules(facts);
		assert.equal(category.l3, 'logic-fix');
		assert.equal(evidence.length, 4);
		assert.deepEqual(evidence[0], { kind: 'prompt', detail: '“fix”' });
		assert.deepEqual(evidence[1], { kind: 'title', detail: '“fix”' });
	});

	it('counts the edits', () => {
		const filesEdited = edits(['/a/test/x.test.ts', 12], ['/a/src/x.ts', 2]);
		const { evidence } = classifyByRules(prompted('go on', { filesEdited }));
		assert.deepEqual(evidence, [{ kind: 'files', detail: '12 of 14 edits in tests' }]);
	});

	it('says so when there is nothing', () => {
		assert.deepEqual(classifyByRules(session({})), {
			category: { l1: 'thinking_work', l2: 'explanation', l3: 'how-it-works' },
			confidence: 0.35,
			evidence: [{ kind: 'nothing', detail: 'no sign of a wish' }],
		});
	});

	it('raises the confidence when it agrees and lowers it when it does not', () => {
		const confidence = (changes: Parameters<typeof session>[0]): number => classifyByRules(session(changes)).confidence;
		const clear = confidence({ firstPrompt: 'fix the login bug' });
		const agreeing = confidence({ firstPrompt: 'fix the login bug', title: 'Fix login bug' });
		const contested = confidence({ firstPrompt: 'fix the login bug', title: 'Add release notes' });
		const weak = confidence({ tools: { Read: 2 } });
		const nothing = confidence({});
		assert.ok(agreeing > clear && clear > contested && contested > weak && weak > nothing);
	});
});
