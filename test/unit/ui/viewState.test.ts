import assert from 'node:assert/strict';
import { noticeOf } from '../../../src/extension/engine/noticeOf.ts';
import { everySession } from '../../../src/extension/engine/calls/listing.ts';
import { facetValueText, filterParts } from '../../../src/extension/ui/presentation/sessionFilter.ts';
import { statusBarText } from '../../../src/extension/ui/presentation/statusBarText.ts';
import {
	indexProgress,
	viewBadge,
	viewDescription,
	viewMessage,
	viewStateOf,
	type ViewSituation,
} from '../../../src/extension/ui/presentation/viewState.ts';
import type { IndexStatus } from '../../../src/webview/contract/status.ts';
import { berlin, statusOf } from './viewers.ts';

const indexing = statusOf({ state: 'indexing', filesDone: 30, filesTotal: 120, bytesDone: 25, bytesTotal: 100 });
const failed: IndexStatus = statusOf({ state: 'error', notices: [{ kind: 'error', text: 'the disk is full', action: 'showLog' }] });

describe('what the empty view says (VIEW-5)', () => {
	const state = (changes: Partial<ViewSituation>) =>
		viewStateOf({
			status: statusOf(),
			hasFolder: true,
			allProjects: false,
			narrowed: false,
			hidden: 0,
			rows: 0,
			answered: true,
			...changes,
		});

	it('says that all data was deleted where it was, here or in another window', () => {
		for (const key of ['allDeleted', 'deletedElsewhere'] as const) {
			const status = statusOf({ state: 'error', notices: [noticeOf('info', key, [], 'refresh')] });
			const nothing = { hasFolder: true, allProjects: false, narrowed: false, hidden: 0, rows: 0, answered: true };
			assert.equal(viewStateOf({ status, ...nothing }), 'deleted');
		}
	});

	it('is nothing when there are rows, even after an error', () => {
		assert.equal(state({ rows: 3 }), 'list');
		assert.equal(state({ rows: 3, status: failed }), 'list');
	});

	it('names the error before anything else', () => {
		assert.equal(state({ status: failed, hasFolder: false }), 'error');
	});

	it('asks for a folder, or for all projects, when no folder is open', () => {
		assert.equal(state({ hasFolder: false }), 'noFolder');
		assert.equal(state({ hasFolder: false, allProjects: true, status: statusOf({ sessions: 0 }) }), 'noSessions');
	});

	it('waits until the engine has answered', () => {
		assert.equal(state({ status: statusOf({ state: 'starting' }) }), 'starting');
		assert.equal(state({ answered: false }), 'starting');
	});

	it('says that it is reading while the first sessions are still to come', () => {
		assert.equal(state({ status: indexing }), 'indexing');
	});

	it('says when everything that would be listed is hidden', () => {
		assert.equal(state({ hidden: 2 }), 'allHidden');
		assert.equal(state({ hidden: 2, narrowed: true }), 'allHidden');
		assert.equal(state({ hidden: 2, rows: 1 }), 'list');
	});

	it('tells no sessions here from no sessions anywhere and from none that match', () => {
		assert.equal(state({}), 'noSessionsHere');
		assert.equal(state({ status: statusOf({ sessions: 0 }) }), 'noSessions');
		assert.equal(state({ narrowed: true }), 'noMatch');
		assert.equal(state({ narrowed: true, status: indexing }), 'noMatch');
	});
});

