/** Why VS Code's language-model API refused or failed, as the engine distinguishes it. */

export type LanguageModelReason = 'refused' | 'not-available' | 'rate-limited' | 'failed';

/** `code` as `vscode.LanguageModelError` has it; models tell rate limits by the name of the error they throw. */
export function languageModelReason(error: unknown): LanguageModelReason {
	const { code, name } = (typeof error === 'object' && error !== null ? error : {}) as { readonly code?: unknown; readonly name?: unknown };
	if (code === 'NoPermissions') return 'refused';
	if (code === 'NotFound') return 'not-available';
	// An extension that asked too often is blocked for a while.
	if (code === 'Blocked' || name === 'ChatRateLimited' || name === 'ChatQuotaExceeded') return 'rate-limited';
	return 'failed';
}
