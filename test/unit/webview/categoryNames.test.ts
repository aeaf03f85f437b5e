import assert from 'node:assert/strict';
import { leaves } from '../../../src/extension/classification/taxonomy.ts';
import { categoryName } from '../../../src/webview/categoryNames.ts';

describe('Names of categories', () => {
	it('exist for all of the taxonomy, and no two read the same', () => {
		const all = [...new Set(leaves.flatMap(({ l1, l2, l3 }): readonly string[] => [l1, l2, l3]))];
		const shown = all.map(categoryName);
		for (const [index, name] of shown.entries()) assert.match(name, /^[A-Z][A-Za-z0-9 ]*$/, all[index]);
		assert.equal(new Set(shown).size, all.length);
	});

	it('keep abbreviations in capitals', () => {
		assert.deepEqual(['bug_fix', 'e2e-test', 'ci-config', 'api-docs'].map(categoryName), ['Bug fix', 'E2E test', 'CI config', 'API docs']);
	});

	it('that nobody knows here are shown as they are', () => {
		assert.equal(categoryName('constructor'), 'constructor');
	});
});
