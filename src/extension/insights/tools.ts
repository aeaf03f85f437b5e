/** What the page of tools and files says of a query. Pure. */
import type { SessionRow } from '../../webview/contract/sessions.ts';
import type {
	McpServerRow,
	NameCount,
	SlowCall,
	ToolErrorKind,
	ToolErrorRow,
	ToolRow,
	ToolsFigures,
} from '../../webview/contract/tools.ts';
import { toolErrorKind } from '../claude/toolErrors.ts';
import { mcpServerOf } from '../claude/transcript/toolInputs.ts';
import type { EditedFileRow, ErrorSumRow, LongCallRow, SingleCallRow, ToolSumRow } from '../store/index/toolFigures.ts';
import { getOrMake } from './grouping.ts';
import { isWholeIn, type SessionHistory, type Span } from './history.ts';

const mostNames = 30;
const mostFiles = 30;
const mostSlow = 10;
const mostToolsOfError = 5;

/** What the figures ask of the store. */
export interface ToolSources {
	/** Sums of all sessions. */
	readonly tools: () => readonly ToolSumRow[];
	readonly errors: () => readonly ErrorSumRow[];
	/** Single calls of sessions that reach beyond the period. */
	readonly calls: (rowIds: readonly number[], fromMs: number, toMs: number) => readonly SingleCallRow[];
	readonly longCall: (rowId: number, tool: string, durationMs: number) => LongCallRow | null;
	readonly editedFiles: (rowIds: readonly number[], limit: number) => readonly EditedFileRow[];
	/** As lists show them, in the order given. */
	readonly rowsOf: (rowIds: readonly number[]) => readonly SessionRow[];
}

/** Calls of the period by session and tool; `errors` by what went wrong. */
export interface ToolUse {
	readonly tools: readonly ToolSumRow[];
	readonly errors: readonly ErrorSumRow[];
}

/**
 * The sums of sessions that lie in the period whole; of the few that reach beyond it, their calls in it.
 */
export function toolUse(active: readonly SessionHistory[], span: Span, sources: Pick<ToolSources, 'tools' | 'errors' | 'calls'>): ToolUse {
	const whole = new Set(active.filter(session => isWholeIn(session, span)).map(({ row }) => row.id));
	const tools = sources.tools().filter(({ session }) => whole.has(session));
	const errors = sources.errors().filter(({ session }) => whole.has(session));
	const parted = active.filter(({ row }) => !whole.has(row.id)).map(({ row }) => row.id);
	if (span === null || parted.length === 0) return { tools, errors };
	const counted = sumsOfCalls(sources.calls(parted, span.fromMs, span.toMs));
	return { tools: [...tools, ...counted.tools], errors: [...errors, ...counted.errors] };
}

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

export function sumsOfCalls(calls: readonly SingleCallRow[]): ToolUse {
	const tools = new Map<string, Mutable<ToolSumRow>>();
	const errors = new Map<string, Mutable<ErrorSumRow>>();
	for (const { session, name, status, errorText, isRetry, durationMs } of calls) {
		const tool = getOrMake(tools, `${session} ${name}`, () => ({
			session,
			name,
			calls: 0,
			errors: 0,
			denied: 0,
			interrupted: 0,
			retries: 0,
			timed: 0,
			totalMs: 0,
			longestMs: null,
		}));
		tool.calls++;
		tool.retries += isRetry;
		if (status === 'denied') tool.denied++;
		if (status === 'interrupted') tool.interrupted++;
		if (durationMs !== null) {
			tool.timed++;
			tool.totalMs += durationMs;
			tool.longestMs = Math.max(tool.longestMs ?? 0, durationMs);
		}
		if (status !== 'error') continue;
		tool.errors++;
		const kind = toolErrorKind(name, errorText);
		getOrMake(errors, `${session} ${kind} ${name}`, () => ({ session, name, kind, errors: 0 })).errors++;
	}
	return { tools: [...tools.values()], errors: [...errors.values()] };
}

export function toolsFigures(active: readonly SessionHistory[], span: Span, sources: ToolSources): ToolsFigures {
	const use = toolUse(active, span, sources);
	const tools = toolRows(use.tools);
	const sum = (value: (tool: ToolRow) => number): number => tools.reduce((total, tool) => total + value(tool), 0);
	const rows = active.map(({ row }) => row);
	const reads = rows.reduce((total, row) => total + row.file_reads, 0);
	const edits = rows.reduce((total, row) => total + row.file_edits, 0);
	const files = sources.editedFiles(
		rows.map(({ id }) => id),
		mostFiles,
	);
	const failed = rows.filter(row => row.api_errors > 0);
	return {
		calls: sum(tool => tool.calls),
		errors: sum(tool => tool.errors),
		denied: sum(tool => tool.denied),
		retries: sum(tool => tool.retries),
		tools,
		errorKinds: errorRows(use.errors),
		slowest: slowest(use.tools, sources),
		files: {
			total: files[0]?.files ?? 0,
			rows: files.map(({ path, sessions, edits: edited, reads: read }) => ({ path, sessions, edits: edited, reads: read })),
		},
		readToEdit: { reads, edits, ratio: edits === 0 ? null : reads / edits },
		commands: nameCounts(rows.map(row => row.slash_commands)),
		skills: nameCounts(rows.map(row => row.skills)),
		mcpServers: mcpServers(use.tools),
		apiErrors: { errors: failed.reduce((total, row) => total + row.api_errors, 0), sessions: failed.length },
	};
}

