import assert from 'node:assert/strict';
import { redact } from '../../../src/extension/ui/presentation/redaction.ts';

describe('what goes into the log', () => {
	it('has no home folder in it', () => {
		assert.equal(redact('read /home/ann/.claude/x and /home/ann', '/home/ann'), 'read ~/.claude/x and ~');
		assert.equal(redact('C:\\Users\\Ann\\x C:/Users/Ann/y', 'C:\\Users\\Ann'), '~\\x ~/y');
		assert.equal(redact('/etc', '/'), '/etc', 'a home of / hides nothing');
	});

	for (const secret of ['sk-ant-api03-abcdefghijk', 'ghp_abcdefghijklmnop1234', 'xoxb-123456789-abc', 'AKIAABCDEFGHIJKLMNOP']) {
		it(`has no key like ${secret.slice(0, 5)}… in it`, () => {
			assert.equal(redact(`failed with ${secret} twice`, '/home/ann'), 'failed with [redacted] twice');
		});
	}

	it('has no bearer token in it', () => {
		assert.equal(redact('Authorization: Bearer abc.def-ghi_jkl', '/home/ann'), 'Authorization: Bearer [redacted]');
	});

	it('is otherwise left as it is', () => {
		assert.equal(redact('ask-a-question took 5 ms', '/home/ann'), 'ask-a-question took 5 ms');
	});
});
