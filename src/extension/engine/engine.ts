/**
 * The engine: composes the rooms that read, store and evaluate, and answers the host's typed calls. Runs in the worker
 * thread of a window, or without VS Code in the headless commands; knows neither.
 */
import { homedir } from 'node:os';
import { claudePlaces, type FoundPlaces } from '../claude/places.ts';
import { PriceBook } from '../claude/prices.ts';
import { identifyProject } from '../claude/projects.ts';
import { Indexer } from '../indexing/indexer.ts';
import { ReaderPool } from '../indexing/readerPool.ts';
import type { RunProgress, Scan } from '../indexing/runRequest.ts';
import { LocalCalendar } from '../insights/localTime.ts';
import type { ProjectScope } from '../store/index/lists.ts';
import { noTimeMs, type PricedUsage } from '../store/index/usage.ts';
import { Transcripts } from '../transcripts/transcripts.ts';
import type { Past } from '../modelTools/past.ts';
import type { IndexRunRow } from '../../webview/contract/jobs.ts';
import type { Scope } from '../../webview/contract/sessions.ts';
import type { IndexStatus, Notice } from '../../webview/contract/status.ts';
import type { EngineEvents, EngineOptions } from './api.ts';
import { Background } from './background.ts';
import type { StorageUse } from './calls/data.ts';
import type { EngineDiagnostics } from './calls/diagnostics.ts';
import { engineDiagnostics } from './diagnostics.ts';
import { conversationReader, Exporting } from './exporting.ts';
import { Following } from './following.ts';
import { Forgetting } from './forgetting.ts';
import { type FinishedRun, IndexRuns, type RunType } from './indexRuns.ts';
import { SessionsOfFile } from './fileSessions.ts';
import { Insights } from './insights.ts';
import { Listing } from './listing.ts';
import { IndexedPast, type PastParts } from './past.ts';
import { placeNotices } from './placeNotices.ts';
import type { HostServices } from './providers.ts';
import { SaveSchedule } from './saveSchedule.ts';
import { Searching } from './searching.ts';
import { Workspace } from './scope.ts';
import type { Storage } from './storage.ts';
import { storedParts } from './storageUse.ts';
import { TemporaryFolder } from './temporaryFolder.ts';
import { Transferring } from './transferring.ts';
import { Views } from './views.ts';

export interface EngineParts {
	readonly options: EngineOptions;
	readonly storage: Storage;
	/** Script of the reader threads; null reads in this thread. */
	readonly readerThread: string | URL | null;
	readonly env: Readonly<Record<string, string | undefined>>;
	/** What only a window can do; null in a headless command. */
	readonly host: HostServices | null;
	readonly emit: <K extends keyof EngineEvents>(name: K, payload: EngineEvents[K]) => void;
	readonly now: () => Date;
}

/** Progress is told so often. */
const tellMs = 100;

export class Engine {
	readonly #parts: EngineParts;
	readonly #storage: Storage;
	readonly #workspace: Workspace;
	readonly #indexer: Indexer;
	readonly #runs: IndexRuns;
	readonly #following: Following;
	readonly #saving: SaveSchedule;
	readonly views: Views;
	readonly insights: Insights;
	readonly listing: Listing;
	readonly sessionsOfFile: SessionsOfFile;
	readonly transcripts: Transcripts;
	readonly exporting: Exporting;
	readonly background: Background;
	readonly forgetting: Forgetting;
	readonly searching: Searching;
	readonly transferring: Transferring;
	#options: EngineOptions;
	#prices: PriceBook;
	/** Made when a view asks first: loading the system's time zones takes 60 ms, and a report needs none. */
	#calendar: LocalCalendar | null = null;
	#state: IndexStatus['state'] = 'starting';
	#progress: RunProgress = { filesDone: 0, filesTotal: 0, bytesDone: 0, bytesTotal: 0 };
	#lastIndexedAt: string | null = null;
	#placeNotices: readonly Notice[] = [];
	#watchNotice: Notice | null = null;
	#fault: Notice | null = null;
	#toldAt = 0;
	#lastRun: FinishedRun | null = null;
	readonly #temporary = new TemporaryFolder();
	#stopped = false;

