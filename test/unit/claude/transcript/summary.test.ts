import assert from 'node:assert/strict';
import { keyOf } from '../../../../src/extension/claude/transcript/key.ts';
import { assistant, attachment, only, progress, read, system, user } from './reading.ts';

const at = (seconds: number): string => new Date(Date.UTC(2026, 0, 10, 10, 0, seconds)).toISOString();
const ms = (seconds: number): number => Date.parse(at(seconds));

describe('identity of a file', () => {
	it('comes from the first and the last of its records', () => {
		const { summary } = read([
			{ type: 'mode', mode: 'normal', sessionId: 'session-0' },
			user('a', { cwd: '/one', gitBranch: 'main', version: '2.1.1', entrypoint: 'cli', slug: 'quiet-red-fox' }),
			progress({ type: 'bash_progress' }, { cwd: '/two', gitBranch: 'dev', version: '2.1.2', entrypoint: 'sdk-ts' }),
			user('b', { cwd: '/three', gitBranch: '', version: '', sessionKind: 'bg' }),
		]);
		const { sessionId, firstCwd, lastGitBranch, lastVersion, firstEntrypoint, sessionKind, slug, agentId } = summary;
		assert.deepEqual(
			{ sessionId, firstCwd, lastGitBranch, lastVersion, firstEntrypoint, sessionKind, slug, agentId },
			{
				sessionId: 'session-0',
				firstCwd: '/one',
				lastGitBranch: 'dev',
				lastVersion: '2.1.2',
				firstEntrypoint: 'cli',
				sessionKind: 'bg',
				slug: 'quiet-red-fox',
				agentId: null,
			},
		);
	});

	it('is not believed when it is no text or absurdly long', () => {
		const { summary } = read([
			user('a', { cwd: 5, gitBranch: ['x'], version: { a: 1 }, sessionId: null, slug: true, entrypoint: 'x'.repeat(10_000) }),
			user('b', { cwd: 'a\u0000b', gitBranch: 'x\ud800' }),
		]);
		assert.deepEqual(
			[summary.firstCwd, summary.lastGitBranch, summary.lastVersion, summary.firstEntrypoint],
			['a\uFFFDb', 'x\uFFFD', '2.1.50', null],
		);
	});

	it('tells a sidechain by its first record of the conversation', () => {
		assert.equal(read([system('x', { isSidechain: true })]).summary.firstIsSidechain, null);
		assert.equal(read([attachment({}), assistant('x', {}, { isSidechain: true }), user('b')]).summary.firstIsSidechain, true);
		assert.equal(read([user('b'), assistant('x', {}, { isSidechain: true })]).summary.firstIsSidechain, false);
	});
});

describe('titles', () => {
	it('are the last of their kind, and an empty one clears', () => {
		const { summary } = read([
			{ type: 'custom-title', customTitle: 'First' },
			{ type: 'custom-title', customTitle: 'Second\nline' },
			{ type: 'ai-title', aiTitle: 'Made' },
			{ type: 'ai-title', aiTitle: 5 },
			{ type: 'agent-name', agentName: 'Worker' },
			{ type: 'agent-name', agentName: '' },
			{ type: 'last-prompt', lastPrompt: 'what now', leafUuid: 'x' },
			{ type: 'last-prompt', leafUuid: 'x' },
		]);
		assert.deepEqual(
			[summary.customTitle, summary.aiTitle, summary.agentName, summary.lastPromptHint],
			['Second line', 'Made', null, 'what now'],
		);
	});

	it('by summary name the conversation they belong to', () => {
		const { summaries } = read([
			{ type: 'summary', summary: 'Old title', leafUuid: 'leaf' },
			{ type: 'summary', summary: '', leafUuid: 'leaf' },
			{ type: 'summary', summary: 'x' },
		]);
		assert.deepEqual(only(summaries), { offset: 0, leafKey: keyOf('leaf'), title: 'Old title' });
	});
});

describe('the permission mode', () => {
	it('is the last one said, by a prompt or by a record of its own', () => {
		assert.equal(
			read([{ type: 'permission-mode', permissionMode: 'plan' }, user('a', { permissionMode: 'acceptEdits' })]).summary.permissionMode,
			'acceptEdits',
		);
		assert.equal(
			read([user('a', { permissionMode: 'acceptEdits' }), { type: 'permission-mode', permissionMode: 5 }]).summary.permissionMode,
			'acceptEdits',
		);
	});
});

describe('pull requests', () => {
	it('are listed once each', () => {
		const link = (prUrl: unknown) => ({ type: 'pr-link', prUrl, prNumber: 1 });
		assert.deepEqual(read([link('https://x/1'), link('https://x/2'), link('https://x/1'), link(5)]).summary.pullRequests, [
			'https://x/1',
			'https://x/2',
		]);
	});
});

