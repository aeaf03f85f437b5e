/** Which tool calls a period has, of sessions that lie in it whole and of those that reach beyond it. Pure. */
import { toolErrorKind } from '../claude/toolErrors.ts';
import type { EditSumRow, ErrorSumRow, SingleCallRow, ToolSumRow } from '../store/index/toolFigures.ts';
import { amountsOf, type ChosenRows, placesOf, those } from './columns.ts';
import { getOrMake, type Mutable } from './grouping.ts';
import type { Span } from './history.ts';
import { isAmong, type Selection } from './selection.ts';
import { sessionsAt, wholeIn } from './sessionColumns.ts';

/** What is asked of the store. */
export interface CallSources {
	/** Sums of all sessions. */
	readonly tools: () => readonly ToolSumRow[];
	readonly errors: () => readonly ErrorSumRow[];
	readonly edits: () => readonly EditSumRow[];
	/** Single calls of sessions that reach beyond the period. */
	readonly calls: (rowIds: readonly number[], fromMs: number, toMs: number) => readonly SingleCallRow[];
}

/** Calls of the period by session and tool; `errors` by what went wrong, `edits` by file. */
export interface ToolUse {
	readonly tools: readonly ToolSumRow[];
	readonly errors: readonly ErrorSumRow[];
	readonly edits: readonly EditSumRow[];
}

/** Calls that worked. */
interface FileCalls {
	readonly reads: number;
	readonly edits: number;
}

export interface ToolParts {
	readonly tools: readonly ChosenRows<ToolSumRow>[];
	readonly errors: readonly ChosenRows<ErrorSumRow>[];
	readonly edits: readonly ChosenRows<EditSumRow>[];
	/** Of all files, also those that were read alone. */
	readonly files: FileCalls;
}

export function toolUse(active: Selection, span: Span, sources: CallSources): ToolUse {
	const { tools, errors, edits } = partsOf(active, span, sources);
	const rowsOf = <Row>({ rows, places }: ChosenRows<Row>): Row[] => Array.from(places).flatMap(place => rows[place] ?? []);
	return { tools: tools.flatMap(rowsOf), errors: errors.flatMap(rowsOf), edits: edits.flatMap(rowsOf) };
}

/** The sums of sessions that lie in the period whole; of the few that reach beyond it, their calls in it. */
export function partsOf({ table, places }: Selection, span: Span, sources: CallSources): ToolParts {
	const whole = wholeIn(table, places, span);
	const isWhole = isAmong(table, whole);
	const ofWhole = <Row>(rows: readonly Row[], session: Float64Array): ChosenRows<Row> => ({
		rows,
		places: those(placesOf(rows), row => isWhole(session[row] ?? 0)),
	});
	const [tools, errors, edits] = [sources.tools(), sources.errors(), sources.edits()];
	const kept = {
		tools: ofWhole(tools, amountsOf(tools, ['session']).session),
		errors: ofWhole(errors, amountsOf(errors, ['session']).session),
		edits: ofWhole(edits, amountsOf(edits, ['session']).session),
	};
	const files = { reads: totalAt(whole, table.fileReads), edits: totalAt(whole, table.fileEdits) };
	if (span === null || whole.length === places.length) return { tools: [kept.tools], errors: [kept.errors], edits: [kept.edits], files };
	const parted = sessionsAt(
		table,
		those(places, place => !isWhole(table.sessions[place]?.row.id ?? 0)),
	);
	const counted = sumsOfCalls(
		sources.calls(
			parted.map(({ row }) => row.id),
			span.fromMs,
			span.toMs,
		),
	);
	return {
		tools: [kept.tools, allOf(counted.tools)],
		errors: [kept.errors, allOf(counted.errors)],
		edits: [kept.edits, allOf(counted.edits)],
		files: { reads: files.reads + counted.files.reads, edits: files.edits + counted.files.edits },
	};
}

export function totalAt(places: Int32Array, amounts: Float64Array): number {
	let total = 0;
	for (const place of places) total += amounts[place] ?? 0;
	return total;
}

const allOf = <Row>(rows: readonly Row[]): ChosenRows<Row> => ({ rows, places: placesOf(rows) });

function sumsOfCalls(calls: readonly SingleCallRow[]): ToolUse & { readonly files: FileCalls } {
	const tools = new Map<string, Mutable<ToolSumRow>>();
	const errors = new Map<string, Mutable<ErrorSumRow>>();
	const touched = new Map<string, Mutable<EditSumRow>>();
	const files = { reads: 0, edits: 0 };
	for (const { session, name, status, errorText, isRetry, durationMs, path, access } of calls) {
		const tool = getOrMake(tools, `${session} ${name}`, () => ({ session, ...noCalls(name) }));
		tool.calls++;
		tool.retries += isRetry;
		if (status === 'denied') tool.denied++;
		if (status === 'interrupted') tool.interrupted++;
		if (durationMs !== null) {
			tool.timed++;
			tool.totalMs += durationMs;
			tool.longestMs = Math.max(tool.longestMs ?? 0, durationMs);
		}
		if (status === 'ok' && access !== null) {
			const does = access === 'edit' ? 'edits' : 'reads';
			files[does]++;
			if (path !== null) getOrMake(touched, `${session} ${path}`, () => ({ session, path, edits: 0, reads: 0 }))[does]++;
		}
		if (status !== 'error') continue;
		tool.errors++;
		const kind = toolErrorKind(name, errorText);
		getOrMake(errors, `${session} ${kind} ${name}`, () => ({ session, name, kind, errors: 0 })).errors++;
	}
	const edits = [...touched.values()].filter(row => row.edits > 0);
	return { tools: [...tools.values()], errors: [...errors.values()], edits, files };
}

export const noCalls = (name: string): Omit<ToolSumRow, 'session'> => ({
	name,
	calls: 0,
	errors: 0,
	denied: 0,
	interrupted: 0,
	retries: 0,
	timed: 0,
	totalMs: 0,
	longestMs: null,
});
