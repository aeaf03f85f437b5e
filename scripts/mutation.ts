/**
 * `npm run mutation -- [--share 20] [--seed 1] [--room claude,store]`
 *
 * Changes the code of a room in small ways, one at a time, and counts how many changes its tests notice. The whole takes hours,
 * so a share of the lines is drawn, the same for one seed. Fails when fewer than 70 of 100 changes are noticed (NFR-1).
 */
import { spawnSync } from 'node:child_process';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { Random } from '../test/support/historyGenerator/random.ts';

const root = join(import.meta.dirname, '..');
const { values } = parseArgs({
	options: {
		share: { type: 'string', default: '20' },
		seed: { type: 'string', default: '1' },
		room: { type: 'string', default: 'claude,store' },
	},
});
/** Lines that are drawn together: a change may span several. */
const blockLines = 12;
/** A property shows with a few of its examples what it would show with hundreds. */
const shareOfExamples = '0.1';

for (const room of values.room.split(',')) {
	const mutate = drawn(room, Number(values.share) / 100, new Random(`${values.seed} ${room}`));
	const { status } = spawnSync(
		process.execPath,
		['node_modules/@stryker-mutator/core/bin/stryker.js', 'run', `test/mutation/${room}.json`, '--mutate', mutate.join(',')],
		{
			cwd: root,
			stdio: 'inherit',
			env: { ...process.env, SESSION_INSIGHTS_EXAMPLES: shareOfExamples },
		},
	);
	if (status !== 0) process.exitCode = 1;
}

/** Ranges of lines, as Stryker takes them. */
function drawn(room: string, share: number, random: Random): string[] {
	const ranges: string[] = [];
	for (const file of globSync(`src/extension/${room}/**/*.ts`, { cwd: root }).sort()) {
		const lines = readFileSync(join(root, file), 'utf8').split('\n').length;
		for (let from = 1; from <= lines; from += blockLines) {
			if (random.next() < share) ranges.push(`${file}:${from}-${Math.min(lines, from + blockLines - 1)}`);
		}
	}
	return ranges;
}
