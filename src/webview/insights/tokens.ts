import type { TokenCounts } from '../contract/sessions.ts';

export function totalTokens(tokens: TokenCounts): number {
	return tokens.input + tokens.output + tokens.cacheRead + tokens.cacheWrite5m + tokens.cacheWrite1h;
}
