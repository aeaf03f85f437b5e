/**
 * The search index on disk and in memory: a list of shards, each written once. What is new is a shard in memory until it is saved;
 * what has become useless is dead until its shard is merged with others. Every window reads the same shards; the one that holds the
 * lock adds to them, the others keep what they read themselves in memory.
 */
import { randomUUID } from 'node:crypto';
import { mkdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { type FileSystem, replaceFile } from '../atomicFile.ts';
import { Lock } from '../lock.ts';
import { ShardError } from './bytes.ts';
import { manifestStamp, readManifest, writeManifest } from './manifest.ts';
import { nextMerge } from './mergePolicy.ts';
import { mergeShards } from './mergeShards.ts';
import { Shard } from './shard.ts';
import { type Covered, coverageOf, type Part } from './shardPart.ts';
import { FileSource, MemorySource } from './shardFile.ts';
import { sweepShards } from './sweep.ts';

export interface ShardSetOptions {
	/** Null keeps everything in memory. */
	readonly folder: string | null;
	readonly lockFolder: string | null;
	readonly files?: FileSystem | null;
	readonly now?: () => Date;
	/** For a process beside the windows: a damaged shard is passed over, and stays where it is. */
	readonly isReadOnly?: boolean;
	/** False when the folder was deleted since: then nothing is written into what is there now. */
	readonly isOurs?: () => boolean;
	/** A shard was found damaged and set aside. */
	readonly onDamaged?: (message: string) => void;
}

/** Runs steps, letting other work of the thread go on between them. */
export type InSteps = <T>(steps: Generator<void, T>) => Promise<T>;

export class ShardSet {
	readonly #options: ShardSetOptions;
	#parts: readonly Part[] = [];
	#covered: ReadonlyMap<string, Covered> | null = null;
	#stamp = '';
	#lock: Lock | null = null;
	#isListDirty = false;
	#losses = 0;
	#users = 0;
	#retired: Part[] = [];
	/** Names of shards that were merged into others here. */
	readonly #merged = new Set<string>();

	constructor(options: ShardSetOptions) {
		this.#options = options;
	}

	/** Reads the list of shards. Throws what the file system throws when it is there and cannot be read. */
	async open(): Promise<void> {
		const { folder } = this.#options;
		if (folder === null) return;
		this.#stamp = await manifestStamp(folder);
		const listed = await readManifest(folder);
		const known = new Map(this.#parts.map(part => [part.name, part]));
		const parts = listed.map(({ name, bytes, dead }): Part => {
			const before = known.get(name);
			return { name, bytes, dead: new Set(dead), shard: before?.shard ?? null };
		});
		this.#retired.push(...this.#parts.filter(part => !parts.some(({ name }) => name === part.name)));
		this.#replace(parts);
		this.#closeRetired();
	}

	/** This process may write; it tries to become the one that does. */
	acquire(): boolean {
		const { lockFolder, isOurs = () => true } = this.#options;
		if (lockFolder === null) return true;
		if (!isOurs()) return false;
		if (this.#lock?.isHeld !== true) {
			this.#lock = Lock.tryAcquire(lockFolder);
			this.#lock?.keepAlive();
		}
		return this.#lock !== null;
	}

	/** Takes over what another window saved; answers whether there was something. What this one had in memory only is forgotten then. */
	async refresh(): Promise<boolean> {
		const { folder } = this.#options;
		if (folder === null || (await manifestStamp(folder)) === this.#stamp) return false;
		await this.open();
		return true;
	}

	/** Where the texts of each transcript are in. Opens every shard once. */
	get covered(): ReadonlyMap<string, Covered> {
		this.#covered ??= coverageOf(this.#parts.map(part => ({ pieces: this.#pieces(part), dead: part.dead })));
		return this.#covered;
	}

	/** How many shards were set aside since the start: what they held has to be read again. */
	get losses(): number {
		return this.#losses;
	}

	get bytes(): number {
		return this.#parts.reduce((sum, part) => sum + part.bytes, 0);
	}

	get unsavedBytes(): number {
		return this.#options.folder === null ? 0 : this.#parts.reduce((sum, part) => sum + (part.name === null ? part.bytes : 0), 0);
	}

	get isSaved(): boolean {
		return this.#options.folder === null || (!this.#isListDirty && this.unsavedBytes === 0);
	}

	/** The shards while `work` goes on: none of them is closed before it ends. One that turns out damaged is set aside. */
	async use<T>(work: (parts: readonly { readonly shard: Shard; readonly dead: ReadonlySet<number> }[]) => Promise<T>): Promise<T> {
		this.#users++;
		try {
			const parts = this.#parts.flatMap(part => {
				const shard = this.#opened(part);
				return shard === null ? [] : [{ shard, dead: part.dead }];
			});
			return await work(parts);
		} finally {
			this.#users--;
			this.#closeRetired();
		}
	}

	/** Gives back what open shards take, a few megabytes for each gigabyte of transcripts; they are opened again when needed. */
	release(): void {
		if (this.#users > 0) return;
		this.#parts = this.#parts.map(part => {
			if (part.name === null || part.shard === null) return part;
			part.shard.close();
			return { ...part, shard: null };
		});
	}

	add(bytes: Buffer): void {
		this.#replace([...this.#parts, { name: null, bytes: bytes.length, dead: new Set(), shard: new Shard(new MemorySource(bytes)) }]);
	}

	/** What is there of these transcripts is of no use any more. */
	kill(paths: ReadonlySet<string>): void {
		if (![...paths].some(path => this.covered.has(path))) return;
		const parts = this.#parts.map(part => {
			const dead = new Set(part.dead);
			for (const [number, piece] of this.#pieces(part).entries()) if (paths.has(piece.path)) dead.add(number);
			if (dead.size === part.dead.size) return part;
			if (part.name !== null) this.#isListDirty = true;
			return { ...part, dead };
		});
		this.#replace(parts);
	}

	/** Merges what should be; answers whether something was. `all`: every shard that has something dead, so that nothing of it stays. */
	async merge(inSteps: InSteps, all = false): Promise<boolean> {
		let isMerged = false;
		for (;;) {
			const sizes = this.#parts.map(part => ({ bytes: part.bytes, deadShare: this.#deadShare(part) }));
			const dying = all ? this.#parts.findIndex(part => part.dead.size > 0) : -1;
			const chosen = dying >= 0 ? [dying] : nextMerge(sizes);
			if (chosen === null) return isMerged;
			await this.#mergeParts(
				chosen.flatMap(at => this.#parts[at] ?? []),
				inSteps,
			);
			isMerged = true;
		}
	}

	/** Makes what is in memory safe on disk. Throws `SaveError`; everything stays in memory then. */
	async save(inSteps: InSteps): Promise<void> {
		const { folder, files = null } = this.#options;
		if (folder === null || this.isSaved || !this.acquire()) return;
		await mkdir(folder, { recursive: true, mode: 0o700 });
		const unsaved = this.#parts.filter(part => part.name === null);
		if (unsaved.length > 1) await this.#mergeParts(unsaved, inSteps);
		for (const part of this.#parts.filter(each => each.name === null)) {
			const name = `${randomUUID()}.shard`;
			const source = part.shard?.source;
			if (source === undefined) continue;
			await replaceFile(join(folder, name), source.read(0, source.size), {
				beforeRename: () => this.#lock?.verify(),
				...(files === null ? {} : { files }),
			});
			this.#replace(this.#parts.map(each => (each.shard === part.shard ? { ...each, name, shard: null } : each)));
			this.#isListDirty = true;
		}
		await this.#saveList(folder, files);
		await sweepShards(folder, new Set(this.#parts.map(({ name }) => name)), this.#merged);
	}

	/** Reads every shard whole, and sets aside what is not as it was written. */
	async check(inSteps: InSteps): Promise<void> {
		this.#users++;
		try {
			for (const part of this.#parts) await this.#checked(part, inSteps);
		} finally {
			this.#users--;
			this.#closeRetired();
		}
	}

	/** Read from its first byte to its last; null when it is not as it was written, and was set aside. */
	async #checked(part: Part, inSteps: InSteps): Promise<Shard | null> {
		const shard = this.#opened(part);
		if (shard === null || part.name === null) return shard;
		try {
			await inSteps(shard.check());
			return shard;
		} catch (error) {
			if (!(error instanceof ShardError)) throw error;
			this.#setAside(part, error);
			return null;
		}
	}

	/** A search found that a shard is not as it was written. */
	damaged(shard: Shard, error: ShardError): void {
		const part = this.#parts.find(each => each.shard === shard);
		if (part !== undefined) this.#setAside(part, error);
	}

	/** Removes everything, also what other windows read. */
	async clear(): Promise<void> {
		this.#retired.push(...this.#parts);
		this.#replace([]);
		this.#closeRetired();
		const { folder } = this.#options;
		if (folder !== null) await rm(folder, { recursive: true, force: true });
		this.#stamp = '';
		this.#isListDirty = false;
	}

	async close(): Promise<void> {
		this.#retired.push(...this.#parts);
		this.#parts = [];
		this.#users = 0;
		this.#closeRetired();
		await this.#lock?.release();
		this.#lock = null;
	}

	#replace(parts: readonly Part[]): void {
		this.#parts = parts;
		this.#covered = null;
	}

	#pieces(part: Part): Shard['documents']['pieces'] {
		return this.#opened(part)?.documents.pieces ?? [];
	}

	#deadShare(part: Part): number {
		const shard = part.dead.size === 0 ? null : this.#opened(part);
		if (shard === null) return 0;
		const { pieces, count } = shard.documents;
		const dead = pieces.reduce((sum, piece, number) => sum + (part.dead.has(number) ? piece.documents : 0), 0);
		return count === 0 ? part.dead.size / Math.max(1, pieces.length) : dead / count;
	}

	/** Null when it cannot be used; it is set aside then. */
	#opened(part: Part): Shard | null {
		const { folder } = this.#options;
		const current = this.#parts.find(each => each === part || (part.name !== null && each.name === part.name)) ?? part;
		if (current.shard !== null || part.name === null || folder === null) return current.shard;
		let source: FileSource | null = null;
		try {
			source = new FileSource(join(folder, part.name));
			const shard = new Shard(source);
			this.#parts = this.#parts.map(each => (each.name === part.name ? { ...each, shard } : each));
			return shard;
		} catch (error) {
			source?.close();
			if (!(error instanceof ShardError)) throw error;
			this.#setAside(current, error);
			return null;
		}
	}

	#setAside(part: Part, error: ShardError): void {
		this.#losses++;
		const { folder, isReadOnly = false, now = () => new Date() } = this.#options;
		this.#retired.push(...this.#parts.filter(each => each.name === part.name && each.shard !== null && part.name !== null));
		this.#replace(this.#parts.filter(each => (part.name === null ? each !== part : each.name !== part.name)));
		this.#isListDirty = true;
		if (folder === null || part.name === null || error.reason !== 'damaged' || isReadOnly) return;
		this.#options.onDamaged?.(`${error.message}. It is built anew.`);
		const file = join(folder, part.name);
		rename(file, `${file}.damaged-${now().toISOString().replaceAll(':', '-')}`).catch(() => undefined);
	}

	async #mergeParts(parts: readonly Part[], inSteps: InSteps): Promise<void> {
		this.#users++;
		try {
			const inputs: { readonly part: Part; readonly shard: Shard }[] = [];
			for (const part of parts) {
				// What is damaged would be written as if it were sound.
				const shard = await this.#checked(part, inSteps);
				if (shard !== null) inputs.push({ part, shard });
			}
			const whole = inputs.map(({ part, shard }) => ({ shard: shard.whole(), dead: part.dead }));
			const bytes = await inSteps(mergeShards(whole));
			const merged: Part[] =
				bytes === null ? [] : [{ name: null, bytes: bytes.length, dead: new Set(), shard: new Shard(new MemorySource(bytes)) }];
			const isInput = (part: Part): boolean => inputs.some(({ shard }) => part.shard === shard);
			if (inputs.some(({ part }) => part.name !== null)) this.#isListDirty = true;
			this.#retired.push(...this.#parts.filter(isInput));
			this.#replace([...this.#parts.filter(part => !isInput(part)), ...merged]);
		} finally {
			this.#users--;
			this.#closeRetired();
		}
	}

	async #saveList(folder: string, files: FileSystem | null): Promise<void> {
		const listed = this.#parts.flatMap(({ name, bytes, dead }) => (name === null ? [] : [{ name, bytes, dead: [...dead] }]));
		await writeManifest(folder, listed, () => this.#lock?.verify(), files);
		this.#stamp = await manifestStamp(folder);
		this.#isListDirty = false;
	}

	#closeRetired(): void {
		for (const { name } of this.#retired) if (name !== null) this.#merged.add(name);
		if (this.#users > 0) return;
		for (const { shard } of this.#retired) if (shard !== null && !this.#parts.some(part => part.shard === shard)) shard.close();
		this.#retired = [];
	}
}
