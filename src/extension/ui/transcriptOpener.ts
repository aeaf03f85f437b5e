/** Who shows a conversation: the search, links and quick picks know where to go, not what it looks like there. */
import type { MessageTarget } from './presentation/sessionLink.ts';

export interface TranscriptOpener {
	/** Opens the conversation, or brings it to the front, at the message. */
	open(target: MessageTarget): Promise<void>;
}
