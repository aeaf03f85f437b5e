/** The engine asked once, without VS Code: what `npm run report` prints. */
import { type Report, reportOf } from '../insights/report.ts';
import { FigureQueries } from '../store/index/figures.ts';
import { SessionLists } from '../store/index/lists.ts';
import { type Answer, askOnce, type HeadlessRequest, headlessOptions } from './headless.ts';

/** With a folder for the files, a second report reads only what is new. */
export function runReport(request: HeadlessRequest): Promise<Answer<Report>> {
	const { workspace, readerThread } = request;
	return askOnce({ options: headlessOptions(request), readerThread, name: 'report' }, ({ engine, storage: { tables } }) => {
		const projects = workspace === null ? null : engine.projectsOf('workspace');
		const run = engine.lastRun;
		return reportOf(
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
			new SessionLists(tables.db).all(projects),
			new FigureQueries(tables.db).models(projects, null),
		);
	});
}
