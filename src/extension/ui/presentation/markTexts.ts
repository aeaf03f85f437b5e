/** What is said when a person wrote on sessions, and what may be written. */
import type { SessionRow } from '../../../webview/contract/sessions.ts';
import type { Viewer } from './language.ts';
import { oneLine } from './plainText.ts';
import { sessionsText } from './planText.ts';
import { titleOf } from './sessionItem.ts';

/** As the engine keeps them. */
const longestTitle = 300;
const longestTag = 60;

/** The title of one session, or how many there are. */
export function aboutSessions(rows: readonly SessionRow[], viewer: Viewer): string {
	const [only] = rows.length === 1 ? rows : [];
	return only === undefined ? sessionsText(rows.length, viewer) : titleOf(only, viewer);
}

/** What is wrong with a name; null when nothing is. */
export function titleProblem(text: string, { t }: Pick<Viewer, 't'>): string | null {
	return text.trim().length > longestTitle ? t('A name has at most {0} characters.', longestTitle) : null;
}

export function tagProblem(text: string, { t }: Pick<Viewer, 't'>): string | null {
	if (text.trim() === '') return t('A tag needs a name.');
	return text.trim().length > longestTag ? t('A tag has at most {0} characters.', longestTag) : null;
}

export interface TagState {
	readonly name: string;
	/** Of the sessions in question, how many bear it. */
	readonly bearers: number;
}

/** Every tag there is, with those of the sessions first. */
export function tagStates(rows: readonly SessionRow[], tags: readonly { readonly name: string }[]): readonly TagState[] {
	const states = tags.map(({ name }) => ({ name, bearers: rows.filter(row => row.tags.includes(name)).length }));
	return states.toSorted((a, b) => b.bearers - a.bearers);
}

export interface TagChange {
	readonly add: readonly string[];
	readonly remove: readonly string[];
}

/** What choosing these tags means: one that only some of the sessions bear, and that was left alone, stays with those. */
export function tagChange(states: readonly TagState[], chosen: readonly string[], sessions: number): TagChange {
	const known = new Set(states.map(({ name }) => name));
	const picked = new Set(chosen);
	return {
		add: [
			...states.filter(({ name, bearers }) => picked.has(name) && bearers < sessions).map(({ name }) => name),
			...chosen.filter(name => !known.has(name)),
		],
		remove: states.filter(({ name, bearers }) => !picked.has(name) && bearers === sessions).map(({ name }) => name),
	};
}

/** The tag that somebody typed: one of that name in whatever case, else a new one; null for nothing. */
export function typedTag(typed: string, names: readonly string[]): string | null {
	const name = typed.replaceAll(/\s+/g, ' ').trim();
	return name === '' ? null : (names.find(known => known.toLowerCase() === name.toLowerCase()) ?? name);
}

export function tagsText(tags: readonly string[]): string {
	return tags.map(tag => oneLine(tag, 60)).join(', ');
}
