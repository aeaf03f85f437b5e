/** What a person agreed to: once for each workspace and provider (CLS-6). */
import type { LedgerReader, LedgerTransaction } from './transaction.ts';

/** `terms`: what was shown when the person agreed, as JSON. */
export function grantConsent(tx: LedgerTransaction, scope: string, provider: string, at: string, terms: string): void {
	tx.run(
		`INSERT INTO consents (scope, provider, granted_at, terms) VALUES (?1, ?2, ?3, ?4)
		ON CONFLICT (scope, provider) DO UPDATE SET granted_at = excluded.granted_at, terms = excluded.terms`,
		scope,
		provider,
		at,
		terms,
	);
}

/** With the terms that were agreed to; undefined without consent. */
export function consentOf(reader: LedgerReader, scope: string, provider: string): { readonly terms: string | null } | undefined {
	return reader.prepare<{ terms: string | null }>('SELECT terms FROM consents WHERE scope = ? AND provider = ?').get(scope, provider);
}

export function revokeConsents(tx: LedgerTransaction, scope: string): void {
	tx.run('DELETE FROM consents WHERE scope = ?', scope);
}
