/** What is told of a conversation before any of its items: how many there are, and where it forks. What it cost: `totals.ts`. */
import type { SessionRow } from '../../webview/contract/sessions.ts';
import type { Fork, ForkChoice, MessagePlace, TranscriptHead, TranscriptQuery } from '../../webview/contract/transcript.ts';
import type { ConversationQueries } from '../store/index/conversations.ts';
import { type Branch, type ShownFork, turnKind } from './branch.ts';
import { type Conversation, ConversationError, type Conversations } from './conversations.ts';
import { firstLineOf } from './firstLines.ts';
import type { ReadFailure, RecordFile } from './recordFile.ts';
import { agentIdOf } from './sessionFigures.ts';
import { withRecords } from './window.ts';

const mostForks = 200;
const mostCompactions = 500;
const mostChoices = 50;

export interface HeadParts {
	readonly queries: ConversationQueries;
	readonly conversations: Conversations;
	readonly sessionOf: (sessionId: string) => SessionRow | null;
}

/** The branch asked for by its id; `isOther` when there is none such. */
export function branchNamed(conversation: Conversation, id: string | null): { branch: Branch; isOther: boolean } {
	const row = id === null ? -1 : conversation.spine.rowAt(Number(id));
	return { branch: conversation.branch(row < 0 ? null : row), isOther: id !== null && row < 0 };
}

export async function headOf(query: TranscriptQuery, parts: HeadParts): Promise<TranscriptHead> {
	const { conversations } = parts;
	const { sessionId, agentId } = query.conversation;
	const conversation = conversations.get(query.conversation);
	const session = parts.sessionOf(sessionId);
	if (session === null) throw new ConversationError('not-found', 'There is no such session');
	const { branch, isOther } = branchNamed(conversation, query.branch);
	const branchId = isOther ? null : query.branch;
	const changedFrom = conversations.changedFrom(conversation, branchId, branch, isOther ? null : query.since);
	return {
		conversation: query.conversation,
		session,
		agent: agentId === null ? null : conversations.figures(sessionId).card(agentId),
		startedBy: agentId === null ? null : startOf(query.conversation.sessionId, agentId, parts.queries),
		revision: conversation.revision,
		changedFrom,
		branch: branchId,
		isOtherBranch: isOther,
		items: branch.items,
		forks: await forksOf(conversation, branch),
		compactions: compactionsOf(conversation, branch),
		prompts: promptsOf(conversation, branch),
		file: fileOf(conversation),
	};
}

function startOf(sessionId: string, agentId: string, queries: ConversationQueries): MessagePlace | null {
	const start = queries.startOf(sessionId, agentId);
	const from = start === null ? undefined : queries.files(sessionId).find(file => file.id === start.fileId);
	if (start === null || from === undefined) return null;
	return { conversation: { sessionId, agentId: from.kind === 'session' ? null : agentIdOf(from) }, messageId: `@${start.offset}` };
}

async function forksOf(conversation: Conversation, branch: Branch): Promise<Fork[]> {
	const shown = branch.forks.slice(-mostForks);
	if (shown.length === 0) return [];
	return withRecords(conversation, async records => {
		const forks: Fork[] = [];
		for (const fork of shown) forks.push(await forkOf(conversation, fork, records));
		return forks;
	});
}

async function forkOf(conversation: Conversation, fork: ShownFork, records: RecordFile | ReadFailure): Promise<Fork> {
	const from = Math.max(0, Math.min(fork.selected - mostChoices / 2, fork.ways.length - mostChoices));
	const choices: ForkChoice[] = [];
	for (const { row, items, isRepetition } of fork.ways.slice(from, from + mostChoices)) {
		const said = firstSaid(conversation, row);
		choices.push({
			branch: String(conversation.spine.offset[row] ?? 0),
			firstLine: await firstLineOf(conversation, said, records),
			at: conversation.spine.timeOf(said),
			items,
			isRepetition,
		});
	}
	return { item: fork.item, choices, selected: fork.selected - from };
}

/** What the harness puts before a prompt is passed over. */
function firstSaid({ spine, tree }: Conversation, way: number): number {
	for (let row = way; row < Math.min(spine.rows, way + 50); row++) {
		if (!spine.is(row, 'prompt', 'command') && spine.made[row] !== 1) continue;
		for (let up = row; up >= way; up = tree.parent[up] ?? -1) if (up === way) return row;
	}
	return way;
}

function compactionsOf({ spine }: Conversation, { itemOf }: Branch): number[] {
	const found = new Set<number>();
	for (let row = 0; row < spine.rows; row++) {
		const item = itemOf[row] ?? -1;
		if (item >= 0 && spine.is(row, 'compaction', 'compact_summary')) found.add(item);
	}
	return [...found].slice(-mostCompactions);
}

/** Only the first turn may begin with something else. */
function promptsOf({ spine }: Conversation, { turns, rowOf }: Branch): number {
	const [first] = turns;
	return first === undefined || turnKind(spine, rowOf[first] ?? 0) !== 'none' ? turns.length : turns.length - 1;
}

function fileOf({ file }: Conversation): TranscriptHead['file'] {
	if (file === null) return { path: null, state: 'none', bytes: 0, malformedLines: 0 };
	const state = file.goneAt !== null ? 'gone' : file.size < 0 ? 'waiting' : 'here';
	return { path: file.path, state, bytes: file.readOffset, malformedLines: file.malformedLines };
}
