/** How the cost of a period parts by what sessions have in common. Pure. */
import type { CostShare, ShareList } from '../../webview/contract/cost.ts';
import { type Column, those } from './columns.ts';
import { firstIn, type Mutable } from './grouping.ts';
import type { Span } from './history.ts';
import { isPriced, type LocalHours, tokensAt } from './hourTable.ts';
import type { SessionColumns } from './sessionColumns.ts';

const mostShares = 50;

/** What sessions used in a span, by their places: added up once for all ways to part it. */
export interface SessionSums {
	readonly table: SessionColumns;
	/** Of those that used something. */
	readonly places: Int32Array;
	readonly responses: Float64Array;
	readonly tokens: Float64Array;
	/** NaN where nothing has a known price. */
	readonly costUsd: Float64Array;
	readonly unpricedTokens: Float64Array;
}

export function sumsBySession(hours: LocalHours, span: Span): SessionSums {
	const { table: of } = hours.selection;
	const count = of.sessions.length;
	const [responses, tokens, unpricedTokens] = [new Float64Array(count), new Float64Array(count), new Float64Array(count)];
	const costUsd = new Float64Array(count).fill(NaN);
	const isUsed = new Uint8Array(count);
	hours.each(span, (row, table) => {
		const used = table.used[row] ?? 0;
		if (used === 0) return;
		const place = table.place[row] ?? 0;
		isUsed[place] = 1;
		responses[place] = (responses[place] ?? 0) + (table.responses[row] ?? 0);
		tokens[place] = (tokens[place] ?? 0) + tokensAt(table, row);
		unpricedTokens[place] = (unpricedTokens[place] ?? 0) + (table.unpricedTokens[row] ?? 0);
		if ((used & isPriced) === 0) return;
		const before = costUsd[place] ?? NaN;
		costUsd[place] = (Number.isNaN(before) ? 0 : before) + (table.costUsd[row] ?? 0);
	});
	return { table: of, places: those(of.places, place => isUsed[place] === 1), responses, tokens, costUsd, unpricedTokens };
}

/** In no order; so the next two. */
export function projectShares(sums: SessionSums): CostShare[] {
	return shares(sums, sums.table.project, project => ({ key: project?.path ?? '', label: project?.name ?? '' }));
}

export function branchShares(sums: SessionSums): CostShare[] {
	return shares(sums, sums.table.branch, branch => ({ key: branch, label: branch }));
}

/** Of level 3. */
export function categoryShares(sums: SessionSums): CostShare[] {
	return shares(sums, sums.table.category, ([, , name]) => ({ key: name ?? '', label: name ?? '' }));
}

function shares<T>(sums: SessionSums, column: Column<T>, named: (value: T) => Pick<CostShare, 'key' | 'label'>): CostShare[] {
	const groups = new Map<string, Mutable<CostShare>>();
	// Several values may have one name, as categories of one level have others above them.
	const groupOf: (Mutable<CostShare> | undefined)[] = [];
	const made = (code: number): Mutable<CostShare> => {
		const name = named(column.values[code] as T);
		const known = groups.get(name.key);
		if (known !== undefined) return known;
		const group = { ...name, sessions: 0, responses: 0, tokens: 0, costUsd: null, unpricedTokens: 0 };
		groups.set(name.key, group);
		return group;
	};
	for (const place of sums.places) {
		const code = column.codes[place] ?? 0;
		const group = (groupOf[code] ??= made(code));
		const costUsd = sums.costUsd[place] ?? NaN;
		group.sessions++;
		group.responses += sums.responses[place] ?? 0;
		group.tokens += sums.tokens[place] ?? 0;
		group.unpricedTokens += sums.unpricedTokens[place] ?? 0;
		if (!Number.isNaN(costUsd)) group.costUsd = (group.costUsd ?? 0) + costUsd;
	}
	return [...groups.values()];
}

/** The costliest first. */
export function byShare(a: CostShare, b: CostShare): number {
	return (b.costUsd ?? -1) - (a.costUsd ?? -1) || b.tokens - a.tokens || (a.key < b.key ? -1 : 1);
}

export function firstOf(all: readonly CostShare[]): ShareList {
	return { total: all.length, rows: firstIn(all, mostShares, byShare) };
}
