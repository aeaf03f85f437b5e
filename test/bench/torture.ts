/**
 * `npm run torture -- [--kills 200] [--seed S] [--bytes 300MB]`
 *
 * Kills the headless report with SIGKILL at random moments and checks every next start; exit code 1 when one of them could
 * not open its files or reports anything else than an undisturbed run. The seed gives the same moments again.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { formatBytes, parseBytes } from '../support/historyGenerator/byteSize.ts';
import { generateHistory } from '../support/historyGenerator/history.ts';
import { tortureReports } from '../support/killedReports.ts';

const { values } = parseArgs({
	options: {
		kills: { type: 'string', default: '200' },
		seed: { type: 'string', default: String(Date.now() % 1_000_000) },
		bytes: { type: 'string', default: '300MB' },
	},
});
const scratch = mkdtempSync(path.join(tmpdir(), 'torture-'));
try {
	const claudeDir = path.join(scratch, 'claude');
	const truth = generateHistory(claudeDir, { seed: values.seed, bytes: parseBytes(values.bytes) });
	console.log(`seed ${values.seed}, ${truth.sessions} sessions, ${formatBytes(truth.bytes)}`);
	const counts = await tortureReports({
		claudeDir,
		dataDir: path.join(scratch, 'data'),
		kills: Number(values.kills),
		seed: values.seed,
		log: line => console.log(line),
	});
	const { failures, ...figures } = counts;
	for (const failure of failures) console.error(failure);
	console.log(JSON.stringify({ seed: values.seed, ...figures, failures: failures.length }));
	process.exitCode = failures.length > 0 || counts.kills < Number(values.kills) ? 1 : 0;
} finally {
	rmSync(scratch, { recursive: true, force: true });
}
