/** Today's sessions and cost in the status bar. */
import type { IndexStatus } from '../../../webview/contract/status.ts';
import type { TodaysFigures } from '../../engine/calls/insights.ts';
import { costText, countText } from './figures.ts';
import type { Viewer } from './language.ts';
import { noticeText } from './noticeText.ts';
import { indexProgress } from './viewState.ts';

export interface StatusBarText {
	readonly text: string;
	readonly tooltip: string;
	readonly accessibleLabel: string;
}

/** `today` is null until the engine has answered once. */
export function statusBarText(status: IndexStatus, today: TodaysFigures | null, viewer: Viewer): StatusBarText {
	const { t, locale } = viewer;
	const progress = indexProgress(status, viewer);
	if (progress !== null) {
		const label = t('Session Insights: {0}', progress.text);
		return { text: `$(sync~spin) ${progress.percent}%`, tooltip: label, accessibleLabel: label };
	}
	if (status.state === 'error') {
		const [notice] = status.notices;
		const label = t('Session Insights: {0}', notice === undefined ? t('the indexer does not run') : noticeText(notice, viewer));
		return { text: '$(warning) Claude', tooltip: label, accessibleLabel: label };
	}
	if (today === null) {
		const label = t('Session Insights is starting');
		return { text: '$(history)', tooltip: label, accessibleLabel: label };
	}
	const [sessions, cost] = [countText(today.sessions, locale), costText(today.costUsd, locale)];
	const label = t('Claude Code today in {0}: {1} sessions, {2}', today.scopeLabel, sessions, cost);
	return { text: `$(history) ${sessions} · ${cost}`, tooltip: label, accessibleLabel: label };
}
