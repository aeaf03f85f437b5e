import assert from 'node:assert/strict';
import { fileNameOf, findingDescription, findingLabel, transferLines } from '../../../src/extension/ui/presentation/dataTexts.ts';
import { berlin } from './viewers.ts';

describe('The name of an exported file', () => {
	it('begins with the day and is one that every system takes', () => {
		assert.equal(fileNameOf('Fix: "the" wheel/engine <b>?', '2026-03-02T09:15:00.000Z'), '2026-03-02-Fix-the-wheel-engine-b');
		assert.equal(fileNameOf('../../etc/passwd', null), 'etc-passwd');
		assert.equal(fileNameOf('\u202e...\u0000', '2026-03-02T09:15:00.000Z'), '2026-03-02-session');
		assert.equal(fileNameOf('修复轮子', null), '修复轮子');
		assert.ok(fileNameOf('x'.repeat(5_000_000), null).length <= 60);
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
