import assert from 'node:assert/strict';
import { speakerOf } from '../../../src/webview/sentences.ts';

const english = {
	hello: 'Hello {name}',
	files: { one: '{count} file', other: '{count} files' },
} as const;

describe('the words of a page', () => {
	it('are English where nothing else is said', () => {
		const text = speakerOf('page', english);
		assert.equal(text('hello', { name: 'Ada' }), 'Hello Ada');
		assert.equal(text('files', { count: '1' }, 1), '1 file');
		assert.equal(text('files', { count: '0' }), '0 files');
	});

	it('are the translated ones of their own table, with the plural forms of that language', () => {
		const tables = {
			page: { files: { one: '{count} plik', few: '{count} pliki', other: '{count} plików' } },
			other: { hello: 'not mine' },
		};
		const text = speakerOf('page', english, { language: 'pl', tables });
		assert.equal(text('files', { count: '1' }, 1), '1 plik');
		assert.equal(text('files', { count: '3' }, 3), '3 pliki');
		assert.equal(text('files', { count: '5' }, 5), '5 plików');
	});

	it('are English, with English plural forms, where a translation is missing', () => {
		const text = speakerOf('page', english, { language: 'ja', tables: { page: { hello: 'こんにちは、{name}' } } });
		assert.equal(text('hello', { name: 'Ada' }), 'こんにちは、Ada');
		assert.equal(text('files', { count: '1' }, 1), '1 file');
	});

	it('leave a placeholder without a value as it stands', () => {
		assert.equal(speakerOf('page', english)('hello'), 'Hello {name}');
	});
});
