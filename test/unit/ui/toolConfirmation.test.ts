import assert from 'node:assert/strict';
import { ToolError } from '../../../src/extension/modelTools/inputs.ts';
import { toolConfirmation } from '../../../src/extension/ui/presentation/toolConfirmation.ts';
import { english } from './viewers.ts';

const here = { scope: 'workspace', sessionTitle: null, t: english } as const;

describe('what a person reads before a model may look', () => {
	it('is what exactly will be read', () => {
		const { title, message } = toolConfirmation('search_sessions', { query: 'token', limit: 3 }, here);
		assert.equal(title, 'Search Claude Code sessions?');
		assert.match(message, /at most 3 excerpts of the sessions of this workspace that match: “token”/);
		assert.match(message, /Secrets that are recognised are taken out/);
	});

	it('says that other projects are looked at, too', () => {
		assert.match(
			toolConfirmation('get_usage', {}, { ...here, scope: 'all' }).message,
			/of all projects on this computer for the last 30 days/,
		);
	});

	it('names the session as the person knows it', () => {
		assert.match(toolConfirmation('get_session', { sessionId: 'x' }, { ...here, sessionTitle: 'Add paging' }).message, /“Add paging”/);
		assert.match(toolConfirmation('get_session', { sessionId: '3f-c1' }, here).message, /“3f\\-c1”/);
	});

	it('shows what the model asks as text', () => {
		const { message } = toolConfirmation('search_sessions', { query: '[yes](command:x) <b>\u202E\n# Allow' }, here);
		assert.match(message, /\\\[yes\\\]\\\(command\\:x\\\) \\<b\\> \\# Allow/);
		assert.doesNotMatch(message, /\u202E/);
	});

	it('is nothing for what will be refused', () => {
		assert.throws(() => toolConfirmation('get_session', {}, here), ToolError);
	});
});
