import assert from 'node:assert/strict';
import { keyOf } from '../../../../src/extension/claude/transcript/key.ts';
import {
	assistant,
	attachment,
	call,
	failure,
	type Json,
	only,
	progress,
	read,
	readInPieces,
	bytesOf,
	result,
	system,
	user,
} from './reading.ts';

const at = (minute: number): string => new Date(Date.UTC(2026, 0, 10, 10, minute)).toISOString();

describe('the chain of parents', () => {
	it('leads over progress and unknown records to the nearest message', () => {
		const { messages, passed } = read([
			user('a', { uuid: 'a' }),
			progress({ type: 'bash_progress' }, { uuid: 'p1', parentUuid: 'a' }),
			progress({ type: 'mcp_progress' }, { uuid: 'p2', parentUuid: 'p1' }),
			{ type: 'new-kind', uuid: 'n', parentUuid: 'p2' },
			assistant('x', {}, { uuid: 'b', parentUuid: 'n' }),
			user('c', { uuid: 'c', parentUuid: 'p2' }),
		]);
		const [a, b, c] = messages;
		assert.deepEqual([a?.parentOffset, b?.parentOffset, c?.parentOffset], [null, a?.offset, a?.offset]);
		assert.deepEqual(
			passed.map(({ parentOffset }) => parentOffset),
			[0, 0, 0],
		);
	});

	it('ends at roots, at progress without a message above, and at records that are missing or come later', () => {
		const { messages, passed } = read([
			progress({ type: 'hook_progress', hookEvent: 'SessionStart' }, { uuid: 'p', parentUuid: null }),
			user('a', { uuid: 'a', parentUuid: 'p' }),
			user('b', { uuid: 'b', parentUuid: 'gone' }),
			user('c', { uuid: 'c', parentUuid: 'd' }),
			user('d', { uuid: 'd', parentUuid: 'd' }),
			user('e', { uuid: 5, parentUuid: {} }),
		]);
		assert.deepEqual(
			messages.map(message => message.parentOffset),
			[null, null, null, null, null],
		);
		assert.deepEqual(
			passed.map(({ parentOffset }) => parentOffset),
			[null],
		);
		assert.equal(messages[4]?.key, null);
	});

	it('goes on over readings', () => {
		const bytes = bytesOf(
			user('a', { uuid: 'a' }),
			progress({ type: 'bash_progress' }, { uuid: 'p', parentUuid: 'a' }),
			user('b', { uuid: 'b', parentUuid: 'p' }),
		);
		const cut = bytes.lastIndexOf('\n', bytes.length - 2) + 1;
		assert.equal(readInPieces(bytes, [cut]).messages[1]?.parentOffset, 0);
	});
});

describe('repetitions of a uuid in one file', () => {
	it('count nothing: the first wins', () => {
		const { messages, summary, responses, toolCalls } = read([
			call('toolu_1', 'Bash', {}, { uuid: 'a', timestamp: at(0) }),
			assistant([{ type: 'tool_use', id: 'toolu_2', name: 'Read', input: {} }], { id: 'other' }, { uuid: 'a', timestamp: at(9) }),
			progress({ type: 'bash_progress' }, { uuid: 'p' }),
			user('x', { uuid: 'p' }),
		]);
		assert.deepEqual([messages.length, responses.length, toolCalls.length, summary.lastMs], [1, 1, 1, Date.parse(at(0))]);
	});
});

