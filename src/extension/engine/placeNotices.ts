/** What a person should know of the places that were looked at. Pure. */
import type { FoundPlaces } from '../claude/places.ts';
import type { Unreadable } from '../indexing/runRequest.ts';
import type { Notice } from '../../webview/contract/status.ts';

export function placeNotices(places: FoundPlaces, unreadable: readonly Unreadable[]): Notice[] {
	const notices: Notice[] = places.refused.map(({ message }) => ({ kind: 'warning', text: message, action: 'openSettings' }));
	for (const { place, problem, message } of places.problems) {
		// A default place that nobody named may well not exist.
		if (place.named || problem !== 'missing')
			notices.push({ kind: 'warning', text: message, action: place.named ? 'openSettings' : 'showLog' });
	}
	const [first] = unreadable;
	if (first !== undefined) {
		const others = unreadable.length === 1 ? '' : ` and ${unreadable.length - 1} more`;
		notices.push({ kind: 'warning', text: `Cannot be read (${first.code}): ${first.path}${others}`, action: 'showLog' });
	}
	return notices;
}
