/**
 * Keeps the search index up with the transcripts, in the background: what the index says was read is read again for its texts, in
 * short steps, from where the search index stands. Of several windows the one that holds the lock writes; the others read for
 * themselves what it has not saved yet, if it is little.
 */
import { closeSync, openSync } from 'node:fs';
import { fingerprint, matches } from '../indexing/fingerprint.ts';
import type { SearchedFileRow, SearchRows } from '../store/index/searchRows.ts';
import { ShardBuilder } from '../store/search/shardBuilder.ts';
import type { ShardSet } from '../store/search/shardSet.ts';
import { inSteps, Slice } from './inSteps.ts';
import { type FileToRead, readingPlan } from './reading.ts';
import { addStretch } from './stretch.ts';

export interface UpkeepParts {
	readonly shards: ShardSet;
	readonly rows: SearchRows;
	/** Other work comes first: resolves when it is over. */
	readonly turn: () => Promise<void>;
	readonly onProgress: (progress: UpkeepProgress) => void;
	/** Something can be found that could not be found before, or not any more. */
	readonly onChange: () => void;
}

export interface UpkeepProgress {
	readonly state: 'building' | 'ready' | 'waiting';
	readonly bytesDone: number;
	readonly bytesTotal: number;
}

/** Words in documents of one shard: some 10 MB of memory, and half a megabyte of shard. */
const fullEntries = 400_000;
const saveBytes = 4 << 20;
/** A window that does not write reads so much for itself; of more it waits until the other has saved it. */
const mostForItself = 16 << 20;

export class SearchUpkeep {
	readonly #parts: UpkeepParts;
	readonly #stop = new AbortController();
	readonly #slice = new Slice();
	/** Sessions that changed; null: any of them. */
	#changed: Set<number> | null = null;
	#mustReread = new Set<string>();
	#isPending = true;
	#working: Promise<void> | null = null;
	#last: Promise<unknown> = Promise.resolve();
	#isChecked = false;
	#bytesTotal = 0;
	#bytesLeft = 0;
	/** Bytes of each transcript, for the progress. */
	readonly #sizes = new Map<string, number>();

	constructor(parts: UpkeepParts) {
		this.#parts = parts;
	}

	/**
	 * Row ids of sessions whose transcripts changed; null: any. Resolves when the search index is up with them, and holds nothing any
	 * more of sessions that the index does not know.
	 */
	update(sessions: readonly number[] | null): Promise<void> {
		if (sessions === null) this.#changed = null;
		else for (const id of sessions) this.#changed?.add(id);
		this.#isPending = true;
		return this.#work();
	}

	/** A hit proved to be no longer there: the transcript is read again from its first byte. */
	reread(path: string): void {
		this.#mustReread.add(path);
	}

	/** Makes what is in memory safe on disk. Rejects with `SaveError`; nothing is lost then but the time to read it again. */
	save(): Promise<void> {
		return this.#alone(() => this.#parts.shards.save(steps => inSteps(steps)));
	}

	/** What goes on ends with the step it is at. */
	async stop(): Promise<void> {
		this.#stop.abort();
		await this.#last;
	}

