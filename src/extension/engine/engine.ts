/**
 * The engine: composes the rooms that read, store and evaluate, and answers the host's typed calls. Runs in the worker
 * thread of a window, or without VS Code in the headless commands; knows neither.
 */
import { homedir } from 'node:os';
import type { ProjectScope } from '../store/index/lists.ts';
import { Transcripts } from '../transcripts/transcripts.ts';
import type { Past } from '../modelTools/past.ts';
import type { Scope } from '../../webview/contract/sessions.ts';
import type { IndexStatus } from '../../webview/contract/status.ts';
import type { EngineEvents, EngineOptions } from './api.ts';
import { Background } from './background.ts';
import type { StorageUse } from './calls/data.ts';
import type { EngineDiagnostics } from './calls/diagnostics.ts';
import { CurrentOptions } from './currentOptions.ts';
import { engineDiagnostics } from './diagnostics.ts';
import { conversationReader, Exporting } from './exporting.ts';
import { SessionsOfFile } from './fileSessions.ts';
import { Forgetting } from './forgetting.ts';
import type { FinishedRun, RunType } from './indexRuns.ts';
import { IndexUpkeep, mostNamed } from './indexUpkeep.ts';
import { Insights } from './insights.ts';
import { insightsDocument } from './insightsDocument.ts';
import { KeptHistory } from './keptHistory.ts';
import { Listing } from './listing.ts';
import { IndexedPast, type PastParts } from './past.ts';
import type { HostServices } from './providers.ts';
import { Workspace } from './scope.ts';
import { Searching } from './searching.ts';
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
	/** Another window deletes all data, and waits until this engine is stopped. */
	readonly onDeleted: () => void;
	readonly now: () => Date;
}

/** How soon a window sees that its files are to go. */
const lookForFolderMs = 2_000;

export class Engine {
	readonly #parts: EngineParts;
	readonly #storage: Storage;
	readonly #options: CurrentOptions;
	readonly #workspace: Workspace;
	readonly #upkeep: IndexUpkeep;
	readonly #temporary = new TemporaryFolder();
	readonly history: KeptHistory;
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
	#isStopped = false;
	#folderTimer: NodeJS.Timeout | undefined;

