/**
 * A session's row from what was read of its files. Pure: the same files give the same row, however they were read.
 */
import type { FileSummary } from '../claude/facts.ts';
import type { SessionFile, ToolSum } from '../store/index/dirtySessions.ts';
import type { SessionValues } from '../store/index/sessions.ts';
import type { UsageSum } from '../store/index/usage.ts';

export type PricedUsage = UsageSum & { readonly costUsd: number | null };

export interface ReadFileOfSession {
	readonly file: SessionFile;
	readonly summary: FileSummary;
}

export interface SessionSources {
	readonly sessionId: string;
	readonly files: readonly ReadFileOfSession[];
	readonly usage: readonly PricedUsage[];
	readonly tools: ToolSum | null;
	readonly activeMs: number;
	/** Title that a `summary` record gives to a leaf of this session. */
	readonly summaryTitle: string | null;
	/** Session that owns most of the history copied into this one. */
	readonly copiedFrom: string | null;
	/** Session that holds the record which the first one of this session follows. */
	readonly continues: string | null;
	readonly projectId: number | null;
}

const iso = (ms: number | null): string | null => (ms === null ? null : new Date(ms).toISOString());
const least = (values: readonly (number | null)[]): number | null =>
	values.reduce((best, value) => (value !== null && (best === null || value < best) ? value : best), null);
const greatest = (values: readonly (number | null)[]): number | null =>
	values.reduce((best, value) => (value !== null && (best === null || value > best) ? value : best), null);
const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

/** Whether a file is a session's own transcript: it has a conversation that does not begin as a sidechain (MODEL-1). */
export function isOwnTranscript({ file, summary }: ReadFileOfSession): boolean {
	return file.kind === 'session' && summary.firstIsSidechain === false;
}

/** The files that make a session, the one that speaks for it first; empty when nothing is left that makes one. */
export function readingOrder(files: readonly ReadFileOfSession[]): readonly ReadFileOfSession[] {
	// A transcript that moved to another project's directory may stand in both; the one still there speaks.
	const own = files.filter(isOwnTranscript).sort((a, b) => Number(a.file.goneAt !== null) - Number(b.file.goneAt !== null) || byTime(a, b));
	const others = files.filter(file => isSubagent(file) && (own.length > 0 || file.summary.firstIsSidechain !== null));
	// Of a stub, the subagent that began first speaks for it.
	return own.length > 0 ? [...own, ...others] : others.sort(byTime);
}

const byTime = (a: ReadFileOfSession, b: ReadFileOfSession): number =>
	(a.summary.firstMsOfAll ?? Infinity) - (b.summary.firstMsOfAll ?? Infinity) || 0;
const isSubagent = ({ file, summary }: ReadFileOfSession): boolean => file.kind === 'subagent' || summary.firstIsSidechain === true;

