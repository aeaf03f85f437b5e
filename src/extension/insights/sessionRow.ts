/** A stored session as views show it. */
import type { CategoryRow, SessionRow, SessionStatus, SubagentRow, TokenCounts } from '../../webview/contract/sessions.ts';
import type { SessionListRow, SubagentListRow } from '../store/index/lists.ts';

/** A conversation that nobody touched for so long is over, whatever its last record was. */
export const quietMs = 10 * 60_000;

/**
 * Status at a moment (LIVE-1), as far as the transcript tells: a session that was quiet for ten minutes is completed,
 * unless it ended with an error.
 */
export function statusAt(stored: SessionStatus, endedAt: string | null, nowMs: number): SessionStatus {
	if (stored === 'error' || stored === 'not_started') return stored;
	const isQuiet = endedAt === null || nowMs - Date.parse(endedAt) > quietMs;
	return isQuiet ? 'completed' : stored;
}

export function tokensOf(row: SessionListRow): TokenCounts {
	return {
		input: row.input_tokens,
		output: row.output_tokens,
		cacheRead: row.cache_read_tokens,
		cacheWrite5m: row.cache_write_5m_tokens,
		cacheWrite1h: row.cache_write_1h_tokens,
	};
}

export function sessionRow(row: SessionListRow, nowMs: number): SessionRow {
	return {
		id: row.session_id,
		title: row.title ?? '',
		project: row.project ?? '',
		cwd: row.cwd,
		gitBranch: row.git_branch === '' ? null : row.git_branch,
		mode: row.mode,
		status: statusAt(row.claude_status, row.ended_at, nowMs),
		parentSessionId: row.parent_session_id,
		startedAt: row.started_at,
		endedAt: row.ended_at,
		activeMs: row.active_ms,
		userPrompts: row.user_prompts,
		responses: row.responses,
		toolCalls: row.tool_calls,
		subagents: row.subagents,
		compactions: row.compactions,
		interruptions: row.interruptions,
		corrections: row.correction_count,
		tokens: tokensOf(row),
		costUsd: row.cost_usd,
		unpricedTokens: row.unpriced_tokens,
		models: row.models === null ? [] : (JSON.parse(row.models) as string[]),
		version: row.version,
		entrypoint: row.entrypoint,
		malformedLines: row.malformed_lines,
		gone: row.gone_at !== null,
		stub: row.is_stub === 1,
		file: row.file,
		category: categoryRow(row),
		givenTitle: row.given_title,
		isPinned: row.pinned_at !== null,
		isHidden: row.is_hidden === 1,
		note: row.note,
		tags: row.tags === null ? [] : (JSON.parse(row.tags) as string[]),
	};
}

/** Null before the rules have seen the session. */
export function categoryRow(row: SessionListRow): CategoryRow | null {
	const { category_l1: l1, category_l2: l2, category_l3: l3, category_source: source } = row;
	if (l1 === null || l2 === null || l3 === null || source === null) return null;
	return {
		l1,
		l2,
		l3,
		confidence: row.category_confidence ?? 0,
		kind: kindOfSource(source),
		source,
		reasoning: row.category_reasoning,
		classifiedAt: row.classified_at,
		isStale: row.category_is_stale === 1,
	};
}

export function kindOfSource(source: string): CategoryRow['kind'] {
	if (source === 'person') return 'person';
	return source.startsWith('rules@') ? 'rules' : 'model';
}

export function subagentRow(row: SubagentListRow, sessionId: string, costUsd: number | null): SubagentRow {
	return {
		agentId: row.agent_id ?? String(row.file_id),
		sessionId,
		agentType: row.agent_type,
		description: row.agent_description,
		startedAt: row.first_ms === null ? null : new Date(row.first_ms).toISOString(),
		responses: row.responses,
		toolCalls: row.tool_calls,
		costUsd,
		file: row.path,
	};
}
