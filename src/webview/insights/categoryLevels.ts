/** Sums of the leaves added up to the level that one looks at. Pure. */
import type { CategorySum } from '../contract/insights.ts';
import type { CategoryName } from '../contract/sessions.ts';
import type { Measure } from './savedState.ts';

export interface CategoryLevel {
	readonly category: CategoryName;
	readonly value: number;
	/** Of what is shown beside it; null when all of that comes to nothing. */
	readonly share: number | null;
	/** Has a level below it. */
	readonly opens: boolean;
}

const depth = 3;

function levelsOf({ l1, l2, l3 }: CategorySum): readonly CategoryName[] {
	return [l1, l2, l3];
}

function isBelow(sum: CategorySum, path: readonly CategoryName[]): boolean {
	const levels = levelsOf(sum);
	return path.every((name, level) => levels[level] === name);
}

/** As much of `path` as has sessions: what was opened in one period may be empty in the next. */
export function openPath(sums: readonly CategorySum[], path: readonly CategoryName[]): readonly CategoryName[] {
	const open = path.slice(0, depth - 1);
	while (open.length > 0 && !sums.some(sum => isBelow(sum, open))) open.pop();
	return open;
}

/** What stands directly below `path`, the largest first; ties by name, so that nothing jumps at a redraw. */
export function levelBelow(sums: readonly CategorySum[], path: readonly CategoryName[], measure: Measure): readonly CategoryLevel[] {
	const values = new Map<CategoryName, number>();
	for (const sum of sums) {
		const category = levelsOf(sum)[path.length];
		if (category !== undefined && isBelow(sum, path)) values.set(category, (values.get(category) ?? 0) + sum[measure]);
	}
	const total = [...values.values()].reduce((all, value) => all + value, 0);
	return [...values]
		.map(([category, value]) => ({ category, value, share: total > 0 ? value / total : null, opens: path.length < depth - 1 }))
		.sort((a, b) => b.value - a.value || (a.category < b.category ? -1 : 1));
}
