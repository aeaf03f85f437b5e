/** What the insights page may ask, checked: the page shows text of strangers, so what comes from it is not trusted (NFR-2). */
import * as v from 'valibot';
import type { Validators } from '../../../messaging/channel.ts';
import type { InsightsPageCalls } from '../../../webview/contract/insights.ts';
import { insightsQuery, sessionSelector } from './insightsQuery.ts';

const longestFilter = 200;
const longestPage = 200;

const nameOf = (maxLength: number) => v.pipe(v.string(), v.minLength(1), v.maxLength(maxLength));

const page = v.strictObject({
	...insightsQuery.entries,
	selector: v.exactOptional(v.nullable(sessionSelector)),
	sort: v.picklist(['startedAt', 'title', 'project', 'costUsd', 'tokens', 'responses', 'userPrompts', 'toolCalls', 'activeMs']),
	descending: v.boolean(),
	filter: v.pipe(v.string(), v.maxLength(longestFilter)),
	offset: v.pipe(v.number(), v.safeInteger(), v.minValue(0)),
	limit: v.pipe(v.number(), v.safeInteger(), v.minValue(1), v.maxValue(longestPage)),
});

const pageName = v.picklist(['overview', 'cost', 'categories', 'patterns', 'tools', 'jobs']);
const pageQuery = v.strictObject({ page: pageName, query: insightsQuery });
const ready = v.strictObject({ query: v.nullable(insightsQuery), page: pageName });
const openSession = v.strictObject({
	id: nameOf(300),
	message: v.exactOptional(v.strictObject({ agentId: v.nullable(nameOf(300)), messageId: nameOf(300) })),
	action: v.picklist(['transcript', 'reveal', 'copyId', 'resume', 'classify', 'correctCategory']),
});
const command = v.strictObject({
	action: v.picklist(['classify', 'showJobs', 'showLog', 'refresh', 'rebuildIndex', 'openSettings', 'reloadWindow']),
});

/** Each throws a ValiError that names the field. */
export const insightsCallValidators: Validators<InsightsPageCalls> = {
	ready: params => v.parse(ready, params),
	page: params => v.parse(pageQuery, params),
	sessions: params => v.parse(page, params),
	openSession: params => v.parse(openSession, params),
	command: params => v.parse(command, params),
	export: params => v.parse(v.null(), params),
};
