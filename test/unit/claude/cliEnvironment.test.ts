/** What a `claude` of ours finds around it, and is told (CLS-5). test/cli/ sees what the real program makes of it. */
import assert from 'node:assert/strict';
import {
	isOlder,
	requestArguments,
	requestEnvironment,
	sessionIdentityVariables,
	versionIn,
} from '../../../src/extension/claude/cli/environment.ts';
import { loginOf } from '../../../src/extension/claude/cli/login.ts';

const request = {
	model: 'haiku',
	systemPrompt: 's',
	schema: { type: 'object' },
	sessionId: 'id',
	loadUserSettings: false,
	maxCostUsd: null,
};
/** What follows the option; undefined when it is not there. */
const valueOf = (option: string, changes: Partial<Parameters<typeof requestArguments>[0]> = {}): string | undefined => {
	const args = requestArguments({ ...request, ...changes });
	const at = args.indexOf(option);
	return at < 0 ? undefined : args[at + 1];
};

describe('the environment of a claude that we start', () => {
	it('has nothing in it of a session around the editor, nor of the editor', () => {
		const around = {
			CLAUDECODE: '1',
			CLAUDE_CODE_ENTRYPOINT: 'cli',
			CLAUDE_CODE_SSE_PORT: '1234',
			CLAUDE_SESSION_ID: 'a',
			CLAUDE_CODE_SESSION_ID: 'a',
			CLAUDE_CODE_CHILD_SESSION: '1',
			CLAUDE_CODE_SESSION_KIND: 'bg',
			CLAUDE_CODE_REMOTE_SESSION_ID: 'a',
			CLAUDE_CODE_RESUME_FROM_SESSION: 'a',
			CLAUDE_CODE_FORCE_SESSION_PERSISTENCE: '1',
			VSCODE_PID: '1',
			ELECTRON_RUN_AS_NODE: '1',
			NODE_OPTIONS: '--inspect',
			UNSET: undefined,
		};
		const names = Object.keys(requestEnvironment(around));
		assert.deepEqual(
			Object.keys(around).filter(name => names.includes(name)),
			[],
		);
	});

	it("takes away no variable that holds the user's login or says where Claude's data lie", () => {
		for (const name of sessionIdentityVariables) assert.doesNotMatch(name, /TOKEN|KEY|AUTH|BEDROCK|VERTEX/);
		const users = {
			PATH: '/bin',
			HOME: '/home/ann',
			ANTHROPIC_API_KEY: 'k',
			ANTHROPIC_AUTH_TOKEN: 't',
			CLAUDE_CODE_OAUTH_TOKEN: 'o',
			CLAUDE_CODE_USE_BEDROCK: '1',
			CLAUDE_CONFIG_DIR: '/data',
			HTTPS_PROXY: 'http://proxy:1',
		};
		const found = requestEnvironment(users);
		for (const [name, value] of Object.entries(users)) assert.equal(found[name], value, name);
	});

	it('has no memory loaded, no thinking and no second request, whatever the user has set', () => {
		const found = requestEnvironment({ CLAUDE_CODE_DISABLE_CLAUDE_MDS: '0', MAX_THINKING_TOKENS: '32000' });
		assert.equal(found['CLAUDE_CODE_DISABLE_CLAUDE_MDS'], '1');
		assert.equal(found['MAX_THINKING_TOKENS'], '0');
		assert.equal(found['CLAUDE_CODE_DISABLE_NONSTREAMING_FALLBACK'], '1');
	});
});

describe('the arguments of a claude that we start', () => {
	it('run no hooks, with the settings of the user and without', () => {
		for (const loadUserSettings of [true, false])
			assert.deepEqual(JSON.parse(valueOf('--settings', { loadUserSettings }) ?? ''), { disableAllHooks: true });
	});

	it('load the settings of the user when that was agreed to, and never those of a project', () => {
		assert.equal(valueOf('--setting-sources'), '');
		assert.equal(valueOf('--setting-sources', { loadUserSettings: true }), 'user');
	});

	it('offer no tools, leave no session, and never switch permissions off', () => {
		assert.equal(valueOf('--tools'), '');
		const args = requestArguments(request);
		for (const option of ['--no-session-persistence', '--strict-mcp-config', '--disable-slash-commands']) assert.ok(args.includes(option));
		assert.ok(!args.some(arg => /dangerously|bypass|permission/i.test(arg)));
	});

	it('name the most a request may cost, where there is a limit', () => {
		assert.equal(valueOf('--max-budget-usd'), undefined);
		assert.equal(valueOf('--max-budget-usd', { maxCostUsd: 0.25 }), '0.2500');
	});
});

describe('the version of claude', () => {
	it('is found in what it prints, and compared number by number', () => {
		assert.equal(versionIn('2.1.197 (Claude Code)\n'), '2.1.197');
		assert.equal(versionIn('warning: x\n2.1.7'), '2.1.7');
		assert.equal(versionIn('v2 of something'), null);
		assert.equal(isOlder('2.1.99', '2.1.101'), true);
		assert.equal(isOlder('2.1.101', '2.1.101'), false);
		assert.equal(isOlder('3.0.0', '2.1.101'), false);
		assert.equal(isOlder('1.9.999', '2.1.101'), true);
	});
});

describe('the login of claude', () => {
	it('tells by what requests are billed, as `claude auth status` of 2.1.197 has it', () => {
		const billedBy = (fields: object) => loginOf(JSON.stringify({ loggedIn: true, ...fields })).billedBy;
		const anthropic = { apiProvider: 'firstParty' };
		assert.equal(billedBy({ ...anthropic, authMethod: 'api_key', apiKeySource: 'ANTHROPIC_API_KEY' }), 'API key from the environment');
		assert.equal(
			billedBy({ ...anthropic, authMethod: 'api_key_helper', apiKeySource: 'apiKeyHelper' }),
			'API key from the helper in the user settings',
		);
		assert.equal(billedBy({ ...anthropic, authMethod: 'oauth_token' }), 'token from the environment');
		assert.equal(billedBy({ apiProvider: 'bedrock', authMethod: 'third_party' }), 'Amazon Bedrock');
		assert.equal(billedBy({ ...anthropic, authMethod: 'claude.ai', subscriptionType: 'max' }), 'Claude subscription');
		assert.equal(billedBy({ ...anthropic, authMethod: 'constructor' }), null);
	});

	it('is not guessed at where the program says nothing, or nothing that is understood', () => {
		assert.deepEqual(loginOf('{"loggedIn":false,"authMethod":"none"}'), { isLoggedIn: false, billedBy: null });
		for (const output of [null, '', 'error: unknown command', 'null', '7', '{"loggedIn":"yes"}'])
			assert.deepEqual(loginOf(output), { isLoggedIn: null, billedBy: null });
	});
});
