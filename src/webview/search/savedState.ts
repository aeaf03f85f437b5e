/**
 * What the search page keeps for its next load: the search, how it was narrowed and where the person was in its results.
 * Read as if a stranger had written it: an older version of the page may have.
 */
import type { SearchTextKind } from '../contract/search.ts';
import type { Scope } from '../contract/sessions.ts';

/** Raise it when a field changes its meaning; what another version kept is dropped. */
const version = 1;
const longestText = 1_000;

/** What a person chooses between; finer than that is of use to nobody. */
export type KindChoice = 'all' | 'prompts' | 'answers' | 'thinking' | 'tools' | 'files' | 'titles';

export const kindsOf: Readonly<Record<KindChoice, readonly SearchTextKind[] | null>> = {
	all: null,
	prompts: ['prompt'],
	answers: ['answer'],
	thinking: ['thinking'],
	tools: ['toolInput', 'toolResult'],
	files: ['file'],
	titles: ['title'],
};
export const kindChoices = Object.keys(kindsOf) as readonly KindChoice[];

export interface SavedState {
	readonly text: string;
	/** Null until the extension has said where to begin. */
	readonly scope: Scope | null;
	readonly kinds: KindChoice;
	/** Sessions whose results are folded away. */
	readonly folded: readonly string[];
	/** The result that a person was at. */
	readonly active: string | null;
	/** How many results were asked for. */
	readonly limit: number;
	readonly tipsOpen: boolean;
}

/** Results of one page. */
export const pageSize = 50;
/** More results than that nobody looks through; a narrower search is the way. */
export const mostResults = 200;

export const freshState: SavedState = {
	text: '',
	scope: null,
	kinds: 'all',
	folded: [],
	active: null,
	limit: pageSize,
	tipsOpen: false,
};

export function toSaved(state: SavedState): unknown {
	return { version, ...state };
}

/** Every field that does not fit falls back on its own. */
export function fromSaved(saved: unknown): SavedState {
	if (!isObject(saved) || saved['version'] !== version) return freshState;
	const { text, scope, kinds, folded, active, limit } = saved;
	return {
		text: typeof text === 'string' ? text.slice(0, longestText) : '',
		scope: scope === 'workspace' || scope === 'all' ? scope : null,
		kinds: kindChoices.find(choice => choice === kinds) ?? freshState.kinds,
		folded: Array.isArray(folded) ? folded.filter(id => typeof id === 'string').slice(0, mostResults) : [],
		active: typeof active === 'string' ? active : null,
		limit: typeof limit === 'number' && Number.isInteger(limit) && limit >= pageSize && limit <= mostResults ? limit : pageSize,
		tipsOpen: saved['tipsOpen'] === true,
	};
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
	return typeof value === 'object' && value !== null;
}
