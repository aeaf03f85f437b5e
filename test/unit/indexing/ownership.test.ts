import assert from 'node:assert/strict';
import fc from 'fast-check';
import { inPrecedence, misplacedCopies, responseChanges, toolCallChanges } from '../../../src/extension/indexing/ownership.ts';
import type { Claimant, SharedRecord, SharedResponse, SharedToolCall } from '../../../src/extension/store/index/duplicates.ts';
import { examples } from '../../support/examples.ts';

const claimant = (fileId: number, change: Partial<Claimant> = {}): Claimant => ({
	fileId,
	sessionId: `session ${fileId}`,
	sessionRowId: fileId,
	kind: 'session',
	isHelper: false,
	firstMs: 1000,
	origins: [],
	isGone: false,
	path: `/p/${fileId}`,
	...change,
});
const table = (...files: Claimant[]): Map<number, Claimant> => new Map(files.map(file => [file.fileId, file]));
const ids = (files: readonly Claimant[]): number[] => files.map(file => file.fileId);

const claimants = fc.uniqueArray(
	fc.record({
		fileId: fc.integer({ min: 1, max: 50 }),
		sessionId: fc.option(fc.constantFrom('a', 'b', 'c', 'd')),
		kind: fc.constantFrom('session' as const, 'subagent' as const),
		isHelper: fc.boolean(),
		firstMs: fc.option(fc.integer({ min: 0, max: 3 })),
		origins: fc.subarray(['a', 'b', 'c', 'd']),
		isGone: fc.boolean(),
	}),
	{ selector: file => file.fileId, maxLength: 8 },
);

describe('Who owns shared history (MODEL-2)', () => {
	it('is one strict order of the files, however they are handed in', () => {
		fc.assert(
			fc.property(claimants, fc.infiniteStream(fc.nat()), (parts, numbers) => {
				const files = parts.map(part => claimant(part.fileId, part));
				const order = ids(inPrecedence(files));
				assert.deepEqual(order.toSorted(), ids(files).toSorted());
				const keys = new Map(files.map(file => [file.fileId, numbers.next().value]));
				const shuffled = files.toSorted((a, b) => (keys.get(a.fileId) ?? 0) - (keys.get(b.fileId) ?? 0));
				assert.deepEqual(ids(inPrecedence(shuffled)), order);
			}),
			{ seed: 1, numRuns: examples(500) },
		);
	});

	it('keeps the files of one session together, and puts none before a session that it names', () => {
		fc.assert(
			fc.property(claimants, parts => {
				const order = inPrecedence(parts.map(part => claimant(part.fileId, part)));
				const sessions = order.map(file => file.sessionId ?? file.path);
				const distinct = sessions.filter((session, at) => session !== sessions[at - 1]);
				assert.equal(distinct.length, new Set(sessions).size);
				// The first one is named by others, or nobody is without a name for another.
				const isFree = (session: string): boolean =>
					!order.some(
						file =>
							(file.sessionId ?? file.path) === session && file.origins.some(origin => origin !== session && sessions.includes(origin)),
					);
				if (distinct.some(isFree)) assert.ok(isFree(distinct[0] ?? ''));
			}),
			{ seed: 2, numRuns: examples(500) },
		);
	});

	it('goes by origin, then by the first record, then by the id', () => {
		const early = claimant(1, { sessionId: 'z', firstMs: 1 });
		const late = claimant(2, { sessionId: 'a', firstMs: 2 });
		const timeless = claimant(3, { sessionId: '0', firstMs: null });
		assert.deepEqual(ids(inPrecedence([timeless, late, early])), [1, 2, 3]);
		assert.deepEqual(ids(inPrecedence([{ ...early, origins: ['a'] }, late])), [2, 1]);
		assert.deepEqual(ids(inPrecedence([{ ...early, origins: ['somebody else'] }, late])), [1, 2]);
		assert.deepEqual(ids(inPrecedence([early, { ...late, firstMs: 1 }])), [2, 1]);
	});

	it('puts a session’s own file before its subagents, and those before helper runs', () => {
		const own = claimant(3, { sessionId: 's', firstMs: 9 });
		const subagent = claimant(2, { sessionId: 's', kind: 'subagent', firstMs: 5 });
		const helper = claimant(1, { sessionId: 's', kind: 'subagent', isHelper: true, firstMs: 1 });
		assert.deepEqual(ids(inPrecedence([helper, subagent, own])), [3, 2, 1]);
	});

	const record = (fileId: number, isCopy: boolean): SharedRecord => ({ key: 1, fileId, isCopy });

	it('marks copies everywhere but in the owner’s file', () => {
		const files = table(claimant(1, { firstMs: 1 }), claimant(2, { firstMs: 2 }), claimant(3, { firstMs: 3 }));
		const wrong = misplacedCopies([record(1, true), record(2, false), record(3, true)], files);
		assert.deepEqual(wrong, [record(1, false), record(2, true)]);
		assert.deepEqual(misplacedCopies([record(1, false), record(2, true)], files), []);
		assert.deepEqual(misplacedCopies([record(2, true)], files), [record(2, false)]);
	});

	it('leaves to a file gone from disk what it counted, and gives it nothing more', () => {
		const files = table(claimant(1, { firstMs: 1, isGone: true }), claimant(2, { firstMs: 2 }));
		assert.deepEqual(misplacedCopies([record(1, false), record(2, false)], files), [record(2, true)]);
		assert.deepEqual(misplacedCopies([record(1, true), record(2, true)], files), [record(2, false)]);
		const later = table(claimant(1, { firstMs: 1 }), claimant(2, { firstMs: 2, isGone: true }));
		assert.deepEqual(misplacedCopies([record(1, false), record(2, false)], later), [record(1, true)]);
	});
});

