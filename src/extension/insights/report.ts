/** The document that `report --json` prints. Field names and meanings are public: scripts rely on them. */
import type { TokenCounts } from '../../webview/contract/sessions.ts';
import type { ModelSum } from '../store/index/figures.ts';
import type { SessionListRow } from '../store/index/lists.ts';
import { categoryRow, tokensOf } from './sessionRow.ts';

export interface ReportSession {
	readonly id: string;
	readonly title: string | null;
	readonly cwd: string | null;
	readonly file: string | null;
	readonly mode: string;
	readonly parentSessionId: string | null;
	readonly entrypoint: string | null;
	readonly gitBranch: string | null;
	readonly version: string | null;
	readonly startedAt: string | null;
	readonly endedAt: string | null;
	readonly responses: number;
	readonly userPrompts: number;
	readonly toolCalls: number;
	readonly subagents: number;
	readonly compactions: number;
	readonly interruptions: number;
	readonly tokens: TokenCounts;
	readonly costUsd: number | null;
	readonly unpricedTokens: number;
	readonly promptWordCount: number | null;
	readonly correctionCount: number;
	readonly sameFileEditCount: number;
	readonly malformedLines: number;
	readonly category: ReportCategory | null;
	/** Only its subagents are on disk (MODEL-1). */
	readonly stub?: true;
	/** Its transcript is gone from disk. */
	readonly gone?: true;
}

export interface ReportCategory {
	readonly l1: string;
	readonly l2: string;
	readonly l3: string;
	readonly confidence: number;
	readonly source: string;
	readonly classifiedAt: string | null;
}

export interface ReportRun {
	readonly type: string;
	readonly filesSeen: number;
	readonly filesRead: number;
	readonly bytesRead: number;
	readonly durationMs: number;
	readonly throughputMBPerSec: number | null;
	readonly malformedLines: number;
	readonly unknownRecordTypes: Readonly<Record<string, number>>;
}

export interface Report {
	readonly schema: 1;
	readonly index: ReportRun;
	readonly totals: {
		readonly sessions: number;
		readonly responses: number;
		readonly userPrompts: number;
		readonly toolCalls: number;
		readonly tokens: TokenCounts;
		readonly costUsd: number | null;
		readonly unpricedModels: readonly string[];
	};
	readonly models: readonly {
		readonly model: string;
		readonly responses: number;
		readonly tokens: TokenCounts;
		readonly costUsd: number | null;
	}[];
	readonly sessions: readonly ReportSession[];
}

export function reportOf(run: ReportRun, rows: Iterable<SessionListRow>, models: readonly ModelSum[]): Report {
	const sessions = Array.from(rows, reportSession);
	const sum = (value: (session: ReportSession) => number): number => sessions.reduce((total, session) => total + value(session), 0);
	const priced = sessions.filter(session => session.costUsd !== null);
	return {
		schema: 1,
		index: run,
		totals: {
			sessions: sessions.filter(session => session.stub === undefined && session.gone === undefined).length,
			responses: sum(session => session.responses),
			userPrompts: sum(session => session.userPrompts),
			toolCalls: sum(session => session.toolCalls),
			tokens: {
				input: sum(session => session.tokens.input),
				output: sum(session => session.tokens.output),
				cacheRead: sum(session => session.tokens.cacheRead),
				cacheWrite5m: sum(session => session.tokens.cacheWrite5m),
				cacheWrite1h: sum(session => session.tokens.cacheWrite1h),
			},
			costUsd: priced.length === 0 ? null : round(sum(session => session.costUsd ?? 0)),
			unpricedModels: models.filter(model => model.unpricedTokens > 0).map(({ model }) => model),
		},
		models: models.map(model => ({
			model: model.model,
			responses: model.responses,
			tokens: {
				input: model.input,
				output: model.output,
				cacheRead: model.cacheRead,
				cacheWrite5m: model.cacheWrite5m,
				cacheWrite1h: model.cacheWrite1h,
			},
			costUsd: round(model.costUsd),
		})),
		sessions,
	};
}

/** To a billionth of a dollar: what lies beyond depends on the order of adding. */
function round<T extends number | null>(usd: T): T | number {
	return usd === null ? usd : Math.round(usd * 1e9) / 1e9;
}

function reportSession(row: SessionListRow): ReportSession {
	return {
		id: row.session_id,
		title: row.title,
		cwd: row.cwd,
		file: row.file,
		mode: row.mode,
		parentSessionId: row.parent_session_id,
		entrypoint: row.entrypoint,
		gitBranch: row.git_branch,
		version: row.version,
		startedAt: row.started_at,
		endedAt: row.ended_at,
		responses: row.responses,
		userPrompts: row.user_prompts,
		toolCalls: row.tool_calls,
		subagents: row.subagents,
		compactions: row.compactions,
		interruptions: row.interruptions,
		tokens: tokensOf(row),
		costUsd: round(row.cost_usd),
		unpricedTokens: row.unpriced_tokens,
		promptWordCount: row.prompt_word_count,
		correctionCount: row.correction_count,
		sameFileEditCount: row.same_file_edit_count,
		malformedLines: row.malformed_lines,
		category: reportCategory(row),
		...(row.is_stub === 1 ? { stub: true as const } : {}),
		...(row.gone_at !== null ? { gone: true as const } : {}),
	};
}

function reportCategory(row: SessionListRow): ReportCategory | null {
	const category = categoryRow(row);
	if (category === null) return null;
	const { l1, l2, l3, confidence, source, classifiedAt } = category;
	return { l1, l2, l3, confidence, source, classifiedAt };
}
