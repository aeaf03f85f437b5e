import assert from 'node:assert/strict';
import { sessionIcon, sessionItem, statusText, subagentItem } from '../../../src/extension/ui/presentation/sessionItem.ts';
import { sessionTooltip } from '../../../src/extension/ui/presentation/sessionTooltip.ts';
import type { SubagentRow } from '../../../src/webview/contract/sessions.ts';
import type { Grouping } from '../../../src/extension/engine/calls/listing.ts';
import { sessionDecoration } from '../../../src/extension/ui/presentation/sessionDecoration.ts';
import { berlin, category, noon, session } from './viewers.ts';

const item = (changes = {}, showProject = false, grouping: Grouping = 'none') =>
	sessionItem(session(changes), noon, berlin, { showProject, grouping });

describe('a session as a row', () => {
	it('says what it cost and when, which are short, and its branch where there is room', () => {
		const { label, description, details } = item();
		assert.equal(label, 'Add paging');
		assert.equal(description, '$1.25 · 1 hr. ago');
		assert.equal(details, 'main');
	});

	it('has a category among its details, and says so when that is a guess of the rules', () => {
		const rules = { kind: 'rules', source: 'rules@1' } as const;
		assert.equal(item({ category: category() }).details, 'main · Logic fix');
		assert.equal(item({ category: category({ ...rules, confidence: 0.7 }) }).details, 'main · Logic fix');
		const guess = item({ category: category({ ...rules, confidence: 0.4 }) });
		assert.equal(guess.details, 'main · ~Logic fix');
		assert.match(guess.accessibleLabel, /, main, perhaps Logic fix, /);
		assert.equal(
			item({ category: category({ confidence: 0.4 }) }).details,
			'main · Logic fix',
			'a model says how sure it is in the tooltip',
		);
	});

	it('leaves out what is not known', () => {
		const { description, details } = item({ costUsd: null, gitBranch: null, startedAt: null, endedAt: null });
		assert.equal(`${description}${details}`, '');
		assert.equal(item({ endedAt: null }).description, '$1.25 · 2 hr. ago', 'its start, when it has no end');
	});

	it('names its project when the list spans projects', () => {
		assert.equal(item({}, true).description, '$1.25 · 1 hr. ago · shop');
	});

	it('does not say again what the heading above it says', () => {
		const row = { category: category() };
		assert.equal(item(row, true, 'branch').details, 'Logic fix');
		assert.equal(item(row, true, 'project').description, '$1.25 · 1 hr. ago');
		assert.equal(item(row, false, 'category').details, 'main · Logic fix', 'the heading only says "Bug fix"');
	});

	it('ends in its first tags, and says the rest of what a person wrote to a screen reader', () => {
		const row = item({ tags: ['later', 'ask\nAnn', 'third'], isPinned: true, isHidden: true, note: 'x' });
		assert.match(row.description, / · 1 hr. ago · #later · #ask Ann$/);
		assert.match(row.accessibleLabel, /, Pinned, Hidden, Tags: later, ask Ann, third, With a note$/);
	});

	it('is marked by what needs to be seen, the most pressing first', () => {
		const marks = (changes = {}) => sessionDecoration(item(changes).marks, berlin);
		assert.equal(marks(), null);
		assert.deepEqual(marks({ status: 'waiting_for_input', unpricedTokens: 3 }), {
			badge: '●',
			color: 'charts.green',
			tooltip: 'Needs input · Some tokens have no known price',
		});
		assert.equal(marks({ gone: true, status: 'waiting_for_input' })?.tooltip, 'No transcript on disk');
		assert.equal(marks({ isHidden: true })?.badge, '⊘');
		assert.equal(marks({ category: category({ isStale: true }) })?.badge, '~');
		assert.equal(sessionDecoration(['nonsense', ''], berlin), null);
	});

	it('has a name even without a title', () => {
		assert.equal(item({ title: ' \n ' }).label, 'Untitled session');
	});

	it('shows its status by an icon of its own colour, and in words where colour alone would tell (LIVE-1)', () => {
		assert.deepEqual(sessionIcon(session({ status: 'processing' })), { id: 'loading~spin', color: 'charts.green' });
		assert.equal(sessionIcon(session({ status: 'not_started' })).color, 'disabledForeground');
		assert.equal(sessionIcon(session({ status: 'error' })).color, 'errorForeground');
		assert.equal(sessionIcon(session({ status: 'waiting_for_input' })).color, 'charts.green');
		assert.match(item({ status: 'waiting_for_input' }).description, /^Needs input · /);
		assert.match(item({ status: 'error' }).description, /^Ended with an error · /);
	});

	it('shows at rest what kind of session it is', () => {
		const icons = (['interactive', 'background', 'forked'] as const).map(mode => sessionIcon(session({ mode })).id);
		assert.equal(new Set(icons).size, 3);
	});

	it('says that a transcript is gone, or that there never was one', () => {
		assert.match(item({ gone: true }).description, /^Transcript gone from disk · /);
		assert.match(item({ stub: true, file: null }).description, /^Only its subagents are on disk · /);
		assert.notEqual(sessionIcon(session({ gone: true })).id, sessionIcon(session({ stub: true })).id);
	});

	it('offers only actions that can be taken', () => {
		assert.equal(item().contextValue, 'session withFile resumable unpinned shown');
		assert.equal(item({ cwd: null }).contextValue, 'session withFile unpinned shown');
		assert.equal(item({ gone: true }).contextValue, 'session unpinned shown');
		assert.equal(item({ isPinned: true, isHidden: true }).contextValue, 'session withFile resumable pinned hidden');
		assert.equal(item({ stub: true, file: null }).contextValue, 'session unpinned shown');
	});

	it('tells a screen reader what the icon tells the eye', () => {
		assert.equal(
			item({ status: 'processing', mode: 'background' }).accessibleLabel,
			'Add paging, Working, Background, $1.25, 1 hr. ago, main, 3 prompts',
		);
		for (const status of ['not_started', 'processing', 'waiting_for_input', 'error', 'completed'] as const) {
			assert.notEqual(statusText(session({ status }), berlin), '');
		}
	});
});

describe('a subagent as a row', () => {
	const subagent: SubagentRow = {
		agentId: 'a1',
		sessionId: 'one',
		agentType: 'Explore',
		description: 'Find the\ntests',
		startedAt: null,
		responses: 4,
		toolCalls: 2,
		costUsd: 0.5,
		file: '/x/agent-a1.jsonl',
	};

	it('is named by what it was asked to do', () => {
		const { label, description, contextValue } = subagentItem(subagent, berlin);
		assert.equal(label, 'Find the tests');
		assert.equal(description, 'Explore · 4 responses · $0.50');
		assert.equal(contextValue, 'subagent withFile');
	});

	it('falls back to its type, then to its kind', () => {
		const { label, description } = subagentItem({ ...subagent, description: null }, berlin);
		assert.equal(`${label}: ${description}`, 'Explore: 4 responses · $0.50');
		assert.equal(subagentItem({ ...subagent, description: null, agentType: null, costUsd: null }, berlin).label, 'Subagent');
	});
});

describe('the tooltip of a session', () => {
	it('has the numbers', () => {
		const text = sessionTooltip(
			session({ subagents: 2, compactions: 1, interruptions: 1, corrections: 4, malformedLines: 3, unpricedTokens: 10 }),
			null,
			berlin,
		);
		const plain = text.replace(/\\(?=[!-/:-@[-`{-~])/g, '').replaceAll('\u202f', ' ');
		assert.equal(
			plain,
			[
				'**Add paging**',
				'',
				'- Status: Completed · Interactive',
				'- Started: Nov 18, 2026, 10:00 AM',
				'- Last active: Nov 18, 2026, 11:00 AM',
				'- Active time: 30 min',
				'- Cost: $1.25',
				'- Tokens: 3,400 (100 in, 200 out, 3,000 cache read, 100 cache written)',
				'- Tokens without a known price: 10',
				'- Prompts: 3',
				'- Responses: 12',
				'- Tool calls: 7',
				'- Subagents: 2',
				'- Compactions: 1',
				'- Interruptions: 1',
				'- Corrections: 4',
				'- Unreadable lines: 3',
				'- Models: claude-opus-4-5',
				'- Branch: main',
				'- Folder: /home/ann/shop',
				'- Claude Code: 2.1.0 · cli',
			].join('\n'),
		);
	});

	it('begins with what a person wrote', () => {
		const text = sessionTooltip(session({ tags: ['a*b', 'c'], note: 'First\n[link](http://e)' }), null, berlin);
		assert.deepEqual(text.split('\n').slice(0, 6), [
			'**Add paging**',
			'',
			'> First  ',
			'> \\[link\\]\\(http\\:\\/\\/e\\)  ',
			'',
			'- Tags: a\\*b\\, c',
		]);
	});

	it('leaves out what there was none of', () => {
		const text = sessionTooltip(
			session({ startedAt: null, endedAt: null, activeMs: 0, costUsd: null, models: [], gitBranch: null, cwd: null, version: null }),
			null,
			berlin,
		);
		for (const absent of ['Started', 'Last active', 'Active time', 'Cost', 'Subagents', 'Models', 'Branch', 'Folder', 'Claude Code']) {
			assert.ok(!text.includes(`- ${absent}`), absent);
		}
	});

	it('lets no text of a transcript be more than text', () => {
		const text = sessionTooltip(
			session({ title: '**[run](command:workbench.action.quit)**\n# x', gitBranch: '<img src=http://e>', models: ['`m`'], cwd: '/a|b' }),
			null,
			berlin,
		);
		assert.doesNotMatch(text, /(?<!\\)(?:\[|\]|`|<|\|)/);
		assert.equal(text.split('\n')[1], '', 'the title stays one line');
	});
});
