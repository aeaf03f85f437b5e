/** Conversations for the exporter, made by hand: what the engine would read from transcripts. */
import type { ConversationReader } from '../../../src/extension/exporting/conversationReader.ts';
import { pathShortener } from '../../../src/extension/exporting/paths.ts';
import { Redactor } from '../../../src/extension/exporting/secrets.ts';
import { exportedSession, type ExportTally, writerOf } from '../../../src/extension/exporting/exportedSession.ts';
import { englishWords } from '../../../src/extension/exporting/words.ts';
import { type ExportChoices, type ExportFormat, usualChoices } from '../../../src/webview/contract/exports.ts';
import type { SubagentCard } from '../../../src/webview/contract/conversation.ts';
import type { SessionRow } from '../../../src/webview/contract/sessions.ts';
import type { TranscriptHead } from '../../../src/webview/contract/transcript.ts';
import type { AssistantBlock, ItemContent, TranscriptItem } from '../../../src/webview/contract/transcriptItems.ts';
import type { ItemText } from '../../../src/webview/contract/transcriptText.ts';
import type { ToolDetail, ToolUse } from '../../../src/webview/contract/transcriptTools.ts';

export const at = '2026-03-02T09:15:00.000Z';

/** Numbers the texts of an item, as the engine does. */
export class Texts {
	#parts = 0;

	of(text: string): ItemText {
		return { text, fullLength: text.length, part: this.#parts++ };
	}
}

export function item(index: number, content: ItemContent): TranscriptItem {
	const base = { index, id: `00000000-0000-4000-8000-${String(index).padStart(12, '0')}`, offset: index * 100, at, turn: 0 };
	return { ...base, isCopied: false, isSidechain: false, response: null, ...content };
}

export const prompt = (texts: Texts, text: string): ItemContent => ({
	kind: 'prompt',
	from: 'person',
	text: texts.of(text),
	attachments: [],
	context: [],
	isQueued: false,
	isFeedback: false,
	isCorrection: false,
});

export const assistant = (...blocks: AssistantBlock[]): ItemContent => ({
	kind: 'assistant',
	blocks,
	isPartial: false,
});
export const answer = (texts: Texts, markdown: string): AssistantBlock => ({ kind: 'answer', markdown: texts.of(markdown) });
export const thinking = (texts: Texts, text: string): AssistantBlock => ({ kind: 'thinking', text: texts.of(text), isRedacted: false });

export function tool(name: string, detail: ToolDetail, rest: Partial<ToolUse> = {}): AssistantBlock {
	const base = { id: 'toolu_1', name, summary: null, filePath: null, status: 'ok', startedAt: at, durationMs: 5, isRetry: false } as const;
	return {
		kind: 'tool',
		tool: { ...base, error: null, permission: null, hooks: [], detail, result: [], outputFile: null, ...rest },
	};
}

export const card = (agentId: string): SubagentCard => ({
	conversation: { sessionId: 's1', agentId },
	agentType: 'Explore',
	description: 'Look around',
	responses: 1,
	toolCalls: 0,
	costUsd: 0.01,
	unpricedTokens: 0,
	startedAt: at,
	endedAt: at,
});

export function session(change: Partial<SessionRow> = {}): SessionRow {
	return {
		id: 's1',
		title: 'Build the engine',
		project: 'engine',
		cwd: '/home/ada/engine',
		gitBranch: 'main',
		mode: 'interactive',
		status: 'completed',
		parentSessionId: null,
		startedAt: at,
		endedAt: at,
		activeMs: 1000,
		userPrompts: 1,
		responses: 2,
		toolCalls: 1,
		subagents: 0,
		compactions: 0,
		interruptions: 0,
		corrections: 0,
		tokens: { input: 10, output: 20, cacheRead: 1000, cacheWrite5m: 0, cacheWrite1h: 0 },
		costUsd: 0.42,
		unpricedTokens: 0,
		models: ['claude-opus-4-6'],
		version: '2.1.220',
		entrypoint: 'cli',
		malformedLines: 0,
		gone: false,
		stub: false,
		file: '/home/ada/.claude/projects/-home-ada-engine/s1.jsonl',
		category: null,
		givenTitle: null,
		isPinned: false,
		isHidden: false,
		note: null,
		tags: [],
		...change,
	};
}

export interface Told {
	readonly texts: Texts;
	/** Of the session, and of its subagents by id. */
	readonly items: readonly ItemContent[];
	readonly agents?: Readonly<Record<string, readonly ItemContent[]>>;
	readonly session?: Partial<SessionRow>;
	readonly images?: readonly string[];
}

export function readerOf({ items, agents = {}, session: row, images = [] }: Told): ConversationReader {
	const listOf = (agentId: string | null): readonly TranscriptItem[] =>
		(agentId === null ? items : (agents[agentId] ?? [])).map((content, index) => item(index, content));
	return {
		head: conversation => {
			const { agentId } = conversation;
			if (agentId !== null && agents[agentId] === undefined) throw Object.assign(new Error('no such subagent'), { reason: 'not-found' });
			const head: TranscriptHead = {
				conversation,
				session: session(row),
				agent: agentId === null ? null : card(agentId),
				startedBy: null,
				revision: 1,
				changedFrom: 0,
				branch: 'b1',
				isOtherBranch: false,
				items: listOf(agentId).length,
				forks: [],
				compactions: [],
				prompts: 1,
				file: { path: null, state: 'here', bytes: 0, malformedLines: 0 },
			};
			return Promise.resolve(head);
		},
		items: async function* ({ agentId }) {
			for (const each of listOf(agentId)) {
				await Promise.resolve();
				yield each;
			}
		},
		image: ({ part }) => Promise.resolve({ mediaType: 'image/png', base64: images[part] ?? '' }),
		subagents: () => Promise.resolve(Object.keys(agents)),
	};
}

export interface Exported {
	readonly text: string;
	readonly tally: ExportTally;
	readonly redacted: Readonly<Record<string, number>>;
	/** The length of the largest piece. */
	readonly largest: number;
}

export async function exported(told: Told, format: ExportFormat, change: Partial<ExportChoices> = {}): Promise<Exported> {
	const choices = { ...usualChoices, ...change };
	const redactor = new Redactor(choices.keptSecrets);
	const shorten = pathShortener([
		{ path: '/home/ada', as: '~' },
		{ path: '/home/ada/engine', as: '.' },
	]);
	const tally: ExportTally = { items: 0, unreadable: 0 };
	const pieces: string[] = [];
	const parts = {
		reader: readerOf(told),
		request: { sessionId: 's1', branch: null, choices },
		clean: (text: string) => {
			const plain = choices.redactSecrets ? redactor.redact(text) : text;
			return choices.shortenPaths ? shorten(plain) : plain;
		},
		words: englishWords,
		onProgress: () => undefined,
		signal: new AbortController().signal,
		writer: writerOf(format, englishWords, 'en'),
		exportedAt: at,
		tally,
	};
	for await (const piece of exportedSession(parts)) pieces.push(piece);
	return {
		text: pieces.join(''),
		tally,
		redacted: redactor.counts,
		largest: pieces.reduce((most, piece) => Math.max(most, piece.length), 0),
	};
}
