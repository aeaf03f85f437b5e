/** The engine asked once, without VS Code: what `npm run report` prints. */
import { type Report, reportOf } from '../insights/report.ts';
import { FigureQueries } from '../store/index/figures.ts';
import { SessionLists } from '../store/index/lists.ts';
import { bringUpToDate, type HeadlessRequest, headlessOptions, openHeadless } from './headless.ts';

/** With a folder for the files, a second report reads only what is new. */
export interface ReportRequest extends HeadlessRequest {
	readonly readerThread: string | URL | null;
}

export interface ReportAnswer {
	readonly report: Report;
	/** Why the run failed; null when it did not. */
	readonly error: string | null;
	readonly warnings: readonly string[];
}

/** @throws what keeps the files in `dataDir` from being opened; a failing save is a warning, the report is whole without it. */
export async function runReport(request: ReportRequest): Promise<ReportAnswer> {
	const warnings: string[] = [];
	const faults: string[] = [];
	const { engine, storage } = await openHeadless({
		options: headlessOptions(request),
		readerThread: request.readerThread,
		onTrouble: (level, text) => (level === 'warn' ? warnings : faults).push(text),
	});
	try {
		await engine.open();
		await bringUpToDate(engine);
		const projects = request.workspace === null ? null : engine.projectsOf('workspace');
		const run = engine.lastRun;
		const figures = new FigureQueries(storage.tables.db);
		const report = reportOf(
			{
				type: run?.type ?? 'incremental',
				filesSeen: run?.scan.filesSeen ?? 0,
				filesRead: run?.result.filesRead ?? 0,
				bytesRead: run?.result.bytesRead ?? 0,
				durationMs: run?.outcome.durationMs ?? 0,
				throughputMBPerSec: run?.outcome.throughputMBPerSec ?? null,
				malformedLines: run?.result.malformedLines ?? 0,
				// Subtypes (`system:…`) are for the panel; here stand record types.
				unknownRecordTypes: Object.fromEntries([...(run?.result.unknownRecordTypes ?? [])].filter(([type]) => !type.includes(':'))),
			},
			new SessionLists(storage.tables.db).all(projects),
			figures.models(projects, null),
		);
		warnings.unshift(
			...storage
				.notices()
				.map(({ text }) => text)
				.filter(text => !warnings.includes(text)),
		);
		return { report, error: run === null ? (faults[0] ?? 'the index run did not end') : run.outcome.error, warnings };
	} finally {
		await engine.stop().catch((error: unknown) => {
			warnings.push(`The next report starts from nothing: ${error instanceof Error ? error.message : String(error)}`);
		});
	}
}
