/**
 * What the engine does in the background beside indexing: jobs with their worker, categories, classification. One object
 * that is started and stopped with the engine.
 */
import type { CategoryName, Scope } from '../../webview/contract/sessions.ts';
import { Categories } from '../classification/categories.ts';
import { promptVersion } from '../classification/prompt.ts';
import { type Judgements, judgementsOf } from '../insights/categories.ts';
import { endJobs } from '../jobs/ending.ts';
import { isFinished, type Job } from '../jobs/job.ts';
import { JobQueue } from '../jobs/queue.ts';
import { JobWorker, type WorkerTimes } from '../jobs/worker.ts';
import type { PriceBook } from '../claude/prices.ts';
import { registerMaintenance } from '../maintenance/maintenanceJobs.ts';
import { classificationsState, judgementRows } from '../store/ledger/classifications.ts';
import type { ProjectScope } from '../store/index/lists.ts';
import { askedInVain } from '../store/ledger/classificationItems.ts';
import type { JobOfType } from '../store/ledger/jobs.ts';
import type { ClassifyTarget, EngineOptions, JobList } from './api.ts';
import { AutomaticRuns } from './automaticRuns.ts';
import { Classifying } from './classifying.ts';
import { JobRows } from './jobRows.ts';
import { type EngineJobs, engineJobs } from './jobTypes.ts';
import { Maintaining } from './maintaining.ts';
import { type HostServices, Providers } from './providers.ts';
import { SessionMarks } from './sessionMarks.ts';
import type { Storage } from './storage.ts';

export interface BackgroundParts {
	readonly storage: Storage;
	readonly options: () => EngineOptions;
	readonly prices: () => PriceBook;
	readonly env: Readonly<Record<string, string | undefined>>;
	readonly host: HostServices | null;
	/** Where files of ours go; a temporary folder, made when it is asked for, where the index is in memory. */
	readonly dataDir: string;
	readonly projectsDirs: () => Promise<readonly string[]>;
	readonly projectsOf: (scope: Scope) => ProjectScope;
	readonly dayStart: () => Date;
	readonly onSessions: (sessionIds: readonly string[]) => void;
	/** A person wrote something on these: nothing of it stands in the index. */
	readonly onMarks: (sessionIds: readonly string[]) => void;
	/** Other windows may have written something into the ledger. */
	readonly onLedger: () => void;
	readonly onJobs: (jobs: JobList) => void;
	readonly onLog: (level: 'info' | 'warn', text: string) => void;
	readonly now: () => Date;
	readonly times?: Partial<WorkerTimes>;
}

/** Changes of jobs are gathered so long before they are told. */
const tellMs = 150;
/** What other windows said of sessions shows up so soon. */
const projectMs = 5_000;
/** A window hears of a cancel within half a second, and its job may take two to end. */
const endJobsMs = 5_000;

export class Background {
	readonly queue: JobQueue<EngineJobs>;
	readonly classifying: Classifying;
	readonly categories: Categories;
	readonly marks: SessionMarks;
	readonly maintaining: Maintaining;
	readonly providers: Providers;
	readonly #parts: BackgroundParts;
	readonly #rows: JobRows;
	readonly #worker: JobWorker;
	readonly #automatic: AutomaticRuns;
	readonly #deafen: () => void;
	#tellTimer: NodeJS.Timeout | undefined;
	#projectTimer: NodeJS.Timeout | undefined;
	#judged: { readonly state: string; readonly judgements: Judgements } | null = null;
	#isIndexed = false;
	readonly #stopping = new AbortController();
	#catchingUp: Promise<unknown> = Promise.resolve();
	#only: JobOfType | undefined;
	#isEnding = false;

