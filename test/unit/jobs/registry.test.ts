import assert from 'node:assert/strict';
import { JobRegistry } from '../../../src/extension/jobs/registry.ts';

interface Jobs {
	count: { data: { readonly upTo: number }; result: number };
}
const parse = (data: unknown): { upTo: number } => {
	if (typeof data === 'object' && data !== null && 'upTo' in data && typeof data.upTo === 'number') return { upTo: data.upTo };
	throw new TypeError('upTo is missing');
};
const count = { name: 'count', parse, afterOwnerDied: 'resume', concurrency: 1, timeoutMs: null } as const;

describe('The registry of job types', () => {
	it('wants every type, under its own name, and with handlers that fit it', () => {
		const registry = new JobRegistry<Jobs>({ count });
		// @ts-expect-error the only type is missing
		assert.deepEqual(new JobRegistry<Jobs>({}).handled, []);
		// @ts-expect-error the type bears another name
		assert.deepEqual(new JobRegistry<Jobs>({ count: { ...count, name: 'add' } }).handled, []);
		// @ts-expect-error its data are read as something else
		assert.deepEqual(new JobRegistry<Jobs>({ count: { ...count, parse: () => 'three' } }).handled, []);
		// @ts-expect-error nobody knows this type
		assert.throws(() => registry.handle('fly', () => Promise.resolve(1)), /no type of job fly/);
		// @ts-expect-error the result is not a number
		registry.handle('count', () => Promise.resolve('three'))();
		// @ts-expect-error the data have no such field
		registry.handle('count', ({ downTo }) => Promise.resolve(Number(downTo)))();
		registry.handle('count', ({ upTo }) => Promise.resolve(upTo));
		assert.deepEqual([registry.handled, registry.typeOf('fly'), registry.handlerOf('fly')], [['count'], null, null]);
		assert.equal(registry.typeOf('count'), count);
	});

	it('tells when a handler comes, for as long as one listens', () => {
		const registry = new JobRegistry<Jobs>({ count });
		let heard = 0;
		const away = registry.onHandler(() => heard++);
		registry.handle('count', () => Promise.resolve(1))();
		away();
		registry.handle('count', () => Promise.resolve(1));
		assert.equal(heard, 1);
	});
});
