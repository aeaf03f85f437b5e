import type { Ledger } from './ledger.ts';

/** Sizes of a file. */
export interface Vacuumed {
	readonly bytesBefore: number;
	readonly bytesAfter: number;
}

/** Writes the ledger anew without its free pages. Rejects with `LedgerError`. */
export function vacuumLedger(ledger: Ledger): Promise<Vacuumed> {
	return ledger.exclusively(async (image, lock) => {
		const bytesBefore = image.db.size.bytes;
		image.db.vacuum();
		await image.fold(lock);
		return { bytesBefore, bytesAfter: image.db.size.bytes };
	});
}
