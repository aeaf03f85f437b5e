/**
 * Who owns history that stands in several files (MODEL-2, MODEL-6). Pure, and the same for any order of indexing.
 */
import type { Claimant, SharedRecord, SharedResponse, SharedToolCall } from '../store/index/duplicates.ts';

const text = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
const time = (a: number | null, b: number | null): number => (a ?? Infinity) - (b ?? Infinity) || 0;

/** All files of one session that hold the same history; a file without a session is a party of its own. */
interface Party {
	readonly id: string;
	readonly firstMs: number | null;
	readonly origins: ReadonlySet<string>;
	readonly files: readonly Claimant[];
}

/**
 * The files that hold the same history, the one that owns it first: that of a session which names none of the others as its
 * origin, then the session whose first record is earliest, then the smallest id. Within one session its own file comes
 * before subagents, and those before helper runs. The order depends on nothing but the files, however they are handed in:
 * naming an origin and being earlier can contradict each other in a circle, so it is no comparison of two.
 */
export function inPrecedence(claimants: readonly Claimant[]): Claimant[] {
	const left = [...Map.groupBy(claimants, file => file.sessionId ?? `\uffff${file.path}`)]
		.map(([id, files]) => partyOf(id, files))
		.sort((a, b) => time(a.firstMs, b.firstMs) || text(a.id, b.id));
	const order: Claimant[] = [];
	while (left.length > 0) {
		const at = left.findIndex(party => !left.some(other => other !== party && party.origins.has(other.id)));
		const [next] = left.splice(Math.max(0, at), 1);
		if (next !== undefined) order.push(...next.files);
	}
	return order;
}

function partyOf(id: string, files: readonly Claimant[]): Party {
	const sorted = files.toSorted(
		(a, b) =>
			Number(a.kind === 'subagent') - Number(b.kind === 'subagent') ||
			Number(a.isHelper) - Number(b.isHelper) ||
			time(a.firstMs, b.firstMs) ||
			text(a.path, b.path),
	);
	const [firstMs = null] = sorted.map(file => file.firstMs).sort(time);
	return { id, firstMs, origins: new Set(files.flatMap(file => file.origins)), files: sorted };
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

/**
 * Records whose mark differs from what it should be. What a file counted that is gone from disk cannot be counted again:
 * its marks stay, so it keeps what it owned and never owns what it did not.
 */
export function misplacedCopies(rows: readonly SharedRecord[], claimants: ReadonlyMap<number, Claimant>): SharedRecord[] {
	const wrong: SharedRecord[] = [];
	const order = orderOf(claimants);
	const isGone = (row: SharedRecord): boolean => claimants.get(row.fileId)?.isGone === true;
	for (const group of groupByKey(rows)) {
		const kept = group.filter(row => isGone(row) && !row.isCopy);
		const owner = order((kept.length > 0 ? kept : group.filter(row => !isGone(row))).map(row => row.fileId))[0];
		for (const row of group) {
			const isCopy = row.fileId !== owner;
			if (isCopy !== row.isCopy && !isGone(row)) wrong.push({ ...row, isCopy });
		}
	}
	return wrong;
}

/** Orders files by precedence; the same few files share most of their records, so each set is ordered once. */
function orderOf(claimants: ReadonlyMap<number, Claimant>): (fileIds: readonly number[]) => readonly number[] {
	const known = new Map<string, readonly number[]>();
	return fileIds => {
		const ids = [...new Set(fileIds)].sort((a, b) => a - b);
		const name = ids.join(' ');
		let order = known.get(name);
		if (order === undefined) {
			order = inPrecedence(ids.map(id => claimants.get(id)).filter(claimant => claimant !== undefined)).map(file => file.fileId);
			known.set(name, order);
		}
		return order;
	};
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
	const orderFiles = orderOf(claimants);
	for (const group of groupByKey(rows)) {
		const records = group.filter(row => !row.isProgress);
		const order = orderFiles(group.map(row => row.fileId));
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

/**
 * A `tool_use` id counts once: in the file that owns its record, at its first occurrence. What stands in a progress record
 * counts only where no record of its own exists anywhere.
 */
export function toolCallChanges(rows: readonly SharedToolCall[], claimants: ReadonlyMap<number, Claimant>): ToolCallDecision[] {
	const changes: ToolCallDecision[] = [];
	const orderFiles = orderOf(claimants);
	for (const group of groupByKey(rows)) {
		const order = orderFiles(group.map(row => row.fileId));
		const [first] = group.toSorted(
			(a, b) =>
				Number(a.isProgress) - Number(b.isProgress) ||
				Number(a.isCopy) - Number(b.isCopy) ||
				order.indexOf(a.fileId) - order.indexOf(b.fileId) ||
				a.offset - b.offset ||
				a.block - b.block,
		);
		for (const row of group) {
			const isCounted = row === first;
			if (isCounted !== row.isCounted) changes.push({ call: row, isCounted });
		}
	}
	return changes;
}
