import assert from 'node:assert/strict';
import { insightsCallValidators } from '../../../src/extension/ui/presentation/insightsCalls.ts';
import { pageHtml } from '../../../src/extension/ui/presentation/pageHtml.ts';
import type { SessionSelector } from '../../../src/webview/contract/selectors.ts';

describe("the page's document", () => {
	const html = pageHtml({
		title: 'A & B',
		words: null,
		nonce: 'NONCE',
		cspSource: 'https://*.vscode-cdn.net',
		scriptUri: 'https://host/insights.js?a="b"',
	});

	it('allows its own script by nonce and nothing else (NFR-2)', () => {
		const policy = /Content-Security-Policy" content="([^"]*)"/.exec(html)?.[1]?.replaceAll('&#39;', "'") ?? '';
		assert.equal(
			policy,
			"default-src 'none'; script-src 'nonce-NONCE'; style-src https://*.vscode-cdn.net; font-src https://*.vscode-cdn.net; img-src https://*.vscode-cdn.net data:; base-uri 'none'; form-action 'none'",
		);
		assert.doesNotMatch(policy, /unsafe/);
		assert.equal(html.match(/<script/g)?.length, 1);
		assert.match(html, /<script type="module" nonce="NONCE"/);
	});

	it('escapes what it is made of', () => {
		assert.match(html, /<title>A &#38; B<\/title>/);
		assert.match(html, /src="https:\/\/host\/insights\.js\?a=&#34;b&#34;"/);
	});

	it('carries the words of another language, and says which it is', () => {
		assert.match(html, /<html lang="en">/);
		assert.doesNotMatch(html, /data-words/);
		const german = pageHtml({
			title: 'Einblicke',
			words: { language: 'de', tables: '{"insights":{"title":"\"Einblicke\" <b>"}}' },
			nonce: 'NONCE',
			cspSource: 'https://x',
			scriptUri: 'https://x/insights.js',
		});
		assert.match(german, /<html lang="de">/);
		assert.match(german, /<body data-words="[^"<>]*">/);
	});
});

describe('what the page may ask', () => {
	const { ready, page: pages, sessions, openSession, command, export: exported } = insightsCallValidators;
	const query = { scope: 'workspace', range: '30d' } as const;
	const page = { ...query, sort: 'costUsd', descending: true, filter: '', offset: 0, limit: 50 } as const;

	it('passes as it is when it is what the contract says', () => {
		assert.equal(exported(null), null);
		assert.throws(() => exported({ file: '/etc/passwd' }));
		assert.deepEqual(ready({ query: null, page: 'cost' }), { query: null, page: 'cost' });
		assert.deepEqual(ready({ query, page: 'overview' }), { query, page: 'overview' });
		assert.deepEqual(pages({ page: 'cost', query }), { page: 'cost', query });
		assert.deepEqual(sessions(page), page);
		const week = { kind: 'days', first: '2026-11-18', last: '2026-11-24' } as const;
		assert.deepEqual(sessions({ ...page, selector: week }), { ...page, selector: week });
		assert.deepEqual(sessions({ ...page, model: 'claude-opus-4-5' }).model, 'claude-opus-4-5');
		assert.deepEqual(openSession({ id: 'x', action: 'resume' }), { id: 'x', action: 'resume' });
		assert.deepEqual(sessions({ ...page, category: 'bug_fix' }).category, 'bug_fix');
		assert.deepEqual(sessions({ ...page, category: null }).category, null);
		const call = { id: 'x', action: 'transcript', message: { agentId: null, messageId: '@12' } } as const;
		assert.deepEqual(openSession(call), call);
		for (const action of ['classify', 'correctCategory'] as const) assert.deepEqual(openSession({ id: 'x', action }), { id: 'x', action });
		for (const action of ['classify', 'showJobs', 'showLog'] as const) assert.deepEqual(command({ action }), { action });
	});

	it('passes filters and selectors that say what a figure is made of', () => {
		const filters = {
			days: { first: '2026-11-01', last: '2026-11-20' },
			project: '/home/me/app',
			branch: '',
			model: 'm',
			category: 'docs',
			mode: 'forked',
		} as const;
		const asked = { page: 'cost', query: { ...query, ...filters } } as const;
		assert.deepEqual(pages(asked), asked);
		const selectors: readonly SessionSelector[] = [
			{ kind: 'days', first: '2026-11-01', last: '2026-11-02' },
			{ kind: 'hour', weekday: 6, hour: 23 },
			{ kind: 'tool', tool: 'Bash', only: 'errors' },
			{ kind: 'file', path: '/home/me/app/a.ts' },
			{ kind: 'block', startedAt: '2026-11-01T10:00:00.000Z' },
			{ kind: 'unpriced', model: null },
			{ kind: 'pattern', factor: 'turns', outcome: 'corrections', detail: null, side: 'second' },
		];
		for (const selector of selectors) assert.deepEqual(sessions({ ...page, selector }).selector, selector);
	});

	const refused: readonly (readonly [what: string, attempt: () => unknown])[] = [
		['nothing', () => pages({ page: 'cost', query: null })],
		['an unknown range', () => pages({ page: 'cost', query: { ...query, range: '1d' } })],
		['a page of its own', () => ready({ query: null, page: 'sessions' })],
		['an unknown scope', () => ready({ query: { scope: 'disk', range: 'all' }, page: 'cost' })],
		['a field of its own', () => pages({ page: 'cost', query: { ...query, path: '/etc/passwd' } })],
		['more rows than a page has', () => sessions({ ...page, limit: 201 })],
		['no rows', () => sessions({ ...page, limit: 0 })],
		['a negative offset', () => sessions({ ...page, offset: -1 })],
		['half a row', () => sessions({ ...page, offset: 0.5 })],
		['a sort key of its own', () => sessions({ ...page, sort: 'id; DROP TABLE sessions' })],
		['a day that is none', () => sessions({ ...page, selector: { kind: 'days', first: 'yesterday', last: '2026-11-18' } })],
		['a category without an end', () => sessions({ ...page, category: 'x'.repeat(61) })],
		['a page of its own', () => pages({ page: 'secrets', query })],
		[
			'days that end before they begin',
			() => pages({ page: 'cost', query: { ...query, days: { first: '2026-11-02', last: '2026-11-01' } } }),
		],
		['a mode of its own', () => pages({ page: 'cost', query: { ...query, mode: 'root' } })],
		['a selector of its own', () => sessions({ ...page, selector: { kind: 'sql', where: '1 = 1' } })],
		['a selector with more than it says', () => sessions({ ...page, selector: { kind: 'subagents', model: null, path: '/' } })],
		['an hour that no day has', () => sessions({ ...page, selector: { kind: 'hour', weekday: 0, hour: 24 } })],
		['an endless filter', () => sessions({ ...page, filter: 'x'.repeat(201) })],
		['a session without an id', () => openSession({ id: '', action: 'resume' })],
		['a message that is none', () => openSession({ id: 'x', action: 'transcript', message: { agentId: null, messageId: 12 } })],
		['an action of its own', () => openSession({ id: 'x', action: 'delete' })],
		['a command of its own', () => command({ action: 'workbench.action.terminal.sendSequence' })],
	];
	for (const [what, attempt] of refused) {
		it(`is refused when it is ${what}`, () => {
			assert.throws(attempt);
		});
	}
});
