import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { generateHistory } from '../support/historyGenerator/history.ts';
import { tortureReports } from '../support/killedReports.ts';

const seed = 20;
const kills = 20;

describe('A report that is killed', () => {
	let scratch: string;
	before(() => {
		scratch = mkdtempSync(path.join(tmpdir(), 'killed-'));
	});
	after(() => rmSync(scratch, { recursive: true, force: true }));

	it('leaves files that the next start opens and completes as if nothing had happened (DB-3, IDX-6)', async function () {
		this.timeout(180_000);
		const claudeDir = path.join(scratch, 'claude');
		generateHistory(claudeDir, { seed, sessions: 40, bytes: 6_000_000 });
		const lines: string[] = [];
		const counts = await tortureReports({ claudeDir, dataDir: path.join(scratch, 'data'), kills, seed, log: line => lines.push(line) });
		assert.deepEqual(counts.failures, [], lines.join('\n'));
		assert.equal(counts.kills, kills);
		assert.ok(counts.cold > 0 && counts.incremental > 0);
	});
});
