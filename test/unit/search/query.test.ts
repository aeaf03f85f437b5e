import assert from 'node:assert/strict';
import { type ParsedQuery, parseQuery } from '../../../src/extension/search/query.ts';

const parse = (text: string, isTyping = false): ParsedQuery =>
	parseQuery(text, { isTyping, today: '2026-03-31', startOf: day => Date.parse(`${day}T00:00:00Z`) });
const needles = (text: string, isTyping = false): string[] =>
	parse(text, isTyping).clauses.map(
		({ needle, isExcluded, startsWord, endsWord }) => `${isExcluded ? '-' : ''}${startsWord ? '[' : ''}${needle}${endsWord ? ']' : ''}`,
	);
const day = (ms: number | null): string | null => (ms === null ? null : new Date(ms).toISOString().slice(0, 10));

describe('a query', () => {
	it('is words, phrases, beginnings of words, insides of words, and what must not be there', () => {
		assert.deepEqual(needles('Fix "the  Login" pars* ~serNam -draft -"not this"'), [
			'[fix]',
			'[the login]',
			'[pars',
			'sernam',
			'-[draft]',
			'-[not this]',
		]);
	});

	it('takes signs of programs as they are, and passes over those of sentences', () => {
		assert.deepEqual(needles('foo.bar( why? error: a->b -> --flag'), ['[foo.bar(', '[why]', '[error]', '[a->b]', '->', '--flag]']);
	});

	it('looks for the beginning of the last word while it is typed, but not behind a space or a closing quote', () => {
		assert.deepEqual(needles('open fi', true), ['[open]', '[fi']);
		assert.deepEqual(needles('open fi ', true), ['[open]', '[fi]']);
		assert.deepEqual(needles('"open fi', true), ['[open fi']);
		assert.deepEqual(needles('"open fi"', true), ['[open fi]']);
	});

	it('finds spellings that differ in case, accents and width to be the same', () => {
		assert.deepEqual(needles('CAFÉ ＦＵＬＬ e\u0301te ΟΔΟΣ'), ['[cafe]', '[full]', '[ete]', '[οδοσ]']);
		assert.deepEqual(needles('が'), ['が'], 'a voiced syllable is another one');
	});

	it('takes curly quotes and apostrophes for straight ones, as keyboards set them', () => {
		assert.deepEqual(needles("don’t don't ‘x’ “the  Login” -„not this“ ”to be”*"), [
			"[don't]",
			"[don't]",
			"'x'",
			'[the login]',
			'-[not this]',
			'[to be',
		]);
		assert.deepEqual(needles('"say “yes” now" “mixed quotes" a”b'), ['[say "yes" now]', '[mixed quotes]', '[a"b]']);
		assert.deepEqual(parse('branch:“main”').filters, [{ name: 'branch', value: 'main', isWhole: true, isExcluded: false }]);
		assert.deepEqual(
			parse('x “open').problems.map(({ kind }) => kind),
			['open quote'],
		);
		assert.deepEqual(needles('“open fi', true), ['[open fi']);
	});

	it('looks up two neighbouring characters where a script has no spaces', () => {
		const clause = parse('検索機能').clauses[0];
		assert.deepEqual(
			clause?.terms.map(term => term.text),
			['検索', '索機', '機能'],
		);
		assert.equal(clause.isExact, false);
		assert.equal(parse('検索').clauses[0]?.isExact, true);
		assert.deepEqual(parse('検').clauses[0]?.terms, [{ kind: 'prefix', text: '検' }]);
	});

	it('has filters with plain, quoted and excluded values', () => {
		assert.deepEqual(parse('tool:Bash -branch:"feat/x y" Model:opus').filters, [
			{ name: 'tool', value: 'bash', isWhole: false, isExcluded: false },
			{ name: 'branch', value: 'feat/x y', isWhole: true, isExcluded: true },
			{ name: 'model', value: 'opus', isWhole: false, isExcluded: false },
		]);
		assert.deepEqual(needles('http://example.com note:this'), ['[http://example.com]', '[note:this]'], 'other names are texts');
	});

	it('has days in several forms', () => {
		const span = (text: string): (string | null)[] => [day(parse(text).fromMs), day(parse(text).toMs)];
		assert.deepEqual(span('after:2026-03-01 before:2026-03-05'), ['2026-03-01', '2026-03-05']);
		assert.deepEqual(span('after:2025 before:2026/2'), ['2025-01-01', '2026-02-01']);
		assert.deepEqual(span('after:yesterday before:today'), ['2026-03-30', '2026-03-31']);
		assert.deepEqual(span('after:7d'), ['2026-03-24', null]);
		assert.deepEqual(span('after:1m'), ['2026-02-28', null], 'a month before the last of March is the last of February');
		assert.deepEqual(span('-after:2026-03-01'), [null, '2026-03-01']);
	});

	it('says what it could not understand, and looks for the rest', () => {
		const problems = (text: string, isTyping = false): string[] => parse(text, isTyping).problems.map(({ kind }) => kind);
		assert.deepEqual(problems('x after:2026-02-30'), ['not a date']);
		assert.deepEqual(problems('x after:soon file:'), ['not a date', 'no value']);
		assert.deepEqual(problems('x "open'), ['open quote']);
		assert.deepEqual(problems(' '), ['nothing to look for']);
		assert.deepEqual(problems('-x'), ['only exclusions']);
		assert.deepEqual(problems('-x tool:Bash'), []);
		assert.deepEqual(problems('w '.repeat(50)), ['too long']);
		assert.deepEqual(problems('x file:', true), [], 'it is being typed');
		assert.equal(parse('x after:soon').clauses.length, 1);
	});

	it('is never an error, whatever is typed', () => {
		const signs = [
			'"',
			'“',
			'”',
			'’',
			'-',
			'~',
			'*',
			':',
			' ',
			'a',
			'file:',
			'before:',
			'\\',
			'(',
			'[',
			'\ud800',
			'検',
			'🎉',
			'\0',
			'-"',
			'9999999d',
		];
		let seed = 7;
		const next = (most: number): number => (seed = (seed * 1103515245 + 12345) & 0x7fffffff) % most;
		for (let round = 0; round < 5000; round++) {
			const text = Array.from({ length: 1 + next(8) }, () => signs[next(signs.length)] ?? '').join('');
			assert.doesNotThrow(() => parse(text, round % 2 === 0), JSON.stringify(text));
		}
	});
});
