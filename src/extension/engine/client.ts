/**
 * The host's side of the engine: starts the worker thread when it is first needed, speaks to it through typed calls, and
 * starts it again when it dies (ARCHITECTURE.md, threads). Knows nothing of what the engine does and nothing of VS Code.
 */
import { setTimeout } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import { Channel, ChannelError, type Handlers } from '../../messaging/channel.ts';
import type { IndexStatus, Notice } from '../../webview/contract/status.ts';
import type { EngineCalls, EngineEvents, EngineOptions, HostCalls } from './api.ts';
import { noticeOf } from './noticeOf.ts';
import { portOfWorker } from './ports.ts';

/** What the views see of the engine. */
export interface Engine {
	readonly status: IndexStatus;
	call<K extends keyof EngineCalls>(
		name: K,
		params: EngineCalls[K]['params'],
		options?: { readonly signal?: AbortSignal | undefined },
	): Promise<EngineCalls[K]['result']>;
	/** Returns the function that stops listening. */
	on<K extends keyof EngineEvents>(name: K, listener: (payload: EngineEvents[K]) => void): () => void;
}

export interface EngineClientSetting {
	/** The bundled worker. */
	readonly workerFile: string | URL;
	/** Asked at each start, so that a restarted engine has the settings of now. */
	readonly options: () => Promise<EngineOptions>;
	/** What the engine may ask of its window. */
	readonly hostCalls: Handlers<HostCalls>;
	/** The clock and the timer, for tests. */
	readonly now?: () => number;
	readonly wait?: (ms: number, signal: AbortSignal) => Promise<unknown>;
}

type EngineChannel = Channel<HostCalls, EngineCalls, EngineEvents>;

/** A death within this time after a start is a quick one; an engine that ran longer has earned a fresh count. */
const quickDeathMs = 60_000;
const quickDeathsUntilDegraded = 5;
const firstBackOffMs = 500;
/** VS Code gives deactivation about five seconds in all. */
const stopDeadlineMs = 2_000;

const idle: IndexStatus = {
	state: 'starting',
	filesDone: 0,
	filesTotal: 0,
	bytesDone: 0,
	bytesTotal: 0,
	sessions: 0,
	lastIndexedAt: null,
	notices: [],
};

const restarting = noticeOf('warning', 'engineStopped', [], 'showLog');
const stopped = () => new ChannelError('engine-stopped', restarting.text);

