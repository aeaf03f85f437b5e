import assert from 'node:assert/strict';
import { posix, win32 } from 'node:path';
import { conversationPath, lastPart } from '../../../src/extension/ui/presentation/conversationPath.ts';
import { placeOfState, transcriptCallValidators } from '../../../src/extension/ui/presentation/transcriptCalls.ts';

const conversation = { sessionId: 's', agentId: null };
const shown = { conversation, branch: null };

describe('what the transcript page may ask', () => {
	const calls = transcriptCallValidators;

	it('passes as it is when it is what the contract says', () => {
		const place = { ...shown, messageId: 'm' };
		assert.deepEqual(calls.ready({ place }), { place });
		assert.deepEqual(calls.items({ ...shown, from: 0, count: 200 }), { ...shown, from: 0, count: 200 });
		assert.deepEqual(calls.openLink({ address: 'https://example.com/a?b#c' }), { address: 'https://example.com/a?b#c' });
		assert.deepEqual(calls.openFile({ sessionId: 's', path: 'src/a.ts', line: 3 }).line, 3);
		assert.deepEqual(calls.find({ ...shown, text: 'x', matchCase: false, from: 0 }).text, 'x');
		for (const action of ['file', 'reveal', 'copyId', 'resume'] as const)
			assert.deepEqual(calls.session({ conversation, action }).action, action);
	});

	const refused: readonly (readonly [what: string, attempt: () => unknown])[] = [
		['nothing', () => calls.ready(null)],
		['a field of its own', () => calls.head({ ...shown, since: null, file: '/etc/passwd' })],
		['more items than a window has', () => calls.items({ ...shown, from: 0, count: 201 })],
		['a negative position', () => calls.text({ ...shown, item: 'm', part: 0, from: -1 })],
		['an id without end', () => calls.locate({ sessionId: 's', agentId: null, messageId: 'x'.repeat(301) })],
		['a search for nothing', () => calls.find({ ...shown, text: '', matchCase: false, from: 0 })],
		['an address that is a program', () => calls.openLink({ address: 'javascript:alert(1)' })],
		['an address that is a file', () => calls.openLink({ address: 'file:///etc/passwd' })],
		['an address that is a command', () => calls.openLink({ address: 'command:workbench.action.quit' })],
		['an address without a host', () => calls.openLink({ address: 'https:///x' })],
		['line zero', () => calls.openFile({ sessionId: 's', path: 'a', line: 0 })],
		['an action of its own', () => calls.session({ conversation, action: 'delete' })],
		['a text that is none', () => calls.copy({ text: 7 })],
		['a text without end', () => calls.copy({ text: 'x'.repeat(20_000_001) })],
	];
	for (const [what, attempt] of refused) {
		it(`is refused when it is ${what}`, () => {
			assert.throws(attempt);
		});
	}

	it('is read from a state that VS Code kept, unless somebody else wrote that', () => {
		const place = { ...shown, messageId: null };
		assert.deepEqual(placeOfState({ version: 1, place, outlineOpen: true }), place);
		for (const state of [undefined, null, 7, {}, { place: null }, { place: { conversation: 'x' } }])
			assert.equal(placeOfState(state), null);
	});
});

describe('a path that a conversation names', () => {
	it('opens below the folder of the session, or where it says', () => {
		assert.equal(conversationPath('src/a.ts', '/home/me/app', posix), '/home/me/app/src/a.ts');
		assert.equal(conversationPath('/etc/hosts', '/home/me/app', posix), '/etc/hosts');
		assert.equal(conversationPath('src\\a.ts', 'C:\\app', win32), 'C:\\app\\src\\a.ts');
		assert.equal(conversationPath('D:\\b.ts', null, win32), 'D:\\b.ts');
	});

	it('leads to no other machine, and nowhere without a folder', () => {
		for (const path of ['\\\\server\\share\\a', '//server/share/a', '/\\server\\share', '\\/server/share']) {
			assert.equal(conversationPath(path, 'C:\\app', win32), null, path);
			assert.equal(conversationPath(path, '/app', posix), null, path);
		}
		assert.equal(conversationPath('a.ts', null, posix), null);
		assert.equal(conversationPath('a.ts', '\\\\server\\share', win32), null);
		assert.equal(conversationPath('a\0.ts', '/app', posix), null);
	});

	it('gives a document a name that hides nothing', () => {
		assert.equal(lastPart('/home/me/a.ts'), 'a.ts');
		assert.equal(lastPart('C:\\me\\a.ts'), 'a.ts');
		assert.equal(lastPart('/x/gpj.\u202eexe'), 'gpj.exe');
		assert.equal(lastPart('///'), 'edit');
	});
});
