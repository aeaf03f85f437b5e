/** The types of jobs there are, and who runs them at the moment (JOB-6). */
import type { LedgerTransaction } from '../store/ledger/transaction.ts';
import type { Job, JobStatus } from './job.ts';
import type { JobHandler, JobRun } from './jobRun.ts';
import { JobFailure } from './retry.ts';

/** A map of names to what the jobs of that type take and give: `{ classify: { data: Sessions; result: Figures } }`. */
export type JobTypes<Types> = { readonly [Name in keyof Types]: { readonly data: unknown; readonly result: unknown } };
export type NameIn<Types> = keyof Types & string;

export interface JobType<Data, Result, Name extends string = string> {
	readonly name: Name;
	/** Throws on anything that is no `Data`: also on what an older version of the extension stored. */
	parse(data: unknown): Data;
	/**
	 * What happens after its owner died or its window closed. `resume`: it goes on from its checkpoint. `restart`: it
	 * begins anew. `interrupted`: it fails, because what it does must not be done twice unless a person says so.
	 */
	readonly afterOwnerDied: 'resume' | 'restart' | 'interrupted';
	/** How many run at once over all windows, where the settings do not say. */
	readonly concurrency: number;
	/** How long one run may take, where the job does not say. */
	readonly timeoutMs: number | null;
	/** 3 by default. One for what must not be done twice: a failure, such as a time-out, is tried again as well. */
	readonly maxAttempts?: number;
	/** Runs inside the change that gives a job its status, so that another table can follow. Must not throw. */
	onStatus?(tx: LedgerTransaction, job: Job, status: JobStatus): void;
	/** Never there: names the type of the result for the compiler. */
	readonly result?: Result;
}

export type JobDefinitions<Types extends JobTypes<Types>> = {
	readonly [Name in NameIn<Types>]: JobType<Types[Name]['data'], Types[Name]['result'], Name>;
};

/** A handler with the check of its data before it. */
export type CheckedHandler = (data: unknown, run: JobRun) => Promise<unknown>;

/** What the queue's machinery knows of types whose names are only known at run time. */
export interface JobCatalogue {
	typeOf(name: string): JobType<unknown, unknown> | null;
	handlerOf(name: string): CheckedHandler | null;
	/** Types that have a handler. */
	readonly handled: readonly string[];
	/** Tells when a handler comes; answers how not to be told any more. */
	onHandler(listener: () => void): () => void;
}

export class JobRegistry<Types extends JobTypes<Types>> implements JobCatalogue {
	readonly #types: ReadonlyMap<string, JobType<unknown, unknown>>;
	readonly #handlers = new Map<string, CheckedHandler>();
	readonly #listeners = new Set<() => void>();

	constructor(definitions: JobDefinitions<Types>) {
		this.#types = new Map(Object.entries<JobType<unknown, unknown>>(definitions));
	}

	/** From now on this process runs jobs of that type. Answers how to take the handler away; what runs goes on. */
	handle<Name extends NameIn<Types>>(name: Name, handler: JobHandler<Types[Name]['data'], Types[Name]['result']>): () => void {
		const type: JobType<Types[Name]['data'], unknown> | undefined = this.#types.get(name);
		if (type === undefined || this.#handlers.has(name)) throw new Error(`There is no type of job ${name} that lacks a handler`);
		const checked: CheckedHandler = (data, run) => handler(parsed(type, data), run);
		this.#handlers.set(name, checked);
		for (const listener of this.#listeners) listener();
		return () => {
			if (this.#handlers.get(name) === checked) this.#handlers.delete(name);
		};
	}

	typeOf(name: string): JobType<unknown, unknown> | null {
		return this.#types.get(name) ?? null;
	}

	handlerOf(name: string): CheckedHandler | null {
		return this.#handlers.get(name) ?? null;
	}

	get handled(): readonly string[] {
		return [...this.#handlers.keys()];
	}

	onHandler(listener: () => void): () => void {
		this.#listeners.add(listener);
		return () => this.#listeners.delete(listener);
	}
}

/** An attempt with data that are wrong, as another version of the extension may have stored them, is not worth another. */
function parsed<Data>(type: JobType<Data, unknown>, data: unknown): Data {
	try {
		return type.parse(data);
	} catch (error) {
		throw new JobFailure('wrong data', error instanceof Error ? error.message : String(error), 'never', error);
	}
}