export class EngineClient implements Engine {
	readonly #setting: Required<EngineClientSetting>;
	readonly #listeners: { readonly [K in keyof EngineEvents]: Set<(payload: EngineEvents[K]) => void> } = {
		status: new Set(),
		changed: new Set(),
		jobs: new Set(),
		log: new Set(),
		searchStatus: new Set(),
		exportProgress: new Set(),
	};
	readonly #disposing = new AbortController();
	#worker: Worker | null = null;
	/** Settles when the engine has answered its start; null until it is first needed. */
	#started: Promise<EngineChannel> | null = null;
	#quickDeaths = 0;
	#status = idle;

	constructor(setting: EngineClientSetting) {
		this.#setting = {
			now: Date.now,
			wait: (ms, signal) => setTimeout(ms, null, { signal, ref: false }),
			...setting,
		};
	}

	get status(): IndexStatus {
		return this.#status;
	}

	/** Starts the worker unless it runs. A failure is told as a status event, and rejects the calls. */
	start(): void {
		this.#connected().catch(() => undefined);
	}

	/** Ends the worker, whatever state it is in, and starts a new one: the way out of the degraded state. */
	async restart(): Promise<void> {
		if (this.#disposing.signal.aborted) return;
		const worker = this.#worker;
		this.#worker = null;
		await worker?.terminate();
		this.#quickDeaths = 0;
		this.#started = this.#open();
		await this.#started;
	}

	/** Rejects with a ChannelError: the engine's reason, or `engine-stopped`, `engine-degraded`, `cancelled`, `disposed`. */
	async call<K extends keyof EngineCalls>(
		name: K,
		params: EngineCalls[K]['params'],
		options: { readonly signal?: AbortSignal | undefined } = {},
	): Promise<EngineCalls[K]['result']> {
		const channel = await this.#connected();
		return channel.request(name, params, options);
	}

	/** Tells a started engine of changed options; one that starts later asks for them itself. */
	async configure(changed: Partial<EngineOptions>): Promise<void> {
		if (this.#started !== null) await this.call('configure', changed);
	}

	on<K extends keyof EngineEvents>(name: K, listener: (payload: EngineEvents[K]) => void): () => void {
		this.#listeners[name].add(listener);
		return () => void this.#listeners[name].delete(listener);
	}

	/** Lets the engine save and close its files, for two seconds at most, then ends the thread. */
	async dispose(): Promise<void> {
		if (this.#disposing.signal.aborted) return;
		const worker = this.#worker;
		const asked = this.#started?.then(channel => channel.request('stop', null)).catch(() => undefined);
		this.#disposing.abort();
		const deadline = new AbortController();
		if (worker !== null) await Promise.race([asked, setTimeout(stopDeadlineMs, null, deadline)]).catch(() => undefined);
		deadline.abort();
		this.#worker = null;
		await worker?.terminate();
		for (const listeners of Object.values(this.#listeners)) listeners.clear();
	}

	#connected(): Promise<EngineChannel> {
		if (this.#disposing.signal.aborted) return Promise.reject(new ChannelError('disposed', 'The extension is shutting down.'));
		return (this.#started ??= this.#open());
	}

	async #open(): Promise<EngineChannel> {
		const startedAt = this.#setting.now();
		let worker: Worker;
		let channel: EngineChannel;
		try {
			worker = new Worker(this.#setting.workerFile, { name: 'session-insights-engine' });
			this.#worker = worker;
			channel = new Channel(portOfWorker(worker), this.#setting.hostCalls, {
				onFault: error => this.#log('error', `A listener failed: ${String(error)}`),
			});
			worker.on('error', error =>
				this.#log('error', `The engine failed: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`),
			);
			worker.on('exit', code => {
				channel.dispose(stopped());
				if (this.#worker === worker) this.#died(code, this.#setting.now() - startedAt);
			});
			channel.on('status', status => this.#tell(status));
			channel.on('changed', changed => this.#emit('changed', changed));
			channel.on('jobs', jobs => this.#emit('jobs', jobs));
			channel.on('searchStatus', status => this.#emit('searchStatus', status));
			channel.on('exportProgress', progress => this.#emit('exportProgress', progress));
			channel.on('log', line => this.#emit('log', line));
			this.#tell(await channel.request('start', await this.#setting.options()));
		} catch (error) {
			// A thread that died has its own way back; one that refused to start waits for a person.
			if (!(error instanceof ChannelError && error.reason === 'engine-stopped'))
				this.#tellTrouble('error', { kind: 'error', text: String(error), action: 'showLog' });
			throw error;
		}
		this.#emit('changed', { sessionIds: null });
		return channel;
	}

	#died(code: number, livedMs: number): void {
		this.#worker = null;
		if (this.#disposing.signal.aborted) return;
		this.#quickDeaths = livedMs < quickDeathMs ? this.#quickDeaths + 1 : 1;
		this.#log('error', `The engine exited with code ${code} after ${Math.round(livedMs / 1000)} s`);
		if (this.#quickDeaths >= quickDeathsUntilDegraded) {
			this.#tellTrouble('error', noticeOf('error', 'engineGaveUp', [this.#quickDeaths], 'showLog'));
			this.#started = Promise.reject(new ChannelError('engine-degraded', 'The indexer does not run; see the log.'));
		} else {
			this.#tellTrouble('starting', restarting);
			const backOffMs = firstBackOffMs * 2 ** (this.#quickDeaths - 1);
			this.#started = this.#setting.wait(backOffMs, this.#disposing.signal).then(() => this.#open());
		}
		// Nobody may be waiting for it; whoever calls gets the rejection.
		this.#started.catch(() => undefined);
	}

	#tellTrouble(state: 'starting' | 'error', notice: Notice): void {
		this.#tell({ ...this.#status, state, notices: [notice] });
	}

	#tell(status: IndexStatus): void {
		this.#status = status;
		this.#emit('status', status);
	}

	#log(level: EngineEvents['log']['level'], text: string): void {
		this.#emit('log', { level, text });
	}

	#emit<K extends keyof EngineEvents>(name: K, payload: EngineEvents[K]): void {
		for (const listener of this.#listeners[name]) listener(payload);
	}
}
