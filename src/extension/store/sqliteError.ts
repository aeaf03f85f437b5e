/** Why SQLite refused: what callers may decide on. The message is for logs and people. */
export type SqliteReason = 'constraint' | 'corrupt' | 'full' | 'busy' | 'misuse' | 'other';

export class SqliteError extends Error {
	override readonly name = 'SqliteError';
	readonly reason: SqliteReason;
	constructor(reason: SqliteReason, message: string) {
		super(message);
		this.reason = reason;
	}
}

/** Result codes of https://sqlite.org/rescode.html, by what a caller can do about them. */
export function reasonOf(code: number): SqliteReason {
	switch (code) {
		case 19: // CONSTRAINT
			return 'constraint';
		case 11: // CORRUPT
		case 26: // NOTADB
			return 'corrupt';
		case 7: // NOMEM
		case 13: // FULL
			return 'full';
		case 5: // BUSY
		case 6: // LOCKED
			return 'busy';
		case 20: // MISMATCH
		case 21: // MISUSE
		case 25: // RANGE
			return 'misuse';
		default:
			return 'other';
	}
}
