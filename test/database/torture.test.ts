import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { generateHistory } from '../support/historyGenerator/history.ts';
import { tortureReports } from '../support/killedReports.ts';
import { shortProcessFlags } from '../support/shortProcess.ts';

// Its first eight moments are cold and incremental ones, each while a file is saved and at any time.
const seed = 25;
const kills = 8;

describe('A report that is killed', () => {
	let scratch: string;
	before(() => {
		scratch = mkdtempSync(path.join(tmpdir(), 'killed-'));
	});
	after(() => rmSync(scratch, { recursive: true, force: true }));

	it('leaves files that the next start opens and completes as if nothing had happened (DB-3, IDX-6)', async function () {
		this.timeout(600_000);
		const claudeDir = path.join(scratch, 'claude');
		generateHistory(claudeDir, { seed, sessions: 20, bytes: 1_500_000 });
		const lines: string[] = [];
		const counts = await tortureReports({
			claudeDir,
			dataDir: path.join(scratch, 'data'),
			kills,
			seed,
			flags: shortProcessFlags,
			log: line => lines.push(line),
		});
		assert.deepEqual(counts.failures, [], lines.join('\n'));
		assert.equal(counts.kills, kills);
		assert.ok(counts.cold > 0 && counts.incremental > 0);
	});
});
