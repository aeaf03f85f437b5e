/**
 * Who owns history that stands in several files (MODEL-2, MODEL-6). Pure, and the same for any order of indexing.
 */
import type { Claimant, SharedRecord, SharedResponse, SharedToolCall } from '../store/index/duplicates.ts';

const text = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
const time = (a: number | null, b: number | null): number => (a ?? Infinity) - (b ?? Infinity) || 0;

/**
 * Negative when `a` owns what both hold. A file gone from disk comes first, because it cannot be counted again; then the
 * session that the other names as its origin; then the session whose first record is earliest; then the smallest id.
 * Within one session its own file comes before subagents, and those before helper runs.
 */
export function byPrecedence(a: Claimant, b: Claimant): number {
	if (a.sessionId !== null && a.sessionId === b.sessionId) {
		return (
			Number(a.kind === 'subagent') - Number(b.kind === 'subagent') ||
			Number(a.isHelper) - Number(b.isHelper) ||
			time(a.firstMs, b.firstMs) ||
			text(a.path, b.path)
		);
	}
	if (a.isGone !== b.isGone) return a.isGone ? -1 : 1;
	const aNamesB = b.sessionId !== null && a.origins.includes(b.sessionId);
	const bNamesA = a.sessionId !== null && b.origins.includes(a.sessionId);
	if (aNamesB !== bNamesA) return aNamesB ? 1 : -1;
	return time(a.firstMs, b.firstMs) || text(a.sessionId ?? '\uffff', b.sessionId ?? '\uffff') || text(a.path, b.path);
}

function groupByKey<T extends { readonly key: number; readonly fileId: number }>(rows: readonly T[]): T[][] {
	const groups = new Map<number, T[]>();
	for (const row of rows) {
		const group = groups.get(row.key);
		if (group === undefined) groups.set(row.key, [row]);
		else group.push(row);
	}
	return [...groups.values()];
}

/** Records whose mark differs from what it should be. */
export function misplacedCopies(rows: readonly SharedRecord[], claimants: ReadonlyMap<number, Claimant>): SharedRecord[] {
	const wrong: SharedRecord[] = [];
	for (const group of groupByKey(rows)) {
		const files = sorted([...new Set(group.map(row => row.fileId))], claimants);
		for (const row of group) {
			const isCopy = row.fileId !== files[0];
			if (isCopy !== row.isCopy) wrong.push({ ...row, isCopy });
		}
	}
	return wrong;
}

function sorted(fileIds: readonly number[], claimants: ReadonlyMap<number, Claimant>): number[] {
	return fileIds
		.map(id => claimants.get(id))
		.filter(claimant => claimant !== undefined)
		.sort(byPrecedence)
		.map(claimant => claimant.fileId);
}

export interface ResponseDecision {
	readonly key: number;
	readonly fileId: number;
	readonly isCounted: boolean;
	/** File whose row of the same response has the largest output; null when the row's own does. */
	readonly usageFrom: number | null;
}

/**
 * One API answer counts once (MODEL-6): in the session that had it first, with the figures of the record whose output is
 * largest. What stands in a progress record counts only where no record of its own exists anywhere.
 */
export function responseChanges(rows: readonly SharedResponse[], claimants: ReadonlyMap<number, Claimant>): ResponseDecision[] {
	const changes: ResponseDecision[] = [];
	for (const group of groupByKey(rows)) {
		const records = group.filter(row => row.source === 'record');
		const order = sorted(
			group.map(row => row.fileId),
			claimants,
		);
		const rank = (row: SharedResponse): number => order.indexOf(row.fileId);
		const candidates = [...(records.length > 0 ? records : group)].sort((a, b) => time(a.firstMs, b.firstMs) || rank(a) - rank(b));
		const owner = candidates[0];
		if (owner === undefined) continue;
		const largest = candidates.reduce((best, row) => (row.output > best.output ? row : best), owner);
		for (const row of group) {
			const isCounted = row === owner;
			const usageFrom = isCounted && largest !== owner ? largest.fileId : null;
			if (row.isCounted !== isCounted || row.usageFrom !== usageFrom)
				changes.push({ key: row.key, fileId: row.fileId, isCounted, usageFrom });
		}
	}
	return changes;
}

export interface ToolCallDecision {
	readonly call: SharedToolCall;
	readonly isCounted: boolean;
}

/** A `tool_use` id counts once: its first occurrence in the file that owns it. */
export function toolCallChanges(rows: readonly SharedToolCall[], claimants: ReadonlyMap<number, Claimant>): ToolCallDecision[] {
	const changes: ToolCallDecision[] = [];
	for (const group of groupByKey(rows)) {
		const order = sorted([...new Set(group.map(row => row.fileId))], claimants);
		const [first] = group.toSorted((a, b) => order.indexOf(a.fileId) - order.indexOf(b.fileId) || a.offset - b.offset || a.block - b.block);
		for (const row of group) {
			const isCounted = row === first;
			if (isCounted !== row.isCounted) changes.push({ call: row, isCounted });
		}
	}
	return changes;
}
