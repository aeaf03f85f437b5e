import type { SessionRow } from '../contract/sessions.ts';
import type { StringKey } from '../strings.ts';

export interface Badge {
	/** Becomes a class; colours are a matter of style. */
	readonly kind: 'fork' | 'background' | 'gone' | 'stub' | 'malformed' | 'processing' | 'waiting' | 'error';
	readonly label: StringKey;
	readonly hint: StringKey | null;
	readonly count: number;
}

/** What sets a session apart from an ordinary finished one, the most pressing first. */
export function badgesOf(session: SessionRow): readonly Badge[] {
	const badges: Badge[] = [];
	const add = (kind: Badge['kind'], label: StringKey, hint: StringKey | null, count = 0) => badges.push({ kind, label, hint, count });
	if (session.status === 'waiting_for_input') add('waiting', 'badgeWaiting', null);
	if (session.status === 'processing') add('processing', 'badgeProcessing', null);
	if (session.status === 'error') add('error', 'badgeError', null);
	if (session.mode === 'forked') add('fork', 'badgeFork', 'badgeForkHint');
	if (session.mode === 'background') add('background', 'badgeBackground', 'badgeBackgroundHint');
	if (session.stub) add('stub', 'badgeStub', 'badgeStubHint');
	if (session.gone) add('gone', 'badgeGone', 'badgeGoneHint');
	if (session.malformedLines > 0) add('malformed', 'badgeMalformed', 'badgeMalformedHint', session.malformedLines);
	return badges;
}
