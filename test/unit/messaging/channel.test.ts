import assert from 'node:assert/strict';
import { Channel, ChannelError, type Nothing, type Port } from '../../../src/messaging/channel.ts';
import { type Link, link } from './link.ts';

interface CountingCalls {
	double: { params: { readonly value: number }; result: number };
	hang: { params: null; result: null };
	fail: { params: { readonly reason: string | null }; result: null };
	unsendable: { params: null; result: unknown };
}
interface CountingEvents {
	progress: { readonly done: number };
}

const isCancelled = (error: unknown) => error instanceof ChannelError && error.reason === 'cancelled';
const reasonIs = (reason: string) => (error: unknown) => error instanceof ChannelError && error.reason === reason;

/** A worker that keeps the signals of its hanging calls, so that a test can see them abort. */
function workerOn(port: Port) {
	const signals: AbortSignal[] = [];
	const started: (() => void)[] = [];
	const hangs = () => new Promise<void>(resolve => started.push(resolve));
	const channel = new Channel<CountingCalls, Nothing, Nothing, CountingEvents>(port, {
		double: ({ value }) => value * 2,
		hang: (_, signal) => {
			signals.push(signal);
			started.shift()?.();
			return new Promise(() => undefined);
		},
		fail: ({ reason }) => {
			throw Object.assign(new Error('it broke'), reason === null ? {} : { reason });
		},
		unsendable: () => () => undefined,
	});
	return { channel, signals, hangs };
}
const hostOn = (port: Port) => new Channel<Nothing, CountingCalls, CountingEvents>(port, {});

