/** The marks of a session beside its name in the tree, told by its address alone. */
import type { Viewer } from './language.ts';
import { type MarkKind, markKinds } from './sessionItem.ts';

/** Of the addresses that rows bear; nothing can be opened by them. */
export const sessionScheme = 'claude-session';

export interface Decoration {
	/** One or two characters; null where the colour says it. */
	readonly badge: string | null;
	readonly tooltip: string;
	/** A theme colour; null for none. */
	readonly color: string | null;
}

/** Null for a session without marks. The first says what is to be seen, and all of them what is to be read. */
export function sessionDecoration(marks: readonly string[], { t }: Pick<Viewer, 't'>): Decoration | null {
	const texts: Readonly<Record<MarkKind, string>> = {
		needsInput: t('Needs input'),
		failed: t('Ended with an error'),
		hidden: t('Hidden'),
		gone: t('No transcript on disk'),
		unpriced: t('Some tokens have no known price'),
		stale: t('It has grown since it was classified'),
	};
	const found = markKinds.filter(kind => marks.includes(kind));
	const [first] = found;
	if (first === undefined) return null;
	return { ...looks[first], tooltip: found.map(kind => texts[kind]).join(' · ') };
}

/** What has its own icon needs no letter. */
const looks: Readonly<Record<MarkKind, Omit<Decoration, 'tooltip'>>> = {
	needsInput: { badge: '●', color: 'charts.green' },
	failed: { badge: null, color: 'list.errorForeground' },
	hidden: { badge: '⊘', color: 'disabledForeground' },
	gone: { badge: null, color: 'disabledForeground' },
	unpriced: { badge: '$?', color: null },
	stale: { badge: '~', color: null },
};
