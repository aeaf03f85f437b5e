/**
 * The history as a window saved it last, for a process beside the windows: reads, and never writes. The image is in memory
 * only while questions come, and is read anew when a window has saved another.
 */
import { homedir } from 'node:os';
import { join } from 'node:path';
import { LocalCalendar } from '../insights/localTime.ts';
import { ToolError } from '../modelTools/inputs.ts';
import type { Past } from '../modelTools/past.ts';
import { SearchCatalogue } from '../search/catalogue.ts';
import { inSteps } from '../search/inSteps.ts';
import { readingPlan } from '../search/reading.ts';
import { RecentRecords } from '../search/recentRecords.ts';
import { search } from '../search/search.ts';
import { IndexTables } from '../store/index/indexTables.ts';
import { SearchRows } from '../store/index/searchRows.ts';
import { indexMigrations } from '../store/migrations/schemas.ts';
import { openSavedImage, versionOf } from '../store/savedImage.ts';
import { ShardSet } from '../store/search/shardSet.ts';
import type { SearchAnswer, SearchQuery } from '../../webview/contract/search.ts';
import type { Scope } from '../../webview/contract/sessions.ts';
import type { SavedFiles } from './calls/modelTools.ts';
import { KeptHistory } from './keptHistory.ts';
import { indexNameOf, searchNameOf } from './openStorage.ts';
import { IndexedPast } from './past.ts';
import { Workspace } from './scope.ts';

/** An index may be 80 MB, and agents ask in bursts. */
const keptMs = 60_000;
/** A full page of results is counted on for so long. */
const countForMs = 300;

interface Image {
	readonly version: string;
	readonly tables: IndexTables;
	readonly workspace: Workspace;
	readonly history: KeptHistory;
	readonly rows: SearchRows;
	readonly catalogue: SearchCatalogue;
	/** The search index has every text of it; null where that has to be looked up. */
	isSearchComplete: boolean | null;
}

export class SavedHistory {
	readonly #files: SavedFiles;
	readonly #path: string;
	readonly #shards: ShardSet;
	readonly #calendar: LocalCalendar;
	readonly #now: () => Date;
	#image: Image | null = null;
	#timer: NodeJS.Timeout | undefined;
	/** One look at the file at a time: two would read it twice. */
	#last: Promise<unknown> = Promise.resolve();

	constructor(files: SavedFiles, env: Readonly<Record<string, string | undefined>>, now: () => Date) {
		this.#files = files;
		const places = { claudeDirs: files.claudeDirs, replaceDefaults: false };
		this.#path = join(files.dataDir, `${indexNameOf(places, env)}.sqlite`);
		this.#shards = new ShardSet({ folder: join(files.dataDir, searchNameOf(places, env)), lockFolder: null, isReadOnly: true });
		this.#calendar = new LocalCalendar(files.timeZone);
		this.#now = now;
	}

	/** Answers one question with it; afterwards the image may go. @throws ToolError `no-index` before a window has saved one. */
	ask<T>(scope: Scope, question: (past: Past) => Promise<T>): Promise<T> {
		const answer = this.#last.then(async () => {
			clearTimeout(this.#timer);
			try {
				return await question(this.#past(await this.#current(), scope));
			} finally {
				this.#timer = setTimeout(() => this.close(), keptMs).unref();
			}
		});
		this.#last = answer.catch(() => undefined);
		return answer;
	}

	close(): void {
		clearTimeout(this.#timer);
		this.#shards.release();
		this.#image?.tables.db.close();
		this.#image = null;
	}

	async #current(): Promise<Image> {
		const version = await versionOf(this.#path);
		if (version === null)
			throw new ToolError('no-index', 'Session Insights has not indexed any session yet. Opening its view in VS Code does that.');
		if (this.#image?.version === version) return this.#image;
		this.close();
		const tables = new IndexTables(await openSavedImage(this.#path, indexMigrations));
		// Vanished worktrees are remembered in the ledger, which belongs to the windows.
		const workspace = new Workspace(tables, { load: () => Promise.resolve([]), save: () => Promise.resolve() });
		await workspace.update(this.#files.workspaceFolders);
		const rows = new SearchRows(tables.db);
		const history = new KeptHistory(tables.db);
		return (this.#image = { version, tables, workspace, history, rows, catalogue: new SearchCatalogue(rows), isSearchComplete: null });
	}

	#past(image: Image, scope: Scope): Past {
		const { tables, workspace, history } = image;
		return new IndexedPast({
			tables,
			sessions: () => history.table,
			scope,
			projects: workspace.projectsOf(scope),
			scopeLabel: workspace.label(scope),
			calendar: this.#calendar,
			search: (query, signal) => this.#search(image, query, signal),
			now: this.#now,
		});
	}

	/** In what the windows have saved of the search index; each hit is still proved at its transcript. */
	async #search(image: Image, query: SearchQuery, signal: AbortSignal): Promise<SearchAnswer> {
		const { rows, catalogue, workspace } = image;
		const started = performance.now();
		if (await this.#shards.refresh()) image.isSearchComplete = null;
		if (this.#shards.bytes === 0) throw new ToolError('search-off', 'There is no search index: it is switched off, or not built yet.');
		const found = await search(
			{
				text: query.text,
				projects: workspace.projectsOf(query.scope),
				sessionId: query.sessionId,
				kinds: query.kinds,
				offset: query.offset,
				limit: query.limit,
				isTyping: query.isTyping,
				countForMs,
			},
			{
				shards: this.#shards,
				rows,
				catalogue,
				home: homedir(),
				recent: new RecentRecords(),
				calendar: () => ({ startOf: day => this.#calendar.startOf(day), today: this.#calendar.dayOf(this.#now().getTime()) }),
				now: this.#now,
				// Whoever writes the search index finds that out, too.
				onStale: () => undefined,
				onDamage: () => undefined,
			},
			signal,
		);
		image.isSearchComplete ??=
			image.tables.unread === 0 && readingPlan(await inSteps(rows.allFiles(), { signal }), this.#shards.covered, true).bytes === 0;
		return { ...found, isIndexComplete: image.isSearchComplete, durationMs: performance.now() - started };
	}
}
