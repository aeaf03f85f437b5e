import assert from 'node:assert/strict';
import { RescanRounds } from '../../../src/extension/engine/rescan.ts';

const folders = (count: number): string[] => Array.from({ length: count }, (_, index) => `project-${index}`);

describe('re-scan rounds (IDX-3)', () => {
	it('look at everything while there are few folders', () => {
		const rounds = new RescanRounds();
		for (let i = 0; i < 3; i++) assert.equal(rounds.choose(folders(50), new Set()), null);
	});

	it('look at everything the first time', () => {
		assert.equal(new RescanRounds().choose(folders(500), new Set()), null);
	});

	it('come to every folder within twenty rounds, to a twentieth in each', () => {
		const rounds = new RescanRounds();
		rounds.choose(folders(500), new Set());
		const seen = new Set<string>();
		for (let i = 0; i < 20; i++) {
			const chosen = rounds.choose(folders(500), new Set());
			assert.equal(chosen?.size, 25);
			for (const name of chosen) seen.add(name);
		}
		assert.equal(seen.size, 500);
	});

	it('always look where something was written lately', () => {
		const rounds = new RescanRounds();
		rounds.choose(folders(500), new Set());
		for (let i = 0; i < 20; i++) assert.ok(rounds.choose(folders(500), new Set(['project-7']))?.has('project-7'));
	});

	it('look at folders that came and at those that went', () => {
		const rounds = new RescanRounds();
		rounds.choose(folders(500), new Set());
		const chosen = rounds.choose([...folders(500).slice(1), 'new'], new Set());
		assert.deepEqual(
			['project-0', 'new'].filter(name => chosen?.has(name) !== true),
			[],
		);
	});
});
