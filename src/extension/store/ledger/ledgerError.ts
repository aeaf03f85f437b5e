/** Why the ledger refused: what callers may decide on. */
import { isFileError, SaveError, saveError } from '../atomicFile.ts';
import { LockError } from '../lock.ts';
import { MigrationError } from '../migrations/migration.ts';

export type LedgerReason =
	| 'busy' // another process holds the lock and is alive
	| 'disk full'
	| 'read only'
	| 'not saved' // any other failure of the file system
	| 'lock lost' // this process was suspended so long that another one took over; the change did not happen
	| 'other version' // another version of the extension changed the files: the window must be reloaded
	| 'deleted' // a person deleted all data: the window must be reloaded
	| 'closed';

export class LedgerError extends Error {
	override readonly name = 'LedgerError';
	readonly reason: LedgerReason;
	constructor(reason: LedgerReason, message: string, cause?: unknown) {
		super(message, { cause });
		this.reason = reason;
	}
}

/** Errors of the files as the ledger's own; mistakes in the program, and in the SQL of a change, stay what they are. */
export function ledgerError(error: unknown): unknown {
	if (error instanceof LockError) return new LedgerError(error.reason === 'busy' ? 'busy' : 'lock lost', error.message, error);
	if (error instanceof MigrationError) return new LedgerError('other version', error.message, error);
	const save = error instanceof SaveError ? error : isFileError(error) ? saveError('the ledger', error) : null;
	if (save === null) return error;
	return new LedgerError(save.reason === 'disk full' || save.reason === 'read only' ? save.reason : 'not saved', save.message, error);
}