	#work(): Promise<void> {
		this.#working ??= this.#alone(() => this.#workOff());
		return this.#working;
	}

	/** One after the other: saving takes the shards as they are, and reading changes them. */
	#alone(work: () => Promise<void>): Promise<void> {
		const done = this.#last.then(work);
		this.#last = done.catch(() => undefined);
		return done;
	}

	async #workOff(): Promise<void> {
		// What is asked in the same turn of the event loop is done together.
		await Promise.resolve();
		try {
			while (!this.#isStopped() && this.#isPending) await this.#round();
		} finally {
			// In the same step in which nothing is left to do: what is asked from now on is work of its own.
			this.#working = null;
		}
	}

	async #round(): Promise<void> {
		const { shards } = this.#parts;
		await this.#parts.turn();
		const isWriter = shards.acquire();
		if (await shards.refresh()) this.#changed = null;
		const changed = this.#changed;
		this.#isPending = false;
		this.#changed = new Set();
		const { losses } = shards;
		try {
			await this.#bring(changed, isWriter);
			// Once for each process, when nothing else waits: reading everything takes a moment.
			if (!this.#isChecked) await shards.check(steps => this.#inSteps(steps));
			this.#isChecked = true;
			if (shards.losses > losses) {
				this.#changed = null;
				this.#isPending = true;
			}
		} catch (error) {
			// Whatever was not done is still to do.
			this.#changed = null;
			this.#isPending = true;
			if (!this.#isStopped()) throw error;
		}
	}

	#isStopped(): boolean {
		return this.#stop.signal.aborted;
	}

	async #bring(changed: ReadonlySet<number> | null, isWriter: boolean): Promise<void> {
		const { shards, rows } = this.#parts;
		// What could not be saved before would only become more: on a full disk nothing is read.
		if (shards.unsavedBytes >= saveBytes) await shards.save(steps => this.#inSteps(steps));
		const files = changed === null ? await this.#allFiles() : rows.files([...changed]);
		const plan = readingPlan(files, shards.covered, changed === null);
		const kill = new Set([...plan.kill, ...this.#mustReread]);
		const again = [...this.#mustReread].filter(path => shards.covered.has(path));
		this.#mustReread.clear();
		// What these owned, and others repeat, can be found only there from now on.
		const gone = files.filter(file => file.is_gone === 1 && kill.has(file.path)).flatMap(file => rows.pathsWithCopiesOf(file.path));
		// Of what is forgotten, the index cannot say any more what repeats it.
		if (plan.forgotten.size > 0) gone.push(...files.filter(file => file.is_gone === 0 && file.copies > 0).map(({ path }) => path));
		for (const path of gone) kill.add(path);
		if (kill.size > 0) {
			shards.kill(kill);
			this.#parts.onChange();
		}
		if (plan.forgotten.size > 0) {
			await shards.merge(steps => this.#inSteps(steps), true);
			await shards.save(steps => this.#inSteps(steps));
		}
		const isReplanned = again.length > 0 || gone.length > 0;
		const { read, bytes } = isReplanned ? readingPlan(await this.#allFiles(), shards.covered, false) : plan;
		this.#measure(files, changed === null, bytes);
		if (!isWriter && bytes > mostForItself) {
			this.#changed = null;
			this.#tell('waiting');
			return;
		}
		if (read.length > 0) {
			this.#tell('building');
			await this.#read(read);
		}
		if (await shards.merge(steps => this.#inSteps(steps))) this.#parts.onChange();
		this.#tell('ready');
	}

	#allFiles(): Promise<SearchedFileRow[]> {
		return this.#inSteps(this.#parts.rows.allFiles());
	}

	async #read(files: readonly FileToRead[]): Promise<void> {
		let builder = new ShardBuilder();
		for (const each of files) {
			let { from } = each;
			const { file } = each;
			const copies = new Set(file.copies === 0 ? [] : this.#parts.rows.ownedElsewhere(file.id));
			const met = new Set<number>();
			let fd: number;
			try {
				fd = openSync(file.path, 'r');
			} catch {
				// Gone since it was indexed, or not to be read: the next run of the index says so.
				continue;
			}
			try {
				if (each.known !== null && !matches(fd, from, each.known)) {
					this.reread(file.path);
					this.#isPending = true;
					this.#changed = null;
					continue;
				}
				while (from < file.read_offset) {
					const isFull = (): boolean => builder.entries >= fullEntries;
					const done = await this.#inSteps(
						addStretch(
							{
								file: fd,
								fileId: file.id,
								isSubagent: file.kind === 'subagent',
								from,
								to: file.read_offset,
								copies,
								met,
								isReadOn: each.from > 0,
							},
							builder,
							this.#parts.rows,
							isFull,
						),
					);
					if (done.to > from || done.documents > 0) {
						const { head, tail } = fingerprint(fd, done.to);
						// How many records were left out stands with the first stretch: a transcript of which others own more is read anew.
						const left = from === 0 ? file.copies : 0;
						builder.end({ path: file.path, from, to: done.to, head, tail, documents: done.documents, copies: left });
					}
					this.#bytesLeft -= done.to - from;
					// Shorter than it was when it was indexed: the next run of the index finds out.
					if (done.to === from && !isFull()) break;
					from = done.to;
					if (isFull()) {
						await this.#flush(builder);
						builder = new ShardBuilder();
					}
				}
			} finally {
				closeSync(fd);
			}
		}
		await this.#flush(builder);
	}

	async #flush(builder: ShardBuilder): Promise<void> {
		if (builder.isEmpty) return;
		const { shards } = this.#parts;
		shards.add(await this.#inSteps(builder.build()));
		this.#parts.onChange();
		this.#tell('building');
		if (shards.unsavedBytes >= saveBytes) {
			await shards.merge(steps => this.#inSteps(steps));
			await shards.save(steps => this.#inSteps(steps));
		}
	}

	#measure(files: readonly SearchedFileRow[], isAll: boolean, left: number): void {
		if (isAll) this.#sizes.clear();
		for (const { path, read_offset: size, is_gone: isGone } of files) {
			if (isGone === 1) this.#sizes.delete(path);
			else this.#sizes.set(path, size);
		}
		this.#bytesTotal = 0;
		for (const size of this.#sizes.values()) this.#bytesTotal += size;
		this.#bytesLeft = left;
	}

	#tell(state: UpkeepProgress['state']): void {
		const bytesTotal = this.#bytesTotal;
		this.#parts.onProgress({ state, bytesTotal, bytesDone: Math.max(0, bytesTotal - (state === 'ready' ? 0 : this.#bytesLeft)) });
	}

	#inSteps<T>(steps: Generator<void, T>): Promise<T> {
		return inSteps(steps, { signal: this.#stop.signal, turn: this.#parts.turn, slice: this.#slice });
	}
}