describe('the words around the view', () => {
	it('show progress by bytes for a run that takes time', () => {
		assert.deepEqual(indexProgress(indexing, berlin), { percent: 25, filesLeft: 90, text: 'Reading transcripts: 30 of 120' });
		assert.equal(indexProgress({ ...indexing, bytesTotal: 0 }, berlin)?.percent, 25, 'by files while no bytes are known');
		assert.equal(indexProgress({ ...indexing, filesTotal: 1, bytesTotal: 1e8, bytesDone: 2e8 }, berlin)?.percent, 100);
	});

	it('do not flicker for the tail of a live session', () => {
		assert.equal(indexProgress({ ...indexing, filesTotal: 1 }, berlin), null);
		assert.equal(indexProgress(statusOf(), berlin), null);
	});

	const unlimited = { allProjects: false, filter: everySession, order: 'activity', remoteName: null } as const;
	const message = (status: IndexStatus, rows = 1, limits = {}) => viewMessage(status, rows, { ...unlimited, ...limits }, berlin);

	it('leave an empty view to its welcome text', () => {
		assert.equal(message(indexing, 0, { allProjects: true }), '');
		assert.equal(message(indexing, 2), 'Reading transcripts: 30 of 120');
	});

	it('tell the gravest notice, as one line', () => {
		const notices = [
			{ kind: 'info', text: 'by the way', action: null },
			{ kind: 'warning', text: '/nowhere is missing', action: null },
		] as const;
		assert.equal(message(statusOf({ notices })), '/nowhere is missing');
		assert.equal(message(statusOf({ notices: [...notices, { kind: 'error', text: 'a\nb', action: null }] })), 'a b');
		assert.equal(message(statusOf({ notices: notices.slice(0, 1) })), '');
	});

	it('tell the limits after the news', () => {
		assert.equal(message(indexing, 1, { filter: { ...everySession, words: 'x' } }), 'Reading transcripts: 30 of 120 · Contains: x');
		assert.equal(message(statusOf(), 1, { allProjects: true }), 'All projects');
	});

	it('say what the rows are limited to and on which host they are (NFR-7)', () => {
		assert.equal(viewDescription(unlimited, berlin), '');
		assert.equal(
			viewDescription(
				{ allProjects: true, filter: { ...everySession, words: 'paging', category: 'bug_fix' }, order: 'cost', remoteName: 'ssh-remote' },
				berlin,
			),
			'All projects · Contains: paging · Category: Bug fix · Sorted by: Cost · Sessions of this host (ssh-remote)',
		);
	});
});

describe('a filter in words', () => {
	it('has a part for each thing it limits the list to, and one for what it adds', () => {
		assert.deepEqual(filterParts(everySession, berlin), []);
		const filter = {
			words: 'a\nb',
			category: '',
			branch: '',
			project: '/home/ann/shop',
			model: 'opus',
			status: 'gone',
			tag: 'later',
			mode: 'forked',
			onlyPinned: true,
			showsHidden: true,
		} as const;
		assert.deepEqual(filterParts(filter, berlin), [
			'Contains: a b',
			'Category: Not classified yet',
			'Branch: No branch',
			'Project: shop',
			'Model: opus',
			'Status: No transcript on disk',
			'Tag: later',
			'Kind: Forked',
			'Only pinned',
			'With hidden sessions',
		]);
	});

	it('names a project by its name where that is known', () => {
		assert.equal(facetValueText('project', 'C:\\work\\shop', berlin), 'shop');
		assert.equal(facetValueText('project', '/x/y', berlin, 'My shop'), 'My shop');
	});
});

describe('the badge of the view', () => {
	it('counts files that are to be read, else the sessions that need somebody', () => {
		assert.equal(viewBadge(null, 0, berlin), undefined);
		assert.deepEqual(viewBadge(null, 1, berlin), { value: 1, tooltip: '1 session needs input' });
		assert.deepEqual(viewBadge(null, 3, berlin), { value: 3, tooltip: '3 sessions need input' });
		assert.equal(viewBadge(indexProgress(indexing, berlin), 3, berlin)?.value, 90);
	});
});

describe('the status bar', () => {
	const today = { sessions: 3, costUsd: 1.5, scopeLabel: 'shop' };

	it("shows today's sessions and cost, in words for screen readers", () => {
		const { text, tooltip, accessibleLabel } = statusBarText(statusOf(), today, berlin);
		assert.equal(text, '$(history) 3 · $1.50');
		assert.equal(accessibleLabel, 'Claude Code today in shop: 3 sessions, $1.50');
		assert.equal(tooltip, accessibleLabel);
	});

	it('turns while a long run is under way, and stays calm for a short one', () => {
		assert.equal(statusBarText(indexing, today, berlin).text, '$(sync~spin) 25%');
		assert.equal(statusBarText({ ...indexing, filesTotal: 1 }, today, berlin).text, '$(history) 3 · $1.50');
	});

	it('warns when the indexer does not run, and says why', () => {
		const { text, tooltip } = statusBarText(failed, today, berlin);
		assert.match(text, /warning/);
		assert.match(tooltip, /the disk is full/);
		assert.match(statusBarText(statusOf({ state: 'error' }), null, berlin).tooltip, /does not run/);
	});

	it('is only an icon until the engine has answered', () => {
		assert.equal(statusBarText(statusOf(), null, berlin).text, '$(history)');
	});
});
