/**
 * Keeps the index as the transcripts are: runs when something changed or somebody asks, has it saved when things calm down,
 * and says how it stands.
 */
import type { FoundPlaces } from '../claude/places.ts';
import { identifyProject } from '../claude/projects.ts';
import { Indexer } from '../indexing/indexer.ts';
import { ReaderPool } from '../indexing/readerPool.ts';
import type { RunProgress, Scan } from '../indexing/runRequest.ts';
import type { IndexStatus, Notice } from '../../webview/contract/status.ts';
import type { CurrentOptions } from './currentOptions.ts';
import { Following } from './following.ts';
import { type FinishedRun, IndexRuns, type RunType } from './indexRuns.ts';
import { noticeOf } from './noticeOf.ts';
import { placeNotices } from './placeNotices.ts';
import { SaveSchedule } from './saveSchedule.ts';
import type { Workspace } from './scope.ts';
import type { Storage } from './storage.ts';

export interface IndexUpkeepParts {
	readonly storage: Storage;
	/** Script of the reader threads; null reads in this thread. */
	readonly readerThread: string | URL | null;
	readonly options: CurrentOptions;
	readonly workspace: Workspace;
	/** Rows of these sessions were derived, in a transaction that is still open: what follows from them belongs into it. */
	readonly onDerived: (rowIds: readonly number[]) => void;
	readonly isForgotten: (sessionId: string) => boolean;
	/** Rows of these sessions changed while a run goes on; null: of any. */
	readonly onSessions: (sessionIds: readonly string[] | null) => void;
	/** What is on disk was looked at; null where there was nothing to do. */
	readonly onEnd: (run: FinishedRun | null) => void;
	readonly onStatus: (status: IndexStatus) => void;
	readonly onLog: (level: 'info' | 'warn' | 'error', text: string) => void;
	readonly now: () => Date;
}

/** Progress is told so often. */
const tellMs = 100;
/** More changed sessions than this are told as: any. */
export const mostNamed = 500;

export class IndexUpkeep {
	readonly indexer: Indexer;
	readonly runs: IndexRuns;
	readonly #parts: IndexUpkeepParts;
	readonly #following: Following;
	readonly #saving: SaveSchedule;
	#state: IndexStatus['state'] = 'starting';
	#progress: RunProgress = { filesDone: 0, filesTotal: 0, bytesDone: 0, bytesTotal: 0 };
	#lastIndexedAt: string | null = null;
	#placeNotices: readonly Notice[] = [];
	#watchNotice: Notice | null = null;
	#fault: Notice | null = null;
	#toldAt = 0;
	#lastRun: FinishedRun | null = null;
	#isStopped = false;

