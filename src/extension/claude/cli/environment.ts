/** What a `claude` that we start finds in its environment, and how it is told what to do without being asked. */

/**
 * Variables by which Claude Code knows that it runs inside itself; inherited, they make it refuse or not save the session.
 * By name: a wildcard would also take the user's login away.
 */
export const sessionIdentityVariables = [
	'CLAUDECODE',
	'CLAUDE_CODE_ENTRYPOINT',
	'CLAUDE_CODE_SSE_PORT',
	'CLAUDE_SESSION_ID',
	'CLAUDE_CODE_SESSION_ID',
	'CLAUDE_CODE_CHILD_SESSION',
	'CLAUDE_CODE_SESSION_KIND',
	'CLAUDE_CODE_REMOTE_SESSION_ID',
	'CLAUDE_CODE_RESUME_FROM_SESSION',
] as const;

/** A person may want it for sessions of their own; it would have ours recorded. */
const recordingVariable = 'CLAUDE_CODE_FORCE_SESSION_PERSISTENCE';

/** What an editor sets for its own processes and would mislead another program. */
const editorVariables = /^(?:VSCODE_|ELECTRON_|NODE_OPTIONS$|NODE_INSPECT)/;

/** The environment for a request of our own: the user's, without traces of a session or an editor around it. */
export function requestEnvironment(env: Readonly<Record<string, string | undefined>>): Record<string, string> {
	const own: Record<string, string> = {};
	for (const [name, value] of Object.entries(env)) {
		const isIdentity = (sessionIdentityVariables as readonly string[]).includes(name);
		if (value === undefined || isIdentity || name === recordingVariable || editorVariables.test(name)) continue;
		own[name] = value;
	}
	return {
		...own,
		// Sorting needs no thinking; by default a request allows 32,000 tokens of it (seen with 2.1.197).
		MAX_THINKING_TOKENS: '0',
		// A cut stream would be asked, and paid, a second time without a word (seen with 2.1.197). We ask again ourselves.
		CLAUDE_CODE_DISABLE_NONSTREAMING_FALLBACK: '1',
		// Otherwise an answer of the wrong shape is asked for up to five times inside one call.
		MAX_STRUCTURED_OUTPUT_RETRIES: '1',
		// For versions that ignore --no-session-persistence.
		CLAUDE_CODE_SKIP_PROMPT_HISTORY: '1',
		// With the user's settings comes their memory (CLAUDE.md), which nobody agreed to send (seen with 2.1.197).
		CLAUDE_CODE_DISABLE_CLAUDE_MDS: '1',
		CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC: '1',
		DISABLE_AUTOUPDATER: '1',
	};
}

export interface RequestArguments {
	readonly model: string;
	readonly systemPrompt: string;
	readonly schema: object;
	/** A uuid: the session that Claude Code would record, should it ignore that it must not. */
	readonly sessionId: string;
	/** Lets the CLI read the user's own settings, where a login may stand. Never those of a project. */
	readonly loadUserSettings: boolean;
	/** The CLI stops by itself above this; null without a limit. */
	readonly maxCostUsd: number | null;
}

/** One request: no tools, no hooks, no MCP servers, no skills, no session left behind (CLS-5). The prompt itself comes through stdin. */
export function requestArguments(request: RequestArguments): string[] {
	return [
		'--print',
		...['--output-format', 'stream-json', '--verbose', '--include-partial-messages'],
		...['--model', request.model],
		...['--system-prompt', request.systemPrompt],
		...['--json-schema', JSON.stringify(request.schema)],
		...['--tools', ''],
		...['--setting-sources', request.loadUserSettings ? 'user' : ''],
		// Beats the user's settings: their hooks would run with each request (seen with 2.1.197).
		...['--settings', JSON.stringify({ disableAllHooks: true })],
		'--strict-mcp-config',
		'--disable-slash-commands',
		'--no-session-persistence',
		...['--session-id', request.sessionId],
		...(request.maxCostUsd === null ? [] : ['--max-budget-usd', request.maxCostUsd.toFixed(4)]),
	];
}

/** Older versions may delete history when settings are not loaded (CLS-5). */
export const leastVersion = '2.1.101';

/** The version in what `claude --version` prints; null when there is none. */
export function versionIn(output: string): string | null {
	return /(?:^|\s)(\d+\.\d+\.\d+)/.exec(output)?.[1] ?? null;
}

export function isOlder(version: string, than: string): boolean {
	const [a, b] = [version, than].map(text => text.split('.').map(Number));
	for (const index of [0, 1, 2]) {
		const difference = (a?.[index] ?? 0) - (b?.[index] ?? 0);
		if (difference !== 0) return difference < 0;
	}
	return false;
}
