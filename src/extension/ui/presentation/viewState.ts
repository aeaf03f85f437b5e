/** What the sessions view has to say when it has no rows, and while it waits (VIEW-5). */
import type { IndexStatus } from '../../../webview/contract/status.ts';
import { countText } from './figures.ts';
import type { SessionFilter, SessionOrder } from '../../engine/calls/listing.ts';
import type { Viewer } from './language.ts';
import { noticeText } from './noticeText.ts';
import { oneLine } from './plainText.ts';
import { filterParts } from './sessionFilter.ts';
import { orderName } from './viewChoices.ts';

/** Each but `list` has a welcome text in the manifest. */
export const viewStates = [
	'starting',
	'list',
	'indexing',
	'noFolder',
	'noSessionsHere',
	'noSessions',
	'noMatch',
	'allHidden',
	'deleted',
	'error',
] as const;
export type ViewState = (typeof viewStates)[number];

export interface ViewSituation {
	readonly status: IndexStatus;
	readonly hasFolder: boolean;
	readonly allProjects: boolean;
	/** A filter leaves sessions out. */
	readonly narrowed: boolean;
	/** Sessions that would be listed, had a person not hidden them. */
	readonly hidden: number;
	/** Rows that the tree shows. */
	readonly rows: number;
	/** The tree has had an answer since it last changed its question. */
	readonly answered: boolean;
}

export function viewStateOf({ status, hasFolder, allProjects, narrowed, hidden, rows, answered }: ViewSituation): ViewState {
	if (rows > 0) return 'list';
	if (status.state === 'error') return isDeleted(status) ? 'deleted' : 'error';
	if (!hasFolder && !allProjects) return 'noFolder';
	if (status.state === 'starting' || !answered) return 'starting';
	if (hidden > 0) return 'allHidden';
	if (narrowed) return 'noMatch';
	if (status.state === 'indexing') return 'indexing';
	return status.sessions === 0 ? 'noSessions' : 'noSessionsHere';
}

/** Here or in another window; nothing is read before a person starts again. */
function isDeleted({ notices }: IndexStatus): boolean {
	return notices.some(({ says }) => says?.key === 'allDeleted' || says?.key === 'deletedElsewhere');
}

/** A run worth a progress bar: the tail of a live session is read in no time, and a bar for it would flicker all day. */
const notableFiles = 20;
const notableBytes = 8 * 1024 * 1024;

export interface IndexProgress {
	/** 0 to 100, by bytes. */
	readonly percent: number;
	readonly filesLeft: number;
	readonly text: string;
}

/** Null while nothing notable is being indexed. */
export function indexProgress(status: IndexStatus, { t, locale }: Viewer): IndexProgress | null {
	if (status.state !== 'indexing') return null;
	if (status.filesTotal < notableFiles && status.bytesTotal < notableBytes) return null;
	const share = status.bytesTotal > 0 ? status.bytesDone / status.bytesTotal : status.filesDone / Math.max(1, status.filesTotal);
	return {
		percent: Math.floor(100 * Math.min(1, Math.max(0, share))),
		filesLeft: Math.max(0, status.filesTotal - status.filesDone),
		text: t('Reading transcripts: {0} of {1}', countText(status.filesDone, locale), countText(status.filesTotal, locale)),
	};
}

export interface ViewBadge {
	readonly value: number;
	readonly tooltip: string;
}

/** On the icon in the activity bar: files that are still to be read, else sessions that wait for somebody; undefined for neither. */
export function viewBadge(progress: IndexProgress | null, needInput: number, { t, locale }: Viewer): ViewBadge | undefined {
	if (progress !== null && progress.filesLeft > 0) return { value: progress.filesLeft, tooltip: progress.text };
	if (needInput === 0) return undefined;
	return {
		value: needInput,
		tooltip: needInput === 1 ? t('1 session needs input') : t('{0} sessions need input', countText(needInput, locale)),
	};
}

export interface ViewLimits {
	readonly allProjects: boolean;
	readonly filter: SessionFilter;
	readonly order: SessionOrder;
	/** Of the host that the window is connected to; null for the computer it runs on. */
	readonly remoteName: string | null;
}

/** What the rows are limited to, and whose they are (NFR-7). */
export function viewDescription({ allProjects, filter, order, remoteName }: ViewLimits, { t }: Pick<Viewer, 't'>): string {
	return [
		allProjects ? t('All projects') : null,
		...filterParts(filter, { t }),
		order === 'activity' ? null : t('Sorted by: {0}', orderName(order, { t })),
		remoteName === null ? null : t('Sessions of this host ({0})', oneLine(remoteName, 40)),
	]
		.filter(part => part !== null)
		.join(' · ');
}

/**
 * The line above the rows: progress or the gravest notice, then what the rows are limited to, because VS Code cuts the
 * description of a view short, or leaves it out when the view has the side bar to itself. Empty where the welcome text speaks: only one of them shows.
 */
export function viewMessage(status: IndexStatus, rows: number, limits: ViewLimits, viewer: Viewer): string {
	if (rows === 0) return '';
	const notice = status.notices.find(({ kind }) => kind === 'error') ?? status.notices.find(({ kind }) => kind === 'warning');
	const news = indexProgress(status, viewer)?.text ?? (notice === undefined ? '' : oneLine(noticeText(notice, viewer), 300));
	return [news, viewDescription(limits, viewer)].filter(part => part !== '').join(' · ');
}
