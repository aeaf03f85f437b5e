/** Looks for a text in what the items of a branch show, stretch by stretch, so that answers come while it goes on. */
import type { ItemContent } from '../../webview/contract/transcriptItems.ts';
import type { FindAnswer, FindQuery } from '../../webview/contract/transcript.ts';
import type { Branch } from './branch.ts';
import type { Conversation } from './conversations.ts';
import { ReadFailure, type RecordFile } from './recordFile.ts';
import { windowItems, type WindowParts, withRecords } from './window.ts';

/** An answer is given after so long, whatever was found. */
const stretchMs = 50;
/** Items that are looked at before the clock is. */
const itemsAtOnce = 50;

export async function find(
	query: FindQuery,
	conversation: Conversation,
	branch: Branch,
	parts: WindowParts,
	signal: AbortSignal,
): Promise<FindAnswer> {
	const { revision } = conversation;
	const matches: { item: number; count: number }[] = [];
	const wanted = wantedOf(query);
	let item = Math.max(0, query.from);
	if (wanted === null) return { revision, matches, next: null };
	await withRecords(conversation, async records => {
		if (records instanceof ReadFailure) item = branch.items;
		else {
			const started = performance.now();
			while (item < branch.items && performance.now() - started < stretchMs) {
				signal.throwIfAborted();
				const until = Math.min(branch.items, item + itemsAtOnce);
				const items = await candidates({ conversation, branch, from: item, until, wanted }, records);
				matches.push(...(await counted(items, { conversation, branch, wanted, signal }, parts, records)));
				item = until;
			}
		}
	});
	return { revision, matches, next: item < branch.items ? item : null };
}

interface Wanted {
	readonly text: string;
	readonly matchCase: boolean;
	/** Stands in the bytes of every record that holds the text, lower-cased unless the case matters. */
	readonly bytes: string;
	readonly isAscii: boolean;
}

const longestText = 1000;

function wantedOf({ text, matchCase }: FindQuery): Wanted | null {
	const cut = text.slice(0, longestText);
	if (cut === '') return null;
	const cased = matchCase ? cut : cut.toLowerCase();
	// What JSON writes as it is: no quotes, no backslashes, no slashes (which some write with a backslash), no control characters.
	const runs = cased.match(/[ !#-.0-[\]-~]+/g) ?? [];
	const bytes = runs.reduce((longest, run) => (run.length > longest.length ? run : longest), '');
	if (bytes !== '') return { text: cased, matchCase, bytes, isAscii: true };
	const isCaseless = cut.toLowerCase() === cut.toUpperCase() && !/["\\/\p{Cc}]/u.test(cut);
	return { text: cased, matchCase, bytes: isCaseless ? Buffer.from(cut).toString('latin1') : '', isAscii: false };
}

/** Whether a record may hold the text, by its bytes: parsing each would take ten times as long. */
function mayHold(bytes: Buffer, { bytes: wanted, isAscii, matchCase }: Wanted): boolean {
	if (wanted === '') return true;
	const raw = bytes.toString('latin1');
	if (isAscii) return (matchCase ? raw : raw.toLowerCase()).includes(wanted);
	return raw.includes(wanted) || raw.includes('\\u');
}

interface Stretch {
	readonly conversation: Conversation;
	readonly branch: Branch;
	readonly from: number;
	readonly until: number;
	readonly wanted: Wanted;
}

async function candidates({ conversation, branch, from, until, wanted }: Stretch, records: RecordFile): Promise<number[]> {
	const { spine } = conversation;
	const found = new Set<number>();
	const first = branch.rowOf[from] ?? 0;
	let last = first;
	for (let item = from; item < until; item++) last = Math.max(last, branch.endOf[item] ?? 0);
	for (let row = first; row <= last; row++) {
		const item = branch.itemOf[row] ?? -1;
		if (item < from || item >= until || found.has(item)) continue;
		const place = { offset: spine.offset[row] ?? 0, length: spine.length[row] ?? 0, key: Number.NaN };
		const bytes = await records.bytes(place).catch((error: unknown) => {
			if (error instanceof ReadFailure) return null;
			throw error;
		});
		if (bytes !== null && mayHold(bytes, wanted)) found.add(item);
	}
	return [...found].sort((a, b) => a - b);
}

async function counted(
	items: readonly number[],
	{ conversation, branch, wanted, signal }: Pick<Stretch, 'conversation' | 'branch' | 'wanted'> & { readonly signal: AbortSignal },
	parts: WindowParts,
	records: RecordFile,
): Promise<{ item: number; count: number }[]> {
	if (items.length === 0) return [];
	const made = await windowItems(
		{ conversation, branch, items, longestText: Number.MAX_SAFE_INTEGER, isTextOnly: true, signal },
		parts,
		records,
	);
	return made.map(item => ({ item: item.index, count: countIn(item, wanted) })).filter(({ count }) => count > 0);
}

/** What of an item is not shown as text. */
const unseen: ReadonlySet<string> = new Set([
	'kind',
	'id',
	'at',
	'startedAt',
	'endedAt',
	'status',
	'part',
	'fullLength',
	'mediaType',
	'response',
	'hooks',
	'permission',
	'subagent',
	'error',
	'summary',
	'trigger',
	'was',
	'reason',
]);

function countIn(value: ItemContent | object, wanted: Wanted): number {
	let count = 0;
	for (const [name, inner] of Object.entries(value) as [string, unknown][]) {
		if (typeof inner === 'string') {
			if (!unseen.has(name)) count += occurrences(inner, wanted);
		} else if (typeof inner === 'object' && inner !== null && (name === 'summary' || !unseen.has(name))) count += countIn(inner, wanted);
	}
	return count;
}

export function occurrences(text: string, { text: wanted, matchCase }: Pick<Wanted, 'text' | 'matchCase'>): number {
	const searched = matchCase ? text : text.toLowerCase();
	let count = 0;
	for (let at = searched.indexOf(wanted); at >= 0; at = searched.indexOf(wanted, at + wanted.length)) count++;
	return count;
}
