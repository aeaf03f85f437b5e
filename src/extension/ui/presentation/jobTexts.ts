/** How a background job stands, in words: for the jobs view, the progress notification and the message at its end. */
import type { JobRow } from '../../../webview/contract/jobs.ts';
import { costText, countText, durationText } from './figures.ts';
import type { Viewer } from './language.ts';
import { dateAndTime, instantMs, localDayNumber, relativeTime, timeOfDay } from './localTime.ts';
import { oneLine } from './plainText.ts';

const messageLength = 200;

export function jobTitle({ type }: Pick<JobRow, 'type'>, { t }: Pick<Viewer, 't'>): string {
	return {
		classify: t('Classify sessions'),
		'collect-answers': t('Collect answers'),
		'clean-up': t('Clean up old jobs'),
		vacuum: t('Compact the database'),
		backup: t('Back up'),
	}[type];
}

/** What was paid, or perhaps was; null when nothing was, or when the job has nothing to pay. */
export function jobCost({ classification }: JobRow, { t, locale }: Pick<Viewer, 't' | 'locale'>): string | null {
	if (classification === null) return null;
	const { costUsd, unconfirmedUsd } = classification;
	if (costUsd + unconfirmedUsd === 0) return null;
	if (unconfirmedUsd === 0) return costText(costUsd, locale);
	return t('{0} and perhaps {1} more', costText(costUsd, locale), costText(unconfirmedUsd, locale));
}

/** "12 of 40 · $0.03 · about 2 min left"; empty while nothing is known. */
export function progressText(row: JobRow, { t, locale }: Viewer): string {
	const { current, total, etaMs } = row;
	return [
		total === null || total === 0 ? null : t('{0} of {1}', countText(current, locale), countText(total, locale)),
		row.classification === null ? row.message && oneLine(row.message, messageLength) : jobCost(row, { t, locale }),
		etaMs === null ? null : t('about {0} left', durationText(etaMs, locale)),
	]
		.filter(part => part !== null && part !== '')
		.join(' · ');
}

/** What a notification says of a job that is under way. */
export function notificationText(row: JobRow, nowMs: number, viewer: Viewer): string {
	const { t } = viewer;
	if (row.isCancelling) return t('Stopping. What is finished is kept.');
	if (row.status === 'pending') return t('Classifying: {0}', waitingText(row, nowMs, viewer));
	const progress = progressText(row, viewer);
	return progress === '' ? t('Classifying…') : t('Classifying {0}', progress);
}

/** Why a job that is due later, or now, does not run. */
export function waitingText(row: JobRow, nowMs: number, viewer: Viewer): string {
	const { t } = viewer;
	const at = instantMs(row.scheduledAt) ?? nowMs;
	if (at <= nowMs) return t('waiting for its turn');
	const when = momentText(at, nowMs, viewer);
	if (row.error?.reason === 'rate-limited') return t('paused until {0}, because of a rate limit', when);
	if (row.error !== null) return t('tried again at {0}: {1}', when, oneLine(row.error.message, messageLength));
	return t('starts at {0}', when);
}

/** The time alone today, with the date on other days. */
export function momentText(atMs: number, nowMs: number, viewer: Viewer): string {
	const isToday = localDayNumber(atMs, viewer.timeZone) === localDayNumber(nowMs, viewer.timeZone);
	return isToday ? timeOfDay(atMs, viewer) : dateAndTime(atMs, viewer);
}

export function outcomeWord({ status }: Pick<JobRow, 'status'>, { t }: Pick<Viewer, 't'>): string {
	return { pending: t('Waiting'), running: t('Running'), completed: t('Completed'), failed: t('Failed'), cancelled: t('Cancelled') }[
		status
	];
}

/** How many sessions got a category, how many did not; null for a job that does not classify. */
export function countsText({ classification }: JobRow, { t, locale }: Viewer): string | null {
	if (classification === null) return null;
	const { classified, skipped, failed } = classification;
	return [
		t('{0} classified', countText(classified, locale)),
		skipped > 0 ? t('{0} skipped', countText(skipped, locale)) : null,
		failed > 0 ? t('{0} failed', countText(failed, locale)) : null,
	]
		.filter(part => part !== null)
		.join(', ');
}

/** The second half of a row in the jobs view. */
export function jobDescription(row: JobRow, nowMs: number, viewer: Viewer): string {
	const { t } = viewer;
	if (row.isCancelling) return t('stopping');
	if (row.status === 'pending') return waitingText(row, nowMs, viewer);
	if (row.status === 'running') return progressText(row, viewer) || t('running');
	const finishedMs = instantMs(row.finishedAt);
	return [
		outcomeWord(row, viewer),
		countsText(row, viewer),
		row.error === null ? null : oneLine(row.error.message, messageLength),
		jobCost(row, viewer),
		finishedMs === null ? null : relativeTime(finishedMs, nowMs, viewer),
	]
		.filter(part => part !== null)
		.join(' · ');
}
