/** Five-hour blocks, as usage limits are counted as far as it is known; no limit is claimed. Pure. */
import type { BlockFigures, UsageBlock } from '../../webview/contract/cost.ts';
import type { HistoryUsageRow } from '../store/index/historyRows.ts';
import { getOrMake, type Mutable } from './grouping.ts';
import { isIn, type SessionHistory, type Span } from './history.ts';
import { tokensIn } from './selection.ts';

const hourMs = 3_600_000;
const quarterMs = 900_000;
export const blockMs = 5 * hourMs;
const mostBlocks = 60;

export interface BlockSums {
	readonly startMs: number;
	/** By row id. */
	readonly sessions: Set<number>;
	readonly firstMs: number;
	readonly lastMs: number;
	readonly responses: number;
	readonly tokens: number;
	readonly costUsd: number;
}

/**
 * In order. A block begins at the whole hour of its first answer and lasts five hours; the first answer after it begins the next.
 * Whole hours are whole quarters, so that sums by quarter place every answer in its block.
 */
export function blocksOf(sessions: Iterable<SessionHistory>): readonly BlockSums[] {
	// There are far fewer quarters than rows to be put in order, and an array of numbers sorts without a function.
	const byQuarter = new Map<number, HistoryUsageRow[]>();
	for (const { usage } of sessions)
		for (const used of usage) if (used.quarter > 0) getOrMake(byQuarter, used.quarter / quarterMs, () => []).push(used);
	const blocks: Mutable<BlockSums>[] = [];
	for (const at of Int32Array.from(byQuarter.keys()).sort()) {
		const quarter = at * quarterMs;
		let block = blocks.at(-1);
		if (block === undefined || quarter >= block.startMs + blockMs) {
			const startMs = Math.floor(quarter / hourMs) * hourMs;
			block = { startMs, sessions: new Set(), firstMs: quarter, lastMs: quarter, responses: 0, tokens: 0, costUsd: 0 };
			blocks.push(block);
		}
		block.lastMs = quarter;
		for (const used of byQuarter.get(at) ?? []) {
			block.sessions.add(used.session);
			block.responses += used.responses;
			block.tokens += tokensIn(used);
			block.costUsd += used.costUsd ?? 0;
		}
	}
	return blocks;
}

export interface BlockSources {
	/** Of the scope, whatever the filters. */
	readonly blocks: readonly BlockSums[];
	readonly span: Span;
	readonly nowMs: number;
	/** The exact time of the first answer of these sessions from an instant on; null where none is stored. */
	readonly firstAnswer: (rowIds: readonly number[], fromMs: number) => number | null;
}

export function blockFigures({ blocks, span, nowMs, firstAnswer }: BlockSources): BlockFigures {
	const last = blocks.at(-1);
	const isLastActive = last !== undefined && nowMs >= last.startMs && nowMs < last.startMs + blockMs;
	const inPeriod = blocks.filter(({ startMs }) => isIn(startMs, span));
	const costs = inPeriod.map(({ costUsd }) => costUsd).sort((a, b) => a - b);
	return {
		blocks: inPeriod
			.slice(-mostBlocks)
			.reverse()
			.map(block => blockRow(block, isLastActive && block === last)),
		total: inPeriod.length,
		current: isLastActive ? paceOf(last, nowMs, firstAnswer([...last.sessions], last.startMs) ?? last.firstMs) : null,
		costliestUsd: costs.at(-1) ?? null,
		medianUsd: medianOf(costs),
	};
}

/** Of sorted values. */
export function medianOf(sorted: ArrayLike<number>): number | null {
	const upper = sorted[sorted.length >> 1];
	const lower = sorted[(sorted.length - 1) >> 1];
	return upper === undefined || lower === undefined ? null : (lower + upper) / 2;
}

function blockRow(block: BlockSums, isActive: boolean): UsageBlock {
	const iso = (ms: number): string => new Date(ms).toISOString();
	return {
		startedAt: iso(block.startMs),
		endsAt: iso(block.startMs + blockMs),
		firstAt: iso(block.firstMs),
		lastAt: iso(block.lastMs),
		sessions: block.sessions.size,
		responses: block.responses,
		tokens: block.tokens,
		costUsd: block.costUsd,
		isActive,
	};
}

/** From the first answer on: a block that began at the whole hour before it was not used until then. */
function paceOf(block: BlockSums, nowMs: number, firstMs: number): NonNullable<BlockFigures['current']> {
	const elapsedMinutes = Math.max(1, (nowMs - firstMs) / 60_000);
	const remainingMinutes = Math.max(0, (block.startMs + blockMs - nowMs) / 60_000);
	const tokensPerMinute = block.tokens / elapsedMinutes;
	const usdPerMinute = block.costUsd / elapsedMinutes;
	return {
		block: blockRow(block, true),
		elapsedMinutes,
		remainingMinutes,
		tokensPerMinute,
		costUsdPerHour: usdPerMinute * 60,
		projectedTokens: Math.round(block.tokens + tokensPerMinute * remainingMinutes),
		projectedCostUsd: block.costUsd + usdPerMinute * remainingMinutes,
	};
}
