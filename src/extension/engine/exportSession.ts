/** The engine asked once to export a session, without VS Code: what `npm run export` writes. */
import type { ExportOutcome, ExportRequest } from '../../webview/contract/exports.ts';
import { type Answer, askOnce, type HeadlessRequest, headlessOptions } from './headless.ts';

export interface HeadlessExport extends HeadlessRequest {
	readonly request: ExportRequest;
	/** Absolute. */
	readonly file: string;
}

/** Null where there is no such session, and where the index could not be brought up to date. Rejects also with `SaveError`. */
export function runExport(asked: HeadlessExport): Promise<Answer<ExportOutcome | null>> {
	const { request, file, readerThread } = asked;
	return askOnce({ options: headlessOptions(asked), readerThread, name: 'command' }, ({ engine }, error) => {
		if (error !== null || engine.views.session(request.sessionId) === null) return null;
		return engine.exporting.write({ id: 'headless', request, file, language: null }, new AbortController().signal);
	});
}
