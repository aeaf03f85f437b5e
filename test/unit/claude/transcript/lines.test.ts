import assert from 'node:assert/strict';
import { TranscriptReader } from '../../../../src/extension/claude/transcriptReader.ts';
import { bytesOf, read, system, types, user } from './reading.ts';

const notice = JSON.stringify({ type: 'system', content: 'x' });

const counts = (content: Uint8Array | string) => {
	const { lines, malformedLines, gluedLines, oversizedLines, messages } = read(Buffer.from(content)).summary;
	return { lines, malformedLines, gluedLines, oversizedLines, messages };
};
const fine = { lines: 0, malformedLines: 0, gluedLines: 0, oversizedLines: 0, messages: 0 };

const reader = () => new TranscriptReader({ state: null, copies: new Set(), earlier: () => undefined, isSubagent: false });

describe('lines of a transcript', () => {
	it('finds where each record lies in the file, without its newline', () => {
		const bytes = bytesOf(user('äöü'), system('away_summary'), user('b'));
		for (const { offset, length } of read(bytes).messages) {
			const text = bytes.toString('utf8', offset, offset + length);
			assert.ok(text.startsWith('{') && text.endsWith('}'));
			assert.equal(bytes[offset + length], 0x0a);
		}
	});

	it('counts a line that is not a JSON object as malformed and reads its neighbours', () => {
		assert.deepEqual(counts(`${notice}\nnot json\n[1,2]\n42\nnull\n"x"\n{"type":"system"\n${notice}\n`), {
			...fine,
			lines: 8,
			malformedLines: 6,
			messages: 2,
		});
	});

	it('reads both of two objects on one line, each at its own place', () => {
		const reading = read(Buffer.from(`${notice}${notice}\n`));
		assert.deepEqual(
			reading.messages.map(({ offset, length }) => [offset, length]),
			[
				[0, notice.length],
				[notice.length, notice.length],
			],
		);
		assert.deepEqual(counts(`${notice}${notice}\n`), { ...fine, lines: 1, gluedLines: 1, messages: 2 });
		assert.deepEqual(counts(`${notice} ${notice}${notice}\n`), { ...fine, lines: 1, gluedLines: 1, messages: 3 });
	});

	it('is not led astray by brackets and quotes inside the texts of glued objects', () => {
		const tricky = JSON.stringify({ type: 'system', content: '}{"\\"{[', more: [{ a: '\\' }] });
		assert.deepEqual(counts(`${tricky}${tricky}\n`), { ...fine, lines: 1, gluedLines: 1, messages: 2 });
	});

	it('reads what stands whole before a torn end', () => {
		assert.deepEqual(counts(`${notice}${notice.slice(0, -4)}\n`), { ...fine, lines: 1, malformedLines: 1, messages: 1 });
		assert.deepEqual(counts(`${notice},\n`), { ...fine, lines: 1, malformedLines: 1, messages: 1 });
	});

	it('reads the record behind NUL bytes of an unclean shutdown', () => {
		assert.deepEqual(counts(`\0\0\0\0${notice}\n`), { ...fine, lines: 1, malformedLines: 1, messages: 1 });
		assert.deepEqual(counts(`${notice}\0\0\n`), { ...fine, lines: 1, malformedLines: 1, messages: 1 });
		assert.deepEqual(counts(`${'\0'.repeat(5000)}\n${notice}\n`), { ...fine, lines: 2, malformedLines: 1, messages: 1 });
	});

	it('counts a NUL inside a text as malformed, as JSON does', () => {
		assert.deepEqual(counts(`{"type":"system","content":"a\0b"}\n`), { ...fine, lines: 1, malformedLines: 1 });
	});

	it('accepts line ends of Windows, blank lines and a byte order mark', () => {
		assert.deepEqual(counts(`\uFEFF${notice}\r\n\r\n  \n${notice}\r\n`), { ...fine, lines: 2, messages: 2 });
		assert.deepEqual(counts(`\uFEFF${notice}`), { ...fine, lines: 1, messages: 1 });
	});

	it('reads bytes that are no UTF-8', () => {
		const line = Buffer.concat([
			Buffer.from('{"type":"user","message":{"content":"caf'),
			Buffer.from([0xe9, 0xff]),
			Buffer.from(' au lait"}}\n'),
		]);
		const reading = read(line);
		assert.equal(reading.summary.firstPrompt, 'caf\uFFFD\uFFFD au lait');
		assert.equal(reading.summary.malformedLines, 0);
	});

	it('takes a last line without a newline when it is whole, and leaves it otherwise', () => {
		const whole = read(Buffer.from(`${notice}\n${notice}`));
		assert.equal(whole.messages.length, 2);
		assert.equal(whole.state.offset, notice.length * 2 + 1);
		const torn = read(Buffer.from(`${notice}\n${notice.slice(0, -1)}`));
		assert.equal(torn.messages.length, 1);
		assert.equal(torn.state.offset, notice.length + 1);
		assert.equal(torn.summary.malformedLines, 0);
	});

	it('reads nothing from no bytes', () => {
		assert.deepEqual(counts(''), fine);
		assert.equal(read(Buffer.alloc(0)).state.offset, 0);
	});

	it('passes over a line of 100 MB without holding it, and knows where the next one begins', () => {
		const reading = reader();
		const megabyte = Buffer.alloc(1024 * 1024, 'x');
		reading.push(Buffer.from(`${notice}\n{"type":"user","message":{"content":"`));
		const before = process.memoryUsage().arrayBuffers;
		for (let i = 0; i < 100; i++) reading.push(megabyte);
		assert.ok(process.memoryUsage().arrayBuffers - before < 80 * 1024 * 1024, 'not more than the limit is ever held');
		assert.equal(reading.state().offset, notice.length + 1, 'unfinished, it is not part of the state');
		reading.push(Buffer.from(`"}}\n${notice}\n`));
		reading.end();
		const { summary, offset } = reading.state();
		assert.deepEqual([summary.lines, summary.oversizedLines, summary.malformedLines, summary.messages], [3, 1, 0, 2]);
		assert.equal(
			offset,
			reading.take().messages.reduce((sum, message) => Math.max(sum, message.offset + message.length + 1), 0),
		);
	});

	it('reads a line of several megabytes that comes in small pieces', () => {
		const bytes = bytesOf(user('wort '.repeat(800_000)), user('kurz'));
		const reading = reader();
		for (let at = 0; at < bytes.length; at += 65_536) reading.push(bytes.subarray(at, at + 65_536));
		assert.deepEqual(
			reading.take().messages.map(message => message.wordCount),
			[800_000, 1],
		);
	});

	it('reads records nested a hundred thousand levels deep', () => {
		const deep = `${'{"a":['.repeat(50_000)}1${']}'.repeat(50_000)}`;
		const lines = [
			`{"type":"user","message":{"content":[{"type":"tool_result","tool_use_id":"t","content":${deep}}]},"toolUseResult":${deep}}`,
			`{"type":"assistant","message":{"id":"m","model":"x","content":[{"type":"tool_use","id":"t","name":"mcp__a__b","input":${deep}}]}}`,
			`{"type":"system","other":${deep},"subtype":${deep}}`,
		];
		const reading = read(lines);
		assert.deepEqual(types(reading), ['tool_result', 'tool_call', 'notice']);
		assert.equal(reading.summary.malformedLines, 0);
	});
});
