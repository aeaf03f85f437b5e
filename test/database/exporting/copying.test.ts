import assert from 'node:assert/strict';
import { assistantText, conversation, toolResult, toolUse, userPrompt } from '../../support/historyGenerator/records.ts';
import { ClaudeHome } from '../engine/claudeHome.ts';
import { mainOf, never, OpenedHome } from '../transcripts/openedHome.ts';

describe('What is copied of a conversation', () => {
	it('is a stretch of it as an export has it, with whole texts and nothing taken out', async () => {
		const home = new ClaudeHome('copying');
		const talk = conversation({ sessionId: 'copying' });
		const long = `${'word '.repeat(20_000)}AKIAIOSFODNN7EXAMPLE`;
		const call = toolUse(talk, 'Bash', { command: 'make' });
		home.transcript(talk, [
			userPrompt(talk, 'first'),
			call,
			toolResult(talk, call, 'made'),
			assistantText(talk, long),
			userPrompt(talk, 'last'),
		]);
		const opened = await OpenedHome.of(home.dir);
		try {
			const stretch = { conversation: mainOf('copying'), branch: null, language: null };
			const copy = async (from: number, count: number) =>
				(await opened.engine.engine.exporting.markdown({ ...stretch, from, count }, never)).text;
			const turn = await copy(0, 3);
			assert.match(turn, /^## You[^\n]*\n\n> first\n\n### Claude\n\n\*\*Bash\*\*[\s\S]*made[\s\S]*word word/);
			assert.ok(turn.includes(long));
			assert.doesNotMatch(turn, /last/);
			assert.match(await copy(3, 1), /^## You[^\n]*\n\n> last\n$/);
			assert.equal((await copy(4, 10)).trim(), '');
			assert.ok((await copy(0, Number.MAX_SAFE_INTEGER)).includes('> last'));
		} finally {
			await opened.close();
			home.remove();
		}
	});
});
