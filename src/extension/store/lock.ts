/**
 * A lock between processes: a directory of numbered files, of which the highest is the lock.
 *
 * To take it is to create the next number exclusively, which only one process can; nobody ever removes the highest
 * one. So two processes that find the same owner dead cannot both become the new one, nor can a late one remove the
 * lock of the winner, as happens when a stale lock file is deleted and made anew. (That is also why this is not
 * proper-lockfile: it names no owner, knows only the heartbeat, so that a killed window blocks the others for seconds,
 * and removes a stale lock before making its own.) The number doubles as a fencing token: see `generation`.
 */
import { randomUUID } from 'node:crypto';
import { closeSync, fstatSync, mkdirSync, openSync, readdirSync, readFileSync, unlinkSync, utimesSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Heartbeat } from './heartbeat.ts';
import { liveness, parseIdentity, thisProcess } from './processIdentity.ts';

export type LockReason = 'busy' | 'lost';

export class LockError extends Error {
	override readonly name = 'LockError';
	readonly reason: LockReason;
	constructor(reason: LockReason, message: string) {
		super(message);
		this.reason = reason;
	}
}

export interface LockTimes {
	/**
	 * An owner whose file was not touched for so long is taken for gone even if its process lives (suspended, hung, on
	 * another machine). Longer than any piece of work done under a lock without a heartbeat.
	 */
	readonly staleMs: number;
	readonly heartbeatMs: number;
}

const usualTimes: LockTimes = { staleMs: 20_000, heartbeatMs: 5_000 };

/** Whoever creates a lock file writes its name into it at once; one that stays empty for so long was left by a kill in between. */
const unwrittenMs = 2_000;

const held = 'H';
const free = 'F';

export class Lock {
	/** Grows with every owner. What was written under a lower one than has been seen is from an owner that lost the lock. */
	readonly generation: number;
	/** The owner before did not release it: something of its last work may be lying around. */
	readonly isTakenOver: boolean;
	readonly #directory: string;
	readonly #times: LockTimes;
	#heartbeat: Heartbeat | null = null;
	#released = false;

	/** Takes the lock if nobody has it; null otherwise. Throws what the file system throws, such as EACCES or EROFS. */
	static tryAcquire(directory: string, times: LockTimes = usualTimes): Lock | null {
		mkdirSync(directory, { recursive: true, mode: 0o700 });
		const last = highest(directory);
		let isTakenOver = false;
		if (last > 0) {
			const state = stateOf(join(directory, `${last}`), times.staleMs);
			if (state === 'held') return null;
			isTakenOver = state === 'stale';
		}
		const generation = last + 1;
		const path = join(directory, `${generation}`);
		let file: number;
		try {
			file = openSync(path, 'wx', 0o600);
		} catch (error) {
			if (codeOf(error) === 'EEXIST') return null;
			// The name of a file that is just being removed.
			if (process.platform === 'win32' && ['EPERM', 'EBUSY'].includes(codeOf(error))) return null;
			throw error;
		}
		try {
			writeSync(file, `${held}${JSON.stringify({ ...thisProcess(), token: randomUUID() })}`);
		} finally {
			closeSync(file);
		}
		// The listing above may be old: if owners came and went since, their files below the highest are gone again,
		// and with them the name that should have been refused to us.
		if (highest(directory) !== generation) {
			remove(path);
			return null;
		}
		for (const older of generations(directory)) if (older < generation) remove(join(directory, `${older}`));
		return new Lock(directory, generation, isTakenOver, times);
	}

	/** Waits its turn; throws `busy` after `waitMs`, and the signal's reason when it aborts. */
	static async acquire(directory: string, waitMs: number, signal?: AbortSignal, times: LockTimes = usualTimes): Promise<Lock> {
		const until = performance.now() + waitMs;
		for (let pauseMs = 1; ; pauseMs = Math.min(pauseMs * 2, 20)) {
			signal?.throwIfAborted();
			const lock = Lock.tryAcquire(directory, times);
			if (lock !== null) return lock;
			if (performance.now() >= until) throw new LockError('busy', `Another process holds ${directory} for more than ${waitMs} ms`);
			// Jitter, so that two waiters do not knock in step.
			await sleep(pauseMs * (0.5 + Math.random()), undefined, signal === undefined ? {} : { signal });
		}
	}

	private constructor(directory: string, generation: number, isTakenOver: boolean, times: LockTimes) {
		this.#directory = directory;
		this.generation = generation;
		this.isTakenOver = isTakenOver;
		this.#times = times;
	}

	get isHeld(): boolean {
		return !this.#released && highest(this.#directory) === this.generation;
	}

	/** Throws `lost` when somebody else has taken over. To be asked immediately before anything that cannot be undone. */
	verify(): void {
		if (!this.isHeld) throw new LockError('lost', `Another process took ${this.#directory} over`);
	}

	/** For a lock that is held long: a thread keeps it fresh. */
	keepAlive(): void {
		this.#heartbeat ??= new Heartbeat(this.#path, this.#times.heartbeatMs);
	}

	/** Keeps it fresh for another `staleMs`, before a piece of work that may take long. */
	touch(): void {
		const now = new Date();
		try {
			utimesSync(this.#path, now, now);
		} catch {
			// Lost; `verify` will say so.
		}
	}

	/** May be called more than once, also after the lock was lost. */
	async release(): Promise<void> {
		if (this.#released) return;
		this.#released = true;
		// One byte in place: the file keeps its name, so no listing can miss it.
		try {
			const file = openSync(this.#path, 'r+');
			try {
				writeSync(file, free, 0);
			} finally {
				closeSync(file);
			}
		} catch (error) {
			if (codeOf(error) !== 'ENOENT') throw error;
		}
		await this.#heartbeat?.stop();
	}

	get #path(): string {
		return join(this.#directory, `${this.generation}`);
	}
}

/** How a lock stands, for people: by the time they read it, it may be otherwise. */
export function lockState(directory: string): 'held' | 'free' | 'stale' {
	let last: number;
	try {
		last = highest(directory);
	} catch {
		// Its folder was just deleted.
		return 'free';
	}
	return last === 0 ? 'free' : stateOf(join(directory, `${last}`), usualTimes.staleMs);
}

function stateOf(path: string, staleMs: number): 'held' | 'free' | 'stale' {
	let text: string;
	let ageMs: number;
	try {
		const file = openSync(path, 'r');
		try {
			text = readFileSync(file, 'utf8');
			ageMs = Date.now() - fstatSync(file).mtimeMs;
		} finally {
			closeSync(file);
		}
	} catch {
		// Gone or not readable this moment: somebody is at work on it.
		return 'held';
	}
	if (text.startsWith(free)) return 'free';
	const owner = parseIdentity(text.slice(1));
	if (owner === null) return ageMs > unwrittenMs ? 'stale' : 'held';
	return ageMs > staleMs || liveness(owner) === 'dead' ? 'stale' : 'held';
}

function generations(directory: string): number[] {
	return readdirSync(directory)
		.filter(name => /^\d+$/.test(name))
		.map(Number);
}

function highest(directory: string): number {
	return generations(directory).reduce((most, each) => Math.max(most, each), 0);
}

function remove(path: string): void {
	try {
		unlinkSync(path);
	} catch {
		// Removed by another one, or open there on Windows: a lower number does no harm, the next owner tries again.
	}
}

const codeOf = (error: unknown): string => (error as NodeJS.ErrnoException).code ?? '';
