/** What a person should know of the places that were looked at. Pure. */
import type { FoundPlaces, PlaceProblem, RefusedPath } from '../claude/places.ts';
import type { Unreadable } from '../indexing/runRequest.ts';
import type { Notice } from '../../webview/contract/status.ts';
import { noticeOf } from './noticeOf.ts';

export function placeNotices(places: FoundPlaces, unreadable: readonly Unreadable[]): Notice[] {
	const notices: Notice[] = places.refused.map(refusedNotice);
	for (const problem of places.problems) {
		const { named } = problem.place;
		// A default place that nobody named may well not exist.
		if (named || problem.problem !== 'missing') notices.push(placeNotice(problem, named ? 'openSettings' : 'showLog'));
	}
	const [first] = unreadable;
	if (first !== undefined) {
		notices.push(
			unreadable.length === 1
				? noticeOf('warning', 'fileUnreadable', [first.code, first.path], 'showLog')
				: noticeOf('warning', 'filesUnreadable', [first.code, first.path, unreadable.length - 1], 'showLog'),
		);
	}
	return notices;
}

function refusedNotice({ source, reason, value, message }: RefusedPath): Notice {
	return source === 'environment' || source === 'setting'
		? noticeOf('warning', `${source} refused, ${reason}`, [JSON.stringify(value)], 'openSettings')
		: { kind: 'warning', text: message, action: 'openSettings' };
}

/** One of the command line has nobody who would read it in a window. */
function placeNotice({ place: { source }, problem, path, detail, message }: PlaceProblem, action: Notice['action']): Notice {
	return source === 'command line'
		? { kind: 'warning', text: message, action }
		: noticeOf('warning', `${source} ${problem}`, [path, detail], action);
}
