/** `restoringChild.ts FOLDER BACKUP OTHER` restores one of two backups after the other, for ever; says when it begins and when each is done. */
import { writeSync } from 'node:fs';
import { LedgerBackups } from '../../../src/extension/store/ledger/backups.ts';
import { Ledger } from '../../../src/extension/store/ledger/ledger.ts';

const [folder = '', one = '', other = ''] = process.argv.slice(2);
const { ledger } = await Ledger.open({ folder });
const backups = new LedgerBackups({ ledger, folder });
writeSync(1, 'ready\n');
for (;;) {
	for (const file of [one, other]) {
		await backups.restore(file);
		writeSync(1, 'done\n');
	}
}
