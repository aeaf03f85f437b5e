/**
 * One small typed request/reply/event mechanism for both borders: host and worker, host and webview.
 *
 * A channel knows neither threads nor pages: it speaks through a `Port`. Whatever goes wrong on either side, a request
 * settles: by its answer, an error reply, cancellation, a port that says it cannot deliver, a peer that was replaced, or
 * disposal. Events are snapshots of which the latest wins; nothing is queued for a peer that does not listen.
 */
import { type Envelope, type Failure, readEnvelope } from './envelope.ts';

/** One end of a connection. */
export interface Port {
	/** Answers false, or a promise of false, when the message will not arrive; any other answer says nothing. May throw. */
	post(message: unknown): unknown;
	/** Returns the function that stops listening. */
	listen(handler: (message: unknown) => void): () => void;
}

/** The shape of a map of calls such as `EngineCalls`; written so that interfaces fit, which have no index signature. */
export type Calls<C> = { [K in keyof C]: { params: unknown; result: unknown } };

/** For an end without calls or events. */
export type Nothing = object;

/** The signal is aborted when the caller cancels, when its page or worker is replaced, and on dispose. */
export type Handlers<C extends Calls<C>> = {
	readonly [K in keyof C]: (params: C[K]['params'], signal: AbortSignal) => C[K]['result'] | Promise<C[K]['result']>;
};

/** Turns what arrived into parameters, or throws. Every call of a border that is not trusted has one. */
export type Validators<C extends Calls<C>> = { readonly [K in keyof C]: (params: unknown) => C[K]['params'] };

export interface ChannelOptions<C extends Calls<C>> {
	readonly validate?: Validators<C>;
	/** Told of a throwing event listener; it never stops the channel. */
	readonly onFault?: (error: unknown) => void;
}

/** The part of a channel that asks the other end and hears it; tests stand in for it. */
export interface OtherEnd<RemoteCalls extends Calls<RemoteCalls>, LocalEvents> {
	request<K extends keyof RemoteCalls & string>(
		name: K,
		params: RemoteCalls[K]['params'],
		options?: { readonly signal?: AbortSignal | undefined },
	): Promise<RemoteCalls[K]['result']>;
	on<K extends keyof LocalEvents & string>(name: K, listener: (payload: LocalEvents[K]) => void): () => void;
}

/**
 * Why a request failed. `reason` is one of the channel's own (`unknown-call`, `invalid-params`, `cancelled`, `disposed`,
 * `undelivered`, `replaced`), the `reason` of the error that the handler threw, or `failed`.
 */
export class ChannelError extends Error {
	override readonly name = 'ChannelError';
	readonly reason: string;
	constructor(reason: string, message: string) {
		super(message);
		this.reason = reason;
	}
}

interface Pending {
	resolve(result: unknown): void;
	reject(error: ChannelError): void;
}

/** What to say of an error that a request was rejected with, or of anything else that was thrown. */
export function reasonOf(error: unknown): string {
	return error instanceof Error ? error.message : String(error);
}

function failureOf(error: unknown): Failure {
	const reason = typeof error === 'object' && error !== null && 'reason' in error ? error.reason : null;
	return { reason: typeof reason === 'string' ? reason : 'failed', message: reasonOf(error) };
}

/**
 * `LocalCalls` and `LocalEvents` arrive here, `RemoteCalls` and `RemoteEvents` are sent from here; the other end is
 * a channel with the two pairs exchanged.
 */
export class Channel<
	LocalCalls extends Calls<LocalCalls>,
	RemoteCalls extends Calls<RemoteCalls>,
	LocalEvents = Nothing,
	RemoteEvents = Nothing,
