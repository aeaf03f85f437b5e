import assert from 'node:assert/strict';
import fc from 'fast-check';
import { Raw } from '../../../../src/extension/claude/transcript/json.ts';
import { scanObject } from '../../../../src/extension/claude/transcript/scan.ts';
import { skipValue } from '../../../../src/extension/claude/transcript/skip.ts';
import { type Level, level, RECORD, type Want } from '../../../../src/extension/claude/transcript/wanted.ts';
import { examples } from '../../../support/examples.ts';

/** What is left of a decoded value when only the wanted fields are kept. */
function pruned(value: unknown, want: Want): unknown {
	if (typeof want === 'string' || typeof value !== 'object' || value === null) return value;
	if ('each' in want) return Array.isArray(value) ? value.map(item => pruned(item, want.each)) : value;
	if (Array.isArray(value)) return value;
	const wanted = want.slots.flatMap(slot => slot ?? []);
	return Object.fromEntries(
		Object.entries(value).flatMap(([name, field]) => {
			const found = wanted.find(candidate => candidate.name === name);
			return found === undefined ? [] : [[name, pruned(field, found.want)]];
		}),
	);
}

/** Everything that was left as bytes, decoded. */
function decoded(value: unknown): unknown {
	if (value instanceof Raw) return value.value();
	if (Array.isArray(value)) return value.map(decoded);
	if (typeof value !== 'object' || value === null) return value;
	return Object.fromEntries(Object.entries(value).map(([name, field]) => [name, decoded(field)]));
}

function scan(text: string | Buffer, wanted: Level = RECORD): unknown {
	const bytes = Buffer.from(text);
	return decoded(scanObject(bytes, 0, bytes.length, wanted));
}

const parses = (text: string): boolean => {
	try {
		JSON.parse(text);
		return true;
	} catch {
		return false;
	}
};

const skips = (text: string): boolean => {
	const bytes = Buffer.from(text);
	return skipValue(bytes, 0, bytes.length) === bytes.length;
};

describe('skipping JSON as bytes', () => {
	it('accepts every value that JSON.parse accepts', () => {
		fc.assert(
			fc.property(fc.json(), text => skips(text)),
			{ numRuns: examples(500) },
		);
	});

	it('accepts white space wherever JSON does', () => {
		fc.assert(fc.property(fc.jsonValue(), value => skips(JSON.stringify(value, null, '\t'))));
		assert.ok(skips('[ ]') && skips('{ }') && skips('[1 ,\r\n2\t]') && skips('{ "a" : 1 , "b" : [ ] }'));
	});

	it('gives the same verdict as JSON.parse on damaged values', () => {
		const damaged = fc.tuple(
			fc.json(),
			fc.nat(),
			fc.constantFrom('"', '\\', '{', '}', '[', ']', ',', ':', '0', '-', '.', 'e', 'u', 'x', '\u0001', '\n', ' ', ''),
		);
		fc.assert(
			fc.property(damaged, ([text, place, byte]) => {
				const at = place % (text.length + 1);
				const changed = text.slice(0, at) + byte + text.slice(at + 1);
				// White space around a value belongs to the line, not to the value.
				fc.pre(changed === changed.trim());
				return skips(changed) === parses(changed);
			}),
			{ numRuns: examples(3000) },
		);
	});

	for (const text of [
		'01',
		'-',
		'1.',
		'.5',
		'1e',
		'1e+',
		'+1',
		'tru',
		'nulll',
		'"\\x"',
		'"\\u12g4"',
		'"\\u12',
		'"a\tb"',
		'[1,]',
		'{"a":1,}',
		'{"a"}',
		'{a:1}',
		'[1',
		'{',
		'"',
		'',
		'[1 2]',
		'{"a":1]',
		'[1}',
		'"a\u0000b"',
	]) {
		it(`refuses ${JSON.stringify(text)} as JSON.parse does`, () => {
			assert.equal(parses(text), false);
			assert.equal(skips(text), false);
		});
	}

	it('knows no limit of nesting', () => {
		const deep = 200_000;
		assert.ok(skips('['.repeat(deep) + ']'.repeat(deep)));
		assert.ok(skips('{"a":'.repeat(deep) + '1' + '}'.repeat(deep)));
		assert.ok(!skips('['.repeat(deep) + ']'.repeat(deep - 1)));
	});

	it('finds the end of a string at every alignment', () => {
		for (let length = 0; length < 40; length++) {
			for (const end of ['"', '\\""', '\\\\"', '\\u00e4"']) {
				const text = `"${'ä'.repeat(length % 3)}${'x'.repeat(length)}${end}`;
				assert.ok(skips(text), text);
				assert.ok(!skips(text.slice(0, -1)), text);
			}
		}
	});
});

