/**
 * What sessions did, hour by hour of local time, in columns: any chart over days or hours and any total of a period is one pass
 * over numbers that stand beside each other. As objects the same passes took ten times as long with 10,000 sessions. Pure.
 */
import { flagsAt } from './columns.ts';
import { getOrMake } from './grouping.ts';
import { isIn, type SessionHistory, type Span } from './history.ts';
import type { LocalCalendar } from './localTime.ts';
import { type Selection, tokensIn, usageOf } from './selection.ts';
import { sessionsAt, type SessionColumns } from './sessionColumns.ts';

/** The hour of usage whose time is not known; before every other. */
export const noHour = -(2 ** 31);

/** Beyond it a zone may lead out of what a date can be. */
const farthestMs = 8e15;

/** Each row is an hour that a session was worked on in; those of a session stand together, in order. */
export interface HourTable {
	/** Whose sessions they are. */
	readonly of: SessionColumns;
	readonly rows: number;
	/** Of the session. */
	readonly place: Int32Array;
	/** Whole hours of local clocks since the epoch, or `noHour`. */
	readonly hour: Int32Array;
	readonly prompts: Float64Array;
	readonly toolCalls: Float64Array;
	readonly activeMs: Float64Array;
	readonly responses: Float64Array;
	readonly input: Float64Array;
	readonly output: Float64Array;
	readonly cacheRead: Float64Array;
	readonly cacheWrite5m: Float64Array;
	readonly cacheWrite1h: Float64Array;
	readonly costUsd: Float64Array;
	readonly unpricedTokens: Float64Array;
	/** 1 where a model was used; also 2 where some of that has a price. */
	readonly used: Uint8Array;
}

export const [isUsed, isPriced] = [1, 2] as const;

/** What is outside of `span` is left out. */
export function hourTable({ table: of, places, model }: Selection, calendar: LocalCalendar, span: Span = null): HourTable {
	const sessions = sessionsAt(of, places);
	const most = sessions.reduce((sum, { quarters }) => sum + quarters.length + 1, 0);
	const numbers = (): Float64Array => new Float64Array(most);
	const table = {
		of,
		rows: 0,
		place: new Int32Array(most),
		hour: new Int32Array(most),
		prompts: numbers(),
		toolCalls: numbers(),
		activeMs: numbers(),
		responses: numbers(),
		input: numbers(),
		output: numbers(),
		cacheRead: numbers(),
		cacheWrite5m: numbers(),
		cacheWrite1h: numbers(),
		costUsd: numbers(),
		unpricedTokens: numbers(),
		used: new Uint8Array(most),
	} satisfies HourTable;
	const hours = new Map<number, number>();
	const hourOf = (quarter: number): number => (quarter === 0 ? noHour : getOrMake(hours, quarter, () => calendar.hourOf(quarter)));
	for (const [i, session] of sessions.entries()) {
		const place = places[i] ?? 0;
		const first = table.rows;
		const rowOf = (quarter: number): number => {
			const hour = hourOf(quarter);
			// A session has few hours, and what comes next is mostly of the last one.
			for (let row = table.rows - 1; row >= first; row--) if (table.hour[row] === hour) return row;
			table.place[table.rows] = place;
			table.hour[table.rows] = hour;
			return table.rows++;
		};
		for (const quarter of session.quarters) if (isIn(quarter, span)) rowOf(quarter);
		for (const used of usageOf(session, { model }, span)) addUsage(table, rowOf(used.quarter), used);
		for (const { quarter, prompts, toolCalls, activeMs } of session.activity) {
			if (!isIn(quarter, span)) continue;
			const row = rowOf(quarter);
			add(table.prompts, row, prompts);
			add(table.toolCalls, row, toolCalls);
			add(table.activeMs, row, activeMs);
		}
	}
	return table;
}

export function tokensAt(table: HourTable, row: number): number {
	const read = (table.input[row] ?? 0) + (table.cacheRead[row] ?? 0);
	return read + (table.output[row] ?? 0) + (table.cacheWrite5m[row] ?? 0) + (table.cacheWrite1h[row] ?? 0);
}

function add(column: Float64Array, row: number, value: number): void {
	column[row] = (column[row] ?? 0) + value;
}

function addUsage(table: HourTable, row: number, used: SessionHistory['usage'][number]): void {
	add(table.responses, row, used.responses);
	add(table.input, row, used.input);
	add(table.output, row, used.output);
	add(table.cacheRead, row, used.cacheRead);
	add(table.cacheWrite5m, row, used.cacheWrite5m);
	add(table.cacheWrite1h, row, used.cacheWrite1h);
	if (used.costUsd === null) add(table.unpricedTokens, row, tokensIn(used));
	else add(table.costUsd, row, used.costUsd);
	table.used[row] = (table.used[row] ?? 0) | isUsed | (used.costUsd === null ? 0 : isPriced);
}

/** The hours of the sessions of a selection. */
export class LocalHours {
	readonly selection: Selection;
	readonly #calendar: LocalCalendar;
	readonly #table: HourTable;
	/** By place; null where all sessions of the table are chosen. */
	readonly #isChosen: Uint8Array | null;

	/** `table` may have hours of more sessions than the selection, and must be of its model. */
	constructor(selection: Selection, calendar: LocalCalendar, table = hourTable(selection, calendar)) {
		this.selection = selection;
		this.#calendar = calendar;
		this.#table = table;
		const { places } = selection;
		const most = table.of.sessions.length;
		this.#isChosen = places.length === most ? null : flagsAt(most, places);
	}

	/** What is in a span, those without a time only for all time. */
	each(span: Span, visit: (row: number, table: HourTable) => void): void {
		const range = span === null ? [noHour, Infinity] : this.#rangeOf(span);
		// Within a day, a span may begin in the middle of an hour.
		if (range === null) {
			const table = hourTable(this.selection, this.#calendar, span);
			for (let row = 0; row < table.rows; row++) visit(row, table);
			return;
		}
		const [from = noHour, to = Infinity] = range;
		const table = this.#table;
		const { place, hour } = table;
		const isChosen = this.#isChosen;
		for (let row = 0; row < table.rows; row++) {
			const at = hour[row] ?? noHour;
			if (at >= from && at < to && (isChosen === null || isChosen[place[row] ?? 0] === 1)) visit(row, table);
		}
	}

	/** Null for a span that is not made of whole days. */
	#rangeOf({ fromMs, toMs }: NonNullable<Span>): readonly [from: number, to: number] | null {
		const calendar = this.#calendar;
		const isMidnight = (ms: number): boolean => Math.abs(ms) < farthestMs && calendar.startOf(calendar.dayOf(ms)) === ms;
		return isMidnight(fromMs) && isMidnight(toMs) ? [calendar.hourOf(fromMs), calendar.hourOf(toMs)] : null;
	}
}
