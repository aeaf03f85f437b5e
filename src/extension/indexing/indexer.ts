/**
 * Brings the index up to date with the transcripts: scan, read, settle who owns what, derive the sessions.
 *
 * The room sits on `claude/` (what a transcript means) and `store/` (where rows go). It knows neither windows nor when
 * it is asked to run; that is the engine's.
 */
import { open } from 'node:fs/promises';
import { join, sep } from 'node:path';
import { isOwnWorkingDirectory } from '../claude/ownRequests.ts';
import { longContextLimit } from '../claude/prices.ts';
import { toolErrorKind } from '../claude/toolErrors.ts';
import { unpackState } from '../claude/readerState.ts';
import type { SessionFile } from '../store/index/dirtySessions.ts';
import type { RemovedFile } from '../store/index/removal.ts';
import { circleBreaks, deriveSession, type ReadFileOfSession, readingOrder } from './derive.ts';
import { discover, type FoundFile } from './discover.ts';
import { IndexRun, parserVersion } from './indexRun.ts';
import { plan, type Step } from './plan.ts';
import type { IndexerParts, ProjectIdentity, RunRequest, RunResult, Scan, ScanRequest, Unreadable } from './runRequest.ts';
import { Settling } from './settle.ts';

/** A run over more than this is done in bulk. */
const bulkBytes = 32 << 20;
/** Sessions are derived and shown so often while a large run goes on. */
const showEveryMs = 1000;

export class Indexer {
	readonly #parts: IndexerParts;
	readonly #settling: Settling;
	readonly #projects = new Map<string, ProjectIdentity>();
	/** What could not be looked into when it was looked at last: a scan of one project says nothing of the others. */
	#unreadable: readonly Unreadable[] = [];
	/** The index is unsettled, but the settling knows what to look at. */
	#isTold = false;

	constructor(parts: IndexerParts) {
		this.#parts = parts;
		this.#settling = new Settling(parts.tables);
	}

