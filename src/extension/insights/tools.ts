/** What the page of tools and files says of a query. Pure. */
import type { MessageInSession } from '../../webview/contract/conversation.ts';
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
import { mcpServerOf } from '../claude/transcript/toolInputs.ts';
import type { EditSumRow, ErrorSumRow, LongCallRow, ToolSumRow } from '../store/index/toolFigures.ts';
import { amountsOf, type ChosenRows, codesOf, type Column, countByCode, placesOf, those } from './columns.ts';
import { firstIn, getOrMake, type Mutable } from './grouping.ts';
import type { Span } from './history.ts';
import { placesActiveIn, type Selection } from './selection.ts';
import { type CallSources, noCalls, partsOf, totalAt } from './toolUse.ts';

const mostNames = 30;
const mostFiles = 30;
const mostSlow = 10;
const mostToolsOfError = 5;

/** What the figures ask of the store. */
export interface ToolSources extends CallSources {
	readonly longCall: (rowId: number, tool: string, durationMs: number) => LongCallRow | null;
	/** In the order given. */
	readonly pathsOf: (ids: readonly number[]) => readonly string[];
	/** As lists show them, in the order given. */
	readonly rowsOf: (rowIds: readonly number[]) => readonly SessionRow[];
}

export function toolsFigures(selection: Selection, span: Span, sources: ToolSources): ToolsFigures {
	const { table } = selection;
	const active = { ...selection, places: placesActiveIn(selection, span) };
	const parts = partsOf(active, span, sources);
	const tools = toolRows(parts.tools);
	const sum = (value: (tool: ToolRow) => number): number => tools.reduce((total, tool) => total + value(tool), 0);
	const { reads, edits } = parts.files;
	return {
		calls: sum(tool => tool.calls),
		errors: sum(tool => tool.errors),
		denied: sum(tool => tool.denied),
		retries: sum(tool => tool.retries),
		tools,
		errorKinds: errorRows(parts.errors),
		slowest: slowest(parts.tools, sources),
		files: editedFiles(parts.edits, sources),
		readToEdit: { reads, edits, ratio: edits === 0 ? null : reads / edits },
		commands: nameCounts(table.slashCommands, active.places),
		skills: nameCounts(table.skills, active.places),
		mcpServers: mcpServers(tools, parts.tools),
		apiErrors: {
			errors: totalAt(active.places, table.apiErrors),
			sessions: those(active.places, place => (table.apiErrors[place] ?? 0) > 0).length,
		},
	};
}

function toolRows(parts: readonly ChosenRows<ToolSumRow>[]): ToolRow[] {
	const tools = new Map<string, Omit<Mutable<ToolSumRow>, 'session'> & { sessions: number }>();
	for (const { rows, places } of parts) {
		const names = codesOf(rows, 'name');
		const sums = names.values.map(name => getOrMake(tools, name, () => ({ ...noCalls(name), sessions: 0 })));
		const of = amountsOf(rows, ['calls', 'errors', 'denied', 'interrupted', 'retries', 'timed', 'totalMs', 'longestMs']);
		for (const row of places) {
			const tool = sums[names.codes[row] ?? 0];
			if (tool === undefined) continue;
			// A session has one row of each tool.
			tool.sessions++;
			tool.calls += of.calls[row] ?? 0;
			tool.errors += of.errors[row] ?? 0;
			tool.denied += of.denied[row] ?? 0;
			tool.interrupted += of.interrupted[row] ?? 0;
			tool.retries += of.retries[row] ?? 0;
			tool.timed += of.timed[row] ?? 0;
			tool.totalMs += of.totalMs[row] ?? 0;
			const longestMs = of.longestMs[row] ?? NaN;
			if (longestMs > (tool.longestMs ?? 0)) tool.longestMs = longestMs;
		}
	}
	return [...tools.values()]
		.filter(({ sessions }) => sessions > 0)
		.map(({ name, sessions, calls, errors, denied, interrupted, retries, timed, totalMs, longestMs }) => ({
			tool: name,
			mcpServer: mcpServerOf(name),
			sessions,
			calls,
			errors,
			denied,
			interrupted,
			retries,
			meanMs: timed === 0 ? null : totalMs / timed,
			longestMs: timed === 0 ? null : (longestMs ?? 0),
		}))
		.sort((a, b) => b.calls - a.calls || (a.tool < b.tool ? -1 : 1));
}

function errorRows(parts: readonly ChosenRows<ErrorSumRow>[]): ToolErrorRow[] {
	const kinds = new Map<string, { errors: number; readonly sessions: Set<number>; readonly tools: Map<string, number> }>();
	for (const { rows, places } of parts) {
		for (const place of places) {
			const row = rows[place];
			if (row === undefined) continue;
			const kind = getOrMake(kinds, row.kind, () => ({ errors: 0, sessions: new Set<number>(), tools: new Map<string, number>() }));
			kind.errors += row.errors;
			kind.sessions.add(row.session);
			kind.tools.set(row.name, (kind.tools.get(row.name) ?? 0) + row.errors);
		}
	}
	return [...kinds]
		.map(([error, { errors, sessions, tools }]) => ({
			error: error as ToolErrorKind,
			errors,
			sessions: sessions.size,
			tools: [...tools]
				.map(([tool, own]) => ({ tool, errors: own }))
				.sort((a, b) => b.errors - a.errors || (a.tool < b.tool ? -1 : 1))
				.slice(0, mostToolsOfError),
		}))
		.sort((a, b) => b.errors - a.errors || (a.error < b.error ? -1 : 1));
}

