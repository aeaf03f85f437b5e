/** The translations that are shipped, compared with the English they were made from. */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Sentence, SentenceTable } from '../../../src/webview/sentences.ts';
import { categoryStrings } from '../../../src/webview/categoryNames.ts';
import { costStrings } from '../../../src/webview/insights/words/cost.ts';
import { overviewStrings } from '../../../src/webview/insights/words/overview.ts';
import { panelStrings } from '../../../src/webview/insights/words/panel.ts';
import { patternStrings } from '../../../src/webview/insights/words/patterns.ts';
import { selectorStrings } from '../../../src/webview/insights/words/selectors.ts';
import { toolStrings } from '../../../src/webview/insights/words/tools.ts';
import { englishWords } from '../../../src/extension/exporting/words.ts';
import { strings as searchStrings } from '../../../src/webview/search/strings.ts';
import { strings as insightsStrings } from '../../../src/webview/strings.ts';
import { strings as transcriptStrings } from '../../../src/webview/transcript/strings.ts';

type Table = Readonly<Record<string, string>>;

const root = join(import.meta.dirname, '..', '..', '..');

/** The tables of the pages, by the names that `speakerOf` is given. */
const pages: Readonly<Record<string, SentenceTable>> = {
	categories: categoryStrings,
	export: englishWords,
	insights: insightsStrings,
	'insights.cost': costStrings,
	'insights.overview': overviewStrings,
	'insights.panel': panelStrings,
	'insights.patterns': patternStrings,
	'insights.selectors': selectorStrings,
	'insights.tools': toolStrings,
	search: searchStrings,
	transcript: transcriptStrings,
};

function read(file: string): unknown {
	return JSON.parse(readFileSync(join(root, file), 'utf8'));
}

function languagesOf(folder: string, name: RegExp): readonly string[] {
	return readdirSync(join(root, folder))
		.flatMap(file => name.exec(file)?.[1] ?? [])
		.sort();
}

const languages = languagesOf('l10n', /^bundle\.l10n\.(.+)\.json$/);

function matches(text: string, pattern: RegExp): readonly string[] {
	return [...text.matchAll(pattern)].map(([match]) => match).sort();
}

/** What a translator must leave as it is: values, icons, where links go, and what is to be typed. */
function kept(text: string): unknown {
	return {
		values: matches(text, /\{\w+\}/g),
		icons: matches(text, /\$\([a-z~-]+\)/g),
		links: matches(text, /\]\([^)]*\)/g),
		code: matches(text, /`[^`]*`/g),
		lines: text.split('\n').length,
	};
}

function compareTables(english: Table, theirs: Table): void {
	assert.deepEqual(Object.keys(theirs).sort(), Object.keys(english).sort());
	for (const [key, sentence] of Object.entries(theirs)) {
		assert.notEqual(sentence.trim(), '', key);
		assert.deepEqual(kept(sentence), kept(english[key] ?? ''), key);
	}
}

const forms = (sentence: Sentence): readonly (readonly [string, string])[] =>
	typeof sentence === 'string' ? [['other', sentence]] : Object.entries(sentence);

function compareSentences(english: Sentence, theirs: Sentence, language: string, key: string): void {
	assert.equal(typeof theirs, typeof english, `${key} has plural forms in both or in none`);
	if (typeof theirs !== 'string') {
		const { pluralCategories } = new Intl.PluralRules(language).resolvedOptions();
		assert.deepEqual(Object.keys(theirs).sort(), [...pluralCategories].sort(), `the forms of ${key}`);
	}
	const values = (sentence: Sentence, form: string): ReadonlySet<string> =>
		new Set(forms(sentence).flatMap(([name, text]) => (name === form || form === 'any' ? matches(text, /\{\w+\}/g) : [])));
	assert.deepEqual([...values(theirs, 'other')].sort(), [...values(english, 'other')].sort(), key);
	for (const value of values(theirs, 'any')) assert.ok(values(english, 'any').has(value), `${key} knows ${value}`);
	for (const [form, text] of forms(theirs)) assert.notEqual(text.trim(), '', `${key}, ${form}`);
}

describe('the shipped translations', () => {
	it('are one at least', () => {
		assert.notDeepEqual(languages, []);
	});

	it('cover the manifest, the host and the pages in each language', () => {
		assert.deepEqual(languagesOf('.', /^package\.nls\.(.+)\.json$/), languages);
		assert.deepEqual(languagesOf('l10n', /^pages\.l10n\.(.+)\.json$/), languages);
	});

	it('are compared with every table that a page speaks from', () => {
		const folder = join(root, 'src/webview');
		const spoken = readdirSync(folder, { recursive: true, encoding: 'utf8' })
			.filter(name => name.endsWith('.ts'))
			.flatMap(name => matches(readFileSync(join(folder, name), 'utf8'), /(?<=\bspeakerOf\(')[^']+/g));
		// The window hands those of exports to the engine.
		assert.deepEqual([...spoken, 'export'].sort(), Object.keys(pages).sort());
	});

	for (const language of languages) {
		describe(`in ${language}`, () => {
			it('say everything that the manifest says, with its links and commands', () => {
				compareTables(read('package.nls.json') as Table, read(`package.nls.${language}.json`) as Table);
			});

			it('say everything that the host says, with its values and icons', () => {
				compareTables(read('l10n/bundle.l10n.json') as Table, read(`l10n/bundle.l10n.${language}.json`) as Table);
			});

			it('say everything that the pages say, in the plural forms of the language', () => {
				const theirs = read(`l10n/pages.l10n.${language}.json`) as Readonly<Record<string, SentenceTable>>;
				assert.deepEqual(Object.keys(theirs).sort(), Object.keys(pages).sort());
				for (const [name, english] of Object.entries(pages)) {
					const table = theirs[name] ?? {};
					assert.deepEqual(Object.keys(table).sort(), Object.keys(english).sort(), name);
					for (const [key, sentence] of Object.entries(table)) compareSentences(english[key] ?? '', sentence, language, `${name}: ${key}`);
				}
			});
		});
	}
});
