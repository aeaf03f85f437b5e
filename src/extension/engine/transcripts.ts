/** Answers what is asked of a conversation. */
import type { Handlers } from '../../messaging/channel.ts';
import type { Transcripts } from '../transcripts/transcripts.ts';
import type { TranscriptCalls } from './calls/transcript.ts';

export function transcriptHandlers(transcripts: () => Transcripts): Handlers<TranscriptCalls> {
	return {
		conversation: query => transcripts().head(query),
		conversationTotals: ({ conversation, branch }) => transcripts().totals(conversation, branch),
		conversationItems: ({ conversation, branch, from, count }, signal) => transcripts().window(conversation, branch, from, count, signal),
		conversationOutline: ({ conversation, branch }, signal) => transcripts().outline(conversation, branch, signal),
		conversationText: ({ from, ...place }, signal) => transcripts().text(place, from, signal),
		conversationImage: (place, signal) => transcripts().image(place, signal),
		conversationFind: (query, signal) => transcripts().find(query, signal),
		conversationMessage: ({ sessionId, agentId, messageId }) => transcripts().locate(sessionId, agentId, messageId),
	};
}
