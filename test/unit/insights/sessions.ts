/** Sessions as the insights keep them, made of what a test wants to say. */
import { historyOf, type SessionHistory } from '../../../src/extension/insights/history.ts';
import { everyOne, type Selection } from '../../../src/extension/insights/selection.ts';
import { sessionColumns } from '../../../src/extension/insights/sessionColumns.ts';
import type { HistoryActivityRow, HistorySessionRow, HistoryUsageRow } from '../../../src/extension/store/index/historyRows.ts';

const plain: Omit<HistorySessionRow, 'id' | 'session_id'> = {
	title: null,
	project_id: null,
	git_branch: null,
	mode: 'interactive',
	started_at: null,
	ended_at: null,
	is_stub: 0,
	category_l1: null,
	category_l2: null,
	category_l3: null,
	category_source: null,
	is_stale: 0,
	models: null,
	slash_commands: null,
	skills: null,
	mcp_servers: null,
	active_ms: 0,
	user_prompts: 1,
	responses: 1,
	tool_calls: 0,
	subagents: 0,
	interruptions: 0,
	api_errors: 0,
	cost_usd: null,
	prompt_word_count: null,
	correction_count: 0,
	same_file_edit_count: 0,
	files_edited: 0,
	files_touched: 0,
	file_reads: 0,
	file_edits: 0,
	edit_turns: 0,
	retried_edit_turns: 0,
	test_runs: 0,
	used_plan_mode: 0,
	total_retries: 0,
	malformed_lines: 0,
};

export const used = (at: string, change: Partial<HistoryUsageRow> = {}): HistoryUsageRow => ({
	session: 0,
	quarter: Math.floor(Date.parse(at) / 900_000) * 900_000,
	model: 'claude-opus-4-6',
	isFast: 0,
	isLong: 0,
	part: 0,
	responses: 1,
	input: 1_000_000,
	output: 0,
	cacheRead: 0,
	cacheWrite5m: 0,
	cacheWrite1h: 0,
	webSearches: 0,
	costUsd: 1,
	...change,
});

export interface Made {
	readonly row?: Partial<HistorySessionRow>;
	readonly usage?: readonly HistoryUsageRow[];
	readonly activity?: readonly HistoryActivityRow[];
}

/** Row ids from 1 on, in order. */
export function sessionsOf(...made: readonly Made[]): SessionHistory[] {
	const history = historyOf({
		sessions: made.map(({ row }, i) => ({ ...plain, id: i + 1, session_id: `s${i + 1}`, ...row })),
		usage: made.flatMap(({ usage = [] }, i) => usage.map(each => ({ ...each, session: i + 1 }))),
		activity: made.flatMap(({ activity = [] }, i) => activity.map(each => ({ ...each, session: i + 1 }))),
		projects: new Map([
			[1, { path: '/home/ada/engine', name: 'engine' }],
			[2, { path: '/home/ada/loom', name: 'loom' }],
		]),
	});
	return [...history.values()];
}

export const allOf = (sessions: readonly SessionHistory[]): Selection => everyOne(sessionColumns(sessions));
