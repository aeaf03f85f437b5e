/** One session as a row of the tree: words, icon, and the words by which menus choose. */
import type { Grouping } from '../../engine/calls/listing.ts';
import type { SessionRow, SubagentRow } from '../../../webview/contract/sessions.ts';
import { itemWords } from '../names.ts';
import { categoryLabel, isGuess } from './categoryNames.ts';
import { costText, countText } from './figures.ts';
import type { Viewer } from './language.ts';
import { instantMs, relativeTime } from './localTime.ts';
import { oneLine } from './plainText.ts';

export interface ItemIcon {
	/** Of codicons. */
	readonly id: string;
	/** A theme colour, or null for the colour of icons. */
	readonly color: string | null;
}

export interface ItemView {
	readonly label: string;
	readonly description: string;
	readonly icon: ItemIcon;
	readonly contextValue: string;
	readonly accessibleLabel: string;
}

export interface SessionItemView extends ItemView {
	/** Branch and category: for lists that are wide; a row of the tree has them in its hover. */
	readonly details: string;
	readonly marks: readonly MarkKind[];
}

const labelLength = 120;

/** When the session was last active; null when no record says. */
export function lastActiveMs(row: SessionRow): number | null {
	return instantMs(row.endedAt) ?? instantMs(row.startedAt);
}

export function titleOf(row: SessionRow, { t }: Pick<Viewer, 't'>): string {
	return oneLine(row.title, labelLength) || t('Untitled session');
}

/** LIVE-1: grey, turning green, green with "Needs input", red. A session at rest shows by its icon what kind it is. */
export function sessionIcon(row: SessionRow): ItemIcon {
	if (row.stub) return { id: 'question', color: 'disabledForeground' };
	if (row.gone) return { id: 'archive', color: 'disabledForeground' };
	switch (row.status) {
		case 'processing':
			return { id: 'loading~spin', color: 'charts.green' };
		case 'waiting_for_input':
			return { id: 'comment-unresolved', color: 'charts.green' };
		case 'error':
			return { id: 'error', color: 'errorForeground' };
		case 'not_started':
			return { id: 'circle-outline', color: 'disabledForeground' };
		case 'completed':
			return { id: { interactive: 'comment-discussion', background: 'server-process', forked: 'repo-forked' }[row.mode], color: null };
	}
}

/** What of a session is worth a mark beside its name, the most pressing first. */
export const markKinds = ['needsInput', 'failed', 'hidden', 'gone', 'unpriced', 'stale'] as const;
export type MarkKind = (typeof markKinds)[number];

function sessionMarks(row: SessionRow): readonly MarkKind[] {
	const applies: Readonly<Record<MarkKind, boolean>> = {
		needsInput: row.status === 'waiting_for_input' && !row.gone && !row.stub,
		failed: row.status === 'error' && !row.gone && !row.stub,
		hidden: row.isHidden,
		gone: row.gone || row.stub,
		unpriced: row.unpricedTokens > 0,
		stale: row.category?.isStale === true,
	};
	return markKinds.filter(kind => applies[kind]);
}

export function statusText(row: SessionRow, { t }: Pick<Viewer, 't'>): string {
	if (row.stub) return t('Only its subagents are on disk');
	if (row.gone) return t('Transcript gone from disk');
	switch (row.status) {
		case 'processing':
			return t('Working');
		case 'waiting_for_input':
			return t('Needs input');
		case 'error':
			return t('Ended with an error');
		case 'not_started':
			return t('Not started');
		case 'completed':
			return t('Completed');
	}
}

export function modeText(row: SessionRow, { t }: Pick<Viewer, 't'>): string {
	return { interactive: t('Interactive'), background: t('Background'), forked: t('Forked') }[row.mode];
}

export interface ItemLook {
	/** The list spans projects, so that each row has to say which is its own. */
	readonly showProject: boolean;
	/** What the heading above says, the rows below need not say again. */
	readonly grouping: Grouping;
}

/** So many tags stand in a row; all of them in its hover. */
const mostTags = 2;

export function sessionItem(row: SessionRow, nowMs: number, viewer: Viewer, { showProject, grouping }: ItemLook): SessionItemView {
	const { t, locale } = viewer;
	const label = titleOf(row, viewer);
	const activeMs = lastActiveMs(row);
	const { category } = row;
	const own = (parts: readonly (string | null)[]) => parts.filter(part => part !== null && part !== '');
	// Colour alone would not tell it.
	const pressing = row.status === 'waiting_for_input' || row.status === 'error' || row.gone || row.stub ? statusText(row, viewer) : null;
	const parts = own([
		row.costUsd === null ? null : costText(row.costUsd, locale),
		activeMs === null ? null : relativeTime(activeMs, nowMs, viewer),
		showProject && grouping !== 'project' ? oneLine(row.project, 40) : null,
	]);
	const branch = row.gitBranch === null || grouping === 'branch' ? null : oneLine(row.gitBranch, 40);
	// The heading names a level above it.
	const categoryName = category === null ? null : categoryLabel(category.l3, viewer);
	const isUnsure = category !== null && isGuess(category);
	const tags = row.tags.slice(0, mostTags).map(tag => `#${oneLine(tag, 30)}`);
	const hasFile = row.file !== null && !row.gone;
	return {
		label,
		// The end is cut off beside a long title: first what asks for somebody, then the shortest.
		description: own([pressing, ...parts, ...tags]).join(' · '),
		details: own([branch, isUnsure ? `~${categoryName}` : categoryName]).join(' · '),
		icon: sessionIcon(row),
		contextValue: [
			itemWords.session,
			...(hasFile ? [itemWords.withFile, ...(row.cwd === null ? [] : [itemWords.resumable])] : []),
			row.isPinned ? itemWords.pinned : itemWords.unpinned,
			row.isHidden ? itemWords.hidden : itemWords.shown,
		].join(' '),
		accessibleLabel: [
			label,
			statusText(row, viewer),
			modeText(row, viewer),
			...parts,
			...own([branch, categoryName !== null && isUnsure ? t('perhaps {0}', categoryName) : categoryName]),
			t('{0} prompts', countText(row.userPrompts, locale)),
			...(row.isPinned ? [t('Pinned')] : []),
			...(row.isHidden ? [t('Hidden')] : []),
			...(row.tags.length === 0 ? [] : [t('Tags: {0}', row.tags.map(tag => oneLine(tag, 60)).join(', '))]),
			...(row.note === null ? [] : [t('With a note')]),
		].join(', '),
		marks: sessionMarks(row),
	};
}

export function subagentItem(row: SubagentRow, { t, locale }: Viewer): ItemView {
	const type = row.agentType === null ? null : oneLine(row.agentType, 40);
	const label = oneLine(row.description ?? '', labelLength) || type || t('Subagent');
	const parts = [
		type !== label ? type : null,
		t('{0} responses', countText(row.responses, locale)),
		row.costUsd === null ? null : costText(row.costUsd, locale),
	].filter(part => part !== null);
	return {
		label,
		description: parts.join(' · '),
		icon: { id: 'hubot', color: null },
		contextValue: `${itemWords.subagent} ${itemWords.withFile}`,
		accessibleLabel: [t('Subagent'), label, ...parts].join(', '),
	};
}
