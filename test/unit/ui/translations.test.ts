import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..', '..', '..');

/** Every sentence given to `t(…)` in the host's code, in whatever quotes prettier chose. */
function sentencesInCode(): Set<string> {
	const folder = join(root, 'src/extension/ui');
	const sentences = new Set<string>();
	for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(name => name.endsWith('.ts'))) {
		for (const [, single, double] of readFileSync(join(folder, name), 'utf8').matchAll(
			/\bt\(\s*(?:'((?:[^'\\]|\\.)*)'|"((?:[^"\\]|\\.)*)")/g,
		)) {
			sentences.add((single ?? double ?? '').replace(/\\(.)/g, '$1'));
		}
	}
	return sentences;
}

describe('the sentences to translate', () => {
	const bundle = JSON.parse(readFileSync(join(root, 'l10n/bundle.l10n.json'), 'utf8')) as Readonly<Record<string, string>>;

	it('are those in the code, all of them and no others', () => {
		assert.deepEqual(Object.keys(bundle).sort(), [...sentencesInCode()].sort());
	});

	it('are given as plain text only, so that a translator sees them', () => {
		const folder = join(root, 'src/extension/ui');
		for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(name => name.endsWith('.ts'))) {
			assert.doesNotMatch(readFileSync(join(folder, name), 'utf8'), /\bt\(\s*`/, name);
		}
	});
});
