import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { deleteDataFolder, DeletionError } from '../../../src/extension/store/dataFolder.ts';
import { LedgerError } from '../../../src/extension/store/ledger/ledger.ts';
import { assistantText, conversation, userPrompt } from '../../support/historyGenerator/records.ts';
import { ClaudeHome } from './claudeHome.ts';
import { HeadlessEngine } from './headless.ts';

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