describe('a channel', () => {
	let wire: Link;
	beforeEach(() => (wire = link()));

	it('answers a request with the result of its handler', async () => {
		workerOn(wire.b);
		assert.equal(await hostOn(wire.a).request('double', { value: 21 }), 42);
	});

	it('keeps concurrent requests apart', async () => {
		workerOn(wire.b);
		const host = hostOn(wire.a);
		assert.deepEqual(await Promise.all([1, 2, 3].map(value => host.request('double', { value }))), [2, 4, 6]);
	});

	it('rejects with the reason and the message of an error that a handler threw', async () => {
		workerOn(wire.b);
		await assert.rejects(
			hostOn(wire.a).request('fail', { reason: 'disk-full' }),
			(error: unknown) => reasonIs('disk-full')(error) && error instanceof Error && error.message === 'it broke',
		);
	});

	it('says "failed" for an error without a reason', async () => {
		workerOn(wire.b);
		await assert.rejects(hostOn(wire.a).request('fail', { reason: null }), reasonIs('failed'));
	});

	for (const name of ['nonsense', 'constructor', 'toString', '__proto__']) {
		it(`answers the unknown call ${name} with an error`, async () => {
			workerOn(wire.b);
			const host = new Channel<Nothing, Record<string, { params: null; result: null }>>(wire.a, {});
			await assert.rejects(host.request(name, null), reasonIs('unknown-call'));
		});
	}

	it('aborts the handler and rejects at once when the caller cancels', async () => {
		const worker = workerOn(wire.b);
		const host = hostOn(wire.a);
		const stop = new AbortController();
		const hanging = worker.hangs();
		const request = host.request('hang', null, { signal: stop.signal });
		await hanging;
		stop.abort();
		await assert.rejects(request, isCancelled);
		await wire.quiet();
		assert.equal(worker.signals[0]?.aborted, true);
	});

	it('sends nothing for a request whose signal is aborted already', async () => {
		const host = hostOn(wire.a);
		await assert.rejects(host.request('double', { value: 1 }, { signal: AbortSignal.abort() }), isCancelled);
		assert.deepEqual(wire.sent, []);
	});

	it('passes over the answer to a request that was cancelled', async () => {
		workerOn(wire.b);
		const host = hostOn(wire.a);
		const stop = new AbortController();
		const request = host.request('double', { value: 1 }, { signal: stop.signal });
		stop.abort();
		await assert.rejects(request, isCancelled);
		await wire.quiet();
		assert.equal(await host.request('double', { value: 4 }), 8);
	});

	it('rejects what is pending and aborts what is running on dispose', async () => {
		const worker = workerOn(wire.b);
		const host = hostOn(wire.a);
		const hanging = worker.hangs();
		const request = host.request('hang', null);
		await hanging;
		host.dispose();
		host.dispose();
		worker.channel.dispose();
		await assert.rejects(request, reasonIs('disposed'));
		await assert.rejects(host.request('double', { value: 1 }), reasonIs('disposed'));
		assert.equal(worker.signals[0]?.aborted, true);
		assert.equal(wire.listeners(), 0);
	});

	it('sends no answer after it was disposed', async () => {
		let finish: (result: null) => void = () => undefined;
		const worker = new Channel<CountingCalls, Nothing>(wire.b, {
			double: () => 0,
			hang: () => new Promise(resolve => (finish = resolve)),
			fail: () => null,
			unsendable: () => null,
		});
		void hostOn(wire.a)
			.request('hang', null)
			.catch(() => undefined);
		await wire.quiet();
		worker.dispose();
		const before = wire.sent.length;
		finish(null);
		await wire.quiet();
		assert.equal(wire.sent.length, before);
	});

	it('lets late replies to a reloaded page die', async () => {
		interface SlowCalls {
			slow: { params: null; result: string };
		}
		const answers: ((text: string) => void)[] = [];
		const signals: AbortSignal[] = [];
		new Channel<SlowCalls, Nothing>(wire.b, {
			slow: (_, signal) => {
				signals.push(signal);
				return new Promise(resolve => answers.push(resolve));
			},
		});
		const oldPage = new Channel<Nothing, SlowCalls>(wire.a, {});
		const lost = oldPage.request('slow', null);
		await wire.quiet();
		oldPage.dispose();
		await assert.rejects(lost, reasonIs('disposed'));

		// The same number as the old page's request: only the generation tells them apart.
		const answer = new Channel<Nothing, SlowCalls>(wire.a, {}).request('slow', null);
		await wire.quiet();
		assert.deepEqual(
			signals.map(signal => signal.aborted),
			[true, false],
			'what the old page asked for is aborted',
		);
		answers[0]?.('for the old page');
		await wire.quiet();
		answers[1]?.('for the new page');
		assert.equal(await answer, 'for the new page');
	});

	it('rejects what it asked of a peer that was replaced, and no longer hears that peer', async () => {
		const host = hostOn(wire.a);
		const heard: number[] = [];
		host.on('progress', ({ done }) => heard.push(done));
		wire.inject('a', { kind: 'event', from: 'first', name: 'progress', payload: { done: 1 } });
		await wire.quiet();
		const request = host.request('hang', null);
		wire.inject('a', { kind: 'event', from: 'second', name: 'progress', payload: { done: 2 } });
		wire.inject('a', { kind: 'event', from: 'first', name: 'progress', payload: { done: 3 } });
		await assert.rejects(request, reasonIs('replaced'));
		await wire.quiet();
		assert.deepEqual(heard, [1, 2]);
	});

	it('delivers events to every listener until it stops, in order', async () => {
		const worker = workerOn(wire.b);
		const host = hostOn(wire.a);
		const heard: string[] = [];
		const stop = host.on('progress', ({ done }) => heard.push(`first ${done}`));
		host.on('progress', ({ done }) => heard.push(`second ${done}`));
		worker.channel.emit('progress', { done: 1 });
		await wire.quiet();
		stop();
		worker.channel.emit('progress', { done: 2 });
		await wire.quiet();
		assert.deepEqual(heard, ['first 1', 'second 1', 'second 2']);
	});

	it('reports a throwing listener and still tells the others', async () => {
		const faults: unknown[] = [];
		const worker = workerOn(wire.b);
		const host = new Channel<Nothing, CountingCalls, CountingEvents>(wire.a, {}, { onFault: error => faults.push(error) });
		const heard: number[] = [];
		host.on('progress', () => {
			throw new Error('listener');
		});
		host.on('progress', ({ done }) => heard.push(done));
		worker.channel.emit('progress', { done: 7 });
		await wire.quiet();
		assert.deepEqual(heard, [7]);
		assert.equal(faults.length, 1);
	});

	it('validates what arrives before a handler sees it', async () => {
		const seen: number[] = [];
		new Channel<Pick<CountingCalls, 'double'>, Nothing>(
			wire.b,
			{ double: ({ value }) => seen.push(value) },
			{
				validate: {
					double: params => {
						if (typeof params === 'object' && params !== null && 'value' in params && typeof params.value === 'number') {
							return { value: params.value };
						}
						throw new TypeError('value must be a number');
					},
				},
			},
		);
		const page = new Channel<Nothing, { double: { params: unknown; result: number } }>(wire.a, {});
		await assert.rejects(page.request('double', { value: 'x' }), reasonIs('invalid-params'));
		assert.equal(await page.request('double', { value: 9 }), 1);
		assert.deepEqual(seen, [9]);
	});

	it('answers with an error when a result cannot be sent', async () => {
		workerOn(wire.b);
		await assert.rejects(hostOn(wire.a).request('unsendable', null), reasonIs('undelivered'));
	});

	for (const [what, post] of [
		['says false', () => false],
		['promises false', () => Promise.resolve(false)],
		['throws', () => assert.fail('Webview is disposed')],
		['rejects', () => Promise.reject(new Error('gone'))],
	] as const) {
		it(`rejects a request when the port ${what}, and emits without throwing`, async () => {
			const channel = new Channel<Nothing, CountingCalls, Nothing, CountingEvents>({ post, listen: () => () => undefined }, {});
			channel.emit('progress', { done: 1 });
			await assert.rejects(channel.request('double', { value: 1 }), reasonIs('undelivered'));
		});
	}

	it('passes over messages that are not its own', async () => {
		const worker = workerOn(wire.b);
		const strangers = [
			null,
			'text',
			7,
			{},
			{ type: 'vscode' },
			{ kind: 'request', id: 1, name: 'double' },
			{ kind: 'request', from: 'x', id: '1', name: 'double' },
			{ kind: 'request', from: 'x', id: 1, name: 7 },
			{ kind: 'event', from: 'x' },
			{ kind: 'reply', from: 'x', id: 1 },
			{ kind: 'failure', from: 'x', to: 'y', id: 1 },
			{ kind: 'failure', from: 'x', to: 'y', id: 1, error: { reason: 1 } },
			{ kind: 'other', from: 'x', id: 1 },
		];
		for (const stranger of strangers) wire.inject('b', stranger);
		await wire.quiet();
		assert.deepEqual(wire.sent, []);
		assert.deepEqual(worker.signals, []);
		assert.equal(await hostOn(wire.a).request('double', { value: 2 }), 4);
	});

	it('passes over a cancellation, a reply and a failure for nothing it knows', async () => {
		workerOn(wire.b);
		const host = hostOn(wire.a);
		assert.equal(await host.request('double', { value: 1 }), 2);
		const worker = wire.sent.find(message => message.kind === 'reply');
		assert.ok(worker);
		wire.inject('a', { kind: 'cancel', from: worker.from, id: 99 });
		wire.inject('a', { kind: 'reply', from: worker.from, to: worker.to, id: 99, result: 1 });
		wire.inject('a', { kind: 'failure', from: worker.from, to: worker.to, id: 99, error: { reason: 'x', message: 'y' } });
		assert.equal(await host.request('double', { value: 3 }), 6);
	});
});
