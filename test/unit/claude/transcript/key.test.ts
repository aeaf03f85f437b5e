import assert from 'node:assert/strict';
import fc from 'fast-check';
import { keyOfName, nameOf, printOf, Raw } from '../../../../src/extension/claude/transcript/json.ts';
import { keyOf } from '../../../../src/extension/claude/transcript/key.ts';
import { KeyMap } from '../../../../src/extension/claude/transcript/keyMap.ts';

const raw = (value: unknown): Raw => {
	const bytes = Buffer.from(JSON.stringify(value));
	return new Raw(bytes, 0, bytes.length);
};

describe('keys of identifiers', () => {
	it('are whole numbers of at most 47 bits', () => {
		fc.assert(
			fc.property(fc.string(), text => {
				const key = keyOf(text);
				return Number.isInteger(key) && key >= 0 && key < 2 ** 47;
			}),
		);
	});

	it('tell apart uuids that begin alike', () => {
		const keys = Array.from({ length: 100_000 }, (_, i) => keyOf(`019f0000-0000-7000-8000-${i.toString(16).padStart(12, '0')}`));
		assert.equal(new Set(keys).size, keys.length);
	});

	it('spread over all their bits', () => {
		const keys = Array.from({ length: 4096 }, (_, i) => keyOf(`toolu_${i}`));
		for (const unit of [1, 2 ** 20, 2 ** 36]) assert.ok(new Set(keys.map(key => Math.floor(key / unit) % 256)).size === 256);
	});

	it('are the same for a text and for its bytes in a record', () => {
		fc.assert(
			fc.property(fc.oneof(fc.uuid(), fc.string({ unit: 'binary' }), fc.jsonValue()), value => {
				const name = nameOf(value);
				assert.equal(keyOfName(raw(value)), name === null ? null : keyOf(name));
				assert.equal(keyOfName(value), keyOfName(raw(value)));
			}),
		);
	});

	it('are none for what is no identifier', () => {
		for (const value of ['', 5, null, undefined, {}, [], 'x'.repeat(5000)]) assert.equal(keyOfName(value), null);
	});
});

describe('prints of inputs', () => {
	it('are the same for a value and for its bytes in a record', () => {
		fc.assert(fc.property(fc.jsonValue(), value => printOf(value) === printOf(raw(value))));
	});

	it('differ where the inputs differ', () => {
		const prints = Array.from({ length: 50_000 }, (_, i) => printOf({ command: 'x'.repeat(i % 50), at: i }));
		assert.equal(new Set(prints).size, prints.length);
		assert.notEqual(printOf({ a: '' }), printOf({ a: '\0' }));
	});
});

describe('a map of keys', () => {
	it('holds what was set last, however many there are', () => {
		const keys = fc.oneof(
			fc.nat({ max: 40 }),
			fc.maxSafeNat().map(key => key % 2 ** 48),
		);
		fc.assert(
			fc.property(fc.array(fc.tuple(keys, fc.option(fc.nat()))), entries => {
				const map = new KeyMap();
				for (const [key, value] of entries) map.set(key, value);
				const expected = new Map(entries);
				for (const [key, value] of expected) assert.equal(map.get(key), value);
				for (const key of [41, 2 ** 48 - 1, 0]) assert.equal(map.get(key), expected.get(key));
			}),
		);
	});
});
