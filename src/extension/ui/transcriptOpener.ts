/** Who shows a conversation: the search, links and quick picks know where to go, not what it looks like there. */
import type { MessageTarget } from './presentation/sessionLink.ts';

export interface TranscriptOpener {
	/** Opens the conversation, or brings it to the front, at the message; with the focus, unless it is to stay where it is. */
	open(target: MessageTarget, how?: { readonly keepsFocus: boolean }): Promise<void>;
}