describe('reading the wanted fields of a record', () => {
	const names = [
		'type',
		'uuid',
		'message',
		'content',
		'usage',
		'input',
		'text',
		'toolUseResult',
		'data',
		'attachment',
		'timestamp',
		'cwd',
		'other',
		'__proto__',
	];
	const { record } = fc.letrec<{ value: unknown; record: unknown }>(tie => ({
		value: fc.oneof(
			{ maxDepth: 4 },
			fc.string({ unit: 'binary' }),
			fc.integer(),
			fc.double({ noNaN: true }),
			fc.boolean(),
			fc.constant(null),
			fc.array(tie('value'), { maxLength: 3 }),
			tie('record'),
		),
		record: fc
			.uniqueArray(fc.tuple(fc.constantFrom(...names), tie('value')), { selector: ([name]) => name, maxLength: 6 })
			.map(entries => Object.fromEntries(entries) as unknown),
	}));

	it('gives what JSON.parse gives, and nothing else', () => {
		fc.assert(
			fc.property(record, fc.boolean(), (value, isSpaced) => {
				const text = isSpaced ? JSON.stringify(value, null, 1) : JSON.stringify(value);
				assert.deepEqual(scan(text), pruned(JSON.parse(text), RECORD));
			}),
			{ numRuns: examples(1000) },
		);
	});

	it('takes the last of two fields of one name', () => {
		assert.deepEqual(scan('{"type":"user","type":"system","message":{"id":"a"},"message":5}'), { type: 'system', message: 5 });
	});

	it('leaves a name that is written with escapes to JSON.parse', () => {
		assert.equal(scan('{"\\u0074ype":"user"}'), null);
	});

	it('is not confused by look-alikes inside texts', () => {
		assert.deepEqual(scan('{"toolUseResult":{"stdout":"\\",\\"uuid\\":\\"x\\"}"},"uuid":"y"}'), { toolUseResult: {}, uuid: 'y' });
	});

	it('reads repeated texts from memory without mixing them up', () => {
		const level1 = level({ cwd: 'value', version: 'value' });
		for (let i = 0; i < 2000; i++) {
			assert.deepEqual(scan(`{"cwd":"/home/${i % 7}","version":"2.${i % 600}"}`, level1), {
				cwd: `/home/${i % 7}`,
				version: `2.${i % 600}`,
			});
		}
	});

	it('recognises members that repeat from record to record, and every difference in them', () => {
		const members = {
			isSidechain: false,
			userType: 'external',
			cwd: '/home/ann/app',
			sessionId: 'session-1',
			version: '2.1.50',
			gitBranch: 'main',
			slug: 'a-b-c',
		};
		const changes = fc.constantFrom<Record<string, unknown>>(
			{},
			{},
			{},
			{ cwd: '/home/bob/app' },
			{ version: '2.1.51' },
			{ gitBranch: 'ma\\in' },
			{ gitBranch: 'mäin' },
			{ isSidechain: true },
			{ slug: undefined },
			{ sessionId: 5 },
			{ sessionId: { a: 1 } },
			{ userType: 'a much longer type of user' },
		);
		fc.assert(
			fc.property(fc.array(fc.tuple(changes, fc.constantFrom('user', 'assistant', 'progress')), { maxLength: 20 }), records => {
				for (const [change, type] of records) {
					const value = {
						parentUuid: 'x',
						...members,
						...change,
						type,
						message: { id: 'm' },
						uuid: 'y',
						cwd2: 1,
						...(type === 'progress' ? { type: 'system', version: 'last' } : {}),
					};
					const text = JSON.stringify(value);
					assert.deepEqual(scan(text), pruned(JSON.parse(text), RECORD));
					const torn = text.slice(0, text.indexOf('"message"'));
					assert.equal(scan(torn), null);
				}
			}),
		);
	});

	it('refuses what is no object', () => {
		for (const text of [
			'[]',
			'1',
			'"x"',
			'null',
			'{"a":1}x',
			'{"type":tru}',
			'{"message":{"id":}}',
			'{"message":{"content":[1}}',
			'{"message":{"content":[',
			'{"type":"a',
		])
			assert.equal(scan(text), null, text);
	});

	it('decodes bytes that are no UTF-8 as JSON.parse would', () => {
		const line = Buffer.concat([Buffer.from('{"cwd":"/a'), Buffer.from([0xff, 0xc3]), Buffer.from('b","type":"user"}')]);
		assert.deepEqual(scan(line), { cwd: '/a\uFFFD\uFFFDb', type: 'user' });
	});

	it('keeps the exact value of numbers', () => {
		const texts = ['0', '-0', '12', '-7', '1.5', '123456789', '1234567890123', '1e3', '-0.25e-2', '1e999'];
		const level1 = level({ exitCode: 'value' });
		for (const text of texts)
			assert.ok(Object.is((scan(`{"exitCode":${text}}`, level1) as { exitCode: unknown }).exitCode, Number(text)), text);
	});
});
