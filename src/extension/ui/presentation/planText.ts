/** What a person reads before sessions are sent to a model (CLS-6): how many, what, to whom, and for how much. */
import type { ClassificationPlan } from '../../engine/api.ts';
import { costText, countText } from './figures.ts';
import type { Viewer } from './language.ts';
import { oneLine } from './plainText.ts';

export function sessionsText(count: number, { t, locale }: Pick<Viewer, 't' | 'locale'>): string {
	return count === 1 ? t('1 session') : t('{0} sessions', countText(count, locale));
}

/** Sessions that are left out, and why; empty when none are. */
function leftOutText({ byPersons, done, empty }: ClassificationPlan, { t, locale }: Viewer): string {
	const parts = [
		done > 0 ? t('{0} classified before', countText(done, locale)) : null,
		byPersons > 0 ? t('{0} corrected by you', countText(byPersons, locale)) : null,
		empty > 0 ? t('{0} without a prompt', countText(empty, locale)) : null,
	].filter(part => part !== null);
	return parts.length === 0 ? '' : t('Left out: {0}.', parts.join(', '));
}

function modelText({ providerLabel, model }: ClassificationPlan): string {
	return oneLine(model === '' ? providerLabel : `${providerLabel} (${model})`, 120);
}

export function planQuestion(plan: ClassificationPlan, viewer: Viewer): string {
	return viewer.t('Classify {0} with {1}?', sessionsText(plan.toAsk, viewer), modelText(plan));
}

/** Below the question, a paragraph for each thing. */
export function planDetail(plan: ClassificationPlan, viewer: Viewer): string {
	const { t, locale } = viewer;
	const cost = plan.estimatedUsd;
	const limits = [
		plan.runCapUsd === null ? null : t('{0} for this run', costText(plan.runCapUsd, locale)),
		plan.dayCapUsd === null
			? null
			: t('{0} a day, of which {1} are spent', costText(plan.dayCapUsd, locale), costText(plan.spentTodayUsd, locale)),
	].filter(part => part !== null);
	return [
		t(
			'Sent to {0}: title, branch, first prompts, names of files, commands and tools used. Known kinds of secrets are taken out. Nothing else leaves your computer.',
			oneLine(plan.recipient, 120),
		) +
			(plan.examples === 0
				? ''
				: ` ${t('Title, first prompt and category of {0} that you corrected go along as examples.', sessionsText(plan.examples, viewer))}`),
		[
			cost === null
				? t(
						'The cost is not known: {0} requests, about {1} tokens.',
						countText(plan.requests, locale),
						countText(plan.estimatedTokens, locale),
					)
				: cost === 0
					? t('No extra cost: {0} requests, about {1} tokens.', countText(plan.requests, locale), countText(plan.estimatedTokens, locale))
					: t(
							'Estimated cost: {0} for {1} requests, about {2} tokens.',
							costText(cost, locale),
							countText(plan.requests, locale),
							countText(plan.estimatedTokens, locale),
						),
			limits.length === 0 ? t('There is no spending limit.') : t('It stops at {0}.', limits.join('; ')),
			// Whose account pays, for example.
			plan.health.ok ? t('Asked through {0}.', oneLine(plan.health.text, 120)) : '',
		]
			.filter(part => part !== '')
			.join(' '),
		[plan.stale > 0 ? t('{0} have grown since they were classified.', countText(plan.stale, locale)) : '', leftOutText(plan, viewer)]
			.filter(part => part !== '')
			.join(' '),
	]
		.filter(part => part !== '')
		.join('\n\n');
}

/** Why there is nothing to ask a model about. */
export function nothingToDoText(plan: ClassificationPlan, viewer: Viewer): string {
	return [viewer.t('There is nothing to classify with {0}.', modelText(plan)), leftOutText(plan, viewer)]
		.filter(part => part !== '')
		.join(' ');
}
