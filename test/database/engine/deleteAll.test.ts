import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as pause } from 'node:timers/promises';
import { deleteAllData } from '../../../src/extension/engine/personsData.ts';
import { deleteDataFolder, DeletionError } from '../../../src/extension/store/dataFolder.ts';
import { identityOf, liveness, type ProcessIdentity } from '../../../src/extension/store/processIdentity.ts';
import { LedgerError } from '../../../src/extension/store/ledger/ledger.ts';
import { assistantText, conversation, userPrompt } from '../../support/historyGenerator/records.ts';
import { ClaudeHome } from './claudeHome.ts';
import { HeadlessEngine } from './headless.ts';

/** In place of `claude`: notes its process, and never answers. */
function holdingClaude(folder: string): string {
	const file = path.join(folder, 'holding-claude');
	writeFileSync(
		file,
		`#!${process.execPath}
const { appendFileSync, existsSync, readFileSync } = require('node:fs');
const folder = ${JSON.stringify(folder)};
if (process.argv[2] === '--version') {
	console.log('2.1.197 (Claude Code)');
	process.exit(0);
}
readFileSync(0);
appendFileSync(folder + '/asked', process.pid + '\\n');
const until = Date.now() + 30_000;
setInterval(() => (existsSync(folder) && Date.now() < until ? null : process.exit(1)), 50);
`,
		{ mode: 0o755 },
	);
	return file;
}

/** The process that was asked, as soon as there is one. */
async function asked(folder: string): Promise<ProcessIdentity> {
	for (;;) {
		const file = path.join(folder, 'asked');
		const pid = existsSync(file) ? Number.parseInt(readFileSync(file, 'utf8')) : NaN;
		if (!Number.isNaN(pid)) return identityOf(pid);
		await pause(20);
	}
}

describe('Deleting all data', () => {
	let home: ClaudeHome;
	let dataDir: string;
	beforeEach(() => {
		home = new ClaudeHome('deleting');
		dataDir = mkdtempSync(path.join(tmpdir(), 'deleting-data-'));
		const talk = conversation({ sessionId: 'aaaaaaaa-0000-4000-8000-000000000001' });
		home.transcript(talk, [userPrompt(talk, 'go'), assistantText(talk, 'Yes.')]);
	});
	afterEach(() => {
		home.remove();
		rmSync(dataDir, { recursive: true, force: true });
	});
	const open = (): Promise<HeadlessEngine> => HeadlessEngine.open(home.dir, { dataDir });

	it('leaves nothing in the folder, and the next start begins anew', async () => {
		const engine = await open();
		await engine.index();
		await engine.storage.maintenance.backups?.make(1);
		await engine.close();
		assert.ok(readdirSync(dataDir).length > 3);
		await deleteDataFolder(dataDir);
		assert.deepEqual(readdirSync(dataDir), []);
		const again = await open();
		await again.index();
		assert.equal(again.sessions().size, 1);
		await again.close();
	});

	it('is refused while another window writes, and deletes nothing', async () => {
		const other = await open();
		await other.index();
		await other.storage.save();
		const before = readdirSync(dataDir).sort();
		await assert.rejects(deleteDataFolder(dataDir, 50), DeletionError);
		assert.deepEqual(readdirSync(dataDir).sort(), before);
		await other.close();
	});

	it('ends what another window asks and runs, has it close its files, and leaves nothing behind', async function () {
		this.timeout(60_000);
		if (process.platform === 'win32') {
			console.log('      skipped: the program that stands in for the CLI is a shell script');
			this.skip();
		}
		const program = holdingClaude(home.root);
		const child = spawn(process.execPath, [path.join(import.meta.dirname, 'windowChild.ts'), home.dir, dataDir, program], {
			stdio: ['ignore', 'pipe', 'inherit'],
		});
		// It may have ended before its last line is read.
		const exited = once(child, 'exit');
		try {
			const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
			assert.equal((await lines.next()).value, 'ready');
			const request = await asked(home.root);
			assert.equal(liveness(request), 'alive');
			const here = await open();
			await here.engine.start();
			await here.engine.idle();
			await deleteAllData(here.engine);
			assert.deepEqual(readdirSync(dataDir), []);
			assert.equal(liveness(request), 'dead', 'it is paid for, and nobody will have its answer');
			assert.equal((await lines.next()).value, 'closed');
			assert.deepEqual(await exited, [0, null]);
			assert.deepEqual(readdirSync(dataDir), []);
		} finally {
			child.kill('SIGKILL');
		}
	});

	it('ends a request whose window was killed', async function () {
		this.timeout(60_000);
		if (process.platform !== 'linux') {
			console.log('      skipped: only on Linux can the number of a process be told to be still its own');
			this.skip();
		}
		const program = holdingClaude(home.root);
		const child = spawn(process.execPath, [path.join(import.meta.dirname, 'windowChild.ts'), home.dir, dataDir, program], {
			stdio: ['ignore', 'ignore', 'inherit'],
		});
		const request = await asked(home.root);
		child.kill('SIGKILL');
		await once(child, 'exit');
		assert.equal(liveness(request), 'alive');
		await deleteAllData((await open()).engine);
		assert.equal(liveness(request), 'dead');
		assert.deepEqual(readdirSync(dataDir), []);
	});

	it('goes on where the ledger cannot say what runs', async () => {
		const engine = await open();
		await engine.index();
		engine.engine.background.queue.feed.refresh = () => Promise.reject(new LedgerError('busy', 'Another process holds it'));
		await deleteAllData(engine.engine);
		assert.deepEqual(readdirSync(dataDir), []);
		assert.match(engine.events.log.map(({ text }) => text).join(), /Some jobs did not end .*Another process holds it/);
	});

	it('is not undone by a window that had the data in memory and holds no lock', async () => {
		const saver = await open();
		await saver.index();
		await saver.storage.save();
		const onlooker = await open();
		await onlooker.index();
		await saver.close();
		await deleteDataFolder(dataDir);
		onlooker.storage.tables.setMeta('note', 'mine');
		await onlooker.storage.save();
		await assert.rejects(
			onlooker.engine.background.marks.change({ sessions: [{ sessionId: 's', note: 'typed after' }] }),
			(error: unknown) => error instanceof LedgerError && error.reason === 'deleted',
		);
		await onlooker.close();
		assert.deepEqual(
			readdirSync(dataDir).filter(name => !name.endsWith('.lock')),
			[],
		);
	});
});
