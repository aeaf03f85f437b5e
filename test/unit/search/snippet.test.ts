import assert from 'node:assert/strict';
import fc from 'fast-check';
import { Finder } from '../../../src/extension/search/clause.ts';
import { fold, sourceOf, sourcePlaces } from '../../../src/extension/search/folding.ts';
import { parseQuery } from '../../../src/extension/search/query.ts';
import { shortPath } from '../../../src/extension/search/shortPath.ts';
import { snippetOf } from '../../../src/extension/search/snippet.ts';
import type { SearchSnippet } from '../../../src/webview/contract/search.ts';

function lineFor(query: string, ...texts: readonly string[]): SearchSnippet {
	const { clauses } = parseQuery(query, { isTyping: false, today: '2026-03-31', startOf: () => 0 });
	const given = texts.map(text => ({
		text: { kind: 'answer' as const, text, tool: null, toolUseId: null },
		folded: fold(text),
	}));
	const shown = snippetOf(
		given,
		clauses.map(clause => new Finder(clause)),
	);
	assert.ok(shown !== null);
	return shown.snippet;
}

/** What was found in brackets, and `…` where the text goes on. */
function marked({ text, matches, isCutBefore, isCutAfter }: SearchSnippet): string {
	const line = matches
		.toReversed()
		.reduce((all, { start, end }) => `${all.slice(0, start)}[${all.slice(start, end)}]${all.slice(end)}`, text);
	return `${isCutBefore ? '…' : ''}${line}${isCutAfter ? '…' : ''}`;
}

