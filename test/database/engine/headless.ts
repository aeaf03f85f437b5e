/** The engine without VS Code, run by run, with a look into its tables. */
import type { EngineEvents, EngineOptions } from '../../../src/extension/engine/api.ts';
import { Engine } from '../../../src/extension/engine/engine.ts';
import type { FinishedRun } from '../../../src/extension/engine/indexRuns.ts';
import { headlessOptions } from '../../../src/extension/engine/headless.ts';
import { openStorage } from '../../../src/extension/engine/openStorage.ts';
import type { Storage } from '../../../src/extension/engine/storage.ts';
import { type Report, reportOf, type ReportSession } from '../../../src/extension/insights/report.ts';
import { FigureQueries } from '../../../src/extension/store/index/figures.ts';
import { SessionLists } from '../../../src/extension/store/index/lists.ts';
import { contentOf } from './tableContent.ts';

export interface HeadlessOptions extends Partial<EngineOptions> {
	readonly env?: Readonly<Record<string, string | undefined>>;
	readonly now?: () => Date;
	/** Reader threads are for large homes; tests read in place unless they say otherwise. */
	readonly readerThread?: URL | null;
	/** Called with each event as it is told. */
	readonly onEvent?: (name: keyof EngineEvents) => void;
	/** Of a started engine: another window deletes all data. */
	readonly onDeleted?: () => void;
}

/** Figures of this run alone are left out. */
export type Figures = Omit<Report, 'index'>;

export class HeadlessEngine {
	readonly engine: Engine;
	readonly storage: Storage;
	readonly events: { readonly [K in keyof EngineEvents]: EngineEvents[K][] } = {
		status: [],
		changed: [],
		jobs: [],
		log: [],
		searchStatus: [],
		exportProgress: [],
	};
	readonly #heard = new Set<() => void>();

	static async open(claudeDir: string, options: HeadlessOptions = {}): Promise<HeadlessEngine> {
		const {
			env = {},
			now = () => new Date(),
			readerThread = null,
			onEvent = () => undefined,
			onDeleted = () => undefined,
			...given
		} = options;
		const engineOptions: EngineOptions = {
			...headlessOptions({ claudeDirs: [claudeDir], workspace: null, dataDir: null }),
			replaceDefaults: true,
			indexTimeoutMs: 600_000,
			...given,
		};
		const opened = new HeadlessEngine(engineOptions, await openStorage(engineOptions, env), { env, now, readerThread, onEvent, onDeleted });
		await opened.engine.open();
		return opened;
	}

	private constructor(
		options: EngineOptions,
		storage: Storage,
		{
			env,
			now,
			readerThread,
			onEvent,
			onDeleted,
		}: Required<Pick<HeadlessOptions, 'env' | 'now' | 'readerThread' | 'onEvent' | 'onDeleted'>>,
	) {
		this.storage = storage;
		this.engine = new Engine({
			options,
			storage,
			readerThread,
			env,
			host: null,
			now,
			onDeleted,
			emit: (name, payload) => {
				(this.events[name] as unknown[]).push(payload);
				onEvent(name);
				for (const listener of this.#heard) listener();
			},
		});
	}

	/** Indexes once and gives the run. */
	async index(type: 'incremental' | 'deep' | 'full' = 'incremental'): Promise<FinishedRun> {
		this.engine.index(type);
		await this.engine.idle();
		const run = this.engine.lastRun;
		if (run === null) throw new Error(`no run ended: ${this.events.log.map(line => line.text).join('\n')}`);
		return run;
	}

	/** Resolves when the condition holds; it is asked again after every event of the engine. */
	async until(condition: () => boolean): Promise<void> {
		while (!condition()) {
			await new Promise<void>(resolve => {
				const heard = (): void => {
					this.#heard.delete(heard);
					resolve();
				};
				this.#heard.add(heard);
			});
		}
	}

	figures(): Figures {
		const { db } = this.storage.tables;
		const none = { type: '', filesSeen: 0, filesRead: 0, bytesRead: 0, durationMs: 0, throughputMBPerSec: null };
		const run = { ...none, malformedLines: 0, unknownRecordTypes: {} };
		const { schema, totals, models, sessions } = reportOf(run, new SessionLists(db).all(null), new FigureQueries(db).models(null, null));
		return { schema, totals, models, sessions };
	}

	sessions(): Map<string, ReportSession> {
		return new Map(this.figures().sessions.map(session => [session.id, session]));
	}

	/** A session that must be there. */
	session(id: string): ReportSession {
		const session = this.sessions().get(id);
		if (session === undefined) throw new Error(`no session ${id}`);
		return session;
	}

	/** Every row of every table, without the ids that depend on the order of indexing. */
	content(): string[] {
		return contentOf(this.storage.tables.db);
	}

	async close(): Promise<void> {
		await this.engine.stop();
	}
}

/** Opens, indexes once, and closes. */
export async function indexedOnce<T>(
	claudeDir: string,
	look: (engine: HeadlessEngine, run: FinishedRun) => T,
	options?: HeadlessOptions,
): Promise<T> {
	const engine = await HeadlessEngine.open(claudeDir, options);
	try {
		const run = await engine.index();
		return look(engine, run);
	} finally {
		await engine.close();
	}
}
