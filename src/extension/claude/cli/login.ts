/** What `claude auth status` prints: whether there is a login, and whom its requests are billed to. As 2.1.197 says it. */

export interface Login {
	/** Null where a version says nothing either way; the first request will. */
	readonly isLoggedIn: boolean | null;
	/** For people, as in "Claude CLI 2.1.197, API key from the environment"; null where it is not said. */
	readonly billedBy: string | null;
}

const methods: Readonly<Record<string, string>> = {
	'claude.ai': 'Claude subscription',
	oauth_token: 'token from the environment',
	api_key_helper: 'API key from the helper in the user settings',
};
const keySources: Readonly<Record<string, string>> = {
	ANTHROPIC_API_KEY: 'API key from the environment',
	apiKeyHelper: 'API key from the helper in the user settings',
	'/login managed key': 'API key of an Anthropic Console account',
};
const clouds: Readonly<Record<string, string>> = {
	bedrock: 'Amazon Bedrock',
	vertex: 'Google Vertex AI',
	foundry: 'Microsoft Foundry',
};

/** `authStatusJson` is what the command printed; null when it could not be run. */
export function loginOf(authStatusJson: string | null): Login {
	const { loggedIn, authMethod, apiProvider, apiKeySource } = fieldsIn(authStatusJson);
	const isLoggedIn = typeof loggedIn === 'boolean' ? loggedIn : null;
	if (isLoggedIn !== true) return { isLoggedIn, billedBy: null };
	// A key in the environment comes before a subscription, often to the surprise of whoever pays for both.
	const billedBy = named(clouds, apiProvider) ?? named(keySources, apiKeySource) ?? named(methods, authMethod);
	return { isLoggedIn, billedBy: billedBy ?? (authMethod === 'api_key' ? 'API key' : null) };
}

const named = (texts: Readonly<Record<string, string>>, name: unknown): string | null =>
	typeof name === 'string' && Object.hasOwn(texts, name) ? (texts[name] ?? null) : null;

function fieldsIn(json: string | null): Readonly<Record<string, unknown>> {
	try {
		const value: unknown = JSON.parse(json ?? '');
		return typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>) : {};
	} catch {
		return {};
	}
}
