import assert from 'node:assert/strict';
import { wordsFileOf } from '../../../src/extension/ui/presentation/wordsFile.ts';

describe("the file of the pages' words", () => {
	it('lies beside the one that VS Code chose for the host', () => {
		assert.deepEqual(wordsFileOf('/x/l10n/bundle.l10n.de.json'), { path: '/x/l10n/pages.l10n.de.json', language: 'de' });
		assert.deepEqual(wordsFileOf('C:\\x\\l10n\\bundle.l10n.pt-br.json'), {
			path: 'C:\\x\\l10n\\pages.l10n.pt-br.json',
			language: 'pt-br',
		});
	});

	it('is none where English is spoken', () => {
		assert.equal(wordsFileOf('/x/l10n/bundle.l10n.json'), null);
		assert.equal(wordsFileOf('/x/l10n/words.json'), null);
	});
});
