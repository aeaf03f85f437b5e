import assert from 'node:assert/strict';
import { DayClock } from '../../../src/extension/ui/dayClock.ts';

/** A clock that stands until it is moved, and a timer that ends when it is told to. */
function clockAt(iso: string, timeZone = 'Europe/Berlin') {
	const state = { nowMs: Date.parse(iso), timeZone, told: [] as string[], waits: [] as number[], end: null as (() => void) | null };
	const clock = new DayClock({
		timeZone: () => state.timeZone,
		onMinute: () => state.told.push('minute'),
		onDay: () => state.told.push('day'),
		now: () => state.nowMs,
		wait: (ms, done) => {
			state.waits.push(ms);
			state.end = done;
			return () => {
				state.end = null;
			};
		},
	});
	/** Time passes, and the timer that was set ends. */
	const pass = (ms: number) => {
		state.nowMs += ms;
		state.end?.();
	};
	return { clock, state, pass };
}

describe('The clock of the views', () => {
	it('tells every minute that time moved on', () => {
		const { clock, state, pass } = clockAt('2026-11-18T11:00:00Z');
		clock.start();
		pass(60_000);
		pass(60_000);
		assert.deepEqual(
			[state.told, state.waits],
			[
				['minute', 'minute'],
				[60_000, 60_000, 60_000],
			],
		);
	});

	it('tells at local midnight that a day began, not up to a minute later', () => {
		const { clock, state, pass } = clockAt('2026-11-18T22:59:45Z');
		clock.start();
		const wait = state.waits[0] ?? 0;
		assert.ok(wait >= 15_000 && wait <= 16_000, String(wait));
		pass(wait);
		assert.deepEqual(state.told, ['day']);
		pass(60_000);
		assert.deepEqual(state.told, ['day', 'minute']);
	});

	it('tells it after the computer slept over midnight', () => {
		const { clock, state, pass } = clockAt('2026-11-18T21:00:00Z');
		clock.start();
		pass(9 * 3_600_000);
		assert.deepEqual(state.told, ['day']);
	});

	it('tells it when somebody looks again on another day', () => {
		const { clock, state } = clockAt('2026-11-18T21:00:00Z');
		clock.start();
		clock.stop();
		assert.equal(state.end, null);
		state.nowMs += 9 * 3_600_000;
		clock.start();
		assert.deepEqual(state.told, ['day']);
	});

	it('tells it when the traveller has come to another zone, where it is another day', () => {
		const { clock, state, pass } = clockAt('2026-11-18T16:00:00Z');
		clock.start();
		state.timeZone = 'Asia/Tokyo';
		pass(60_000);
		assert.deepEqual(state.told, ['day']);
	});

	it('stands still when it is stopped, also by what it told', () => {
		const { clock, state, pass } = clockAt('2026-11-18T11:00:00Z');
		clock.start();
		pass(60_000);
		const stopping = new DayClock({
			timeZone: () => 'UTC',
			onMinute: () => stopping.stop(),
			onDay: () => assert.fail('no day began'),
			now: () => state.nowMs,
			wait: (_, done) => {
				state.end = done;
				return () => {
					state.end = null;
				};
			},
		});
		stopping.start();
		pass(60_000);
		assert.equal(state.end, null);
	});
});
