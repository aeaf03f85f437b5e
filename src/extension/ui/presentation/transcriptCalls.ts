/** What the transcript page may ask, checked: it shows text of strangers, so what comes from it is not trusted (NFR-2). */
import * as v from 'valibot';
import type { Validators } from '../../../messaging/channel.ts';
import { longestCopy, type TranscriptPageCalls, type TranscriptPlace } from '../../../webview/contract/transcriptPage.ts';
import { mostItemsAtOnce } from '../../../webview/contract/transcript.ts';

/** Ids are names of files and of records. */
const id = v.pipe(v.string(), v.minLength(1), v.maxLength(300));
const position = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
const conversation = v.strictObject({ sessionId: id, agentId: v.nullable(id) });
/** Long ones name each choice on the way. */
const branch = v.nullable(v.pipe(v.string(), v.minLength(1), v.maxLength(20_000)));
const shown = { conversation, branch };
const place = v.strictObject({ ...shown, messageId: v.nullable(id) });
const part = { ...shown, item: id, part: position };
const text = v.pipe(v.string(), v.maxLength(longestCopy));
const path = v.pipe(v.string(), v.minLength(1), v.maxLength(4_096));

const ready = v.strictObject({ place: v.nullable(place) });
const head = v.strictObject({ ...shown, since: v.nullable(position) });
const branchShown = v.strictObject(shown);
const items = v.strictObject({ ...shown, from: position, count: v.pipe(position, v.minValue(1), v.maxValue(mostItemsAtOnce)) });
const piece = v.strictObject({ ...part, from: position });
const image = v.strictObject(part);
const find = v.strictObject({
	...shown,
	text: v.pipe(v.string(), v.minLength(1), v.maxLength(1_000)),
	matchCase: v.boolean(),
	from: position,
});
const locate = v.strictObject({ sessionId: id, agentId: v.nullable(id), messageId: id });
const openLink = v.strictObject({ address: v.pipe(v.string(), v.maxLength(2_000), v.regex(/^https?:\/\/[^\s/]/i)) });
const openFile = v.strictObject({ sessionId: id, path, line: v.nullable(v.pipe(position, v.minValue(1))) });
const openDiff = v.strictObject({ path, before: text, after: text });
const copy = v.strictObject({ text });
const copyItems = v.strictObject({ ...shown, from: position, count: v.pipe(position, v.minValue(1)) });
const copyLink = v.strictObject({ conversation, messageId: v.nullable(id) });
const exportSession = v.strictObject({ sessionId: id, branch });
const session = v.strictObject({ conversation, action: v.picklist(['file', 'reveal', 'copyId', 'resume']) });

/** Each throws a ValiError that names the field. */
export const transcriptCallValidators: Validators<TranscriptPageCalls> = {
	ready: params => v.parse(ready, params),
	head: params => v.parse(head, params),
	totals: params => v.parse(branchShown, params),
	outline: params => v.parse(branchShown, params),
	items: params => v.parse(items, params),
	text: params => v.parse(piece, params),
	image: params => v.parse(image, params),
	find: params => v.parse(find, params),
	locate: params => v.parse(locate, params),
	openLink: params => v.parse(openLink, params),
	openFile: params => v.parse(openFile, params),
	openDiff: params => v.parse(openDiff, params),
	copy: params => v.parse(copy, params),
	copyItems: params => v.parse(copyItems, params),
	copyLink: params => v.parse(copyLink, params),
	exportSession: params => v.parse(exportSession, params),
	session: params => v.parse(session, params),
};

const savedState = v.object({ place });

/** Where a page was that VS Code restores; null when it did not say, or an older version said it in another way. */
export function placeOfState(state: unknown): TranscriptPlace | null {
	const read = v.safeParse(savedState, state);
	return read.success ? read.output.place : null;
}
