import assert from 'node:assert/strict';
import {
	exportNameOf,
	fileNameOf,
	findingDescription,
	findingLabel,
	freeFileNames,
	transferLines,
} from '../../../src/extension/ui/presentation/dataTexts.ts';
import { berlin } from './viewers.ts';

describe('The name of an exported file', () => {
	it('begins with the day and is one that every system takes', () => {
		assert.equal(fileNameOf('Fix: "the" wheel/engine <b>?', '2026-03-02T09:15:00.000Z'), '2026-03-02-Fix-the-wheel-engine-b');
		assert.equal(fileNameOf('../../etc/passwd', null), 'etc-passwd');
		assert.equal(fileNameOf('\u202e...\u0000', '2026-03-02T09:15:00.000Z'), '2026-03-02-session');
		assert.equal(fileNameOf('修复轮子', null), '修复轮子');
		assert.ok(fileNameOf('x'.repeat(5_000_000), null).length <= 60);
	});

	it('tells no secret of the title, unless nothing is redacted', () => {
		const title = 'use ghp_abcdefghijklmnop1234 please';
		assert.equal(exportNameOf(title, null, true), 'use-redacted-token-please');
		assert.equal(exportNameOf(title, null, false), 'use-ghp_abcdefghijklmnop1234-please');
		assert.doesNotMatch(exportNameOf('psql postgresql://admin:Tr0ub4dorAndThreeMore', null, true), /Tr0ub/);
	});

	it('is a free one in a folder, for each of several', () => {
		assert.deepEqual(freeFileNames(['a.md', 'b.md', 'B.md', 'c.d.md'], ['A.md', 'a (2).md', 'c.d.md', 'x']), [
			'a (3).md',
			'b.md',
			'B (2).md',
			'c.d (2).md',
		]);
	});
});

describe('What comes in from another machine', () => {
	it('is said kind by kind, without what stays out', () => {
		const rows = [
			{ kind: 'notes', added: 2, replaced: 1, kept: 4 },
			{ kind: 'pins', added: 3, replaced: 0, kept: 0 },
			{ kind: 'tags', added: 0, replaced: 0, kept: 9 },
		] as const;
		assert.deepEqual(transferLines({ rows, forgotten: 0 }, berlin), ['notes: 2 new, 1 newer than yours', 'pinned sessions: 3']);
	});
});

describe('A secret that was found', () => {
	it('is told by its kind, its places and its length', () => {
		const finding = { key: 'k', kind: 'API key', places: 3, length: 51, beginning: 'sk-a', samples: [] };
		assert.equal(findingLabel(finding, berlin), 'API key · 3 places');
		assert.equal(findingDescription(finding, berlin), 'sk-a•••… (51 characters)');
		assert.equal(findingDescription({ ...finding, beginning: '' }, berlin), '•••… (51 characters)');
	});
});
