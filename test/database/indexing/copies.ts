/** Ways in which Claude Code writes the history of one session into the file of another (format reference, section 10). */
import {
	type ChainRecord,
	type Conversation,
	type Fields,
	progress,
	type TranscriptRecord,
} from '../../support/historyGenerator/records.ts';

/** `/branch`, `--fork-session`, desktop and background copies: the same records under another `sessionId`. */
export function verbatimCopy(fork: Conversation, records: readonly TranscriptRecord[]): TranscriptRecord[] {
	return records.map(record => {
		if (typeof record['uuid'] === 'string') fork.parentUuid = record['uuid'];
		return 'sessionId' in record ? { ...record, sessionId: fork.sessionId } : record;
	});
}

/** The SDK's `fork_session`: new uuids, and each record says which it was. */
export function sdkFork(fork: Conversation, originId: string, records: readonly TranscriptRecord[]): TranscriptRecord[] {
	const renamed = new Map<unknown, string>();
	return records.flatMap(record => {
		const messageUuid = record['uuid'];
		if (typeof messageUuid !== 'string') return [];
		const uuid = fork.random.uuid();
		renamed.set(messageUuid, uuid);
		const parentUuid = renamed.get(record['parentUuid']) ?? null;
		fork.parentUuid = uuid;
		const twice: Fields = 'session_id' in record ? { session_id: fork.sessionId } : {};
		return [{ ...record, ...twice, uuid, parentUuid, sessionId: fork.sessionId, forkedFrom: { sessionId: originId, messageUuid } }];
	});
}

/** What a subagent said, as it stands in its parent's file. */
export function agentProgressRecord(talk: Conversation, agent: Conversation, said: TranscriptRecord): ChainRecord {
	const { type, message, requestId, uuid, timestamp } = said;
	const data = { message: { type, message, requestId, uuid, timestamp }, type: 'agent_progress', prompt: 'Look', agentId: agent.agentId };
	return progress(talk, data, `agent_msg_${talk.random.base62(22)}`, 'toolu_parent');
}
