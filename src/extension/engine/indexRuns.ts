/**
 * One index run at a time: gathers what is asked for while one goes on, keeps its record, and tells how it stands.
 */
import { randomUUID } from 'node:crypto';
import type { FoundPlaces } from '../claude/places.ts';
import type { FoundFile } from '../indexing/discover.ts';
import type { IndexRunOutcome, IndexRunType, NewIndexRun } from '../store/ledger/indexRuns.ts';
import type { Indexer } from '../indexing/indexer.ts';
import type { RunProgress, RunResult, Scan } from '../indexing/runRequest.ts';

export type RunType = IndexRunType;
export type RunOutcome = Required<Omit<IndexRunOutcome, 'filesSeen'>> & { readonly filesSeen: number };

/** What a run leaves in the ledger (IDX-6). */
export interface RunRecords {
	begin(run: NewIndexRun): Promise<void>;
	complete(id: string, outcome: RunOutcome): Promise<void>;
}

export interface FinishedRun {
	readonly type: RunType;
	readonly scan: Scan;
	readonly result: RunResult;
	readonly outcome: RunOutcome;
	readonly places: FoundPlaces;
}

export interface IndexRunsParts {
	readonly indexer: Indexer;
	readonly records: RunRecords;
	readonly places: () => Promise<FoundPlaces>;
	readonly countSessions: () => number;
	readonly countFiles: () => number;
	readonly isFirst: () => (file: FoundFile) => boolean;
	readonly timeoutMs: () => number;
	readonly now: () => Date;
	readonly onBegin: (progress: RunProgress) => void;
	readonly onProgress: (progress: RunProgress) => void;
	readonly onSessions: (sessionIds: readonly string[]) => void;
	/** Also after a scan that found nothing; `run` is null then. */
	readonly onEnd: (run: FinishedRun | null, places: FoundPlaces, scan: Scan) => void;
	readonly onFault: (error: unknown) => void;
}

interface Asked {
	readonly id: string;
	readonly type: RunType;
	/** A person or a program asked: it leaves a record even when nothing changed. */
	readonly isAsked: boolean;
	/** Directories below `projects` that changed; null for everywhere. */
	readonly onlyProjects: ReadonlySet<string> | null;
}

export class IndexRuns {
	readonly #parts: IndexRunsParts;
	readonly #stop = new AbortController();
	#waiting: Asked | null = null;
	#working: Promise<void> | null = null;
	readonly #between: (() => void)[] = [];
	#missing = '';

	constructor(parts: IndexRunsParts) {
		this.#parts = parts;
	}

	/** Answers at once with the run's id (IDX-3). What is asked while a run goes on is done together after it. */
	request(asked: Omit<Asked, 'id'>): string {
		const before = this.#waiting;
		const merged: Asked = {
			id: before?.id ?? randomUUID(),
			type: before === null ? asked.type : thorough(asked.type, before.type),
			isAsked: asked.isAsked || before?.isAsked === true,
			onlyProjects: before === null ? asked.onlyProjects : both(before.onlyProjects, asked.onlyProjects),
		};
		this.#waiting = merged;
		this.#working ??= this.#work();
		return merged.id;
	}

	/** Does `work` when no run goes on: now, or before the next one. It never comes to it when the runs are stopped first. */
	between<T>(work: () => T): Promise<T> {
		return new Promise((resolve, reject) => {
			const task = (): void => {
				try {
					resolve(work());
				} catch (error) {
					reject(error instanceof Error ? error : new Error(String(error)));
				}
			};
			if (this.#working === null) task();
			else this.#between.push(task);
		});
	}

	/** Resolves when nothing is left to do. */
	idle(): Promise<void> {
		return this.#working ?? Promise.resolve();
	}

	/** Stops the run that goes on; what it read stays. */
	async stop(): Promise<void> {
		this.#stop.abort();
		await this.idle();
	}

	async #work(): Promise<void> {
		// Requests of the same turn of the event loop are one run.
		await Promise.resolve();
		for (let asked = this.#next(); asked !== null; asked = this.#next()) {
			try {
				await this.#one(asked);
			} catch (error) {
				if (!this.#stop.signal.aborted) this.#parts.onFault(error);
			}
		}
		this.#working = null;
	}

	#next(): Asked | null {
		for (const task of this.#between.splice(0)) task();
		return this.#take();
	}

	/** What is asked for next; null when there is nothing, or when everything is to stop. */
	#take(): Asked | null {
		const asked = this.#stop.signal.aborted ? null : this.#waiting;
		this.#waiting = null;
		return asked;
	}

	async #one(asked: Asked): Promise<void> {
		const parts = this.#parts;
		const places = await parts.places();
		const started = performance.now();
		const createdAt = parts.now().toISOString();
		const signal = AbortSignal.any([this.#stop.signal, AbortSignal.timeout(parts.timeoutMs())]);
		const type = parts.countFiles() === 0 ? 'full' : asked.type;
		const scan = await parts.indexer.scan({
			projectsDirs: places.places.map(place => place.projectsDir),
			unreadable: places.problems.filter(problem => problem.problem === 'unreadable').map(problem => problem.place.dir),
			deep: asked.type !== 'incremental',
			onlyProjects: asked.onlyProjects,
			signal,
		});
		const missing = places.problems.filter(({ place }) => place.named).map(({ message }) => message);
		const isNews = missing.join('\n') !== this.#missing;
		this.#missing = missing.join('\n');
		if (scan.isQuiet && !asked.isAsked && !isNews) {
			parts.onEnd(null, places, scan);
			return;
		}
		const sessionsBefore = parts.countSessions();
		await parts.records.begin({ id: asked.id, type, scope: 'all', createdAt, startedAt: parts.now().toISOString(), sessionsBefore });
		parts.onBegin({ filesDone: 0, filesTotal: scan.steps.length, bytesDone: 0, bytesTotal: 0 });
		let result: RunResult | null = null;
		let error = missing.length > 0 ? missing.join('; ') : null;
		try {
			result = await parts.indexer.run(scan, {
				isFirst: parts.isFirst(),
				onProgress: parts.onProgress,
				onSessions: parts.onSessions,
				signal,
			});
		} catch (fault) {
			error = signal.aborted ? (this.#stop.signal.aborted ? 'stopped' : 'took longer than the time allowed') : messageOf(fault);
			if (!signal.aborted) parts.onFault(fault);
		}
		const durationMs = performance.now() - started;
		const bytesRead = result?.bytesRead ?? 0;
		const outcome: RunOutcome = {
			status: error === null ? 'completed' : 'failed',
			completedAt: parts.now().toISOString(),
			filesSeen: scan.filesSeen,
			filesRead: result?.filesRead ?? 0,
			bytesRead,
			recordsWritten: result?.recordsWritten ?? 0,
			sessionsAfter: parts.countSessions(),
			durationMs: Math.round(durationMs),
			throughputMBPerSec: bytesRead === 0 ? null : bytesRead / 1e6 / (durationMs / 1000),
			error,
		};
		await parts.records.complete(asked.id, outcome);
		parts.onEnd(result === null ? null : { type, scan, result, outcome, places }, places, scan);
	}
}

/** The one that does more. */
function thorough(a: RunType, b: RunType): RunType {
	const order: readonly RunType[] = ['incremental', 'deep', 'full'];
	return order.indexOf(a) > order.indexOf(b) ? a : b;
}

function both(a: ReadonlySet<string> | null, b: ReadonlySet<string> | null): ReadonlySet<string> | null {
	return a === null || b === null ? null : new Set([...a, ...b]);
}

function messageOf(error: unknown): string {
	return error instanceof Error ? error.message : String(error);
}