	constructor(parts: EngineParts) {
		this.#parts = parts;
		const { storage, now } = parts;
		const { tables, ledger } = storage;
		const options = new CurrentOptions(parts.options, parts.env);
		const workspace = new Workspace(tables, storage.worktrees);
		this.#storage = storage;
		this.#options = options;
		this.#workspace = workspace;
		this.history = new KeptHistory(tables.db);
		const log = (level: 'info' | 'warn' | 'error', text: string): void => parts.emit('log', { level, text });
		/** What most of those that answer questions ask themselves. */
		const asked = {
			tables,
			projectsOf: (scope: Scope) => workspace.projectsOf(scope),
			scopeLabel: (scope: Scope) => workspace.label(scope),
			calendar: () => options.calendar,
			now,
		};
		this.#upkeep = new IndexUpkeep({
			storage,
			readerThread: parts.readerThread,
			options,
			workspace,
			onDerived: rowIds => {
				this.background.categories.derive(rowIds);
				this.history.changed(rowIds);
			},
			isForgotten: sessionId => this.forgetting.isForgotten(sessionId),
			onSessions: sessionIds => this.#changed(sessionIds),
			onEnd: run => {
				this.background.indexed();
				// Which sessions changed was told while it went on.
				if (run !== null) parts.emit('changed', { sessionIds: null });
				if (!this.#isStopped) this.searching.begin();
			},
			onStatus: status => parts.emit('status', status),
			onLog: log,
			now,
		});
		this.forgetting = new Forgetting({
			ledger,
			tables,
			indexer: this.#upkeep.indexer,
			runs: this.#upkeep.runs,
			purge: () => storage.purge(),
			onSessions: sessionIds => {
				this.history.changed(sessionIds);
				this.#changed(sessionIds);
			},
			onLog: text => log('warn', text),
			now,
		});
		this.searching = new Searching({
			...asked,
			db: tables.db,
			shards: storage.shards,
			isEnabled: parts.options.search.isEnabled,
			turn: () => this.#upkeep.runs.idle(),
			onStatus: status => parts.emit('searchStatus', status),
			onLog: log,
		});
		this.transferring = new Transferring({
			ledger,
			backups: storage.maintenance.backups,
			keep: () => Math.max(1, options.all.maintenance.backups),
			onLedger: () => this.background.project(),
			now,
		});
		const temporary = this.#temporary;
		this.background = new Background({
			storage,
			options: () => options.all,
			prices: () => options.prices,
			env: parts.env,
			host: parts.host,
			get dataDir() {
				return parts.options.dataDir ?? temporary.path;
			},
			projectsDirs: async () => (await options.places()).places.map(place => place.projectsDir),
			projectsOf: asked.projectsOf,
			dayStart: () => options.dayStart(now()),
			onSessions: sessionIds => {
				const named = sessionIds.length === 0 ? null : sessionIds;
				this.history.changed(named);
				this.#changed(sessionIds.length > mostNamed ? null : named);
			},
			onMarks: sessionIds => {
				this.searching.changed(sessionIds);
				parts.emit('changed', { sessionIds: sessionIds.length > mostNamed ? null : sessionIds });
			},
			onJobs: jobs => parts.emit('jobs', jobs),
			onLedger: () => this.#followForgotten(),
			onLog: log,
			now,
		});
		this.sessionsOfFile = new SessionsOfFile({ tables, roots: () => workspace.roots, platform: process.platform, now });
		this.listing = new Listing(asked);
		this.transcripts = new Transcripts({
			db: tables.db,
			timesCleared: fileId => tables.writer.timesCleared(fileId),
			sessionOf: sessionId => this.views.session(sessionId),
			costOf: usage => options.costOf(usage),
			priceDigest: () => options.prices.digest,
			now,
		});
		this.insights = new Insights({
			...asked,
			history: this.history,
			prices: () => options.prices,
			budgets: () => options.all.budgets,
			judgements: () => this.background.judgements(),
			jobs: () => ({
				classificationRuns: this.background.rows.runs(),
				spending: this.background.rows.spending(),
				runs: storage.runs(),
			}),
		});
		this.exporting = new Exporting({
			reader: signal => conversationReader(this.transcripts, this.views, signal),
			session: id => this.views.session(id),
			page: query => this.insights.sessionPage(query),
			figures: query => insightsDocument(this.insights, query),
			home: homedir(),
			onProgress: progress => parts.emit('exportProgress', progress),
			now,
		});
		this.views = new Views({ ...asked, costOf: usage => options.costOf(usage) });
	}

	/** Gets ready to answer questions about what is stored; reads nothing yet. */
	async open(): Promise<void> {
		await this.#workspace.update(this.options.workspaceFolders);
		this.background.marks.project();
		await this.#reprice();
		await this.forgetting.follow();
	}

	/** Opens and starts indexing; answers before that is done. */
	async start(): Promise<IndexStatus> {
		await this.open();
		this.#upkeep.look();
		this.#upkeep.follow(this.options.rescanSeconds);
		this.background.start();
		this.#folderTimer = setInterval(() => {
			if (!this.#storage.isOurs()) this.#parts.onDeleted();
		}, lookForFolderMs).unref();
		this.background.catchUp().catch((error: unknown) => this.#upkeep.failed(error));
		return this.status();
	}

	status(): IndexStatus {
		return this.#upkeep.status();
	}

	/** Starts a run and answers with its id. A full run reads everything again, as from nothing; what is gone from disk stays. */
	index(type: RunType): string {
		return this.#upkeep.ask(type);
	}

	/** Resolves when no run is going on or asked for. */
	async idle(): Promise<void> {
		await this.#upkeep.runs.idle();
	}

	get options(): EngineOptions {
		return this.#options.all;
	}

	/** The last run that had something to do. */
	get lastRun(): FinishedRun | null {
		return this.#upkeep.lastRun;
	}

	/** Row ids of the projects a scope covers; null for all. */
	projectsOf(scope: Scope): ProjectScope {
		return this.#workspace.projectsOf(scope);
	}

	/** What a model may ask of, within a scope. */
	past(scope: Scope, search: PastParts['search']): Past {
		return new IndexedPast({
			tables: this.#storage.tables,
			sessions: () => this.history.table,
			scope,
			projects: this.#workspace.projectsOf(scope),
			scopeLabel: this.#workspace.label(scope),
			calendar: this.#options.calendar,
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

	async configure(change: Partial<EngineOptions>): Promise<void> {
		this.#options.change(change);
		if (change.workspaceFolders !== undefined) await this.#workspace.update(change.workspaceFolders);
		if (change.priceOverrides !== undefined) await this.#reprice();
		if (change.rescanSeconds !== undefined) this.#upkeep.follow(change.rescanSeconds);
		if (change.claudeDirs !== undefined) this.#upkeep.look();
		if (change.search !== undefined) await this.searching.configure(change.search.isEnabled);
		this.background.configured();
		this.#parts.emit('changed', { sessionIds: null });
	}

	async stop(): Promise<void> {
		if (this.#isStopped) return;
		this.#isStopped = true;
		clearInterval(this.#folderTimer);
		this.history.changed(null);
		await Promise.all([this.#upkeep.stop(), this.searching.stop(), this.background.stop()]);
		await this.forgetting.idle();
		try {
			await this.#storage.save();
		} finally {
			await this.#storage.close();
			await this.#temporary.remove();
		}
	}

	#followForgotten(): void {
		this.forgetting
			.follow()
			.catch((error: unknown) =>
				this.#parts.emit('log', { level: 'error', text: `What was forgotten stays in the index: ${String(error)}` }),
			);
	}

	async #reprice(): Promise<void> {
		if (await this.#upkeep.reprice()) this.#changed(null);
	}

	/** Data changed: views ask again, and the files are written when things calm down. */
	#changed(sessionIds: readonly string[] | null): void {
		this.#parts.emit('changed', { sessionIds });
		if (this.#isStopped) return;
		this.searching.changed(sessionIds);
		this.#upkeep.changed();
	}
}