describe('bounds and activity', () => {
	it('span all records of the chain, whatever their order', () => {
		const { summary } = read([
			user('a', { timestamp: at(50) }),
			progress({}, { timestamp: at(10) }),
			system('x', { timestamp: at(70) }),
			attachment({}, { timestamp: at(60) }),
		]);
		assert.deepEqual([summary.firstMs, summary.lastMs, summary.firstMsOfAll], [ms(10), ms(70), ms(10)]);
	});

	it('leave out records beside the chain', () => {
		const { summary } = read([
			user('a', { timestamp: at(50) }),
			{ type: 'queue-operation', operation: 'enqueue', content: 'x', timestamp: at(99) },
			{ type: 'pr-link', prUrl: 'x', timestamp: at(98) },
		]);
		assert.equal(summary.lastMs, ms(50));
	});
});

describe('unknown types', () => {
	it('are counted by type and form, and known ones are not', () => {
		const { summary } = read([
			{ type: 'brand-new' },
			{ type: 'brand-new' },
			system('brand_new'),
			attachment({ type: 'brand_new' }),
			attachment('x'),
			progress({ type: 'brand_new' }),
			progress('x'),
			{ type: 'queue-operation', operation: 'shuffle' },
			{ type: '__proto__' },
			{ type: 'constructor' },
			{ type: 'user:x' },
			{ type: 5 },
			{},
			system('turn_duration'),
			attachment({ type: 'file' }),
			progress({ type: 'bash_progress' }),
			{ type: 'file-history-snapshot' },
		]);
		assert.deepEqual(Object.entries(summary.unknownTypes), [
			['brand-new', 2],
			['system:brand_new', 1],
			['attachment:brand_new', 1],
			['attachment', 1],
			['progress:brand_new', 1],
			['progress', 1],
			['queue-operation:shuffle', 1],
			['__proto__', 1],
			['constructor', 1],
			['user:x', 1],
		]);
		assert.equal(summary.malformedLines, 0);
	});

	it('do not bloat the summary', () => {
		const { unknownTypes } = read(Array.from({ length: 2000 }, (_, i) => ({ type: `type-${i} ${'x'.repeat(500)}` }))).summary;
		assert.ok(Object.keys(unknownTypes).length <= 200 && JSON.stringify(unknownTypes).length < 20_000);
	});
});

describe('hostile records', () => {
	it('cannot reach the prototype of anything', () => {
		const names = ['__proto__', 'constructor', 'toString', 'hasOwnProperty'];
		read(
			names.flatMap(name => [
				`{"type":"user","__proto__":{"polluted":1},"${name}":{"polluted":1},"message":{"${name}":{"polluted":1},"content":"x"}}`,
				`{"type":"assistant","message":{"id":"${name}","model":"${name}","content":[{"type":"tool_use","id":"${name}","name":"${name}","input":{"__proto__":{"polluted":1}}}],"usage":{"__proto__":{"output_tokens":5}}}}`,
				`{"type":"${name}","uuid":"${name}"}`,
				`{"type":"user","message":{"content":"<command-name>/${name}</command-name>"}}`,
			]),
		);
		assert.equal(Object.hasOwn(Object.prototype, 'polluted'), false);
		assert.equal(({} as { polluted?: unknown }).polluted, undefined);
	});

	it('may hold any JSON in any field', () => {
		const wrong = [null, true, -1, 1e300, '', 'x', [], [[]], [null], {}, { type: 'x' }, { content: {} }];
		const fields = [
			'type',
			'subtype',
			'uuid',
			'parentUuid',
			'timestamp',
			'sessionId',
			'session_id',
			'version',
			'cwd',
			'forkedFrom',
			'origin',
			'message',
			'toolUseResult',
			'data',
			'attachment',
			'operation',
			'content',
			'hookInfos',
			'hookErrors',
			'leafUuid',
			'summary',
			'customTitle',
			'lastPrompt',
			'prUrl',
			'toolDenialKind',
			'userFeedback',
			'permissionMode',
		];
		const bases = [
			user('x'),
			user([{ type: 'tool_result', tool_use_id: 'a', is_error: true }]),
			assistant([]),
			system('stop_hook_summary'),
			system('local_command'),
			progress({ type: 'agent_progress' }),
			attachment({ type: 'queued_command' }),
			{ type: 'queue-operation', operation: 'remove' },
			{ type: 'summary' },
			{ type: 'custom-title' },
			{ type: 'last-prompt' },
			{ type: 'pr-link' },
			{ type: 'permission-mode' },
		];
		for (const base of bases) {
			const { summary } = read(fields.flatMap(field => wrong.map(value => ({ ...base, uuid: undefined, [field]: value }))));
			assert.equal(summary.malformedLines, 0);
			assert.equal(summary.lines, fields.length * wrong.length);
		}
	});
});
