import assert from 'node:assert/strict';
import {
	aboutSessions,
	tagChange,
	tagProblem,
	tagStates,
	titleProblem,
	typedTag,
} from '../../../src/extension/ui/presentation/markTexts.ts';
import { berlin, session } from './viewers.ts';

describe('What a person writes on sessions, before it is written', () => {
	const rows = [session({ id: 'a', tags: ['both', 'one'] }), session({ id: 'b', tags: ['both'] })];
	const states = tagStates(rows, [{ name: 'both' }, { name: 'none' }, { name: 'one' }]);

	it('is about one session by its title, about several by their number', () => {
		assert.equal(aboutSessions(rows.slice(0, 1), berlin), 'Add paging');
		assert.equal(aboutSessions(rows, berlin), '2 sessions');
	});

	it('offers the tags of the sessions first', () => {
		assert.deepEqual(states, [
			{ name: 'both', bearers: 2 },
			{ name: 'one', bearers: 1 },
			{ name: 'none', bearers: 0 },
		]);
	});

	it('leaves alone a tag that some bear and that nobody touched', () => {
		assert.deepEqual(tagChange(states, ['both'], 2), { add: [], remove: [] });
		assert.deepEqual(tagChange(states, ['both', 'one', 'new'], 2), { add: ['one', 'new'], remove: [] });
		assert.deepEqual(tagChange(states, [], 2), { add: [], remove: ['both'] });
	});

	it('takes what is typed for the tag of that name, in whatever case', () => {
		assert.equal(typedTag('  ONE ', ['both', 'one']), 'one');
		assert.equal(typedTag(' ask   Ann ', ['one']), 'ask Ann');
		assert.equal(typedTag('  ', ['one']), null);
	});

	it('has names of a length that can be shown', () => {
		assert.equal(tagProblem('ok', berlin), null);
		assert.match(tagProblem(' ', berlin) ?? '', /needs a name/);
		assert.match(tagProblem('x'.repeat(61), berlin) ?? '', /60/);
		assert.equal(titleProblem('', berlin), null, 'nothing takes the name back');
		assert.match(titleProblem('x'.repeat(301), berlin) ?? '', /300/);
	});
});
