/** How the list can be grouped and sorted, in words. */
import type { Grouping, SessionGroup, SessionOrder } from '../../engine/calls/listing.ts';
import type { Viewer } from './language.ts';
import { dayGroupLabel } from './localTime.ts';
import { facetValueText } from './sessionFilter.ts';

export const groupings: readonly Grouping[] = ['day', 'category', 'branch', 'project', 'status', 'tag', 'none'];
export const orders: readonly SessionOrder[] = ['activity', 'start', 'cost', 'tokens', 'length', 'title'];

export function groupingName(grouping: Grouping, { t }: Pick<Viewer, 't'>): string {
	return {
		day: t('Day'),
		category: t('Category'),
		branch: t('Branch'),
		project: t('Project'),
		status: t('Status'),
		tag: t('Tag'),
		none: t('No Groups'),
	}[grouping];
}

export function orderName(order: SessionOrder, { t }: Pick<Viewer, 't'>): string {
	return {
		activity: t('Last Activity'),
		start: t('Start'),
		cost: t('Cost'),
		tokens: t('Tokens'),
		length: t('Active Time'),
		title: t('Title'),
	}[order];
}

/** Which end comes first. */
export function orderDetail(order: SessionOrder, { t }: Pick<Viewer, 't'>): string {
	return {
		activity: t('Newest first'),
		start: t('Newest first'),
		cost: t('Most expensive first'),
		tokens: t('Most first'),
		length: t('Longest first'),
		title: t('A to Z'),
	}[order];
}

export function groupLabel(grouping: Grouping, { isPinned, key, name }: Omit<SessionGroup, 'sessions'>, viewer: Viewer): string {
	if (isPinned) return viewer.t('Pinned');
	if (grouping === 'none') return viewer.t('All sessions');
	return grouping === 'day' ? dayGroupLabel(key, viewer) : facetValueText(grouping, key, viewer, name);
}
