/**
 * A window that only writes: `ledgerChild.ts FOLDER NAME COUNT FOLD_BYTES` adds COUNT notes, named NAME-1 and so on, and
 * prints each number once the ledger says that it is safe. A refused one is printed as `! reason` and ends it.
 */
import { writeSync } from 'node:fs';
import { Ledger, LedgerError } from '../../../src/extension/store/ledger/ledger.ts';

const [folder = '', name = '', count = '0', foldBytes = '4096'] = process.argv.slice(2);
const { ledger } = await Ledger.open({ folder, foldBytes: Number(foldBytes) });
try {
	for (let i = 1; i <= Number(count); i++) {
		await ledger.change(tx => {
			tx.run(
				'INSERT INTO notes (session_id, text, updated_at) VALUES (?, ?, ?)',
				`${name}-${i}`,
				'x'.repeat(2000),
				'2026-01-02T03:04:05.678Z',
			);
			tx.run("INSERT INTO meta (key, value) VALUES ('notes', '1') ON CONFLICT (key) DO UPDATE SET value = value + 1");
		});
		writeSync(1, `${i}\n`);
	}
	await ledger.close();
} catch (error) {
	if (!(error instanceof LedgerError)) throw error;
	const known = ledger.read(reader => reader.prepare<{ n: number }>('SELECT count(*) AS n FROM notes').get()?.n);
	writeSync(1, `! ${error.reason} with ${known} notes\n`);
}
