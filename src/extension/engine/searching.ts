/**
 * The search in the engine: has its index built when the transcripts were indexed, answers what is asked of it, and says how it
 * stands. Can be switched off, and leaves no file then.
 */
import { homedir } from 'node:os';
import { ChannelError, type Handlers } from '../../messaging/channel.ts';
import type { SearchAnswer, SearchQuery, SearchStatus } from '../../webview/contract/search.ts';
import type { LocalCalendar } from '../insights/localTime.ts';
import { SearchCatalogue } from '../search/catalogue.ts';
import { inSteps } from '../search/inSteps.ts';
import { RecentRecords } from '../search/recentRecords.ts';
import { search } from '../search/search.ts';
import { SearchUpkeep, type UpkeepProgress } from '../search/upkeep.ts';
import { SearchRows } from '../store/index/searchRows.ts';
import type { ProjectScope } from '../store/index/lists.ts';
import type { ShardSet } from '../store/search/shardSet.ts';
import type { Sqlite } from '../store/sqlite.ts';
import type { Scope } from '../../webview/contract/sessions.ts';
import type { SearchCalls } from './calls/search.ts';
import { SaveSchedule } from './saveSchedule.ts';

export interface SearchingParts {
	readonly db: Sqlite;
	readonly shards: ShardSet;
	readonly isEnabled: boolean;
	readonly calendar: () => LocalCalendar;
	readonly projectsOf: (scope: Scope) => ProjectScope;
	/** Resolves when no index run is going on. */
	readonly turn: () => Promise<void>;
	readonly onStatus: (status: SearchStatus) => void;
	readonly onLog: (level: 'info' | 'warn' | 'error', text: string) => void;
	readonly now: () => Date;
}

/** No list gives more rows at once (DB-1). */
const mostHits = 200;
/** A full page is counted on for so long. */
const countForMs = 300;
/** Status is told so often. */
const tellMs = 250;
/** What open shards and read records take in memory is given back after so long without a search. */
const restMs = 60_000;
/** After a failure, and while another window writes, it is looked again after so long. */
const againMs = 10_000;

const nothing = { bytesDone: 0, bytesTotal: 0 } as const;

export class Searching {
	readonly #parts: SearchingParts;
	readonly #rows: SearchRows;
	readonly #catalogue: SearchCatalogue;
	readonly #recent = new RecentRecords();
	readonly #saving: SaveSchedule;
	#upkeep: SearchUpkeep | null = null;
	#opening: Promise<void> | null = null;
	#isEnabled: boolean;
	#isBegun = false;
	#progress: UpkeepProgress = { state: 'building', ...nothing };
	#problem: string | null = null;
	#toldAt = 0;
	#resting: NodeJS.Timeout | null = null;
	#again: NodeJS.Timeout | null = null;

