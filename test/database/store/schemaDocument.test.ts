import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { documentPath, schemaDocument } from '../../../scripts/schemaDocument.ts';

describe('The schema document', () => {
	it('says what the migrations make (run `node scripts/schemaDocument.ts` after a change)', async () => {
		assert.equal(await readFile(documentPath, 'utf8'), await schemaDocument());
	});

	it('shows rules, references and computed columns', async () => {
		const text = await schemaDocument();
		for (const part of [
			/\| `claude_status` \| TEXT \| `'not_started'` \| `claude_status IN \('not_started', 'processing', 'waiting_for_input', 'error', 'completed'\)` \|/,
			/ {4}sessions \|o--o\{ session_files : "cascade"/,
			/ {4}jobs \|\|--o\| classification_jobs : "cascade"/,
			/\| `timestamp` \| TEXT \| {2}\| computed, takes no room \|/,
			/Unique: `session_id`, `source`\./,
			/`CHECK \(\(status = 'running'\) = \(lease_owner IS NOT NULL\)\)`/,
			/\(`file_id`, `call_offset`, `call_block`\) → `tool_calls`, on delete cascade\./,
			/`sessions_by_parent \(parent_session_id, session_id\) WHERE parent_session_id IS NOT NULL`/,
		]) {
			assert.match(text, part);
		}
	});
});
