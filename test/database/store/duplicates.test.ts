import assert from 'node:assert/strict';
import { DuplicateTable, type SharedToolCall } from '../../../src/extension/store/index/duplicates.ts';
import { migrate } from '../../../src/extension/store/migrations/migration.ts';
import { indexMigrations } from '../../../src/extension/store/migrations/schemas.ts';
import { Sqlite } from '../../../src/extension/store/sqlite.ts';

describe('What stands in several files', () => {
	let db: Sqlite;
	let duplicates: DuplicateTable;
	beforeEach(async () => {
		db = await Sqlite.open(null);
		migrate(db, indexMigrations);
		db.exec(`
			INSERT INTO models (id, name) VALUES (1, 'm');
			INSERT INTO sessions (id, session_id) VALUES (1, 's'), (2, 'later');
			INSERT INTO session_files (id, session_rowid, path, kind, helper, first_ms, origins, gone_at, continues_key) VALUES
				(1, 1, '/a', 'session', NULL, 10, NULL, NULL, NULL),
				(2, 2, '/b', 'subagent', 'compaction', NULL, '["s","x"]', '2026-01-01T00:00:00.000Z', 7),
				(3, NULL, '/c', 'session', NULL, NULL, NULL, NULL, 7);
			INSERT INTO messages (file_id, byte_offset, byte_length, kind, uuid_key) VALUES (1, 0, 9, 0, 7), (1, 9, 9, 6, 8), (2, 0, 9, 128, 7);
			INSERT INTO summaries VALUES (2, 50, 8, 'A title');
			INSERT INTO tool_calls (file_id, byte_offset, block, tool_key, name, started_ms, flags) VALUES
				(1, 9, 0, 70, 'Read', 900001, 1), (2, 9, 0, 70, 'Read', 900001, 193), (2, 9, 1, 71, 'Edit', NULL, 1);
			INSERT INTO file_activity (file_id, quarter_ms, tool_calls) VALUES (1, 900000, 4), (2, 900000, 4);
			INSERT INTO responses (file_id, response_key, model_id, flags, output_tokens) VALUES (1, 5, 1, 0, 3), (2, 5, 1, 1, 4), (2, 6, 1, 0, 5);
		`);
		duplicates = new DuplicateTable(db);
	});
	afterEach(() => db.close());

	it('is claimed by files of which everything is known that their claims are weighed by', () => {
		const claimants = duplicates.claimants([1, 2, 3]);
		const { isHelper, isGone, origins, sessionId, firstMs, kind } = claimants.get(2) ?? assert.fail();
		assert.deepEqual([isHelper, isGone, origins, sessionId, firstMs, kind], [true, true, ['s', 'x'], 'later', null, 'subagent']);
		const first = claimants.get(1) ?? assert.fail();
		assert.deepEqual([first.isHelper, first.isGone, first.origins, first.firstMs, first.path], [false, false, [], 10, '/a']);
		assert.deepEqual([claimants.get(3)?.sessionId, claimants.get(3)?.sessionRowId], [null, null]);
	});

	it('is found among some keys, or among all', () => {
		const files = (rows: readonly { readonly fileId: number }[]): number[] => rows.map(({ fileId }) => fileId).toSorted();
		assert.deepEqual(files(duplicates.records(null)), [1, 2]);
		assert.deepEqual(files(duplicates.records([8])), [1]);
		assert.deepEqual(files(duplicates.responses(null)), [1, 2]);
		assert.deepEqual(files(duplicates.responses([6])), [2]);
		assert.deepEqual(files(duplicates.toolCalls(null)), [1, 2]);
		assert.deepEqual(files(duplicates.toolCalls([71])), [2]);
		assert.deepEqual(
			duplicates.records([7]).map(({ isCopy }) => isCopy),
			[false, true],
		);
		assert.deepEqual(
			duplicates.toolCalls([70]).map(({ isProgress, isCopy }) => [isProgress, isCopy]),
			[
				[false, false],
				[true, true],
			],
		);
	});

	it('concerns the sessions that a summary titles and those that continue a record', () => {
		assert.deepEqual(
			[duplicates.sessionsOfLeaves(null), duplicates.sessionsOfLeaves([8]), duplicates.sessionsOfLeaves([7])],
			[[1], [1], [1, 2]],
		);
		assert.deepEqual(
			[duplicates.sessionsContinuing(null), duplicates.sessionsContinuing([7]), duplicates.sessionsContinuing([8])],
			[[2], [2], []],
		);
	});

	it('moves the figure of a quarter of an hour with the call that counts', () => {
		const call = (key: number): SharedToolCall => duplicates.toolCalls([key]).at(-1) ?? assert.fail();
		const figures = (): unknown[] =>
			db
				.prepare<{ n: number }>('SELECT tool_calls AS n FROM file_activity ORDER BY file_id')
				.all()
				.map(({ n }) => n);
		duplicates.setToolCall(call(70), false, 900_000);
		assert.deepEqual([figures(), call(70).isCounted], [[4, 3], false]);
		duplicates.setToolCall(call(70), true, 900_000);
		assert.deepEqual([figures(), call(70).isCounted], [[4, 4], true]);
		duplicates.setToolCall(call(71), false, null);
		assert.deepEqual([figures(), call(71).isCounted], [[4, 4], false]);
	});
});