	constructor(parts: EngineParts) {
		this.#parts = parts;
		this.#storage = parts.storage;
		this.#options = parts.options;
		this.#prices = new PriceBook(parts.options.priceOverrides);
		const { tables } = parts.storage;
		this.#workspace = new Workspace(tables, parts.storage.worktrees);
		const indexer = new Indexer({
			tables,
			readers: new ReaderPool({ threadScript: parts.readerThread, threads: parts.options.parserThreads }),
			costOf: usage => this.#costOf(usage),
			identify: cwd => identifyProject(cwd, process.platform),
			onDerived: rowIds => {
				this.background.categories.derive(rowIds);
				this.insights.changed(rowIds);
			},
			isForgotten: sessionId => this.forgetting.isForgotten(sessionId),
			now: parts.now,
		});
		this.#indexer = indexer;
		this.#runs = new IndexRuns({
			indexer,
			records: parts.storage.records,
			places: () => this.#places(),
			countSessions: () => tables.sessions.count(),
			countFiles: () => tables.files.count(),
			isFirst: () => this.#workspace.isFirst(),
			timeoutMs: () => this.#options.indexTimeoutMs,
			now: parts.now,
			onBegin: progress => this.#began(progress),
			onProgress: progress => this.#progressed(progress),
			onSessions: sessionIds => this.#changed(sessionIds.length > 500 ? null : sessionIds),
			onEnd: (run, places, scan) => this.#ended(run, places, scan),
			onFault: error => this.#failed(error),
		});
		this.forgetting = new Forgetting({
			ledger: parts.storage.ledger,
			tables,
			indexer,
			runs: this.#runs,
			purge: () => parts.storage.purge(),
			onSessions: sessionIds => {
				this.insights.changed(sessionIds);
				this.#changed(sessionIds);
			},
			onLog: text => this.#log('warn', text),
			now: parts.now,
		});
		this.searching = new Searching({
			db: tables.db,
			shards: parts.storage.shards,
			isEnabled: parts.options.search.isEnabled,
			calendar: () => this.#days(),
			projectsOf: scope => this.#workspace.projectsOf(scope),
			turn: () => this.#runs.idle(),
			onStatus: status => this.#parts.emit('searchStatus', status),
			onLog: (level, text) => this.#log(level, text),
			now: parts.now,
		});
		this.transferring = new Transferring({
			ledger: parts.storage.ledger,
			backups: parts.storage.maintenance.backups,
			keep: () => Math.max(1, this.#options.maintenance.backups),
			onLedger: () => this.background.project(),
			now: parts.now,
		});
		this.#saving = new SaveSchedule(() => {
			parts.storage.save().catch((error: unknown) => this.#log('error', `saving failed: ${String(error)}`));
		});
		this.#following = new Following({
			files: tables.files,
			onChange: projects => this.#runs.request({ type: 'incremental', isAsked: false, onlyProjects: projects }),
			onProblem: code => {
				this.#watchNotice = {
					kind: 'warning',
					text: `Changes are noticed only every ${this.#options.rescanSeconds} s: the system refused to watch more folders (${code}).`,
					action: null,
				};
				this.#log('warn', `watching is limited (${code})`);
				this.#tell();
			},
		});
		const temporary = this.#temporary;
		this.background = new Background({
			storage: parts.storage,
			options: () => this.#options,
			prices: () => this.#prices,
			env: parts.env,
			host: parts.host,
			get dataDir() {
				return parts.options.dataDir ?? temporary.path;
			},
			projectsDirs: async () => (await this.#places()).places.map(place => place.projectsDir),
			projectsOf: scope => this.#workspace.projectsOf(scope),
			dayStart: () => this.#dayStart(),
			onSessions: sessionIds => {
				this.insights.changed(sessionIds.length === 0 ? null : sessionIds);
				this.#changed(sessionIds.length === 0 || sessionIds.length > 500 ? null : sessionIds);
			},
			onMarks: sessionIds => {
				this.searching.changed(sessionIds);
				this.#parts.emit('changed', { sessionIds: sessionIds.length > 500 ? null : sessionIds });
			},
			onJobs: jobs => this.#parts.emit('jobs', jobs),
			onLedger: () => this.#followForgotten(),
			onLog: (level, text) => this.#log(level, text),
			now: parts.now,
		});
		this.sessionsOfFile = new SessionsOfFile({
			tables,
			roots: () => this.#workspace.roots,
			platform: process.platform,
			now: parts.now,
		});
		this.listing = new Listing({
			tables,
			projectsOf: scope => this.#workspace.projectsOf(scope),
			calendar: () => this.#days(),
			now: parts.now,
		});
		this.transcripts = new Transcripts({
			db: tables.db,
			sessionOf: sessionId => this.views.session(sessionId),
			costOf: usage => this.#costOf(usage),
			priceDigest: () => this.#prices.digest,
			now: parts.now,
		});
		this.insights = new Insights({
			tables,
			projectsOf: scope => this.#workspace.projectsOf(scope),
			scopeLabel: scope => this.#workspace.label(scope),
			calendar: () => this.#days(),
			prices: () => this.#prices,
			budgets: () => this.#options.budgets,
			judgements: () => this.background.judgements(),
			jobs: () => ({
				classificationRuns: this.background.rows.runs(),
				spending: this.background.rows.spending(),
				runs: parts.storage.runs(),
			}),
			now: parts.now,
		});
		this.exporting = new Exporting({
			reader: signal => conversationReader(this.transcripts, this.views, signal),
			session: id => this.views.session(id),
			page: query => this.insights.sessionPage(query),
			home: homedir(),
			onProgress: progress => this.#parts.emit('exportProgress', progress),
			now: parts.now,
		});
		this.views = new Views({
			tables,
			projectsOf: scope => this.#workspace.projectsOf(scope),
			scopeLabel: scope => this.#workspace.label(scope),
			calendar: () => this.#days(),
			runs: () => parts.storage.runs(),
			judgements: () => this.background.judgements(),
			classificationRuns: () => this.background.rows.runs(),
			spending: () => this.background.rows.spending(),
			costOf: usage => this.#costOf(usage),
			priceDate: this.#prices.priceDate,
			now: parts.now,
		});
	}

	/** Gets ready to answer questions about what is stored; reads nothing yet. */
	async open(): Promise<void> {
		await this.#workspace.update(this.#options.workspaceFolders);
		this.background.marks.project();
		await this.#reprice();
		await this.forgetting.follow();
	}

	/** Opens and starts indexing; answers before that is done. */
	async start(): Promise<IndexStatus> {
		await this.open();
		this.#runs.request({ type: 'incremental', isAsked: false, onlyProjects: null });
		this.#following.every(this.#options.rescanSeconds);
		this.background.start();
		this.background.catchUp().catch((error: unknown) => this.#failed(error));
		return this.status();
	}

	status(): IndexStatus {
		return {
			state: this.#fault === null ? this.#state : 'error',
			...this.#progress,
			sessions: this.#storage.tables.sessions.count(),
			lastIndexedAt: this.#lastIndexedAt,
			notices: [...this.#storage.notices(), ...this.#placeNotices, this.#watchNotice, this.#fault].filter(notice => notice !== null),
		};
	}

	/** Starts a run and answers with its id. A full run reads everything again, as from nothing; what is gone from disk stays. */
	index(type: RunType): string {
		return this.#runs.request({ type, isAsked: true, onlyProjects: null });
	}

	/** Resolves when no run is going on or asked for. */
	async idle(): Promise<void> {
		await this.#runs.idle();
	}

	get options(): EngineOptions {
		return this.#options;
	}

	/** The last run that had something to do. */
	get lastRun(): FinishedRun | null {
		return this.#lastRun;
	}

	/** Row ids of the projects a scope covers; null for all. */
	projectsOf(scope: Scope): ProjectScope {
		return this.#workspace.projectsOf(scope);
	}

	/** What a model may ask of, within a scope. */
	past(scope: Scope, search: PastParts['search']): Past {
		return new IndexedPast({
			tables: this.#storage.tables,
			scope,
			projects: this.#workspace.projectsOf(scope),
			scopeLabel: this.#workspace.label(scope),
			calendar: this.#days(),
			search,
			now: this.#parts.now,
		});
	}

	async storageUse(): Promise<StorageUse> {
		const folder = this.#parts.options.dataDir;
		return {
			folder,
			parts: folder === null ? [] : await storedParts(folder),
			transcriptBytes: this.#storage.tables.files.bytes(),
			forgotten: this.forgetting.list().length,
		};
	}

	diagnostics(): Promise<EngineDiagnostics> {
		return engineDiagnostics({
			storage: this.#storage,
			folder: this.#parts.options.dataDir,
			status: this.status(),
			search: this.searching.status(),
			forgotten: this.forgetting.list().length,
		});
	}

	runs(): readonly IndexRunRow[] {
		return this.#storage.runs();
	}

	async configure(change: Partial<EngineOptions>): Promise<void> {
		this.#options = { ...this.#options, ...change };
		if (change.timeZone !== undefined) this.#calendar = null;
		if (change.workspaceFolders !== undefined) await this.#workspace.update(change.workspaceFolders);
		if (change.priceOverrides !== undefined) {
			this.#prices = new PriceBook(change.priceOverrides);
			await this.#reprice();
		}
		if (change.rescanSeconds !== undefined) this.#following.every(change.rescanSeconds);
		if (change.claudeDirs !== undefined) this.#runs.request({ type: 'incremental', isAsked: false, onlyProjects: null });
		if (change.search !== undefined) await this.searching.configure(change.search.isEnabled);
		this.background.configured();
		this.#parts.emit('changed', { sessionIds: null });
	}

	async stop(): Promise<void> {
		if (this.#stopped) return;
		this.#stopped = true;
		this.#following.dispose();
		this.#saving.dispose();
		await Promise.all([this.#runs.stop(), this.searching.stop(), this.background.stop()]);
		await this.forgetting.idle();
		try {
			await this.#storage.save();
		} finally {
			await this.#storage.close();
			await this.#temporary.remove();
		}
	}

	#days(): LocalCalendar {
		return (this.#calendar ??= new LocalCalendar(this.#options.timeZone));
	}

	#followForgotten(): void {
		this.forgetting.follow().catch((error: unknown) => this.#log('error', `What was forgotten stays in the index: ${String(error)}`));
	}

	#dayStart(): Date {
		const days = this.#days();
		return new Date(days.startOf(days.dayOf(this.#parts.now().getTime())));
	}

	#costOf(usage: PricedUsage): number | null {
		return this.#prices.costOf({
			model: usage.model,
			tokens: usage.tokens,
			webSearches: usage.webSearches,
			isFast: usage.isFast,
			isLong: usage.isLong,
			atMs: usage.quarterMs === noTimeMs ? null : usage.quarterMs,
		});
	}

	async #reprice(): Promise<void> {
		const { tables } = this.#storage;
		if (tables.meta('price digest') === this.#prices.digest) return;
		await this.#indexer.reprice();
		tables.change(() => tables.setMeta('price digest', this.#prices.digest));
		this.#changed(null);
	}

	#places(): Promise<FoundPlaces> {
		const { claudeDirs, replaceDefaults } = this.#options;
		return claudePlaces({
			commandLineDirs: replaceDefaults ? claudeDirs : [],
			settingDirs: replaceDefaults ? [] : claudeDirs,
			env: this.#parts.env,
			home: homedir(),
			platform: process.platform,
		});
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
		this.#state = 'ready';
		this.#lastIndexedAt = this.#parts.now().toISOString();
		this.background.indexed();
		const before = JSON.stringify(this.#placeNotices);
		this.#placeNotices = placeNotices(places, [...scan.unreadable, ...this.#storage.tables.files.problems()]);
		if (JSON.stringify(this.#placeNotices) !== before) for (const notice of this.#placeNotices) this.#log('warn', notice.text);
		if (run !== null) {
			this.#fault = null;
			this.#lastRun = run;
			const { outcome } = run;
			this.#log(
				outcome.status === 'completed' ? 'info' : 'error',
				`${run.type} run ${outcome.status}: ${outcome.filesRead} files, ${(outcome.bytesRead / 1e6).toFixed(1)} MB in ${outcome.durationMs} ms` +
					(outcome.error === null ? '' : ` (${outcome.error})`),
			);
			const { differing } = run.result;
			if (differing.length > 0)
				this.#log('warn', `${differing.length} unchanged files gave other rows than before, ${differing[0] ?? ''} among them`);
			// Which sessions changed was told while it went on.
			this.#parts.emit('changed', { sessionIds: null });
			if (!this.#stopped) this.#saving.changed();
		}
		if (!this.#stopped) this.searching.begin();
		if (!this.#stopped)
			this.#following.update(
				places.places.concat(places.problems.map(problem => problem.place)).map(place => place.projectsDir),
				this.#workspace.roots,
			);
		this.#tell();
	}

	#failed(error: unknown): void {
		const text = error instanceof Error ? error.message : String(error);
		this.#fault = { kind: 'error', text: `Indexing failed: ${text}`, action: 'showLog' };
		this.#log('error', error instanceof Error ? (error.stack ?? text) : text);
		this.#tell();
	}

	/** Data changed: views ask again, and the files are written when things calm down. */
	#changed(sessionIds: readonly string[] | null): void {
		this.#parts.emit('changed', { sessionIds });
		if (this.#stopped) return;
		this.searching.changed(sessionIds);
		this.#saving.changed();
	}

	#tell(): void {
		this.#toldAt = performance.now();
		this.#parts.emit('status', this.status());
	}

	#log(level: EngineEvents['log']['level'], text: string): void {
		this.#parts.emit('log', { level, text });
	}
}
