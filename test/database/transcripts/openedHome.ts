/** A Claude directory whose conversations are read as the transcript page reads them. */
import type { ConversationKey } from '../../../src/webview/contract/conversation.ts';
import type { BranchId, TranscriptHead, TranscriptTotals } from '../../../src/webview/contract/transcript.ts';
import type { TranscriptItem } from '../../../src/webview/contract/transcriptItems.ts';
import type { Transcripts } from '../../../src/extension/transcripts/transcripts.ts';
import { HeadlessEngine } from '../engine/headless.ts';

export const never = new AbortController().signal;

export const mainOf = (sessionId: string): ConversationKey => ({ sessionId, agentId: null });

export class OpenedHome {
	readonly engine: HeadlessEngine;

	static async of(claudeDir: string): Promise<OpenedHome> {
		const engine = await HeadlessEngine.open(claudeDir);
		await engine.index();
		return new OpenedHome(engine);
	}

	private constructor(engine: HeadlessEngine) {
		this.engine = engine;
	}

	get transcripts(): Transcripts {
		return this.engine.engine.transcripts;
	}

	head(key: ConversationKey, branch: BranchId = null, since: number | null = null): Promise<TranscriptHead> {
		return this.transcripts.head({ conversation: key, branch, since });
	}

	totals(key: ConversationKey): TranscriptTotals {
		return this.transcripts.totals(key, null);
	}

	/** All items of a branch, window by window. */
	async items(key: ConversationKey, branch: BranchId = null): Promise<TranscriptItem[]> {
		const items: TranscriptItem[] = [];
		for (;;) {
			const window = await this.transcripts.window(key, branch, items.length, 97, never);
			if (window.items.length === 0) return items;
			items.push(...window.items);
		}
	}

	/** Every conversation of every session. */
	conversations(): ConversationKey[] {
		const { db } = this.engine.storage.tables;
		return db
			.prepare<{ sessionId: string; agentId: string | null }>(
				`SELECT s.session_id AS sessionId, NULL AS agentId FROM sessions s UNION ALL
				SELECT DISTINCT s.session_id, coalesce(f.agent_id, f.id) FROM sessions s JOIN session_files f ON f.session_rowid = s.id WHERE f.kind = 'subagent'`,
			)
			.all();
	}

	close(): Promise<void> {
		return this.engine.close();
	}
}

/** What an item says, in one line. */
export function said(item: TranscriptItem): string {
	switch (item.kind) {
		case 'prompt':
			return `prompt ${item.text.text}`;
		case 'command':
			return `command ${item.name} ${item.args.text}`.trim();
		case 'assistant':
			return item.blocks
				.map(block => {
					if (block.kind === 'answer') return `answer ${block.markdown.text}`;
					if (block.kind === 'thinking') return `thinking ${block.text.text}`;
					return block.kind === 'tool' ? `${block.tool.name} ${block.tool.status}` : block.kind;
				})
				.join(' | ');
		case 'compaction':
			return `compaction ${item.trigger ?? ''}`.trim();
		case 'context':
			return item.notes.map(note => `(${note.kind})`).join(' ');
		default:
			return item.kind;
	}
}