	constructor(parts: SearchingParts) {
		this.#parts = parts;
		this.#isEnabled = parts.isEnabled;
		this.#rows = new SearchRows(parts.db);
		this.#catalogue = new SearchCatalogue(this.#rows);
		this.#saving = new SaveSchedule(() => {
			this.#save().catch((error: unknown) => this.#failed(error));
		});
	}

	status(): SearchStatus {
		const { shards } = this.#parts;
		if (!this.#isEnabled) return { state: 'off', ...nothing, bytesOnDisk: 0, problem: null };
		const { state, bytesDone, bytesTotal } = this.#progress;
		return { state: this.#problem === null ? state : 'error', bytesDone, bytesTotal, bytesOnDisk: shards.bytes, problem: this.#problem };
	}

	/** Opens what the first search needs: the list of sessions, and the shards. */
	async prepare(signal?: AbortSignal): Promise<void> {
		if (!this.#isEnabled) return;
		await this.#open();
		this.#rest();
		await inSteps(this.#catalogue.refresh(), { signal });
		await this.#parts.shards.use(() => Promise.resolve());
	}

	/** Rejects with `search-off`, or when the signal aborts. */
	async search(query: SearchQuery, signal?: AbortSignal): Promise<SearchAnswer> {
		return this.find(query, { mostHits, countForMs }, signal);
	}

	/** `countForMs` null counts to the end. */
	async find(
		query: SearchQuery,
		limits: { readonly mostHits: number; readonly countForMs: number | null },
		signal?: AbortSignal,
	): Promise<SearchAnswer> {
		if (!this.#isEnabled) throw new ChannelError('search-off', 'The search is switched off');
		const started = performance.now();
		const { shards, calendar, projectsOf, now } = this.#parts;
		await this.#open();
		this.#rest();
		// What is said of an answer is what held when it began: the index may become whole meanwhile.
		const isIndexComplete = this.status().state === 'ready';
		const found = await search(
			{
				text: query.text,
				projects: projectsOf(query.scope),
				sessionId: query.sessionId,
				kinds: query.kinds,
				offset: Math.max(0, query.offset),
				limit: Math.min(limits.mostHits, Math.max(1, query.limit)),
				isTyping: query.isTyping,
				countForMs: limits.countForMs,
			},
			{
				shards,
				rows: this.#rows,
				catalogue: this.#catalogue,
				home: homedir(),
				recent: this.#recent,
				calendar: () => ({ startOf: day => calendar().startOf(day), today: calendar().dayOf(now().getTime()) }),
				now,
				onStale: path => this.#stale(path),
				onDamage: () => this.#update(null),
			},
			signal,
		);
		return { ...found, isIndexComplete, durationMs: performance.now() - started };
	}

	/** The transcripts were indexed for the first time since the start: from now on the search index follows. */
	begin(): void {
		if (this.#isBegun) return;
		this.#isBegun = true;
		this.#update(null);
	}

	/** What is stored of these sessions changed; null: of any. Ids that the index does not know any more are forgotten. */
	changed(sessionIds: readonly string[] | null): void {
		if (!this.#isEnabled) return;
		const rowIds = sessionIds === null ? null : this.#rows.rowIds(sessionIds);
		const known = rowIds === null || rowIds.length < (sessionIds?.length ?? 0) ? null : rowIds;
		this.#catalogue.changed(known);
		if (known === null) this.#recent.clear();
		if (this.#isBegun) this.#update(known);
	}

	/** Resolves when the search index says what the transcripts say. Rejects with what keeps it from it. */
	async upToDate(): Promise<void> {
		this.#isBegun = true;
		await this.#open();
		await this.#upkeep?.update(null);
		await this.#save();
	}

	async configure(isEnabled: boolean): Promise<void> {
		if (isEnabled === this.#isEnabled) return;
		this.#isEnabled = isEnabled;
		if (isEnabled) this.changed(null);
		else await this.#clear();
		this.#tell(true);
	}

	/** Starts from nothing. */
	async rebuild(): Promise<void> {
		if (!this.#isEnabled) return;
		await this.#clear();
		this.#update(null);
	}

	/** Everything is removed, on disk too. */
	async #clear(): Promise<void> {
		await this.#upkeep?.stop();
		this.#upkeep = null;
		this.#opening = null;
		this.#recent.clear();
		await this.#parts.shards.clear();
		this.#progress = { state: 'building', ...nothing };
		this.#problem = null;
	}

	async stop(): Promise<void> {
		this.#saving.dispose();
		if (this.#resting !== null) clearTimeout(this.#resting);
		if (this.#again !== null) clearTimeout(this.#again);
		await this.#upkeep?.stop();
		try {
			await this.#parts.shards.save(steps => runThrough(steps));
		} finally {
			await this.#parts.shards.close();
		}
	}

	#open(): Promise<void> {
		this.#upkeep ??= new SearchUpkeep({
			shards: this.#parts.shards,
			rows: this.#rows,
			turn: this.#parts.turn,
			onProgress: progress => {
				const isNews = progress.state !== this.#progress.state;
				this.#progress = progress;
				this.#problem = null;
				this.#tell(isNews);
			},
			onChange: () => this.#saving.changed(),
		});
		this.#opening ??= this.#parts.shards.open();
		return this.#opening;
	}

	#update(rowIds: readonly number[] | null): void {
		if (!this.#isEnabled) return;
		this.#open()
			.then(() => this.#upkeep?.update(rowIds))
			.then(() => {
				if (this.#progress.state === 'waiting') this.#later();
			})
			.catch((error: unknown) => this.#failed(error));
	}

	async #save(): Promise<void> {
		await this.#upkeep?.save();
		this.#tell(true);
	}

	#stale(path: string): void {
		this.#upkeep?.reread(path);
		this.#update([]);
	}

	#failed(error: unknown): void {
		if (!this.#isEnabled) return;
		this.#problem = error instanceof Error ? error.message : String(error);
		this.#parts.onLog('error', `The search index could not be brought up to date: ${this.#problem}`);
		this.#tell(true);
		this.#later();
	}

	#later(): void {
		if (this.#again !== null) clearTimeout(this.#again);
		this.#again = setTimeout(() => this.#update([]), againMs);
		this.#again.unref();
	}

	#rest(): void {
		if (this.#resting !== null) clearTimeout(this.#resting);
		this.#resting = setTimeout(() => {
			this.#parts.shards.release();
			this.#recent.clear();
		}, restMs);
		this.#resting.unref();
	}

	#tell(isNews: boolean): void {
		if (!isNews && performance.now() - this.#toldAt < tellMs) return;
		this.#toldAt = performance.now();
		this.#parts.onStatus(this.status());
	}
}

function runThrough<T>(steps: Generator<void, T>): Promise<T> {
	for (let step = steps.next(); ; step = steps.next()) if (step.done === true) return Promise.resolve(step.value);
}

export function searchHandlers(searching: () => Searching): Handlers<SearchCalls> {
	return {
		search: (query, signal) => searching().search(query, signal),
		prepareSearch: async (_, signal) => {
			await searching().prepare(signal);
			return null;
		},
		searchStatus: () => searching().status(),
		rebuildSearch: async () => {
			await searching().rebuild();
			return null;
		},
	};
}
