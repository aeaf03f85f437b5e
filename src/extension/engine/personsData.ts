/** Answers what a person asks about their own data. */
import type { Handlers } from '../../messaging/channel.ts';
import type { DataCalls } from './calls/data.ts';
import type { DiagnosticsCalls } from './calls/diagnostics.ts';
import { deleteDataFolder } from '../store/dataFolder.ts';
import type { Engine } from './engine.ts';

export function dataHandlers(running: () => Engine): Handlers<Omit<DataCalls, 'deleteAllData'> & DiagnosticsCalls> {
	return {
		storageUse: () => running().storageUse(),
		diagnostics: () => running().diagnostics(),
		exportLedger: ({ file }) => running().transferring.exportTo(file),
		previewLedgerImport: ({ file }) => running().transferring.preview(file),
		importLedger: ({ file }) => running().transferring.importFrom(file),
		forgetSessions: ({ sessionIds }) => running().forgetting.forget(sessionIds),
		undoForgetting: ({ undo }) => running().forgetting.undo(undo),
		forgottenSessions: () => running().forgetting.list(),
		rememberSessions: async ({ sessionIds }) => {
			await running().forgetting.remember(sessionIds);
			return null;
		},
	};
}

/** With all that runs for it, here and in other windows, which close their files. Rejects with `DeletionError`; the engine has stopped in any case. */
export async function deleteAllData(engine: Engine): Promise<void> {
	const { dataDir } = engine.options;
	await engine.background.endWork();
	await engine.stop();
	if (dataDir !== null) await deleteDataFolder(dataDir);
}
