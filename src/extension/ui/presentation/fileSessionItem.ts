/** A session that touched a file, as a row: how often, and when last. */
import type { FileSession } from '../../engine/calls/fileSessions.ts';
import { countText } from './figures.ts';
import type { Viewer } from './language.ts';
import { instantMs, relativeTime } from './localTime.ts';
import { sessionItem, type SessionItemView } from './sessionItem.ts';

function timesText({ reads, edits }: FileSession, { t, locale }: Viewer): string {
	return [
		edits === 0 ? '' : edits === 1 ? t('1 edit') : t('{0} edits', countText(edits, locale)),
		reads === 0 ? '' : reads === 1 ? t('1 read') : t('{0} reads', countText(reads, locale)),
	]
		.filter(part => part !== '')
		.join(', ');
}

export function fileSessionItem(touch: FileSession, nowMs: number, viewer: Viewer): SessionItemView {
	const view = sessionItem(touch.row, nowMs, viewer, { showProject: false, grouping: 'none' });
	const touchedMs = instantMs(touch.touchedAt);
	const parts = [timesText(touch, viewer), touchedMs === null ? '' : relativeTime(touchedMs, nowMs, viewer)].filter(part => part !== '');
	return {
		...view,
		description: parts.join(' · '),
		icon: touch.edits > 0 ? view.icon : { ...view.icon, color: view.icon.color ?? 'disabledForeground' },
		accessibleLabel: [view.label, ...parts].join(', '),
	};
}
