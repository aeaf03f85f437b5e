/** Goes through a session, conversation by conversation, and gives it piece by piece: no session is held in memory whole. */
import type { ConversationKey } from '../../webview/contract/conversation.ts';
import type { ExportFormat, ExportRequest } from '../../webview/contract/exports.ts';
import type { BranchId, TranscriptHead } from '../../webview/contract/transcript.ts';
import type { TranscriptItem } from '../../webview/contract/transcriptItems.ts';
import type { ConversationReader } from './conversationReader.ts';
import { factsOf } from './facts.ts';
import { HtmlWriter } from './html.ts';
import { JsonWriter } from './json.ts';
import { MarkdownWriter } from './markdown.ts';
import { type ExportItem, ItemResolver } from './resolve.ts';
import type { ExportWords } from './words.ts';
import type { ExportWriter } from './writer.ts';

export interface ExportParts {
	readonly reader: ConversationReader;
	readonly request: Omit<ExportRequest, 'format'>;
	/** Takes out of a text what must not be in the export. */
	readonly clean: (text: string, where: string) => string;
	readonly words: ExportWords;
	/** Told how many items are done, and of how many that are known so far. */
	readonly onProgress: (done: number, total: number) => void;
	readonly signal: AbortSignal;
}

export type ExportStep =
	| { readonly kind: 'session'; readonly head: TranscriptHead }
	| { readonly kind: 'conversation'; readonly key: ConversationKey; readonly title: string | null; readonly items: number }
	| { readonly kind: 'item'; readonly item: ExportItem }
	| { readonly kind: 'end of conversation' };

/** The session's own conversation first, then those of its subagents in the order in which they are met, or began. */
export async function* exportSteps(parts: ExportParts): AsyncGenerator<ExportStep> {
	const { reader, request, clean, words, onProgress, signal } = parts;
	const { sessionId, choices } = request;
	const resolver = new ItemResolver({ reader, choices, clean, words });
	const waiting: (string | null)[] = [null];
	const met = new Set<string | null>(waiting);
	let done = 0;
	let total = 0;
	for (let agentId = waiting.shift(); agentId !== undefined; agentId = waiting.shift()) {
		signal.throwIfAborted();
		const key: ConversationKey = { sessionId, agentId };
		const head = await headOf(reader, key, agentId === null ? request.branch : null);
		if (head !== null) {
			if (agentId === null) yield { kind: 'session', head };
			total += head.items;
			yield { kind: 'conversation', key, title: titleOf(head, clean), items: head.items };
			for await (const item of reader.items(key, head.branch)) {
				signal.throwIfAborted();
				if (choices.subagents) {
					for (const started of subagentsOf(item)) {
						if (met.has(started)) continue;
						met.add(started);
						waiting.push(started);
					}
				}
				const resolved = await resolver.resolve(item, { conversation: key, branch: head.branch });
				if (resolved !== null) yield { kind: 'item', item: resolved };
				onProgress(++done, total);
			}
			yield { kind: 'end of conversation' };
		}
		if (waiting.length === 0 && choices.subagents) {
			// Those that no call on this branch started: of other branches, of stubs, or started by the client.
			for (const other of await reader.subagents(sessionId)) {
				if (met.has(other)) continue;
				met.add(other);
				waiting.push(other);
			}
		}
	}
}

/** A subagent's file may be gone, or be none; the session itself must be there. */
async function headOf(reader: ConversationReader, key: ConversationKey, branch: BranchId): Promise<TranscriptHead | null> {
	try {
		return await reader.head(key, branch);
	} catch (error) {
		if (key.agentId === null || !(error instanceof Error && 'reason' in error && error.reason === 'not-found')) throw error;
		return null;
	}
}

function subagentsOf(item: TranscriptItem): string[] {
	if (item.kind !== 'assistant') return [];
	return item.blocks.flatMap(block => {
		const agentId = block.kind === 'tool' && block.tool.detail.kind === 'agent' ? block.tool.detail.subagent?.conversation.agentId : null;
		return agentId === null || agentId === undefined ? [] : [agentId];
	});
}

function titleOf({ agent }: TranscriptHead, clean: ExportParts['clean']): string | null {
	if (agent === null) return null;
	const named = [agent.agentType, agent.description].filter(part => part !== null && part !== '').join(' · ');
	return clean(named === '' ? (agent.conversation.agentId ?? '') : named, 'title');
}

export function writerOf(format: ExportFormat, words: ExportWords, language: string): ExportWriter {
	switch (format) {
		case 'md':
			return new MarkdownWriter(words);
		case 'html':
			return new HtmlWriter(words, language);
		case 'json':
			return new JsonWriter();
	}
}

export interface ExportTally {
	items: number;
	unreadable: number;
}

/** The pieces of the file. `tally` is counted up on the way. */
export async function* exportedSession(
	parts: ExportParts & { readonly writer: ExportWriter; readonly exportedAt: string; readonly tally: ExportTally },
): AsyncGenerator<string> {
	const { writer, clean, request, exportedAt, tally } = parts;
	for await (const step of exportSteps(parts)) {
		switch (step.kind) {
			case 'session':
				yield writer.begin({
					facts: factsOf(step.head, text => clean(text, 'title')),
					choices: request.choices,
					exportedAt,
					forks: step.head.forks.length,
					isGone: step.head.file.state === 'gone',
				});
				break;
			case 'conversation':
				yield writer.beginConversation(step);
				break;
			case 'item':
				tally.items++;
				if (step.item.kind === 'unreadable') tally.unreadable++;
				yield writer.item(step.item);
				break;
			case 'end of conversation':
				yield writer.endConversation();
				break;
		}
	}
	yield writer.end();
}
