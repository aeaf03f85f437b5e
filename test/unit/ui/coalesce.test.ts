import assert from 'node:assert/strict';
import { coalesce, type Coalesced } from '../../../src/extension/ui/coalesce.ts';

describe('following many signals', () => {
	let open: Coalesced | null = null;
	afterEach(() => open?.dispose());

	/** Runs that last until they are told to end; `started(n)` resolves when the nth has begun. */
	function runs() {
		const seen = { begun: 0, running: 0, most: 0, faults: [] as unknown[] };
		const ends: (() => void)[] = [];
		const waiting: { readonly count: number; readonly resolve: () => void }[] = [];
		const following = coalesce(
			0,
			async () => {
				seen.begun++;
				seen.most = Math.max(seen.most, ++seen.running);
				for (const { count, resolve } of waiting) if (seen.begun >= count) resolve();
				await new Promise<void>(resolve => ends.push(resolve));
				seen.running--;
				if (seen.begun === 1) throw new Error('first run fails');
			},
			error => seen.faults.push(error),
		);
		open = following;
		return {
			seen,
			following,
			started: (count: number) => new Promise<void>(resolve => (seen.begun >= count ? resolve() : waiting.push({ count, resolve }))),
			end: () => ends.shift()?.(),
		};
	}
	const turns = () => new Promise(resolve => setTimeout(resolve, 5));

	it('runs once for a burst, and once more for what came meanwhile, never twice at a time', async () => {
		const { seen, following, started, end } = runs();
		for (let signal = 0; signal < 10; signal++) following.signal();
		await started(1);
		for (let signal = 0; signal < 10; signal++) following.signal();
		end();
		await started(2);
		end();
		await turns();
		assert.equal(seen.begun, 2);
		assert.equal(seen.most, 1);
	});

	it('goes on after a run that failed, and tells of it', async () => {
		const { seen, following, started, end } = runs();
		following.signal();
		await started(1);
		end();
		await turns();
		assert.equal(seen.faults.length, 1);
		following.signal();
		await started(2);
	});

	it('runs no more once it is disposed', async () => {
		const { seen, following, started, end } = runs();
		following.signal();
		await started(1);
		following.signal();
		following.dispose();
		end();
		following.signal();
		await turns();
		assert.equal(seen.begun, 1);
	});

	it('drops a run that waits when it is disposed', async () => {
		const { seen, following } = runs();
		following.signal();
		following.dispose();
		await turns();
		assert.equal(seen.begun, 0);
	});
});
