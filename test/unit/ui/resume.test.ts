import assert from 'node:assert/strict';
import { resumeObstacle } from '../../../src/extension/ui/presentation/resume.ts';
import { session } from './viewers.ts';

describe('resuming a session', () => {
	it('is possible for a session at rest in a trusted workspace', () => {
		assert.equal(resumeObstacle(session(), true), null);
	});

	it('says what stands in its way', () => {
		assert.equal(resumeObstacle(session(), false), 'untrusted');
		assert.equal(resumeObstacle(session({ gone: true }), true), 'no-transcript');
		assert.equal(resumeObstacle(session({ stub: true, file: null }), true), 'no-transcript');
		assert.equal(resumeObstacle(session({ cwd: null }), true), 'no-folder');
		assert.equal(resumeObstacle(session({ status: 'processing' }), true), 'working');
	});

	for (const id of ['--dangerously-skip-permissions', '', 'a b', '../x', 'a;b', '$(x)', 'ä']) {
		it(`refuses ${JSON.stringify(id)} as an argument`, () => {
			assert.equal(resumeObstacle(session({ id }), true), 'strange-id');
		});
	}
});
