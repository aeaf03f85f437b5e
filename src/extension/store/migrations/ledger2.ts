import type { Migration } from './migration.ts';

/**
 * Sessions that a person wanted forgotten: nothing is kept of them but their ids, so that the next run does not bring them
 * back while their transcripts are there.
 */
export const ledger2: Migration = {
	name: 'forgotten sessions',
	up: `
CREATE TABLE forgotten_sessions (
	session_id TEXT PRIMARY KEY,
	forgotten_at TEXT NOT NULL CHECK (forgotten_at LIKE '____-__-__T__:__:__.___Z')
) STRICT, WITHOUT ROWID;
`,
	down: 'DROP TABLE forgotten_sessions;',
};
