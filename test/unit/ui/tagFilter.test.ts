import assert from 'node:assert/strict';
import { followTag, type TagFiltered } from '../../../src/extension/ui/presentation/tagFilter.ts';

function filteredBy(tag: string | null): TagFiltered {
	const scope = {
		filter: { tag },
		setFilter(change: { readonly tag: string | null }): void {
			scope.filter = { ...change };
		},
	};
	return scope;
}

describe('A filter by a tag', () => {
	it('goes along when the tag gets another name, and back when that is undone', () => {
		const scope = filteredBy('Later');
		const back = followTag(scope, 'later', 'soon');
		assert.equal(scope.filter.tag, 'soon');
		back();
		assert.equal(scope.filter.tag, 'later');
	});

	it('stays where it is when it is by another tag, also by the one that the name came to', () => {
		for (const tag of ['other', 'soon', null]) {
			const scope = filteredBy(tag);
			const back = followTag(scope, 'later', 'soon');
			assert.equal(scope.filter.tag, tag);
			back();
			assert.equal(scope.filter.tag, tag);
		}
	});

	it('stays where a person has set it since', () => {
		const scope = filteredBy('later');
		const back = followTag(scope, 'later', 'soon');
		for (const tag of ['other', null]) {
			scope.setFilter({ tag });
			back();
			assert.equal(scope.filter.tag, tag);
		}
	});

	it('ends when the tag is deleted, and does not come back by itself', () => {
		const scope = filteredBy('later');
		const back = followTag(scope, 'later', null);
		assert.equal(scope.filter.tag, null);
		back();
		assert.equal(scope.filter.tag, null);
	});
});
