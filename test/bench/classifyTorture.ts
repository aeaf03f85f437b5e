/**
 * `npm run torture:classify -- [--sessions 500] [--kills 30] [--concurrency 4] [--seed S]`
 *
 * Classifies with the real `claude` program against an API that fails one request in five, kills the command with SIGKILL at
 * random moments, and compares what was recorded with what the API billed; exit code 1 when they differ.
 */
import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { claudeProgram } from '../support/claudeProgram.ts';
import { classifyUnderFire, faultsOf } from '../support/killedClassification.ts';
import { startMessagesApi } from '../support/messagesApi.ts';

const { values } = parseArgs({
	options: {
		sessions: { type: 'string', default: '500' },
		kills: { type: 'string', default: '30' },
		concurrency: { type: 'string', default: '4' },
		seed: { type: 'string', default: String(Date.now() % 1_000_000) },
	},
});
const [sessions, kills, concurrency] = [Number(values.sessions), Number(values.kills), Number(values.concurrency)];
const folder = realpathSync(mkdtempSync(join(tmpdir(), 'classify-torture-')));
const api = await startMessagesApi();
try {
	console.log(`seed ${values.seed}, ${sessions} sessions`);
	const program = await claudeProgram();
	const outcome = await classifyUnderFire({
		program,
		api,
		folder,
		sessions,
		kills,
		concurrency,
		seed: values.seed,
		log: line => console.log(line),
	});
	const wrong = faultsOf(outcome, sessions, concurrency);
	for (const line of wrong) console.error(line);
	console.log(JSON.stringify({ seed: values.seed, ...outcome, requests: api.requests.length, failures: wrong.length }));
	process.exitCode = wrong.length > 0 || outcome.kills < kills ? 1 : 0;
} finally {
	await api.close();
	rmSync(folder, { recursive: true, force: true });
}