describe('records that another file owns', () => {
	const shared: readonly Json[] = [
		user('first', { uuid: 'a', timestamp: at(0), entrypoint: 'cli', session_id: 'session-0' }),
		call('toolu_1', 'Bash', { command: 'x' }, { uuid: 'b', parentUuid: 'a', timestamp: at(1) }),
		failure('toolu_1', 'Exit code 1', { uuid: 'c', parentUuid: 'b', timestamp: at(2) }),
		attachment({ type: 'hook_success', hookEvent: 'Stop', command: 'lint' }, { uuid: 'd', parentUuid: 'c', timestamp: at(3) }),
		user('<command-name>/x</command-name>', { uuid: 'e', timestamp: at(3) }),
		system('api_error', { uuid: 'f' }),
	];
	const own: readonly Json[] = [
		user('second, you forgot it', { uuid: 'g', parentUuid: 'd', timestamp: at(10), entrypoint: 'sdk-ts', cwd: '/elsewhere' }),
		assistant('ok', { id: 'msg_2' }, { uuid: 'h', parentUuid: 'g', timestamp: at(11) }),
	];
	const copies = ['a', 'b', 'c', 'd', 'e', 'f'];

	it('are messages and calls marked as copies, and nothing else', () => {
		const reading = read([...shared, ...own], { copies });
		assert.deepEqual(
			reading.messages.map(message => message.isCopy),
			[true, true, true, true, true, true, false, false],
		);
		assert.deepEqual(
			reading.toolCalls.map(fact => fact.isCopy),
			[true],
		);
		assert.deepEqual([reading.hooks, reading.permissions], [[], []]);
		assert.deepEqual(
			reading.responses.map(({ key }) => key),
			[keyOf('msg_2')],
		);
		assert.equal(only(reading.toolResults).status, 'error');
		assert.equal(reading.messages[6]?.parentOffset, reading.messages[3]?.offset);
	});

	it('change no count and no bound', () => {
		const { summary } = read([...shared, ...own], { copies });
		const { messages, userPrompts, toolErrors, apiErrors, hookExecutions, retries, slashCommands, firstMs, lastMs } = summary;
		assert.deepEqual(
			{ messages, userPrompts, toolErrors, apiErrors, hookExecutions, retries, slashCommands },
			{ messages: 2, userPrompts: 1, toolErrors: 0, apiErrors: 0, hookExecutions: 0, retries: 0, slashCommands: {} },
		);
		assert.deepEqual([firstMs, lastMs], [Date.parse(at(10)), Date.parse(at(11))]);
		assert.deepEqual(
			[summary.firstPrompt, summary.lastPrompt, summary.lastType],
			['second, you forgot it', 'second, you forgot it', 'answer'],
		);
	});

	it('say where the session comes from', () => {
		const { summary } = read([...shared, ...own], { copies });
		assert.deepEqual(
			[summary.firstPromptOfAll, summary.firstMsOfAll, summary.firstCwd, summary.origins, summary.forkedAt],
			['first', Date.parse(at(0)), '/home/ann/app', ['session-0'], 'f'],
		);
	});

	it('let a follow-up be a correction', () => {
		assert.equal(read([...shared, ...own], { copies }).summary.corrections, 1);
	});

	it('lend their entrypoint until there is one of the file’s own', () => {
		assert.equal(read(shared, { copies }).summary.firstEntrypoint, 'cli');
		assert.equal(read([...shared, ...own], { copies }).summary.firstEntrypoint, 'sdk-ts');
	});

	it('remember failures, so that the same call in the fork is a retry', () => {
		assert.equal(read([...shared, call('toolu_2', 'Bash', { command: 'x' }, { uuid: 'z' })], { copies }).summary.retries, 1);
	});

	it('leave the result of a copied call to the file that has it', () => {
		const { summary, toolResults } = read([...shared.slice(0, 2), failure('toolu_1', 'x', { uuid: 'new' })], { copies });
		assert.deepEqual([summary.toolErrors, toolResults.length], [1, 1]);
	});
});

describe('records with forkedFrom', () => {
	const fork = (original: string, extra: Json = {}) => ({ forkedFrom: { sessionId: 'session-0', messageUuid: original }, ...extra });
	const records = [
		user('first', fork('a', { uuid: 'new-a' })),
		assistant('x', {}, fork('b', { uuid: 'new-b', parentUuid: 'new-a' })),
		user('own', { uuid: 'c', parentUuid: 'new-b' }),
	];

	it('go by the key of the message they are a copy of, and are found by their own uuid', () => {
		const { messages, passed, summary } = read(records, { copies: ['a', 'b'] });
		assert.deepEqual(
			messages.map(({ key, isCopy }) => [key, isCopy]),
			[
				[keyOf('a'), true],
				[keyOf('b'), true],
				[keyOf('c'), false],
			],
		);
		assert.deepEqual(
			messages.map(message => message.parentOffset),
			[null, messages[0]?.offset, messages[1]?.offset],
		);
		assert.deepEqual(
			passed.map(({ key }) => key),
			[keyOf('new-a'), keyOf('new-b')],
		);
		assert.deepEqual([summary.origins, summary.forkedAt, summary.userPrompts], [['session-0'], 'b', 1]);
	});

	it('may be of any shape', () => {
		for (const forkedFrom of [null, 'x', 5, [], {}, { sessionId: 5, messageUuid: {} }]) {
			const { messages, summary } = read([user('x', { uuid: 'a', forkedFrom })]);
			assert.deepEqual([only(messages).key, summary.origins, summary.forkedAt], [keyOf('a'), [], null]);
		}
	});

	it('name each origin once', () => {
		assert.deepEqual(
			read([
				user('a', { session_id: 'x' }),
				user('b', { session_id: 'y' }),
				user('c', { session_id: 'x' }),
				user('d', { session_id: 'session-1' }),
			]).summary.origins,
			['x', 'y'],
		);
	});
});

describe('results without their call', () => {
	it('are messages all the same', () => {
		const { messages, toolResults } = read([result('toolu_9', 'ok')]);
		assert.deepEqual([messages.length, toolResults.length], [1, 0]);
	});
});
