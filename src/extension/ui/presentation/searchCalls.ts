/** What the search page may ask, checked: the page shows text of strangers, so what comes from it is not trusted (NFR-2). */
import * as v from 'valibot';
import type { Validators } from '../../../messaging/channel.ts';
import type { SearchPageCalls } from '../../../webview/contract/searchView.ts';

export const longestQuery = 1_000;
const longestId = 300;
const longestPage = 200;

const id = v.pipe(v.string(), v.minLength(1), v.maxLength(longestId));
const count = v.pipe(v.number(), v.safeInteger(), v.minValue(0));

const search = v.strictObject({
	text: v.pipe(v.string(), v.maxLength(longestQuery)),
	scope: v.picklist(['workspace', 'all']),
	sessionId: v.nullable(id),
	kinds: v.nullable(
		v.pipe(
			v.array(v.picklist(['prompt', 'answer', 'thinking', 'toolInput', 'toolResult', 'file', 'title', 'context'])),
			v.minLength(1),
			v.maxLength(8),
		),
	),
	offset: count,
	limit: v.pipe(count, v.minValue(1), v.maxValue(longestPage)),
	isTyping: v.boolean(),
});
const open = v.strictObject({ sessionId: id, agentId: v.nullable(id), messageId: id });
const command = v.strictObject({ action: v.picklist(['switchOn', 'rebuild', 'showLog', 'openSettings']) });

/** Each throws a ValiError that names the field. */
export const searchCallValidators: Validators<SearchPageCalls> = {
	ready: params => v.parse(v.null(), params),
	search: params => v.parse(search, params),
	open: params => v.parse(open, params),
	command: params => v.parse(command, params),
};