describe('Which record of a response counts (MODEL-6)', () => {
	const row = (fileId: number, change: Partial<SharedResponse> = {}): SharedResponse => ({
		key: 1,
		fileId,
		isProgress: false,
		firstMs: 10,
		output: 5,
		isCounted: true,
		usageFrom: null,
		...change,
	});
	const files = table(claimant(1, { firstMs: 1 }), claimant(2, { firstMs: 2 }), claimant(3, { firstMs: 3 }));

	it('is that of the earliest record, with the figures of the largest output', () => {
		assert.deepEqual(responseChanges([row(1, { firstMs: 11 }), row(2, { output: 4 }), row(3, { output: 9, firstMs: 12 })], files), [
			{ key: 1, fileId: 1, isCounted: false, usageFrom: null },
			{ key: 1, fileId: 2, isCounted: true, usageFrom: 3 },
			{ key: 1, fileId: 3, isCounted: false, usageFrom: null },
		]);
	});

	it('is the owner’s where all have one time', () => {
		assert.deepEqual(responseChanges([row(2), row(1)], files), [{ key: 1, fileId: 2, isCounted: false, usageFrom: null }]);
	});

	it('is never a progress message’s where a record exists, however early and large', () => {
		const changes = responseChanges([row(1, { isProgress: true, firstMs: 1, output: 99 }), row(2, { isCounted: false })], files);
		assert.deepEqual(changes, [
			{ key: 1, fileId: 1, isCounted: false, usageFrom: null },
			{ key: 1, fileId: 2, isCounted: true, usageFrom: null },
		]);
		assert.deepEqual(responseChanges([row(1, { isProgress: true })], files), []);
	});
});

describe('Which record of a tool call counts', () => {
	const call = (fileId: number, change: Partial<SharedToolCall> = {}): SharedToolCall => ({
		key: 1,
		fileId,
		offset: 0,
		block: 0,
		startedMs: null,
		isCopy: false,
		isProgress: false,
		isCounted: true,
		...change,
	});
	const files = table(claimant(1, { firstMs: 1 }), claimant(2, { firstMs: 2 }));
	const counted = (rows: SharedToolCall[]): SharedToolCall[] => {
		const changes = new Map(toolCallChanges(rows, files).map(change => [change.call, change.isCounted]));
		return rows.filter(row => changes.get(row) ?? row.isCounted);
	};

	it('is the first occurrence in the file that owns it', () => {
		const first = call(1, { offset: 10, isCounted: false });
		assert.deepEqual(counted([call(2), call(1, { offset: 20 }), first, call(1, { offset: 10, block: 1 })]), [first]);
	});

	it('is never in a copied record where another one is not', () => {
		const own = call(2, { isCounted: false });
		assert.deepEqual(counted([call(1, { isCopy: true }), own]), [own]);
	});

	it('is a progress message only where no record has the call', () => {
		const own = call(2, { isCounted: false });
		assert.deepEqual(counted([call(1, { isProgress: true }), own]), [own]);
		const first = call(1, { isProgress: true, isCounted: false });
		assert.deepEqual(counted([call(2, { isProgress: true }), first]), [first]);
	});
});