	/** Looks at directories, sizes and times only; opens no transcript (IDX-4). */
	async scan(request: ScanRequest): Promise<Scan> {
		const { files } = this.#parts.tables;
		const found: FoundFile[] = [];
		const unreadable: Unreadable[] = [];
		for (const projectsDir of request.projectsDirs) {
			const discovery = await discover(projectsDir, request.onlyProjects, request.signal);
			found.push(...discovery.files.filter(({ sessionId }) => sessionId === null || !this.#parts.isForgotten(sessionId)));
			unreadable.push(...discovery.unreadable);
		}
		const { onlyProjects } = request;
		const within = onlyProjects && request.projectsDirs.flatMap(dir => [...onlyProjects].map(project => join(dir, project)));
		// A linked directory's files are known by their real paths, which lie elsewhere.
		const isElsewhere = (file: FoundFile): boolean => within?.every(folder => !file.path.startsWith(folder + sep)) === true;
		const elsewhere = new Set(found.filter(isElsewhere).map(({ path }) => path));
		const known =
			within === null
				? files.all()
				: within
						.flatMap(folder => files.below(folder, sep))
						.concat(elsewhere.size === 0 ? [] : files.all().filter(({ path }) => elsewhere.has(path)));
		const isLookedAt = (path: string): boolean =>
			within === null || request.projectsDirs.includes(path) || within.some(folder => path === folder || path.startsWith(folder + sep));
		const isSaidAgain = ({ path }: Unreadable): boolean => isLookedAt(path) || unreadable.some(other => other.path === path);
		this.#unreadable = [...this.#unreadable.filter(each => !isSaidAgain(each)), ...unreadable];
		const planned = plan(found, known, {
			deep: request.deep,
			parserVersion,
			unreadable: [...request.unreadable, ...this.#unreadable.map(({ path }) => path)],
		});
		const mustSettle = this.#parts.tables.meta('unsettled') !== null;
		const isUnsettled = mustSettle && !this.#isTold;
		const steps = request.deep ? planned.steps : await readableOf(planned.steps);
		const isQuiet = steps.length === 0 && planned.vanished.length === 0 && !mustSettle;
		return { ...planned, steps, filesSeen: found.length, unreadable: this.#unreadable, isUnsettled, isQuiet };
	}

	/** Reads what a scan found. Rejects when the signal aborts or a reader dies; what was read until then stays. */
	async run(scan: Scan, request: RunRequest): Promise<RunResult> {
		const { tables, readers } = this.#parts;
		const run = new IndexRun(scan, request, this.#parts, this.#settling);
		const isLarge = run.bytesTotal > bulkBytes;
		if (isLarge && run.bytesTotal > tables.files.bytes() / 2) tables.noteLoose();
		run.markGone();
		run.noteUnread();
		if (scan.isUnsettled) this.#settling.lookAtEverything();
		let shown = performance.now();
		let showing = Promise.resolve();
		const read = (): Promise<void> =>
			readers.read(
				run.pending(),
				events => {
					run.take(events);
					if (performance.now() - shown < showEveryMs) return;
					// Figures that depend on other files settle at the end; people see sessions from the first second on.
					shown = performance.now();
					showing = showing.then(() => this.#derive(run, request));
				},
				request.signal,
			);
		await (isLarge ? tables.inBulk(read) : read());
		await showing;
		await this.#readCopiesAgain(run, request.signal);
		this.#settling.settleCounts();
		if (scan.isUnsettled) {
			for (const rowId of tables.sessions.allRowIds()) this.#settling.addDirtySession(rowId);
			await this.#identify(this.#workingDirectories(tables.sessions.allRowIds()));
		}
		await this.#derive(run, request);
		tables.change(() => tables.deleteMeta('unsettled'));
		this.#isTold = false;
		tables.pack();
		return run.result();
	}

	/**
	 * Takes sessions out as if their files had never been there; the next run settles who owns what they shared. Not while a
	 * run goes on. Answers what cannot be read again.
	 */
	forget(sessionIds: readonly string[]): readonly RemovedFile[] {
		const { tables } = this.#parts;
		return this.#unsettling(() => {
			const fileIds = tables.removal.filesOf(sessionIds);
			const kept = tables.removal.keep(fileIds);
			for (const fileId of fileIds) {
				this.#settling.addFile(fileId);
				tables.writer.clear(fileId);
			}
			tables.removal.removeFiles(fileIds);
			for (const id of tables.removal.known(sessionIds)) tables.sessions.remove(tables.sessions.rowIdOf(id));
			tables.removal.sweepNames();
			return kept;
		});
	}

	/** The next run reads what is on disk of sessions that were forgotten; `removed` is what is not. */
	remember(removed: readonly RemovedFile[]): void {
		const { tables } = this.#parts;
		this.#unsettling(() => {
			tables.removal.removeBareFiles();
			for (const file of removed) {
				const rowId = tables.sessions.rowIdOf(file.sessionId);
				const fileId = tables.removal.putBack(file, rowId);
				if (fileId !== null) this.#settling.addFile(fileId);
				this.#settling.addDirtySession(rowId);
			}
		});
	}

	/** A kill before the next run has everything settled. */
	#unsettling<T>(work: () => T): T {
		const { tables } = this.#parts;
		return tables.change(() => {
			if (tables.meta('unsettled') === null) this.#isTold = true;
			tables.setMeta('unsettled', '1');
			return work();
		});
	}

	/** Files whose records turned out to be copies are read again, without what others own. */
	async #readCopiesAgain(run: IndexRun, signal: AbortSignal): Promise<void> {
		// One file's copies can be another's originals, but each round settles at least one file for good.
		for (let round = 0; round < 10; round++) {
			const copies = this.#parts.tables.change(() => this.#settling.misplacedCopies());
			if (copies.size === 0) return;
			await this.#parts.readers.read(run.pendingAgain(copies), events => run.take(events), signal);
		}
	}

	/** Prices every sum again; a new price list is not a re-index (MODEL-6). */
	async reprice(): Promise<void> {
		const { tables } = this.#parts;
		const all = tables.sessions.allRowIds();
		await this.#identify(this.#workingDirectories(all));
		tables.change(() => {
			tables.usage.markLongResponses(longContextLimit);
			this.#deriveSessions(all);
		});
	}

	async #derive(run: IndexRun, request: RunRequest): Promise<void> {
		const dirty = [...this.#settling.takeDirtySessions()];
		if (dirty.length === 0) return;
		await this.#identify(run.takeWorkingDirectories());
		const { ids, unidentified } = this.#parts.tables.change(() => this.#deriveSessions(dirty));
		if (unidentified.size > 0) {
			// Of files read in an earlier run, which this process did not see.
			await this.#identify(unidentified.values());
			this.#parts.tables.change(() => this.#deriveSessions([...unidentified.keys()]));
		}
		request.onSessions(ids);
	}

