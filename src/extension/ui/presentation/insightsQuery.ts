/** The filters and selectors that a page may send, checked field by field (NFR-2). */
import * as v from 'valibot';
import { patternFactors, patternOutcomes } from '../../../webview/contract/patterns.ts';
import type { InsightsQuery } from '../../../webview/contract/sessions.ts';
import type { SessionSelector } from '../../../webview/contract/selectors.ts';
import { toolErrorKinds } from '../../../webview/contract/tools.ts';

const longestName = 300;
/** Paths are as long as systems let them be. */
const longestPath = 4_096;

const text = (maxLength: number) => v.pipe(v.string(), v.maxLength(maxLength));
const nameOf = (maxLength: number) => v.pipe(v.string(), v.minLength(1), v.maxLength(maxLength));
const day = v.pipe(v.string(), v.isoDate());
const maybe = <S extends v.GenericSchema>(schema: S) => v.exactOptional(v.nullable(schema));
const whole = (least: number, most: number) => v.pipe(v.number(), v.safeInteger(), v.minValue(least), v.maxValue(most));

export const insightsQuery = v.strictObject({
	scope: v.picklist(['workspace', 'all']),
	range: v.picklist(['today', '7d', '30d', '90d', '365d', 'all']),
	days: maybe(
		v.pipe(
			v.strictObject({ first: day, last: day }),
			v.check(({ first, last }) => first <= last, 'The first day is after the last'),
		),
	),
	project: maybe(text(longestPath)),
	branch: maybe(text(longestName)),
	category: maybe(nameOf(60)),
	model: maybe(nameOf(200)),
	mode: maybe(v.picklist(['interactive', 'background', 'forked'])),
}) satisfies v.GenericSchema<InsightsQuery>;

const factor = v.picklist(patternFactors);
const outcome = v.picklist(patternOutcomes);
const errorKind = v.picklist(toolErrorKinds);

export const sessionSelector = v.variant('kind', [
	v.strictObject({ kind: v.literal('days'), first: day, last: day }),
	v.strictObject({ kind: v.literal('hour'), weekday: whole(0, 6), hour: whole(0, 23) }),
	v.strictObject({ kind: v.literal('project'), project: text(longestPath) }),
	v.strictObject({ kind: v.literal('branch'), branch: text(longestName) }),
	v.strictObject({ kind: v.literal('model'), model: nameOf(200) }),
	v.strictObject({ kind: v.literal('category'), category: text(60) }),
	v.strictObject({
		kind: v.literal('tool'),
		tool: v.nullable(nameOf(longestName)),
		only: v.picklist(['calls', 'errors', 'denied', 'retries']),
	}),
	v.strictObject({ kind: v.literal('error'), error: errorKind, tool: v.nullable(nameOf(longestName)) }),
	v.strictObject({ kind: v.literal('file'), path: nameOf(longestPath) }),
	v.strictObject({ kind: v.literal('command'), command: nameOf(longestName) }),
	v.strictObject({ kind: v.literal('skill'), skill: nameOf(longestName) }),
	v.strictObject({ kind: v.literal('mcpServer'), server: nameOf(longestName), only: v.picklist(['calls', 'errors']) }),
	v.strictObject({ kind: v.literal('block'), startedAt: v.pipe(v.string(), v.isoTimestamp()) }),
	v.strictObject({ kind: v.literal('subagents'), model: v.nullable(nameOf(200)) }),
	v.strictObject({ kind: v.literal('unpriced'), model: v.nullable(nameOf(200)) }),
	v.strictObject({ kind: v.literal('apiErrors') }),
	v.strictObject({ kind: v.literal('sortedBy'), by: v.picklist(['rules', 'model', 'person', 'stale']) }),
	v.strictObject({
		kind: v.literal('judgedApart'),
		pair: v.picklist(['modelAndRules', 'personAndRules', 'personAndModel']),
		category: nameOf(60),
	}),
	v.strictObject({ kind: v.literal('malformed') }),
	v.strictObject({ kind: v.literal('copies') }),
	v.strictObject({
		kind: v.literal('pattern'),
		factor,
		outcome,
		detail: v.nullable(nameOf(200)),
		side: v.picklist(['first', 'second']),
	}),
]) satisfies v.GenericSchema<SessionSelector>;