describe('The line that is shown of a hit', () => {
	it('is all of a short text, on one line', () => {
		assert.equal(marked(lineFor('parser', 'Look at\n\tthe parser\nplease')), 'Look at the [parser] please');
	});

	it('is what stands around the hit in a long text, and begins with a whole word', () => {
		const words = Array.from({ length: 400 }, (_, at) => `word${at}`).join(' ');
		const line = lineFor('word200', words);
		assert.match(marked(line), /^…word\d+ (?:word\d+ )+\[word200\] word201 .*…$/);
		assert.ok(line.text.length <= 264 && line.text.length > 150, String(line.text.length));
	});

	it('says of a text that nothing is left out where it ends', () => {
		const start = lineFor('first', `first ${'x '.repeat(500)}`);
		assert.deepEqual([start.isCutBefore, start.isCutAfter], [false, true]);
		const end = lineFor('last', `${'x '.repeat(500)}last`);
		assert.deepEqual([end.isCutBefore, end.isCutAfter], [true, false]);
	});

	it('shows a short rest, too, and does not say that there is more when that is white space', () => {
		const text = `${'x'.repeat(20)} ${'y'.repeat(50)} zebra${'z'.repeat(20)}\n\n`;
		assert.equal(marked(lineFor('zebra*', text)), `${text.slice(0, 72)}[zebra]${'z'.repeat(20)} `);
		const ends = lineFor('zebra', `zebra ${'x '.repeat(117)}${'\n'.repeat(100)}`);
		assert.equal(ends.isCutAfter, false);
	});

	it('is the place where most of the words stand together', () => {
		const far = 'filler '.repeat(100);
		assert.match(
			marked(lineFor('zebra giraffe', `A zebra. ${far} A giraffe beside a zebra. ${far}`)),
			/A \[giraffe\] beside a \[zebra\]\./,
		);
		assert.equal(marked(lineFor('zebra giraffe', 'only a zebra', 'a zebra, a giraffe')), 'a [zebra], a [giraffe]', 'of several texts');
	});

	it('shows the middle of a word that is longer than a line', () => {
		const line = lineFor('~needle', `${'x'.repeat(5_000)}needle${'y'.repeat(5_000)}`);
		assert.match(marked(line), /^…x{20,60}\[needle\]y{100,}…$/);
	});

	it('is no longer than two lines when what was found is', () => {
		const line = lineFor(`"${'z'.repeat(1_500)}"`, `before ${'z'.repeat(1_500)} after`);
		assert.match(marked(line), /^before \[z{400,480}\]…$/);
	});

	it('marks Chinese, Japanese and Korean by character', () => {
		assert.equal(marked(lineFor('検索', '全文検索機能を追加する')), '全文[検索]機能を追加する');
		assert.equal(marked(lineFor('검색', '전체 검색기능')), '전체 [검색]기능');
		const long = lineFor('検索', `${'字'.repeat(1_000)}検索${'文'.repeat(1_000)}`);
		assert.match(marked(long), /^…字+\[検索\]文+…$/u);
	});

	it('marks what was found as it is spelled, where folding makes it shorter or longer', () => {
		assert.equal(marked(lineFor('office cafe', 'the oﬃce — ＣＡＦÉ ½ “x”')), 'the [oﬃce] — [ＣＡＦÉ] ½ “x”');
		assert.equal(marked(lineFor('ete', 'e\u0301te\u0301 👩‍💻 été')), '[été] 👩‍💻 [été]');
	});

	it('marks apostrophes and quotes as they stand in the text, whichever were typed', () => {
		assert.equal(marked(lineFor("don't", "No — I don’t. “So” you DON'T?")), "No — I [don’t]. “So” you [DON'T]?");
		assert.equal(marked(lineFor('don’t', "é: I don't")), "é: I [don't]");
		assert.equal(marked(lineFor('“say ‘yes’ now”', "Ａ: say 'yes' now")), "Ａ: [say 'yes' now]");
		assert.equal(marked(lineFor('a="b"', 'ﬃ „x“ a=“b”')), 'ﬃ „x“ [a=“b”]');
	});

	it('has the path of a file from its project, or from the home folder', () => {
		const short = (path: string) => shortPath(path, '/home/ann/shop', '/home/ann');
		assert.equal(short('/home/ann/shop/src/a.ts'), 'src/a.ts');
		assert.equal(short('/home/ann/shopping/a.ts'), '~/shopping/a.ts');
		assert.equal(short('/home/annabel/a.ts'), '/home/annabel/a.ts');
		assert.equal(short('src/a.ts'), 'src/a.ts');
		assert.equal(shortPath('C:\\Users\\ann\\shop\\a.ts', null, 'C:\\Users\\ann'), '~\\shop\\a.ts');
		assert.equal(shortPath('/etc/hosts', '/', '/'), '/etc/hosts', 'a root is in every path');
	});

	it('shows nothing that steers a terminal, and nothing that turns the direction of writing', () => {
		assert.equal(marked(lineFor('red', '\u001b red\u0007 \u202Eturned\u202C')), ' [red] turned ');
	});

	it('finds in any text the same places that were folded', () => {
		const piece = fc.constantFrom(
			'a',
			'B',
			' ',
			'é',
			'e\u0301',
			'ﬃ',
			'½',
			'検',
			'が',
			'한',
			'\u1112\u1161\u11ab',
			'👩',
			'ß',
			'İ',
			'\ud83d',
			'Σ',
			'’',
			'„',
			'\ufe0f',
		);
		fc.assert(
			fc.property(fc.array(piece, { maxLength: 30 }), pieces => {
				const source = sourceOf(pieces.join(''));
				const folded = fold(source);
				const all = Array.from({ length: folded.length + 1 }, (_, at) => at);
				const places = sourcePlaces(source, all);
				assert.equal(places.length, all.length);
				assert.equal(places.at(-1), source.length);
				for (const at of all) {
					const place = places[at] ?? -1;
					// Where a character begins, what is before it folds to what is before its fold.
					if (place !== places[at - 1]) assert.equal(fold(source.slice(0, place)), folded.slice(0, at), JSON.stringify([source, at]));
				}
				const some = all.filter(at => at % 3 === 0);
				assert.deepEqual(
					sourcePlaces(source, some),
					some.map(at => places[at]),
					'asked for some of them',
				);
			}),
		);
	});
});
