/** Sessions as a table, a row for each: for spreadsheets and for scripts. Column names are public. */
import type { SessionRow } from '../../webview/contract/sessions.ts';
import { byteOrderMark as mark, type Cell, csvLine } from './csv.ts';

export interface SessionTableOptions {
	readonly format: 'csv' | 'json';
	readonly byteOrderMark: boolean;
	/** Takes out of a text what must not be told. */
	readonly clean: (text: string) => string;
}

export interface SessionTable {
	begin(): string;
	row(session: SessionRow): string;
	end(): string;
}

type Column = readonly [name: string, value: (session: SessionRow) => Cell];

const columns: readonly Column[] = [
	['id', row => row.id],
	['title', row => row.title],
	['project', row => row.project],
	['folder', row => row.cwd],
	['branch', row => row.gitBranch],
	['mode', row => row.mode],
	['status', row => row.status],
	['started_at', row => row.startedAt],
	['ended_at', row => row.endedAt],
	['active_minutes', row => Math.round(row.activeMs / 6_000) / 10],
	['prompts', row => row.userPrompts],
	['responses', row => row.responses],
	['tool_calls', row => row.toolCalls],
	['subagents', row => row.subagents],
	['compactions', row => row.compactions],
	['interruptions', row => row.interruptions],
	['corrections', row => row.corrections],
	['input_tokens', row => row.tokens.input],
	['output_tokens', row => row.tokens.output],
	['cache_read_tokens', row => row.tokens.cacheRead],
	['cache_write_5m_tokens', row => row.tokens.cacheWrite5m],
	['cache_write_1h_tokens', row => row.tokens.cacheWrite1h],
	['unpriced_tokens', row => row.unpricedTokens],
	['cost_usd', row => row.costUsd],
	['models', row => row.models.join(' ')],
	['category', row => row.category?.l3 ?? null],
	['category_group', row => row.category?.l2 ?? null],
	['category_area', row => row.category?.l1 ?? null],
	['category_by', row => row.category?.kind ?? null],
	['tags', row => row.tags.join(' ')],
	['parent_session', row => row.parentSessionId],
	['claude_code_version', row => row.version],
	['transcript_is_gone', row => row.gone],
];

export function sessionTable({ format, byteOrderMark, clean }: SessionTableOptions): SessionTable {
	const cellsOf = (session: SessionRow): Cell[] =>
		columns.map(([, value]) => {
			const cell = value(session);
			return typeof cell === 'string' ? clean(cell) : cell;
		});
	if (format === 'csv') {
		return {
			begin: () => (byteOrderMark ? mark : '') + csvLine(columns.map(([name]) => name)),
			row: session => csvLine(cellsOf(session)),
			end: () => '',
		};
	}
	let rows = 0;
	return {
		begin: () => '[',
		row: session => {
			const cells = cellsOf(session);
			return `${rows++ === 0 ? '' : ','}\n${JSON.stringify(Object.fromEntries(columns.map(([name], at) => [name, cells[at] ?? null])))}`;
		},
		end: () => '\n]\n',
	};
}
