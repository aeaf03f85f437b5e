/** A process that wants the lock: `hold` keeps it, `die` is killed with it, `add FILE TIMES` adds to the number in a file under it. */
import { readFileSync, writeFileSync } from 'node:fs';
import { Lock } from '../../../src/extension/store/lock.ts';

const [directory = '', task = '', file = '', times = '0'] = process.argv.slice(2);

switch (task) {
	case 'hold':
		await Lock.acquire(directory, 60_000);
		console.log('held');
		setInterval(() => undefined, 1000);
		break;
	case 'die':
		await Lock.acquire(directory, 60_000);
		process.kill(process.pid, 'SIGKILL');
		break;
	default:
		for (let i = 0; i < Number(times); i++) {
			const lock = await Lock.acquire(directory, 60_000);
			writeFileSync(file, `${Number(readFileSync(file, 'utf8')) + 1}`);
			lock.verify();
			await lock.release();
		}
}