function bySlowness(a: ToolSumRow | undefined, b: ToolSumRow | undefined): number {
	if (a === undefined || b === undefined) return 0;
	return (b.longestMs ?? 0) - (a.longestMs ?? 0) || a.session - b.session || (a.name < b.name ? -1 : 1);
}

function slowest(parts: readonly ChosenRows<ToolSumRow>[], { longCall, rowsOf }: ToolSources): SlowCall[] {
	const ofParts = parts.flatMap(({ rows, places }) => {
		const { longestMs } = amountsOf(rows, ['longestMs']);
		const timed = those(places, row => (longestMs[row] ?? NaN) >= 0);
		// Of most rows the column tells, and they are not looked at.
		const order = (a: number, b: number): number => (longestMs[b] ?? 0) - (longestMs[a] ?? 0) || bySlowness(rows[a], rows[b]);
		return firstIn(timed, mostSlow, order).flatMap(row => rows[row] ?? []);
	});
	const longest = firstIn(ofParts, mostSlow, bySlowness);
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
				message: call === null ? null : messageOf(call),
			},
		];
	});
}

function messageOf({ offset, fileId, agentId, isSubagent }: LongCallRow): MessageInSession {
	return { agentId: isSubagent === 1 ? (agentId ?? String(fileId)) : null, messageId: `@${offset}` };
}

/** Most edits first. */
function editedFiles(parts: readonly ChosenRows<EditSumRow>[], { pathsOf }: ToolSources): ToolsFigures['files'] {
	// Several parts may have the same file.
	const ids: number[] = [];
	const known = new Map<number, number>();
	const filesOf = parts.map(({ rows }) => {
		const { codes, values } = codesOf(rows, 'path');
		return { codes, files: values.map(id => getOrMake(known, id, () => ids.push(id) - 1)) };
	});
	const [sessions, edits, reads] = [new Float64Array(ids.length), new Float64Array(ids.length), new Float64Array(ids.length)];
	for (const [part, { rows, places }] of parts.entries()) {
		const of = amountsOf(rows, ['edits', 'reads']);
		const { codes, files } = filesOf[part] ?? { codes: new Int32Array(), files: [] };
		for (const row of places) {
			const file = files[codes[row] ?? 0] ?? 0;
			// A session has one row of each file.
			sessions[file] = (sessions[file] ?? 0) + 1;
			edits[file] = (edits[file] ?? 0) + (of.edits[row] ?? 0);
			reads[file] = (reads[file] ?? 0) + (of.reads[row] ?? 0);
		}
	}
	const idOf = (file: number): number => ids[file] ?? 0;
	const edited = those(placesOf(sessions), file => (sessions[file] ?? 0) > 0);
	const order = (a: number, b: number): number =>
		(edits[b] ?? 0) - (edits[a] ?? 0) || (sessions[b] ?? 0) - (sessions[a] ?? 0) || idOf(a) - idOf(b);
	const first = firstIn(edited, mostFiles, order);
	const paths = pathsOf(first.map(idOf));
	return {
		total: edited.length,
		rows: first.map((file, i) => ({
			path: paths[i] ?? '',
			sessions: sessions[file] ?? 0,
			edits: edits[file] ?? 0,
			reads: reads[file] ?? 0,
		})),
	};
}

/** `counts` are JSON objects, name to count. */
export function countsIn(counts: string | null): readonly (readonly [string, number])[] {
	return counts === null ? [] : Object.entries(JSON.parse(counts) as Record<string, number>);
}

function nameCounts(counts: Column<string | null>, places: Int32Array): NameCount[] {
	const names = new Map<string, Mutable<NameCount>>();
	for (const [code, sessions] of countByCode(counts, places).entries()) {
		if (sessions === 0) continue;
		for (const [name, uses] of countsIn(counts.values[code] ?? null)) {
			const count = getOrMake(names, name, () => ({ name, uses: 0, sessions: 0 }));
			count.uses += uses * sessions;
			count.sessions += sessions;
		}
	}
	return [...names.values()].sort((a, b) => b.uses - a.uses || (a.name < b.name ? -1 : 1)).slice(0, mostNames);
}

function mcpServers(tools: readonly ToolRow[], parts: readonly ChosenRows<ToolSumRow>[]): McpServerRow[] {
	const serverOf = new Map(tools.flatMap(({ tool, mcpServer }) => (mcpServer === null ? [] : [[tool, mcpServer] as const])));
	const sessions = new Map<string, Set<number>>();
	for (const { rows, places } of parts) {
		const names = codesOf(rows, 'name');
		const servers = names.values.map(name => {
			const server = serverOf.get(name);
			return server === undefined ? null : getOrMake(sessions, server, () => new Set<number>());
		});
		for (const row of places) servers[names.codes[row] ?? 0]?.add(rows[row]?.session ?? 0);
	}
	return [...Map.groupBy(tools, ({ mcpServer }) => mcpServer)]
		.flatMap(([name, own]) =>
			name === null
				? []
				: [
						{
							name,
							uses: own.reduce((total, { calls }) => total + calls, 0),
							sessions: sessions.get(name)?.size ?? 0,
							errors: own.reduce((total, { errors }) => total + errors, 0),
							tools: own.length,
						},
					],
		)
		.sort((a, b) => b.uses - a.uses || (a.name < b.name ? -1 : 1))
		.slice(0, mostNames);
}
