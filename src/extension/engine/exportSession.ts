/** The engine asked once to export a session, without VS Code: what `npm run export` writes. */
import type { ExportOutcome, ExportRequest } from '../../webview/contract/exports.ts';
import { bringUpToDate, type HeadlessRequest, headlessOptions, openHeadless } from './headless.ts';

export interface HeadlessExport extends HeadlessRequest {
	readonly readerThread: string | URL | null;
	readonly request: ExportRequest;
	/** Absolute. */
	readonly file: string;
}

export interface HeadlessExportAnswer {
	readonly outcome: ExportOutcome | null;
	/** Why nothing was written; null when it was. */
	readonly error: string | null;
	readonly warnings: readonly string[];
}

/** @throws what keeps the files in `dataDir` from being opened, and `SaveError`. */
export async function runExport(asked: HeadlessExport): Promise<HeadlessExportAnswer> {
	const warnings: string[] = [];
	const { engine } = await openHeadless({
		options: headlessOptions(asked),
		readerThread: asked.readerThread,
		onTrouble: (_, text) => warnings.push(text),
	});
	try {
		await engine.open();
		await bringUpToDate(engine);
		const failed = engine.lastRun?.outcome.error ?? null;
		if (failed !== null) return { outcome: null, error: failed, warnings };
		const { request, file } = asked;
		if (engine.views.session(request.sessionId) === null)
			return { outcome: null, error: `There is no session ${request.sessionId}.`, warnings };
		const parts = { id: 'headless', request, file, language: null };
		return { outcome: await engine.exporting.write(parts, new AbortController().signal), error: null, warnings };
	} finally {
		await engine.stop();
	}
}
