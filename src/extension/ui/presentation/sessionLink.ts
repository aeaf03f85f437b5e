/** Links that lead to a session, or to one message of it: `vscode://<extension>/session/<id>#<message>` (VIEW-3). */
import { extensionId } from '../names.ts';

/** A place in a conversation: what the transcript view opens. */
export interface MessageTarget {
	readonly sessionId: string;
	/** The subagent whose conversation is meant; null for the session's own. */
	readonly agentId: string | null;
	/** The record to jump to; null for the beginning. */
	readonly messageId: string | null;
}

/** Ids are names of files and of records. Somebody else wrote the link: what is longer, or hides characters, is no id. */
const longestId = 300;
const isId = (text: string): boolean => text !== '' && text.length <= longestId && !/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}/\\]/u.test(text);

/** `scheme` is the one that this build of VS Code listens to. */
export function sessionLink({ sessionId, agentId, messageId }: MessageTarget, scheme: string): string {
	const agent = agentId === null ? '' : `/agent/${encodeURIComponent(agentId)}`;
	const message = messageId === null ? '' : `#${encodeURIComponent(messageId)}`;
	return `${scheme}://${extensionId}/session/${encodeURIComponent(sessionId)}${agent}${message}`;
}

/** `path` and `fragment` as VS Code hands them over, decoded. Null when they name no session. */
export function readSessionLink({ path, fragment }: { readonly path: string; readonly fragment: string }): MessageTarget | null {
	const [before, kind, sessionId, ...rest] = path.split('/');
	if (before !== '' || kind !== 'session' || sessionId === undefined || !isId(sessionId)) return null;
	const [agentWord, agentId = null, ...more] = rest;
	const namesAgent = agentWord === 'agent' && agentId !== null && isId(agentId) && more.length === 0;
	// A slash at the end is what mail programs add.
	if (!namesAgent && rest.join('') !== '') return null;
	if (fragment !== '' && !isId(fragment)) return null;
	return { sessionId, agentId: namesAgent ? agentId : null, messageId: fragment === '' ? null : fragment };
}
