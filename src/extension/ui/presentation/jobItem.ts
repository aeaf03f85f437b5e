/** One background job as a row of the jobs view: words, icon, the words by which menus choose, and a tooltip with all of it. */
import type { JobRow } from '../../../webview/contract/jobs.ts';
import { itemWords } from '../names.ts';
import { costText, countText } from './figures.ts';
import { countsText, jobCost, jobDescription, jobTitle, outcomeWord, progressText, waitingText } from './jobTexts.ts';
import type { Viewer } from './language.ts';
import { dateAndTime, instantMs } from './localTime.ts';
import { escapeMarkdown, oneLine } from './plainText.ts';
import { labelOfName } from './providers.ts';
import type { ItemIcon, ItemView } from './sessionItem.ts';

export function jobIcon({ status, isCancelling, error }: JobRow): ItemIcon {
	if (isCancelling) return { id: 'loading~spin', color: 'disabledForeground' };
	switch (status) {
		case 'running':
			return { id: 'loading~spin', color: 'charts.green' };
		case 'pending':
			return { id: error === null ? 'watch' : 'debug-pause', color: null };
		case 'completed':
			return { id: 'pass', color: 'charts.green' };
		case 'failed':
			return { id: 'error', color: 'errorForeground' };
		case 'cancelled':
			return { id: 'circle-slash', color: 'disabledForeground' };
	}
}

export function jobItem(row: JobRow, nowMs: number, viewer: Viewer): ItemView {
	const label = jobTitle(row, viewer);
	const description = jobDescription(row, nowMs, viewer);
	return {
		label,
		description,
		icon: jobIcon(row),
		contextValue: contextWords(row, nowMs).join(' '),
		accessibleLabel: [label, outcomeWord(row, viewer), description].filter((part, at, all) => all.indexOf(part) === at).join(', '),
	};
}

function contextWords(row: JobRow, nowMs: number): string[] {
	const { status } = row;
	const words: string[] = [itemWords.job];
	if (status === 'pending') words.push(itemWords.waiting);
	if (status === 'pending' && (instantMs(row.scheduledAt) ?? 0) > nowMs) words.push(itemWords.scheduled);
	if (status === 'pending' || (status === 'running' && !row.isCancelling)) words.push(itemWords.cancellable);
	if (status === 'failed' || status === 'cancelled') words.push(itemWords.retryable);
	if (row.error !== null) words.push(itemWords.withError);
	return words;
}

/** Markdown. */
export function jobTooltip(row: JobRow, nowMs: number, viewer: Viewer): string {
	const { t, locale } = viewer;
	const { classification: run } = row;
	const time = (iso: string | null) => {
		const ms = instantMs(iso);
		return ms === null ? null : dateAndTime(ms, viewer);
	};
	const lines: readonly (readonly [label: string, value: string | null])[] = [
		[t('Status'), row.status === 'pending' ? waitingText(row, nowMs, viewer) : outcomeWord(row, viewer)],
		[t('Progress'), row.status === 'running' ? progressText(row, viewer) || null : null],
		[t('Sessions'), countsText(row, viewer)],
		[t('Model'), run === null ? null : oneLine([labelOfName(run.provider, viewer), run.model].filter(part => part !== '').join(', '), 120)],
		[t('Cost'), jobCost(row, viewer)],
		[t('Estimated cost'), run === null ? null : costText(run.estimatedUsd, locale)],
		[t('Tokens'), run === null || run.inputTokens === 0 ? null : countText(run.inputTokens + run.outputTokens, locale)],
		[t('Reason'), row.error === null ? null : oneLine(row.error.message, 400)],
		[t('Message'), run !== null || row.message === null ? null : oneLine(row.message, 400)],
		[t('Created'), time(row.createdAt)],
		[t('Started'), time(row.startedAt)],
		[t('Finished'), time(row.finishedAt)],
		[t('Attempts'), row.attempts > 1 ? countText(row.attempts, locale) : null],
		[t('Priority'), row.priority === 0 ? null : String(row.priority)],
	];
	const list = lines.flatMap(([label, value]) => (value === null ? [] : [`- ${escapeMarkdown(label)}: ${escapeMarkdown(value)}`]));
	return [`**${escapeMarkdown(jobTitle(row, viewer))}**`, '', ...list].join('\n');
}
