/**
 * Builders of the records beside the chain: titles, modes, queue, snapshots. They have neither uuid nor parent.
 */
import { cliTraits } from './cliVersion.ts';
import { nextTimestamp, type Conversation, type Fields, type TranscriptRecord } from './conversation.ts';

export function customTitle(talk: Conversation, title: string): TranscriptRecord {
	return { type: 'custom-title', customTitle: title, sessionId: talk.sessionId };
}

export function aiTitle(talk: Conversation, title: string): TranscriptRecord {
	return { type: 'ai-title', aiTitle: title, sessionId: talk.sessionId };
}

/** An old title; the conversation it names is the one that holds the leaf, often in another file. */
export function summary(title: string, leafUuid: string): TranscriptRecord {
	return { type: 'summary', summary: title, leafUuid };
}

export function lastPrompt(talk: Conversation, text: string): TranscriptRecord {
	const leaf: Fields = talk.parentUuid === null ? {} : { leafUuid: talk.parentUuid };
	return { type: 'last-prompt', lastPrompt: text, ...leaf, sessionId: talk.sessionId };
}

export function permissionMode(talk: Conversation, mode = 'default'): TranscriptRecord {
	return { type: 'permission-mode', permissionMode: mode, sessionId: talk.sessionId };
}

export function modeRecord(talk: Conversation): TranscriptRecord {
	return { type: 'mode', mode: 'normal', sessionId: talk.sessionId };
}

/** The checkpoint before a prompt's edits. */
export function fileHistorySnapshot(talk: Conversation, messageId: string, paths: readonly string[] = []): TranscriptRecord {
	const backupTime = new Date(talk.clockMs).toISOString();
	const backups = paths.map(
		(file, i) => [file, { backupFileName: `${talk.random.hex(16)}@v${i + 1}`, version: i + 1, backupTime }] as const,
	);
	return {
		type: 'file-history-snapshot',
		messageId,
		snapshot: { messageId, trackedFileBackups: Object.fromEntries(backups), timestamp: backupTime },
		isSnapshotUpdate: paths.length > 0,
	};
}

export function queueOperation(
	talk: Conversation,
	operation: 'enqueue' | 'dequeue' | 'remove' | 'popAll',
	content?: string,
): TranscriptRecord {
	const text: Fields = content === undefined ? {} : { content };
	return { type: 'queue-operation', operation, timestamp: nextTimestamp(talk), sessionId: talk.sessionId, ...text };
}

export function pullRequestLink(talk: Conversation, repository: string, number: number): TranscriptRecord {
	return {
		type: 'pr-link',
		sessionId: talk.sessionId,
		prNumber: number,
		prUrl: `https://github.com/${repository}/pull/${number}`,
		prRepository: repository,
		timestamp: nextTimestamp(talk),
	};
}

/** Content of the sidecar beside a subagent's transcript; older versions write less. */
export function agentMeta(talk: Conversation, agentType: string, description: string, toolUseId: string): Fields {
	const newer: Fields = cliTraits(talk.version).attachments ? { toolUseId, spawnDepth: 1 } : {};
	return { agentType, description, ...newer };
}