	constructor(parts: IndexUpkeepParts) {
		this.#parts = parts;
		const { storage, options, workspace, onLog, now } = parts;
		const { tables } = storage;
		this.indexer = new Indexer({
			tables,
			readers: new ReaderPool({ threadScript: parts.readerThread, threads: options.all.parserThreads }),
			costOf: usage => options.costOf(usage),
			identify: cwd => identifyProject(cwd, process.platform),
			onDerived: parts.onDerived,
			isForgotten: parts.isForgotten,
			now,
		});
		this.runs = new IndexRuns({
			indexer: this.indexer,
			records: storage.records,
			places: () => options.places(),
			countSessions: () => tables.sessions.count(),
			countFiles: () => tables.files.count(),
			isFirst: () => workspace.isFirst(),
			timeoutMs: () => options.all.indexTimeoutMs,
			now,
			onBegin: progress => this.#began(progress),
			onProgress: progress => this.#progressed(progress),
			onSessions: sessionIds => parts.onSessions(sessionIds.length > mostNamed ? null : sessionIds),
			onEnd: (run, places, scan) => this.#ended(run, places, scan),
			onFault: error => this.failed(error),
		});
		this.#saving = new SaveSchedule(() => {
			storage.save().catch((error: unknown) => onLog('error', `saving failed: ${String(error)}`));
		});
		this.#following = new Following({
			files: tables.files,
			onChange: projects => this.look(projects),
			onProblem: code => {
				this.#watchNotice = noticeOf('warning', 'watchLimited', [options.all.rescanSeconds, code], null);
				onLog('warn', `watching is limited (${code})`);
				this.#tell();
			},
		});
	}

	/** Follows what happens to the transcripts from now on, with a re-scan every so many seconds; 0 for not at all. */
	follow(seconds: number): void {
		this.#following.every(seconds);
	}

	/** Looks what is new in these directories below `projects`; null: everywhere. */
	look(onlyProjects: ReadonlySet<string> | null = null): void {
		this.runs.request({ type: 'incremental', isAsked: false, onlyProjects });
	}

	/** Starts a run and answers with its id. A full run reads everything again, as from nothing; what is gone from disk stays. */
	ask(type: RunType): string {
		return this.runs.request({ type, isAsked: true, onlyProjects: null });
	}

	status(): IndexStatus {
		const { storage } = this.#parts;
		return {
			state: this.#fault === null ? this.#state : 'error',
			...this.#progress,
			sessions: storage.tables.sessions.count(),
			lastIndexedAt: this.#lastIndexedAt,
			notices: [...storage.notices(), ...this.#placeNotices, this.#watchNotice, this.#fault].filter(notice => notice !== null),
		};
	}

	/** The last run that had something to do. */
	get lastRun(): FinishedRun | null {
		return this.#lastRun;
	}

	/** Something was written into the index: it is saved when things calm down. */
	changed(): void {
		if (!this.#isStopped) this.#saving.changed();
	}

	/** With the prices of now, unless that is how everything is priced. Answers whether it was not. */
	async reprice(): Promise<boolean> {
		const { storage, options } = this.#parts;
		const { tables } = storage;
		if (tables.meta('price digest') === options.prices.digest) return false;
		await this.indexer.reprice();
		tables.change(() => tables.setMeta('price digest', options.prices.digest));
		return true;
	}

	failed(error: unknown): void {
		const text = error instanceof Error ? error.message : String(error);
		this.#fault = noticeOf('error', 'indexingFailed', [text], 'showLog');
		this.#parts.onLog('error', error instanceof Error ? (error.stack ?? text) : text);
		this.#tell();
	}

	/** Stops the run that goes on; what it read stays. Whoever closes the files saves them. */
	async stop(): Promise<void> {
		this.#isStopped = true;
		this.#following.dispose();
		this.#saving.dispose();
		await this.runs.stop();
	}

	#began(progress: RunProgress): void {
		this.#state = 'indexing';
		this.#progress = progress;
		this.#tell();
	}

	#progressed(progress: RunProgress): void {
		this.#progress = progress;
		if (performance.now() - this.#toldAt >= tellMs) this.#tell();
	}

	#ended(run: FinishedRun | null, places: FoundPlaces, scan: Scan): void {
		const { storage, workspace, now, onEnd } = this.#parts;
		this.#state = 'ready';
		this.#lastIndexedAt = now().toISOString();
		this.#noticePlaces(placeNotices(places, [...scan.unreadable, ...storage.tables.files.problems()]));
		if (run !== null) {
			this.#fault = null;
			this.#lastRun = run;
			this.#logRun(run);
			this.changed();
		}
		onEnd(run);
		if (!this.#isStopped) {
			const watched = places.places.concat(places.problems.map(problem => problem.place));
			this.#following.update(
				watched.map(place => place.projectsDir),
				workspace.roots,
			);
		}
		this.#tell();
	}

	#noticePlaces(notices: readonly Notice[]): void {
		const isNews = JSON.stringify(notices) !== JSON.stringify(this.#placeNotices);
		this.#placeNotices = notices;
		if (isNews) for (const notice of notices) this.#parts.onLog('warn', notice.text);
	}

	#logRun({ type, outcome, result }: FinishedRun): void {
		const { onLog } = this.#parts;
		onLog(
			outcome.status === 'completed' ? 'info' : 'error',
			`${type} run ${outcome.status}: ${outcome.filesRead} files, ${(outcome.bytesRead / 1e6).toFixed(1)} MB in ${outcome.durationMs} ms` +
				(outcome.error === null ? '' : ` (${outcome.error})`),
		);
		const { differing } = result;
		if (differing.length > 0)
			onLog('warn', `${differing.length} unchanged files gave other rows than before, ${differing[0] ?? ''} among them`);
	}

	#tell(): void {
		this.#toldAt = performance.now();
		this.#parts.onStatus(this.status());
	}
}
