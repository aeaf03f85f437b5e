/** Results as they are listed: by session, in the order in which the best of each was found. Pure. */
import type { SearchHit, SearchSnippet } from '../contract/search.ts';

export interface HitGroup {
	readonly sessionId: string;
	readonly title: string | null;
	readonly project: string | null;
	/** Of its newest result; null when none has one. */
	readonly timestamp: string | null;
	readonly hits: readonly SearchHit[];
}

export function groupsOf(hits: readonly SearchHit[]): readonly HitGroup[] {
	const bySession = new Map<string, SearchHit[]>();
	for (const hit of hits) {
		const group = bySession.get(hit.sessionId);
		if (group === undefined) bySession.set(hit.sessionId, [hit]);
		else group.push(hit);
	}
	return [...bySession].map(([sessionId, ofSession]) => ({
		sessionId,
		title: ofSession.find(hit => hit.title !== null)?.title ?? null,
		project: ofSession.find(hit => hit.project !== null)?.project ?? null,
		// ISO 8601 in UTC: the latest is the greatest text.
		timestamp: ofSession.reduce<string | null>(
			(latest, { timestamp }) => (timestamp !== null && timestamp > (latest ?? '') ? timestamp : latest),
			null,
		),
		hits: ofSession,
	}));
}

export const groupKey = (sessionId: string): string => `session ${sessionId}`;
export const hitKey = ({ sessionId, agentId, messageId, kind, snippet }: SearchHit): string =>
	`hit ${sessionId} ${agentId ?? ''} ${messageId} ${kind} ${snippet.text.slice(0, 40)}`;

/** A line of the list that can have the focus. */
export type Line =
	| { readonly key: string; readonly group: HitGroup; readonly hit: null }
	| { readonly key: string; readonly group: HitGroup; readonly hit: SearchHit };

/** The lines in sight, from the top: those of folded sessions are not. */
export function linesOf(groups: readonly HitGroup[], folded: ReadonlySet<string>): readonly Line[] {
	return groups.flatMap((group): Line[] => [
		{ key: groupKey(group.sessionId), group, hit: null },
		...(folded.has(group.sessionId) ? [] : group.hits.map(hit => ({ key: hitKey(hit), group, hit }))),
	]);
}

/** Where somebody is who was at that line of a list that another has replaced: there, else at the nearest line that is left, else as far down. */
export function nearestLine(before: readonly Line[], key: string, after: readonly Line[]): Line | null {
	const at = before.findIndex(line => line.key === key);
	if (at < 0) return null;
	const left = new Map(after.map(line => [line.key, line]));
	for (let away = 0; away < before.length; away++) {
		const found = left.get(before[at + away]?.key ?? '') ?? left.get(before[at - away]?.key ?? '');
		if (found !== undefined) return found;
	}
	return after[Math.min(at, after.length - 1)] ?? null;
}

export interface SnippetPart {
	readonly text: string;
	readonly isMatch: boolean;
}

/** Control characters and the marks that turn writing direction, with which a text could disguise itself: one character for one, so that places hold. */
const unprintable = /(?![\u200c\u200d])[\p{Cc}\p{Cf}]/gu;

/** Text of strangers in which every character can be seen. */
export function visible(text: string): string {
	return text.toWellFormed().replace(unprintable, '\u00b7');
}

/** A snippet in pieces: found or not. Whatever the places say, each character is there once. */
export function partsOf({ text, matches }: SearchSnippet): readonly SnippetPart[] {
	const parts: SnippetPart[] = [];
	let at = 0;
	const add = (end: number, isMatch: boolean) => {
		if (end > at) parts.push({ text: visible(text.slice(at, end)), isMatch });
		at = Math.max(at, end);
	};
	for (const { start, end } of [...matches].sort((a, b) => a.start - b.start)) {
		add(Math.min(start, text.length), false);
		add(Math.min(end, text.length), true);
	}
	add(text.length, false);
	return parts;
}
