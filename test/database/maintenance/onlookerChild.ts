/** A window that looks on: prints the corrected sessions whenever they change, and corrects those named on its input. */
import { createInterface } from 'node:readline/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { Ledger } from '../../../src/extension/store/ledger/ledger.ts';
import { correct, corrected } from './dataFolder.ts';

const { ledger } = await Ledger.open({ folder: process.argv[2] ?? '' });
createInterface({ input: process.stdin }).on('line', line => void correct(ledger, line));
for (let said = ''; ;) {
	await ledger.refresh();
	const now = corrected(ledger).join(' ');
	if (now !== said) console.log(now);
	said = now;
	await sleep(20);
}