/** Null when nothing is left that makes a session. */
export function deriveSession(sources: SessionSources): SessionValues | null {
	const read = readingOrder(sources.files);
	const main = read[0]?.summary;
	if (main === undefined) return null;
	const own = read.filter(isOwnTranscript);
	const subagents = read.filter(isSubagent);
	const summaries = read.map(({ summary }) => summary);
	// Prompts and their like stand only in transcripts a person typed into, also in one that begins as a sidechain.
	const typed = read.filter(({ file }) => file.kind === 'session').map(({ summary }) => summary);

	const { tools } = sources;
	// In an order that does not depend on row ids, so that sums of dollars come out the same to the last digit.
	const usage = sources.usage.toSorted(
		(a, b) =>
			a.quarterMs - b.quarterMs ||
			(a.model < b.model ? -1 : Number(a.model > b.model)) ||
			Number(a.isFast) - Number(b.isFast) ||
			Number(a.isLong) - Number(b.isLong) ||
			a.part - b.part,
	);
	const priced = usage.filter(row => row.costUsd !== null);
	const tokensOf = (row: PricedUsage): number =>
		row.tokens.input + row.tokens.output + row.tokens.cacheRead + row.tokens.cacheWrite5m + row.tokens.cacheWrite1h;
	const seen = (own.length > 0 ? own : read).map(({ file }) => file.goneAt);
	const goneAt = seen.every(at => at !== null) ? (seen[0] ?? null) : null;
	const title = titleOf(main, sources.summaryTitle);
	const lineage = lineageOf(sources, main);

	return {
		project_id: sources.projectId,
		cwd: main.firstCwd,
		title: title.text,
		title_source: title.source,
		first_prompt: main.firstPrompt,
		last_prompt: main.lastPrompt,
		plan_title: main.planTitle,
		mode: modeOf(main, lineage),
		parent_session_id: lineage?.parent ?? null,
		parent_relation: lineage?.relation ?? null,
		forked_at_message: main.forkedAt,
		entrypoint: main.firstEntrypoint,
		git_branch: main.lastGitBranch,
		version: main.lastVersion,
		permission_mode: main.permissionMode,
		started_at: iso(least(summaries.map(s => s.firstMs))),
		ended_at: iso(greatest(summaries.map(s => s.lastMs))),
		active_ms: sources.activeMs,
		is_stub: own.length === 0 ? 1 : 0,
		gone_at: goneAt,
		claude_status: statusOf(main),
		messages: sum(summaries.map(s => s.messages)),
		user_prompts: sum(typed.map(s => s.userPrompts)),
		responses: sum(usage.map(row => row.responses)),
		tool_calls: tools?.calls ?? 0,
		subagents: subagents.filter(
			({ file, summary }) => file.kind === 'subagent' && file.helper === null && summary.firstIsSidechain !== null,
		).length,
		compactions: sum(typed.map(s => s.compactions)),
		interruptions: sum(typed.map(s => s.interruptions)),
		api_errors: sum(summaries.map(s => s.apiErrors)),
		input_tokens: sum(usage.map(row => row.tokens.input)),
		output_tokens: sum(usage.map(row => row.tokens.output)),
		cache_read_tokens: sum(usage.map(row => row.tokens.cacheRead)),
		cache_write_5m_tokens: sum(usage.map(row => row.tokens.cacheWrite5m)),
		cache_write_1h_tokens: sum(usage.map(row => row.tokens.cacheWrite1h)),
		web_searches: sum(usage.map(row => row.webSearches)),
		cost_usd: priced.length === 0 ? null : sum(priced.map(row => row.costUsd ?? 0)),
		unpriced_tokens: sum(usage.filter(row => row.costUsd === null).map(tokensOf)),
		prompt_word_count: typed[0]?.firstPromptWordCount ?? null,
		correction_count: sum(typed.map(s => s.corrections)),
		same_file_edit_count: tools?.sameFileEdits ?? 0,
		files_read: tools?.filesRead ?? 0,
		files_edited: tools?.filesEdited ?? 0,
		files_touched: tools?.filesTouched ?? 0,
		file_reads: tools?.reads ?? 0,
		file_edits: tools?.edits ?? 0,
		edit_turns: sum(typed.map(s => s.editTurns)),
		retried_edit_turns: sum(typed.map(s => s.retriedEditTurns)),
		test_runs: sum(summaries.map(s => s.testRuns)),
		used_plan_mode: typed.some(s => s.usedPlanMode) ? 1 : 0,
		lines_added: tools?.linesAdded ?? 0,
		lines_removed: tools?.linesRemoved ?? 0,
		malformed_lines: sum(read.map(({ file }) => file.malformedLines)),
		models: JSON.stringify(byUse(usage)),
		skills: counts(summaries.map(s => s.skills)),
		slash_commands: counts(summaries.map(s => s.slashCommands)),
		mcp_servers: counts(summaries.map(s => s.mcpServers)),
		total_hook_executions: sum(summaries.map(s => s.hookExecutions)),
		total_permission_checks: sum(summaries.map(s => s.denials)),
		total_errors: sum(summaries.map(s => s.toolErrors + s.apiErrors)),
		total_retries: sum(summaries.map(s => s.retries)),
	};
}

