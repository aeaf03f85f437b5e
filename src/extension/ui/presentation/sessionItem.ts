/** One session as a row of the tree: words, icon, and the words by which menus choose. */
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

/** `showProject`: the list spans projects, so that each row has to say which is its own. */
export function sessionItem(row: SessionRow, nowMs: number, viewer: Viewer, { showProject }: { readonly showProject: boolean }): ItemView {
	const { t, locale } = viewer;
	const label = titleOf(row, viewer);
	const activeMs = lastActiveMs(row);
	const parts = [
		activeMs === null ? null : relativeTime(activeMs, nowMs, viewer),
		row.costUsd === null ? null : costText(row.costUsd, locale),
		showProject ? oneLine(row.project, 40) : null,
		row.gitBranch === null ? null : oneLine(row.gitBranch, 40),
		// Colour alone would not tell it.
		row.status === 'waiting_for_input' || row.status === 'error' || row.gone || row.stub ? statusText(row, viewer) : null,
	].filter(part => part !== null && part !== '');
	const { category } = row;
	const categoryName = category === null ? null : categoryLabel(category.l3);
	const isUnsure = category !== null && isGuess(category);
	const hasFile = row.file !== null && !row.gone;
	return {
		label,
		description: [...parts, ...(categoryName === null ? [] : [isUnsure ? `~${categoryName}` : categoryName])].join(' · '),
		icon: sessionIcon(row),
		contextValue: [itemWords.session, ...(hasFile ? [itemWords.withFile, ...(row.cwd === null ? [] : [itemWords.resumable])] : [])].join(
			' ',
		),
		accessibleLabel: [
			label,
			statusText(row, viewer),
			modeText(row, viewer),
			...parts,
			...(categoryName === null ? [] : [isUnsure ? t('perhaps {0}', categoryName) : categoryName]),
			t('{0} prompts', countText(row.userPrompts, locale)),
		].join(', '),
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