> implements OtherEnd<RemoteCalls, LocalEvents> {
	readonly #self = crypto.getRandomValues(new Uint32Array(3)).join('-');
	readonly #port: Port;
	readonly #handlers: Handlers<LocalCalls>;
	readonly #options: ChannelOptions<LocalCalls>;
	readonly #stopListening: () => void;
	readonly #pending = new Map<number, Pending>();
	readonly #running = new Map<number, AbortController>();
	readonly #listeners = new Map<string, Set<(payload: unknown) => void>>();
	#peer: string | null = null;
	/** Generations that were replaced: what they still say is not heard. */
	readonly #retired = new Set<string>();
	#lastId = 0;
	#disposed = false;

	constructor(port: Port, handlers: Handlers<LocalCalls>, options: ChannelOptions<LocalCalls> = {}) {
		this.#port = port;
		this.#handlers = handlers;
		this.#options = options;
		this.#stopListening = port.listen(message => this.#receive(message));
	}

	/** Rejects with a ChannelError, never with anything else. */
	request<K extends keyof RemoteCalls & string>(
		name: K,
		params: RemoteCalls[K]['params'],
		{ signal }: { readonly signal?: AbortSignal | undefined } = {},
	): Promise<RemoteCalls[K]['result']> {
		if (this.#disposed) return Promise.reject(new ChannelError('disposed', `${name}: the connection is closed`));
		if (signal?.aborted === true) return Promise.reject(new ChannelError('cancelled', `${name} was cancelled`));
		const id = ++this.#lastId;
		return new Promise<RemoteCalls[K]['result']>((resolve, reject) => {
			const cancel = () => {
				this.#post({ kind: 'cancel', from: this.#self, id });
				this.#settle(id, new ChannelError('cancelled', `${name} was cancelled`));
			};
			signal?.addEventListener('abort', cancel, { once: true });
			const settled = () => signal?.removeEventListener('abort', cancel);
			this.#pending.set(id, {
				resolve: result => {
					settled();
					resolve(result);
				},
				reject: error => {
					settled();
					reject(error);
				},
			});
			this.#post({ kind: 'request', from: this.#self, id, name, params }, why =>
				this.#settle(id, new ChannelError('undelivered', `${name} could not be delivered${why}`)),
			);
		});
	}

	/** Never throws; a peer that cannot hear it asks for the state when it is back. */
	emit<K extends keyof RemoteEvents & string>(name: K, payload: RemoteEvents[K]): void {
		if (!this.#disposed) this.#post({ kind: 'event', from: this.#self, name, payload });
	}

	/** Returns the function that stops listening. */
	on<K extends keyof LocalEvents & string>(name: K, listener: (payload: LocalEvents[K]) => void): () => void {
		const hear = (payload: unknown) => listener(payload as LocalEvents[K]);
		const all = this.#listeners.get(name) ?? new Set();
		this.#listeners.set(name, all.add(hear));
		return () => void all.delete(hear);
	}

	/** Rejects everything pending with `why`, aborts every running handler and stops listening. */
	dispose(why = new ChannelError('disposed', 'The connection was closed')): void {
		if (this.#disposed) return;
		this.#disposed = true;
		this.#stopListening();
		this.#dropAll(why);
		this.#listeners.clear();
	}

	#dropAll(error: ChannelError): void {
		for (const id of [...this.#pending.keys()]) this.#settle(id, error);
		for (const running of this.#running.values()) running.abort(error);
		this.#running.clear();
	}

	#settle(id: number, outcome: ChannelError | { readonly result: unknown }): void {
		const pending = this.#pending.get(id);
		this.#pending.delete(id);
		if (outcome instanceof ChannelError) pending?.reject(outcome);
		else pending?.resolve(outcome.result);
	}

	#post(envelope: Envelope, undelivered?: (why: string) => void): void {
		const thrown = (error: unknown) => undelivered?.(error instanceof Error ? `: ${error.message}` : '');
		try {
			// Awaited only when it is a promise: an answer that is known now is told now.
			const sent = this.#port.post(envelope);
			if (sent === false) undelivered?.('');
			else if (typeof sent === 'object')
				void Promise.resolve<unknown>(sent).then(arrived => arrived === false && undelivered?.(''), thrown);
		} catch (error) {
			thrown(error);
		}
	}

	#receive(message: unknown): void {
		const envelope = readEnvelope(message);
		if (envelope === null || this.#disposed || this.#retired.has(envelope.from)) return;
		if (envelope.from !== this.#peer) this.#greet(envelope.from);
		switch (envelope.kind) {
			case 'request':
				void this.#answer(envelope.id, envelope.name, envelope.params);
				break;
			case 'cancel':
				this.#running.get(envelope.id)?.abort(new ChannelError('cancelled', 'Cancelled by the caller'));
				break;
			case 'reply':
				if (envelope.to === this.#self) this.#settle(envelope.id, { result: envelope.result });
				break;
			case 'failure':
				if (envelope.to === this.#self) this.#settle(envelope.id, new ChannelError(envelope.error.reason, envelope.error.message));
				break;
			case 'event':
				this.#hear(envelope.name, envelope.payload);
		}
	}

	/** A new generation speaks: the one before it can neither answer nor use an answer any more. */
	#greet(peer: string): void {
		if (this.#peer !== null) {
			this.#retired.add(this.#peer);
			this.#dropAll(new ChannelError('replaced', 'The other side was replaced'));
		}
		this.#peer = peer;
	}

	async #answer(id: number, name: string, params: unknown): Promise<void> {
		const to = this.#peer ?? '';
		const running = new AbortController();
		this.#running.set(id, running);
		let answer: Envelope;
		try {
			answer = { kind: 'reply', from: this.#self, to, id, result: await this.#call(name, params, running.signal) };
		} catch (error) {
			answer = { kind: 'failure', from: this.#self, to, id, error: failureOf(error) };
		}
		if (this.#running.get(id) === running) this.#running.delete(id);
		if (this.#disposed) return;
		// A result that cannot be cloned must not leave the caller waiting.
		this.#post(answer, why => {
			if (answer.kind !== 'reply') return;
			this.#post({
				kind: 'failure',
				from: this.#self,
				to,
				id,
				error: { reason: 'undelivered', message: `The result of ${name} could not be sent${why}` },
			});
		});
	}

	#call(name: string, params: unknown, signal: AbortSignal): unknown {
		// Own properties only: `constructor` is not a call.
		if (!Object.hasOwn(this.#handlers, name)) throw new ChannelError('unknown-call', `There is no call named ${name}`);
		const key = name as keyof LocalCalls;
		const validate = this.#options.validate?.[key];
		let checked = params as LocalCalls[typeof key]['params'];
		if (validate !== undefined) {
			try {
				checked = validate(params);
			} catch (error) {
				throw new ChannelError('invalid-params', `${name}: ${failureOf(error).message}`);
			}
		}
		return this.#handlers[key](checked, signal);
	}

	#hear(name: string, payload: unknown): void {
		for (const listener of this.#listeners.get(name) ?? []) {
			try {
				listener(payload);
			} catch (error) {
				this.#options.onFault?.(error);
			}
		}
	}
}