function toolRows(sums: readonly ToolSumRow[]): ToolRow[] {
	const tools = [...Map.groupBy(sums, ({ name }) => name)].map(([tool, rows]): ToolRow => {
		const sum = (value: (row: ToolSumRow) => number): number => rows.reduce((total, row) => total + value(row), 0);
		const timed = sum(row => row.timed);
		return {
			tool,
			mcpServer: mcpServerOf(tool),
			sessions: new Set(rows.map(({ session }) => session)).size,
			calls: sum(row => row.calls),
			errors: sum(row => row.errors),
			denied: sum(row => row.denied),
			interrupted: sum(row => row.interrupted),
			retries: sum(row => row.retries),
			meanMs: timed === 0 ? null : sum(row => row.totalMs) / timed,
			longestMs: timed === 0 ? null : rows.reduce((longest, row) => Math.max(longest, row.longestMs ?? 0), 0),
		};
	});
	return tools.sort((a, b) => b.calls - a.calls || (a.tool < b.tool ? -1 : 1));
}

function errorRows(sums: readonly ErrorSumRow[]): ToolErrorRow[] {
	const total = (rows: readonly ErrorSumRow[]): number => rows.reduce((sum, { errors }) => sum + errors, 0);
	return [...Map.groupBy(sums, ({ kind }) => kind)]
		.map(([kind, rows]) => ({
			error: kind as ToolErrorKind,
			errors: total(rows),
			sessions: new Set(rows.map(({ session }) => session)).size,
			tools: [...Map.groupBy(rows, ({ name }) => name)]
				.map(([tool, own]) => ({ tool, errors: total(own) }))
				.sort((a, b) => b.errors - a.errors || (a.tool < b.tool ? -1 : 1))
				.slice(0, mostToolsOfError),
		}))
		.sort((a, b) => b.errors - a.errors || (a.error < b.error ? -1 : 1));
}

function slowest(sums: readonly ToolSumRow[], { longCall, rowsOf }: ToolSources): SlowCall[] {
	const longest = sums
		.filter(row => row.longestMs !== null)
		.sort((a, b) => (b.longestMs ?? 0) - (a.longestMs ?? 0) || a.session - b.session)
		.slice(0, mostSlow);
	const rows = rowsOf(longest.map(({ session }) => session));
	return longest.flatMap(({ session, name, longestMs }, i) => {
		const row = rows[i];
		if (row === undefined || longestMs === null) return [];
		const call = longCall(session, name, longestMs);
		return [
			{
				sessionId: row.id,
				sessionTitle: row.title,
				tool: name,
				summary: call?.summary ?? call?.path ?? null,
				startedAt: call?.startedAt ?? null,
				durationMs: longestMs,
			},
		];
	});
}

/** `counts` are JSON objects, name to count. */
export function countsIn(counts: string | null): readonly (readonly [string, number])[] {
	return counts === null ? [] : Object.entries(JSON.parse(counts) as Record<string, number>);
}

function nameCounts(all: readonly (string | null)[]): NameCount[] {
	const names = new Map<string, Mutable<NameCount>>();
	for (const [name, uses] of all.flatMap(countsIn)) {
		const count = getOrMake(names, name, () => ({ name, uses: 0, sessions: 0 }));
		count.uses += uses;
		count.sessions++;
	}
	return [...names.values()].sort((a, b) => b.uses - a.uses || (a.name < b.name ? -1 : 1)).slice(0, mostNames);
}

function mcpServers(sums: readonly ToolSumRow[]): McpServerRow[] {
	const servers = Map.groupBy(
		sums.flatMap(row => {
			const server = mcpServerOf(row.name);
			return server === null ? [] : [{ ...row, server }];
		}),
		({ server }) => server,
	);
	return [...servers]
		.map(([name, rows]) => ({
			name,
			uses: rows.reduce((total, { calls }) => total + calls, 0),
			sessions: new Set(rows.map(({ session }) => session)).size,
			errors: rows.reduce((total, { errors }) => total + errors, 0),
			tools: new Set(rows.map(row => row.name)).size,
		}))
		.sort((a, b) => b.uses - a.uses || (a.name < b.name ? -1 : 1))
		.slice(0, mostNames);
}