/** Custom title, else AI title, else summary, else first prompt (MODEL-1); a copy without a prompt of its own is titled by the one it copied. */
function titleOf(main: FileSummary, summaryTitle: string | null): { text: string | null; source: string } {
	if (main.customTitle !== null) return { text: main.customTitle, source: 'custom' };
	if (main.aiTitle !== null) return { text: main.aiTitle, source: 'ai' };
	if (summaryTitle !== null) return { text: summaryTitle, source: 'summary' };
	const prompt = main.firstPrompt ?? main.firstPromptOfAll;
	if (prompt !== null) return { text: prompt, source: 'prompt' };
	const command = Object.keys(main.slashCommands)[0];
	if (command !== undefined) return { text: command, source: 'command' };
	if (main.agentName !== null) return { text: main.agentName, source: 'agent' };
	return { text: null, source: 'none' };
}

interface Lineage {
	readonly parent: string;
	readonly relation: 'fork' | 'continuation' | 'plan';
}

function lineageOf({ sessionId, copiedFrom, continues }: SessionSources, main: FileSummary): Lineage | null {
	const named = main.origins.filter(origin => origin !== sessionId).at(-1);
	const parent = named ?? copiedFrom;
	if (parent !== null) return { parent, relation: 'fork' };
	if (main.planOf !== null && main.planOf !== sessionId) return { parent: main.planOf, relation: 'plan' };
	return continues === null ? null : { parent: continues, relation: 'continuation' };
}

/**
 * Sessions that must not keep their parent: one of each circle, the one with the smallest id. Records of strangers can name
 * each other as origins, and a list that begins with sessions without a parent would then show none of them.
 */
export function circleBreaks(parents: ReadonlyMap<string, string>): readonly string[] {
	const breaks: string[] = [];
	const seen = new Set<string>();
	for (const start of parents.keys()) {
		const path: string[] = [];
		let at: string | undefined = start;
		for (; at !== undefined && !seen.has(at); at = parents.get(at)) {
			seen.add(at);
			path.push(at);
		}
		// A circle closes where the path comes back to itself; otherwise it met one that was looked at before.
		const from = at === undefined ? -1 : path.indexOf(at);
		if (from >= 0) breaks.push(path.slice(from).reduce((least, id) => (id < least ? id : least)));
	}
	return breaks;
}

/** Hosts that run Claude Code without a person at the prompt. */
const programs = /^(sdk|mcp|claude-code-github-action|github-action)/;

function modeOf(main: FileSummary, lineage: Lineage | null): string {
	if (main.sessionKind === 'bg' || programs.test(main.firstEntrypoint ?? '')) return 'background';
	return lineage?.relation === 'fork' ? 'forked' : 'interactive';
}

/** How the transcript ends (LIVE-1). Whether anybody still works on it is for those who know the time to say. */
function statusOf(main: FileSummary): string {
	switch (main.lastType) {
		case null:
			return 'not_started';
		case 'api_error':
			return 'error';
		case 'answer':
		case 'interruption':
		case 'notice':
		case 'command':
			return 'waiting_for_input';
		default:
			return 'processing';
	}
}

/** Models of a session, the one with most responses first. */
function byUse(usage: readonly PricedUsage[]): string[] {
	const responses = new Map<string, number>();
	for (const row of usage) responses.set(row.model, (responses.get(row.model) ?? 0) + row.responses);
	return [...responses].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)).map(([model]) => model);
}

function counts(parts: readonly Readonly<Record<string, number>>[]): string | null {
	const total = new Map<string, number>();
	for (const part of parts) for (const [name, count] of Object.entries(part)) total.set(name, (total.get(name) ?? 0) + count);
	return total.size === 0 ? null : JSON.stringify(Object.fromEntries(total));
}
