/** The engine asked once, without VS Code: what `npm run report` prints. */
import { type Report, reportOf } from '../insights/report.ts';
import { FigureQueries } from '../store/index/figures.ts';
import { SessionLists } from '../store/index/lists.ts';
import type { EngineEvents } from './api.ts';
import { Engine } from './engine.ts';
import { headlessOptions } from './headless.ts';
import { openStorage } from './openStorage.ts';
import type { Storage } from './storage.ts';

export interface ReportRequest {
	/** Claude config directories that replace all others; none takes the environment's or the defaults. */
	readonly claudeDirs: readonly string[];
	/** Real path of the folder to report on; null for all projects. */
	readonly workspace: string | null;
	/** Folder of the SQLite files, so that a second report reads only what is new; null for a run in memory. */
	readonly dataDir: string | null;
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
	const options = headlessOptions(request);
	const storage: Storage = await openStorage(options, process.env);
	const faults: string[] = [];
	const engine = new Engine({
		options,
		storage,
		readerThread: request.readerThread,
		env: process.env,
		host: null,
		emit: (name, payload) => {
			if (name !== 'log') return;
			const { level, text } = payload as EngineEvents['log'];
			if (level === 'warn') warnings.push(text);
			if (level === 'error') faults.push(text);
		},
		now: () => new Date(),
	});
	try {
		await engine.open();
		await engine.background.catchUp();
		engine.index('incremental');
		await engine.idle();
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
