/** The steps in which a person chooses a category: level by level, with what the names mean. */
import type { CategoryName } from '../../../webview/contract/sessions.ts';
import type { SessionCount, TaxonomyLeaf } from '../../engine/api.ts';
import { categoryDescription } from './categoryDescriptions.ts';
import { categoryLabel } from './categoryNames.ts';
import type { Viewer } from './language.ts';

export type Level = 'l1' | 'l2' | 'l3';
export const levels: readonly Level[] = ['l1', 'l2', 'l3'];

export interface CategoryChoice {
	readonly name: CategoryName;
	readonly label: string;
	/** What a leaf means; for the levels above, what stands below them. */
	readonly detail: string;
}

/** The names of a level below those chosen so far, in the taxonomy's order. */
export function choicesAt(
	taxonomy: readonly TaxonomyLeaf[],
	chosen: readonly CategoryName[],
	viewer: Pick<Viewer, 't'>,
): readonly CategoryChoice[] {
	const labelOf = (name: CategoryName): string => categoryLabel(name, viewer);
	const level = levels[chosen.length];
	const below = levels[chosen.length + 1];
	if (level === undefined) return [];
	const leaves = taxonomy.filter(leaf => chosen.every((name, depth) => leaf[levels[depth] ?? 'l3'] === name));
	return [...new Set(leaves.map(leaf => leaf[level]))].map(name => {
		const own = leaves.filter(leaf => leaf[level] === name);
		const [leaf] = own;
		const meaning = leaf === undefined ? '' : categoryDescription(leaf, viewer);
		const detail = below === undefined ? meaning : [...new Set(own.map(each => each[below]))].map(labelOf).join(', ');
		return { name, label: labelOf(name), detail };
	});
}

export interface FilterChoice {
	readonly category: CategoryName;
	readonly label: string;
	readonly sessions: number;
	/** Stands below the one before it. */
	readonly isNested: boolean;
}

/** Levels 1 and 2 that have sessions, with how many. */
export function filterChoices(
	taxonomy: readonly TaxonomyLeaf[],
	counts: readonly SessionCount[],
	viewer: Pick<Viewer, 't'>,
): readonly FilterChoice[] {
	const sessionsOf = new Map(counts.map(({ category, sessions }) => [category, sessions]));
	return [...new Set(taxonomy.map(({ l1 }) => l1))].flatMap(l1 => {
		const nested = [...new Set(taxonomy.filter(leaf => leaf.l1 === l1).map(({ l2 }) => l2))]
			.map(l2 => ({ category: l2, label: categoryLabel(l2, viewer), sessions: sessionsOf.get(l2) ?? 0, isNested: true }))
			.filter(({ sessions }) => sessions > 0);
		const sessions = nested.reduce((sum, choice) => sum + choice.sessions, 0);
		return sessions === 0 ? [] : [{ category: l1, label: categoryLabel(l1, viewer), sessions, isNested: false }, ...nested];
	});
}
