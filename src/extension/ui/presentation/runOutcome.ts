/** The one message at the end of a run of classification, and what a person may do about it. */
import type { JobRow } from '../../../webview/contract/jobs.ts';
import { countsText, jobCost } from './jobTexts.ts';
import type { Viewer } from './language.ts';
import { oneLine } from './plainText.ts';

export type OutcomeAction = 'showJobs' | 'retry' | 'showLog' | 'openSettings' | 'classify';

export interface RunOutcome {
	readonly kind: 'info' | 'warning' | 'error';
	readonly text: string;
	readonly actions: readonly OutcomeAction[];
}

/** Of a job that has ended. */
export function runOutcome(row: JobRow, viewer: Viewer): RunOutcome {
	const { t } = viewer;
	const figures = [countsText(row, viewer), jobCost(row, viewer)].filter(part => part !== null).join(' · ');
	if (row.error?.reason === 'spending-cap')
		return {
			kind: 'warning',
			text: t('Classifying stopped at the spending limit: {0}.', figures),
			actions: ['openSettings', 'showJobs'],
		};
	const why = row.error === null ? '' : oneLine(row.error.message, 300);
	switch (row.status) {
		case 'failed':
			return { kind: 'error', text: t('Classifying failed. {0} ({1})', why, figures), actions: ['retry', 'showJobs', 'showLog'] };
		case 'cancelled':
			return { kind: 'info', text: t('Classifying was cancelled: {0}.', figures), actions: ['retry', 'showJobs'] };
		case 'completed':
		case 'pending':
		case 'running':
			return (row.classification?.failed ?? 0) > 0
				? { kind: 'warning', text: t('Classifying ended: {0}.', figures), actions: ['classify', 'showJobs', 'showLog'] }
				: { kind: 'info', text: t('Classifying ended: {0}.', figures), actions: ['showJobs'] };
	}
}