	#workingDirectories(rowIds: readonly number[]): Set<string> {
		const { dirty } = this.#parts.tables;
		dirty.set(rowIds);
		const { read } = asRead([...dirty.files().values()].flat());
		return new Set(read.map(file => file.summary.firstCwd).filter(cwd => cwd !== null));
	}

	/** Asks the disk which folders new working directories are, before the transaction that needs to know. */
	async #identify(cwds: Iterable<string>): Promise<void> {
		for (const cwd of cwds) if (!this.#projects.has(cwd)) this.#projects.set(cwd, await this.#parts.identify(cwd));
	}

	/** Working directories that nobody identified yet are told by session; those sessions are without a project until then. */
	#deriveSessions(rowIds: readonly number[]): { ids: string[]; unidentified: Map<number, string> } {
		const { sessions, dirty, toolSums, lacksIndexes } = this.#parts.tables;
		dirty.set(rowIds);
		const usage = dirty.usage().map(sum => ({ ...sum, costUsd: this.#parts.costOf(sum) }));
		dirty.replaceUsage(usage);
		toolSums.replace(toolErrorKind);
		const usageOf = Map.groupBy(usage, row => row.sessionRowId);
		const files = dirty.files();
		const tools = dirty.tools();
		const active = dirty.activeMs();
		// What is found by a record's key needs all of them, and comes at the end.
		const none = new Map<number, string>();
		const [titles, copied, continued] = lacksIndexes
			? [none, none, none]
			: [dirty.summaryTitles(), dirty.copiedFrom(), dirty.continuations()];
		const updatedAt = this.#parts.now().toISOString();
		const ids: string[] = [];
		const unidentified = new Map<number, string>();
		for (const rowId of rowIds) {
			const sessionId = sessions.sessionIdOf(rowId);
			if (sessionId === null) continue;
			ids.push(sessionId);
			const { read, damaged } = asRead(files.get(rowId) ?? []);
			if (damaged.length > 0) {
				// What its row says stays until they were read from their first byte; of a file that is gone nothing better will come.
				for (const file of damaged) if (file.goneAt === null) this.#parts.tables.files.begin(file.id);
				continue;
			}
			const cwd = readingOrder(read)[0]?.summary.firstCwd ?? null;
			if (cwd !== null && !this.#projects.has(cwd)) unidentified.set(rowId, cwd);
			const isOwn = cwd !== null && isOwnWorkingDirectory(cwd);
			const values = isOwn
				? null
				: deriveSession({
						sessionId,
						files: read,
						usage: usageOf.get(rowId) ?? [],
						tools: tools.get(rowId) ?? null,
						activeMs: active.get(rowId) ?? 0,
						summaryTitle: titles.get(rowId) ?? null,
						copiedFrom: copied.get(rowId) ?? null,
						continues: continued.get(rowId) ?? null,
						projectId: cwd === null ? null : this.#projectId(cwd),
					});
			if (values === null) sessions.remove(rowId);
			else sessions.update(rowId, { ...values, updated_at: updatedAt });
		}
		for (const id of circleBreaks(sessions.parents())) sessions.forgetParent(id);
		this.#parts.onDerived(rowIds);
		return { ids, unidentified };
	}

	#projectId(cwd: string): number | null {
		const project = this.#projects.get(cwd);
		return project === undefined ? null : this.#parts.tables.sessions.projectIdOf(project.key, project.name);
	}
}

/** Without files that failed before and would fail again: each scan would leave a run that found out nothing new. */
async function readableOf(steps: readonly Step[]): Promise<readonly Step[]> {
	const isHopeless = await Promise.all(
		steps.map(async ({ known, found }) => {
			if (known === null || known.problem === null) return false;
			// A permission that is given leaves no trace in what the plan looks at.
			if (['EACCES', 'EPERM'].includes(known.problem)) return !(await isReadable(found.path));
			return known.mtimeMs === found.mtimeMs && known.inode === found.inode;
		}),
	);
	return steps.filter((_, i) => isHopeless[i] !== true);
}

async function isReadable(path: string): Promise<boolean> {
	try {
		await (await open(path, 'r')).close();
		return true;
	} catch {
		return false;
	}
}

/** Files that were read, with what was made of them, and those whose state is damaged. */
function asRead(files: readonly SessionFile[]): { read: ReadFileOfSession[]; damaged: SessionFile[] } {
	const read: ReadFileOfSession[] = [];
	const damaged: SessionFile[] = [];
	for (const file of files) {
		if (file.state === null) continue;
		const state = unpackState(file.state);
		if (state === null) damaged.push(file);
		else read.push({ file, summary: state.summary });
	}
	return { read, damaged };
}
