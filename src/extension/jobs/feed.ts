/** The news of the jobs: every change that this process makes, and those of other windows as they come in. */
import type { Ledger } from '../store/ledger/ledger.ts';
import { jobsSince, latestRevision } from '../store/ledger/jobLists.ts';
import type { JobRow } from '../store/ledger/jobs.ts';
import type { LedgerReader, LedgerTransaction } from '../store/ledger/transaction.ts';
import { type Job, jobOf } from './job.ts';

/** Gets each job that changed as it is now. Of several changes in between, the last one is told. */
export type JobListener = (jobs: readonly Job[]) => void;

export class JobFeed {
	readonly #ledger: Ledger;
	readonly #onLog: (message: string) => void;
	readonly #listeners = new Set<JobListener>();
	#seen: number;
	/** Changes under way: what can be read now may not be on disk yet. */
	#underWay = 0;

	constructor(ledger: Ledger, onLog: (message: string) => void) {
		this.#ledger = ledger;
		this.#onLog = onLog;
		this.#seen = ledger.read(latestRevision);
	}

	/** Answers how not to be told any more. */
	onChange(listener: JobListener): () => void {
		this.#listeners.add(listener);
		return () => this.#listeners.delete(listener);
	}

	/** `Ledger.change` for whatever changes jobs. The listeners hear of it once it is as safe as was asked for. */
	async change<T>(work: (tx: LedgerTransaction) => T, options?: { readonly durable?: boolean }): Promise<T> {
		let rows: readonly JobRow[] = [];
		this.#underWay++;
		try {
			return await this.#ledger.change(tx => {
				const value = work(tx);
				rows = this.#news(tx);
				return value;
			}, options);
		} catch (error) {
			rows = [];
			throw error;
		} finally {
			this.#underWay--;
			this.#tell(rows);
		}
	}

	/** Brings the news of other windows. Rejects with `LedgerError`. */
	async refresh(): Promise<void> {
		await this.#ledger.refresh();
		if (this.#ledger.refusal !== null) throw this.#ledger.refusal;
		// A change that is under way brings the same news, and tells them when it is safe itself.
		if (this.#underWay === 0) this.#tell(this.#ledger.read(reader => this.#news(reader)));
	}

	#news(reader: LedgerReader): readonly JobRow[] {
		// Somebody has deleted everything: the count has begun anew.
		if (latestRevision(reader) < this.#seen) this.#seen = 0;
		return jobsSince(reader, this.#seen);
	}

	#tell(rows: readonly JobRow[]): void {
		const jobs = rows.filter(({ revision }) => revision > this.#seen).map(jobOf);
		if (jobs.length === 0) return;
		this.#seen = rows.at(-1)?.revision ?? this.#seen;
		for (const listener of [...this.#listeners]) {
			try {
				listener(jobs);
			} catch (error) {
				this.#onLog(`A listener to the jobs failed: ${error instanceof Error ? error.message : String(error)}`);
			}
		}
	}
}
