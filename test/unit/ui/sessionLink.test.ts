import assert from 'node:assert/strict';
import fc from 'fast-check';
import { readSessionLink, sessionLink } from '../../../src/extension/ui/presentation/sessionLink.ts';

/** As VS Code takes a link apart: path and fragment decoded. */
function parts(link: string): { path: string; fragment: string } {
	const { pathname, hash } = new URL(link);
	return { path: decodeURIComponent(pathname), fragment: decodeURIComponent(hash.slice(1)) };
}

describe('a link to a session', () => {
	const ids = fc
		.string({ unit: 'grapheme', minLength: 1, maxLength: 60 })
		.filter(id => !/[\p{C}\p{Zl}\p{Zp}/\\]/u.test(id) && !/^\.{1,2}$/.test(id));

	it('leads back to what it was made for', () => {
		fc.assert(
			fc.property(ids, fc.option(ids), fc.option(ids), (sessionId, agentId, messageId) => {
				const target = { sessionId, agentId, messageId };
				assert.deepEqual(readSessionLink(parts(sessionLink(target, 'vscode'))), target);
			}),
		);
	});

	it('names the session and the message as people expect', () => {
		assert.equal(
			sessionLink({ sessionId: '3f2a-c1', agentId: null, messageId: '77-b' }, 'vscode-insiders'),
			'vscode-insiders://session-insights.session-insights-for-claude-code/session/3f2a-c1#77-b',
		);
	});

	it('may end with a slash', () => {
		assert.deepEqual(readSessionLink({ path: '/session/one/', fragment: '' }), { sessionId: 'one', agentId: null, messageId: null });
	});

	for (const path of [
		'',
		'/',
		'/session',
		'/session/',
		'/other/one',
		'session/one',
		'/session/one/two',
		'/session/one/agent',
		'/session/one/agent/a/b',
		'/session//agent/a',
		'/session/a\u202eb',
		'/session/a\nb',
		String.raw`/session/..\..\x`,
		`/session/${'x'.repeat(301)}`,
	]) {
		it(`is refused as ${JSON.stringify(path.slice(0, 40))}`, () => {
			assert.equal(readSessionLink({ path, fragment: '' }), null);
		});
	}

	it('is refused with a message that is no id', () => {
		for (const fragment of ['a/b', 'a\u0000', 'x'.repeat(301)]) assert.equal(readSessionLink({ path: '/session/one', fragment }), null);
	});
});
