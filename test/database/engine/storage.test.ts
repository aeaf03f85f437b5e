import assert from 'node:assert/strict';
import { cpSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { EngineOptions } from '../../../src/extension/engine/api.ts';
import { headlessOptions } from '../../../src/extension/engine/headless.ts';
import { openStorage } from '../../../src/extension/engine/openStorage.ts';
import type { Storage } from '../../../src/extension/engine/storage.ts';
import { Ledger } from '../../../src/extension/store/ledger/ledger.ts';
import { assistantText, conversation, userPrompt } from '../../support/historyGenerator/records.ts';
import { ClaudeHome } from './claudeHome.ts';
import { HeadlessEngine } from './headless.ts';

describe('The storage of a window', () => {
	let dataDir: string;
	beforeEach(() => {
		dataDir = mkdtempSync(path.join(tmpdir(), 'storage-'));
	});
	afterEach(() => rmSync(dataDir, { recursive: true, force: true }));

	const open = (): Promise<Storage> => {
		const options: EngineOptions = { ...headlessOptions({ claudeDirs: [], workspace: null, dataDir }), replaceDefaults: true };
		return openStorage(options, {});
	};

	async function noted(): Promise<string | null> {
		const storage = await open();
		const note = storage.tables.meta('note');
		await storage.close();
		return note;
	}

	it('keeps what is being saved when it closes', async () => {
		const storage = await open();
		storage.tables.setMeta('note', 'kept');
		const saving = storage.save();
		await Promise.all([storage.close(), saving]);
		assert.equal(await noted(), 'kept');
	});

	it('tells of files that were damaged so that a window can say it in its language', async () => {
		const first = await open();
		first.tables.setMeta('note', 'lost');
		await first.save();
		await first.close();
		for (const name of readdirSync(dataDir).filter(each => each.endsWith('.sqlite')))
			writeFileSync(path.join(dataDir, name), 'no database at all');
		writeFileSync(path.join(dataDir, 'ledger.journal'), 'no journal');
		cpSync(dataDir, `${dataDir}-copy`, { recursive: true });
		const { ledger, messages } = await Ledger.open({ folder: `${dataDir}-copy` });
		await ledger.close();
		rmSync(`${dataDir}-copy`, { recursive: true });
		const storage = await open();
		const notices = storage.notices();
		await storage.close();
		assert.deepEqual(
			notices.map(({ says }) => says?.key),
			['recovered from nothing, kept', 'recovered from nothing, kept', 'journalDamagedKept'],
		);
		const timeless = (text: string) => text.replaceAll(/damaged-[\dTZ.-]*\d+Z/g, 'damaged');
		assert.deepEqual(
			notices.slice(1).map(({ text }) => timeless(text)),
			messages.map(({ text }) => timeless(text)),
		);
		const again = await open();
		assert.deepEqual(again.notices(), []);
		await again.close();
	});

	it('has nothing to save after a run that found nothing new', async () => {
		const home = new ClaudeHome('quiet');
		const talk = conversation({ sessionId: 'aaaaaaaa-0000-4000-8000-000000000001' });
		home.transcript(talk, [userPrompt(talk, 'go'), assistantText(talk, 'Yes.')]);
		const engine = await HeadlessEngine.open(home.dir, { dataDir });
		try {
			await engine.index();
			await engine.storage.save();
			await engine.index();
			assert.equal(engine.storage.tables.db.dirty, false);
		} finally {
			await engine.close();
			home.remove();
		}
	});

	it('ends with the newest state when one save is asked for while another is written', async () => {
		const storage = await open();
		const saves: Promise<void>[] = [];
		for (const note of ['first', 'second', 'third']) {
			storage.tables.setMeta('note', note);
			saves.push(storage.save());
			// Lets the save begin, so that it holds the older state.
			await new Promise(resolve => setImmediate(resolve));
		}
		await Promise.all(saves);
		await storage.close();
		assert.equal(await noted(), 'third');
	});
});