	constructor(parts: BackgroundParts) {
		this.#parts = parts;
		const { storage, options, now, onLog } = parts;
		const { ledger, tables } = storage;
		const registry = engineJobs();
		const log = (text: string) => onLog('warn', text);
		this.queue = new JobQueue<EngineJobs>({ ledger, registry, now, onLog: log });
		this.#rows = new JobRows(this.queue, ledger);
		this.categories = new Categories({ tables, read: work => ledger.read(work) });
		this.marks = new SessionMarks({ ledger, tables, onSessions: parts.onMarks, now });
		this.providers = new Providers(parts);
		this.classifying = new Classifying({
			tables,
			ledger,
			queue: this.queue,
			providers: this.providers,
			categories: this.categories,
			options: () => options().classification,
			isTrusted: () => options().isTrusted,
			consentScope: scope => this.consentScope(scope),
			projectsOf: parts.projectsOf,
			dayStart: parts.dayStart,
			// Not yet: a temporary one is made when it is asked for.
			get dataDir() {
				return parts.dataDir;
			},
			onAnswers: () => this.project(),
			onLog: text => onLog('info', text),
			now,
		});
		registry.handle('classify', (data, run) => this.classifying.run(data, run));
		registry.handle('collect-answers', (_, run) => this.classifying.collect(run));
		registerMaintenance(registry, { ...storage.maintenance, ledger, queue: this.queue, now });
		this.#worker = new JobWorker({
			queue: this.queue,
			capabilities: () => ({ scopes: this.#scopes(), needs: this.#needs(), only: this.#only }),
			limits: () => options().jobLimits,
			onLog: log,
			...(parts.times === undefined ? {} : { times: parts.times }),
		});
		this.maintaining = new Maintaining({
			queue: this.queue,
			files: storage.maintenance,
			options: () => options().maintenance,
			answersFolder: () => this.classifying.answersFolder,
			onRestored: () => {
				this.project();
				parts.onJobs(this.jobs());
			},
			onLog: log,
			now,
		});
		this.#automatic = new AutomaticRuns({
			isOn: () => options().classification.isAutomatic && options().isTrusted,
			// One that waits for another window, or another workspace, may wait for ever.
			isBusy: () => this.queue.active().some(job => job.type === 'classify' && (job.status === 'running' || this.#canRun(job))),
			runs: () => this.queue.list({ type: 'classify' }).jobs,
			isOurs: job => job.scope === this.consentScope('workspace'),
			dayStart: parts.dayStart,
			ended: (afterMs, beforeMs) => this.#worthAsking(tables.facts.endedBetween(parts.projectsOf('workspace'), afterMs, beforeMs)),
			start: async sessionIds => {
				await this.classifying.start(this.#ownTarget(sessionIds), { isAgreed: false, isAutomatic: true, mayBeEmpty: false });
			},
			onLog: log,
			now,
		});
		this.#deafen = this.queue.onChange(jobs => {
			this.#rows.noticed(jobs, now().getTime());
			// Cancelled while nobody ran it, for example.
			if (jobs.some(({ type, status }) => type === 'classify' && isFinished(status))) this.#collectLeft();
			this.#tellTimer ??= setTimeout(() => {
				this.#tellTimer = undefined;
				parts.onJobs(this.jobs());
			}, tellMs);
		});
	}

	/** From now on jobs of this window's are run. Answers before anything of that is done. */
	start(): void {
		if (this.#stopping.signal.aborted || this.#parts.storage.ledger.refusal !== null) return;
		this.startWorker();
		this.#automatic.start();
		clearInterval(this.#projectTimer);
		this.#projectTimer = setInterval(() => this.project(), projectMs);
		this.maintaining.plan().catch((error: unknown) => this.#parts.onLog('warn', `Maintenance is not scheduled: ${String(error)}`));
	}

	/** Without anything that comes again and again: for a headless command, which names the one run it is to pay for. */
	startWorker(only?: JobOfType): void {
		this.#only = only;
		this.#worker.start();
		this.#collectLeft();
	}

	/** The sessions on disk are known: before, a run would take them for gone. */
	indexed(): void {
		if (this.#isIndexed) return;
		this.#isIndexed = true;
		this.#worker.look();
	}

	/** Nothing of it begins again: also not by a start that was still under way. */
	async stop(): Promise<void> {
		this.#stopping.abort();
		clearInterval(this.#projectTimer);
		this.#automatic.stop();
		this.maintaining.stop();
		await this.#worker.stop();
		await this.#catchingUp.catch(() => undefined);
		// What the end of the jobs had to tell would be read from files that are closed.
		this.#deafen();
		clearTimeout(this.#tellTimer);
	}

	/**
	 * Ends what is asked and what runs, here and in other windows, so that nothing of it goes on for nobody: for when all data is to
	 * go. Nothing begins again in this window afterwards.
	 */
	async endWork(): Promise<void> {
		this.#isEnding = true;
		this.#automatic.stop();
		this.maintaining.stop();
		if (this.#parts.storage.ledger.refusal !== null) return;
		// What waits for its day asks nothing, and goes with the ledger.
		const isMeant = ({ type, status }: Job): boolean => status === 'running' || type === 'classify' || type === 'collect-answers';
		try {
			if (!(await endJobs(this.queue, isMeant, endJobsMs))) this.#parts.onLog('warn', 'Some jobs did not end when all data was to go');
			await this.classifying.endRequests();
		} catch (error) {
			// A ledger that cannot be written is no reason to keep what a person wants gone.
			this.#parts.onLog('warn', `Some jobs did not end when all data was to go: ${String(error)}`);
		}
	}

	/** After a start: see `Categories.catchUp`. */
	async catchUp(): Promise<void> {
		if (this.#stopping.signal.aborted) return;
		const catchingUp = this.categories.catchUp(this.#stopping.signal);
		this.#catchingUp = catchingUp;
		if (await catchingUp) this.#parts.onSessions([]);
	}

	/** Takes over what was said of sessions, here or in other windows. */
	project(): void {
		const changed = this.categories.project();
		if (changed.length > 0) this.#parts.onSessions(changed);
		const marked = this.marks.project();
		if (marked.length > 0) this.#parts.onMarks(marked);
		this.#parts.onLedger();
	}

	/** Trust, folders or settings changed: another job may be runnable now. */
	configured(): void {
		this.#automatic.configured();
		this.#worker.look();
	}

	jobs(): JobList {
		return this.#rows.list(this.#parts.now().getTime());
	}

	get rows(): Pick<JobRows, 'runs' | 'spending'> {
		return this.#rows;
	}

	/** At level 2. Every query of the panel asks for them, and 10,000 take 25 to 50 ms to read. */
	judgements(): Judgements {
		return this.#parts.storage.ledger.read(reader => {
			const state = classificationsState(reader);
			if (this.#judged?.state !== state) this.#judged = { state, judgements: judgementsOf(judgementRows(reader)) };
			return this.#judged.judgements;
		});
	}

	#ownTarget(sessionIds: readonly string[]): ClassifyTarget {
		const { provider, models } = this.#parts.options().classification;
		return { scope: 'workspace', sessionIds, category: null as CategoryName | null, provider, model: models[provider] };
	}

	/** Without those that were asked about in vain as they are now: the same question would buy the same failure. */
	#worthAsking(sessionIds: readonly string[]): readonly string[] {
		const { storage, options, projectsOf } = this.#parts;
		const { provider, models } = options().classification;
		const asked = { provider, model: models[provider], promptVersion };
		const inVain = storage.ledger.read(reader => askedInVain(reader, asked, sessionIds));
		if (inVain.size === 0) return sessionIds;
		const now = new Map(storage.tables.facts.endings(projectsOf('workspace')).map(({ sessionId, lastRecord }) => [sessionId, lastRecord]));
		return sessionIds.filter(id => inVain.get(id)?.has(now.get(id) ?? '') !== true);
	}

	#canRun(job: Job): boolean {
		const needs = this.#needs();
		return (job.scope === null || this.#scopes().has(job.scope)) && job.needs.every(need => needs.has(need));
	}

	#scopes(): ReadonlySet<string> {
		return new Set([this.consentScope('workspace'), this.consentScope('all')]);
	}

	/** Consent is given for the folders of a window, or for all projects; by their paths, in any order. */
	consentScope(scope: Scope): string {
		return scope === 'all' ? 'all' : JSON.stringify(this.#parts.options().workspaceFolders.toSorted());
	}

	#collectLeft(): void {
		if (this.#isEnding) return;
		this.classifying
			.collectLeft()
			.catch((error: unknown) => this.#parts.onLog('warn', `Answers that are left are not collected: ${String(error)}`));
	}

	#needs(): ReadonlySet<string> {
		const needs = new Set<string>();
		if (this.#isIndexed) needs.add('index');
		if (this.#parts.options().isTrusted) needs.add('trust');
		if (this.#parts.host !== null) needs.add('window');
		return needs;
	}
}
