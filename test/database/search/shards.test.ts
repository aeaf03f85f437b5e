import assert from 'node:assert/strict';
import * as nodeFiles from 'node:fs/promises';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { FileSystem } from '../../../src/extension/store/atomicFile.ts';
import { nextMerge } from '../../../src/extension/store/search/mergePolicy.ts';
import { ShardBuilder } from '../../../src/extension/store/search/shardBuilder.ts';
import { type InSteps, ShardSet } from '../../../src/extension/store/search/shardSet.ts';

const through: InSteps = steps => {
	for (let step = steps.next(); ; step = steps.next()) if (step.done === true) return Promise.resolve(step.value);
};

/** A shard of one stretch, a document for each list of words. */
async function shardOf(file: string, from: number, ...documents: readonly (readonly string[])[]): Promise<Buffer> {
	const builder = new ShardBuilder();
	documents.forEach((words, at) => {
		for (const word of words) builder.word(word);
		builder.document({
			offset: from + at * 10,
			kind: at % 3,
			atSeconds: 1_700_000_000 + at,
			model: 'm',
			branch: null,
			tool: at === 0 ? 'Bash' : null,
			print: at,
		});
	});
	builder.end({ path: file, from, to: from + documents.length * 10, head: 'h', tail: `t${from}`, documents: documents.length, copies: 0 });
	return through(builder.build());
}

const offsetsOf = (set: ShardSet, word: string): Promise<string[]> =>
	set.use(parts => {
		const found = parts.flatMap(({ shard, dead }) => {
			const entry = shard.find(word);
			const columns = shard.documents;
			return [...shard.postings(entry === null ? [] : [entry])].flatMap(({ documents, counts }) =>
				[...documents].flatMap((document, at) => {
					const piece = columns.piece[document] ?? 0;
					return dead.has(piece) ? [] : [`${columns.pieces[piece]?.path ?? ''} ${columns.offset[document] ?? 0} ${counts[at] ?? 0}`];
				}),
			);
		});
		return Promise.resolve(found.sort());
	});

describe('The shards of the search index', () => {
	let root: string;
	beforeEach(() => (root = mkdtempSync(path.join(tmpdir(), 'shards-'))));
	afterEach(() => rmSync(root, { recursive: true, force: true }));

	const open = async (files: FileSystem | null = null): Promise<ShardSet> => {
		const set = new ShardSet({ folder: path.join(root, 'search'), lockFolder: path.join(root, 'search.lock'), files });
		await set.open();
		return set;
	};

	it('say the same after they were merged, saved and opened again', async () => {
		const set = await open();
		const many = Array.from({ length: 700 }, (_, at) => `word${at}`);
		set.add(await shardOf('a', 0, ['zebra', 'zebra', 'x', ...many], ['x'], ['東京', 'zebra']));
		set.add(await shardOf('b', 0, ['zebra'], many));
		set.add(await shardOf('a', 30, ['zebra', 'y']));
		const words = ['zebra', 'x', 'y', '東京', 'word0', 'word699', 'none'];
		const before = await Promise.all(words.map(word => offsetsOf(set, word)));
		assert.deepEqual(before[0], ['a 0 2', 'a 20 1', 'a 30 1', 'b 0 1']);
		await set.save(through);
		assert.deepEqual(await Promise.all(words.map(word => offsetsOf(set, word))), before);
		await set.close();
		const again = await open();
		assert.deepEqual(await Promise.all(words.map(word => offsetsOf(again, word))), before);
		assert.deepEqual(again.covered.get('a'), { to: 40, head: 'h', tail: 't30', copies: 0, bytes: 40, isWhole: true });
		await again.use(([part]) => {
			assert.equal(part?.shard.beginningWith('word').length, 700);
			assert.deepEqual(
				part.shard.documents.pieces.map(piece => piece.documents),
				[4, 2],
				'stretches that adjoin are one',
			);
			return Promise.resolve();
		});
		await again.close();
	});

	it('lose what is dead, and notice a gap in what they cover', async () => {
		const set = await open();
		set.add(await shardOf('a', 0, ['zebra']));
		set.add(await shardOf('b', 10, ['zebra']));
		assert.equal(set.covered.get('b')?.isWhole, false);
		set.kill(new Set(['a']));
		assert.deepEqual(await offsetsOf(set, 'zebra'), ['b 10 1']);
		assert.equal(set.covered.has('a'), false);
		await set.merge(through, true);
		await set.save(through);
		await set.close();
		const again = await open();
		assert.deepEqual(await offsetsOf(again, 'zebra'), ['b 10 1']);
		await again.close();
	});

	it('are checked before they are merged: damage is not written as if it were sound', async () => {
		const set = await open();
		set.add(await shardOf('a', 0, ['zebra', 'giraffe']));
		set.add(await shardOf('b', 0, ['zebra', 'giraffe']));
		await set.save(through);
		await set.close();
		const folder = path.join(root, 'search');
		const file = path.join(folder, readdirSync(folder).find(name => name.endsWith('.shard')) ?? '');
		const bytes = readFileSync(file);
		// The first of the postings, behind the eight bytes of the head.
		bytes[8] = (bytes[8] ?? 0) ^ 0x01;
		writeFileSync(file, bytes);
		const again = await open();
		again.kill(new Set(['a']));
		await again.merge(through, true);
		assert.deepEqual([again.losses, again.covered.size], [1, 0], 'all of it is to be read again');
		assert.deepEqual(await offsetsOf(again, 'zebra'), []);
		await again.close();
	});

	it('stay in memory while the disk is full, and are saved when there is room', async () => {
		let isFull = true;
		const files: FileSystem = {
			...nodeFiles,
			open: async (...args: Parameters<typeof nodeFiles.open>) => {
				if (isFull) throw Object.assign(new Error('no room'), { code: 'ENOSPC', syscall: 'open' });
				return nodeFiles.open(...args);
			},
		};
		const set = await open(files);
		set.add(await shardOf('a', 0, ['zebra']));
		await assert.rejects(set.save(through), { reason: 'disk full' });
		assert.deepEqual(await offsetsOf(set, 'zebra'), ['a 0 1']);
		isFull = false;
		await set.save(through);
		assert.ok(set.isSaved);
		assert.equal(readdirSync(path.join(root, 'search')).length, 2);
		await set.close();
	});

	it('are merged when there are many of a size, and never into one that is too large', () => {
		const of = (...bytes: number[]): { bytes: number; deadShare: number }[] => bytes.map(each => ({ bytes: each, deadShare: 0 }));
		assert.equal(nextMerge(of(1000, 1000, 1000)), null);
		assert.deepEqual(nextMerge(of(1000, 9e6, 1000, 1000, 1000, 1000, 1000)), [0, 2, 3, 4, 5, 6]);
		assert.equal(nextMerge(of(...Array.from({ length: 8 }, () => 30e6))), null);
		assert.deepEqual(nextMerge([...of(1000), { bytes: 5e6, deadShare: 0.5 }]), [1]);
	});
});
