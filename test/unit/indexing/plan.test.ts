import assert from 'node:assert/strict';
import type { FoundFile } from '../../../src/extension/indexing/discover.ts';
import { plan, type PlanOptions } from '../../../src/extension/indexing/plan.ts';
import type { KnownFile } from '../../../src/extension/store/index/files.ts';

const found = (path: string, change: Partial<FoundFile> = {}): FoundFile => ({
	path,
	kind: 'session',
	sessionId: 's',
	agentId: null,
	helper: null,
	projectDir: 'p',
	inode: '7',
	size: 100,
	mtimeMs: 5,
	...change,
});
const known = (path: string, change: Partial<KnownFile> = {}): KnownFile => ({
	id: 1,
	path,
	kind: 'session',
	sessionRowId: 1,
	inode: '7',
	size: 100,
	mtimeMs: 5,
	readOffset: 90,
	parserVersion: 4,
	isGone: false,
	problem: null,
	...change,
});
const options: PlanOptions = { deep: false, parserVersion: 4, unreadable: [] };

describe('The plan of an index run (IDX-4)', () => {
	const actionFor = (onDisk: Partial<FoundFile>, before: Partial<KnownFile> | null, change: Partial<PlanOptions> = {}): string =>
		plan([found('/p/a', onDisk)], before === null ? [] : [known('/p/a', before)], { ...options, ...change }).steps[0]?.action ?? 'nothing';

	it('passes over what has the size, time and inode it had', () => {
		assert.equal(actionFor({}, {}), 'nothing');
		assert.equal(plan([found('/p/a')], [known('/p/a')], options).unchanged, 1);
	});

	it('looks at the bytes of a file whose size, time or inode moved, or that was gone', () => {
		for (const change of [{ size: 101 }, { mtimeMs: 6 }, { inode: '8' }]) assert.equal(actionFor(change, {}), 'check');
		assert.equal(actionFor({}, { isGone: true }), 'check');
		assert.equal(actionFor({}, { problem: 'EACCES' }), 'check');
		assert.equal(actionFor({ size: 95 }, {}), 'check');
	});

	it('reads from the start what is new, shorter than what was read, of another parser, half stored, or asked for', () => {
		assert.equal(actionFor({}, null), 'read');
		assert.equal(actionFor({ size: 89 }, {}), 'read');
		assert.equal(actionFor({}, { parserVersion: 3 }), 'read');
		assert.equal(actionFor({}, {}, { deep: true }), 'read');
		assert.notEqual(actionFor({}, { size: -1, readOffset: 0 }), 'nothing');
	});

	it('takes for gone what is known and no longer there, once', () => {
		const before = [known('/p/a'), known('/p/b', { id: 2 }), known('/p/c', { id: 3, isGone: true })];
		assert.deepEqual(
			plan([found('/p/a')], before, options).vanished.map(({ id }) => id),
			[2],
		);
	});

	it('takes nothing for gone that lies in or is a place nobody could look at', () => {
		const before = [known('/p/a'), known('/p/sub/b', { id: 2 }), known('/p/subway', { id: 3 }), known('C:\\p\\d', { id: 4 })];
		const { vanished } = plan([], before, { ...options, unreadable: ['/p/a', '/p/sub', 'C:\\p'] });
		assert.deepEqual(
			vanished.map(({ id }) => id),
			[3],
		);
	});
});
