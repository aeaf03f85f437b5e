/**
 * A turn: a prompt and the responses that answer it, each spread over its records, with the tools they call, the progress
 * and hook records in between, and now and then a refusal, an error or a subagent.
 */
import { cliTraits } from './cliVersion.ts';
import type { Material } from './material.ts';
import {
	apiError,
	assistantText,
	attachment,
	denial,
	progress,
	response,
	syntheticAnswer,
	systemRecord,
	thinking,
	toolResult,
	toolUse,
	toolUseIdOf,
	type ChainRecord,
	type Conversation,
	type TranscriptRecord,
	type Usage,
} from './records.ts';
import { promptText } from './material.ts';
import { toolExchange } from './toolExchanges.ts';
import { countResponse, type HistoryTruth } from './truth.ts';

/** Where a turn plays: the conversation, where its records go, and what is counted. */
export interface Stage {
	readonly talk: Conversation;
	readonly material: Material;
	readonly truth: HistoryTruth;
	readonly hooks: boolean;
	readonly emit: (record: TranscriptRecord) => void;
	/** Runs a subagent for a call of the agent tool; absent in subagents. */
	readonly runAgent?: (call: ChainRecord, prompt: string) => void;
	readonly gateway: boolean;
}

/** Responses with tools, then one that only speaks. */
export function work(stage: Stage, responses: number): void {
	for (let i = 0; i < responses; i++) {
		if (stage.talk.random.chance(0.004)) failToReachTheApi(stage);
		respondWithTools(stage);
		remind(stage);
	}
	respond(stage, 0);
}

/** Reminders of the harness between two responses. */
function remind({ talk, emit }: Stage): void {
	const traits = cliTraits(talk.version);
	if (traits.effort && talk.random.chance(0.35)) {
		emit(attachment(talk, 'total_tokens_reminder', { text: '<total_tokens>15000000 tokens left</total_tokens>' }));
	}
	if (traits.attachments && talk.random.chance(0.06)) emit(attachment(talk, 'task_reminder', { content: [], itemCount: 0 }));
}

function respondWithTools(stage: Stage): void {
	const { random } = stage.talk;
	const calls = random.weighted([
		[80, 1],
		[13, 2],
		[7, 3],
	] as const);
	respond(stage, calls);
}

function respond(stage: Stage, callCount: number): void {
	const { talk, material, truth } = stage;
	const { random } = talk;
	const traits = cliTraits(talk.version);
	const usage = nextUsage(talk);
	const answer = response(talk, usage);
	const made = stage.gateway ? { ...answer, id: random.uuid(), requestId: undefined } : answer;
	const thinks = random.chance(0.5);
	const speaks = callCount === 0 || random.chance(0.4);
	const blocks = (thinks ? 1 : 0) + (speaks ? 1 : 0) + callCount;
	// Until 2.1.97 the output was a placeholder, which the last record of one response in four corrected.
	const placeholder = traits.finalUsage ? usage.output : random.integer(1, 9);
	const last = traits.finalUsage || random.chance(0.26) ? usage.output : placeholder;
	countResponse(truth, usage, blocks === 1 ? last : Math.max(placeholder, last));
	let written = 0;
	const options = (): { response: typeof made; output: number; stopReason: string | null } => {
		written++;
		const isLast = written === blocks;
		const stopReason = traits.finalUsage || isLast ? (callCount ? 'tool_use' : 'end_turn') : null;
		return { response: made, output: isLast ? last : placeholder, stopReason: traits.finalUsage ? stopReason : null };
	};
	if (thinks) {
		const text = traits.emptyThinking && random.chance(0.9) ? '' : material.proseOf(random, random.logNormal(400, 1_800));
		stage.emit(thinking(talk, text, { ...options(), signature: `E${material.binaryOf(random, random.logNormal(500, 2_200))}` }));
	}
	if (speaks)
		stage.emit(
			assistantText(talk, material.proseOf(random, callCount ? random.logNormal(90, 300) : random.logNormal(500, 2_500)), options()),
		);
	const waiting: (() => void)[] = [];
	for (let i = 0; i < callCount; i++) {
		waiting.push(callTool(stage, options()));
		if (random.chance(0.25)) waiting.splice(0).forEach(finish => finish());
	}
	waiting.forEach(finish => finish());
	talk.contextTokens += usage.cacheWrite5m + usage.cacheWrite1h + usage.output;
}

/** Writes the call; the returned function writes what follows it. */
function callTool(stage: Stage, options: Parameters<typeof toolUse>[3]): () => void {
	const { talk, material, truth } = stage;
	const { random } = talk;
	truth.toolCalls++;
	const { runAgent } = stage;
	if (runAgent && random.chance(0.014)) {
		const prompt = material.proseOf(random, random.logNormal(900, 2_500));
		const input = { description: 'Look into it', prompt, subagent_type: 'general-purpose' };
		const call = toolUse(talk, cliTraits(talk.version).agentTool, input, options);
		stage.emit(call);
		return () => runAgent(call, prompt);
	}
	const exchange = toolExchange(talk, material);
	const call = toolUse(talk, exchange.name, exchange.input, options);
	stage.emit(call);
	return () => {
		hook(stage, 'PreToolUse', exchange.name, call);
		if (!talk.isSidechain && random.chance(0.004)) {
			const feedback = random.chance(0.5) ? promptText(random) : undefined;
			if (feedback !== undefined) truth.userPrompts++;
			stage.emit(denial(talk, call, feedback));
			return;
		}
		if (exchange.name === 'Bash') bashProgress(stage, call);
		talk.pauseMs = random.logNormal(400, 9_000);
		const { content, toolUseResult, isError } = exchange;
		// Subagents' results carry no structured copy.
		stage.emit(toolResult(talk, call, content, { isError, ...(talk.agentId === undefined ? { toolUseResult } : {}) }));
		hook(stage, 'PostToolUse', exchange.name, call);
		talk.contextTokens += Math.round((typeof content === 'string' ? content.length : 1_500) / 4);
	};
}

function hook(stage: Stage, hookEvent: string, toolName: string, call: ChainRecord): void {
	const { talk } = stage;
	if (!stage.hooks) return;
	const hookName = `${hookEvent}:${toolName}`;
	const traits = cliTraits(talk.version);
	const id = toolUseIdOf(call);
	if (traits.progress)
		stage.emit(progress(talk, { type: 'hook_progress', hookEvent, hookName, command: 'node .claude/hooks/check.js' }, id));
	else if (traits.attachments && talk.random.chance(0.1)) {
		const outcome = { hookName, toolUseID: id, hookEvent, command: 'node .claude/hooks/check.js', durationMs: talk.random.integer(8, 900) };
		if (talk.random.chance(0.96))
			stage.emit(attachment(talk, 'hook_success', { ...outcome, content: '', stdout: '', stderr: '', exitCode: 0 }));
		else stage.emit(attachment(talk, 'hook_non_blocking_error', { ...outcome, stderr: 'not found', stdout: '', exitCode: 127 }));
	}
}

/** One record per second of a command that takes long, each with all the output so far. */
function bashProgress(stage: Stage, call: ChainRecord): void {
	const { talk, material } = stage;
	if (!cliTraits(talk.version).progress || !talk.random.chance(0.16)) return;
	const seconds = talk.random.logNormal(12, 60);
	const fullOutput = material.codeOf(talk.random, talk.random.logNormal(150, 1_500));
	for (let elapsedTimeSeconds = 2; elapsedTimeSeconds < seconds; elapsedTimeSeconds++) {
		talk.pauseMs = 1_000;
		const data = {
			type: 'bash_progress',
			output: fullOutput.slice(-200),
			fullOutput,
			elapsedTimeSeconds,
			totalLines: fullOutput.split('\n').length,
		};
		stage.emit(progress(talk, data, `bash-progress-${elapsedTimeSeconds - 2}`, toolUseIdOf(call)));
	}
}

function failToReachTheApi(stage: Stage): void {
	const attempts = stage.talk.random.integer(1, 4);
	for (let attempt = 1; attempt <= attempts; attempt++) stage.emit(apiError(stage.talk, attempt));
	if (attempts === 4) stage.emit(syntheticAnswer(stage.talk, 'API Error: 529 Overloaded. Please try again.'));
}

/** The records that close a turn. */
export function endTurn(stage: Stage, startedMs: number): void {
	const { talk } = stage;
	const traits = cliTraits(talk.version);
	if (traits.stopHookSummary && stage.hooks) {
		const hookInfos = [{ command: 'node .claude/hooks/stop.js', durationMs: talk.random.integer(20, 6_000) }];
		const rest = { hookErrors: [], preventedContinuation: false, stopReason: '', hasOutput: false, level: 'suggestion' };
		stage.emit(systemRecord(talk, 'stop_hook_summary', { hookCount: 1, hookInfos, ...rest, toolUseID: talk.random.uuid() }));
	}
	if (traits.turnDuration) stage.emit(systemRecord(talk, 'turn_duration', { durationMs: talk.clockMs - startedMs, isMeta: false }));
}

function nextUsage(talk: Conversation): Usage {
	const { random } = talk;
	const written = random.logNormal(900, 6_000);
	const forAnHour = cliTraits(talk.version).turnDuration && !talk.isSidechain;
	return {
		input: random.integer(1, 12),
		output: random.logNormal(180, 900),
		cacheRead: talk.contextTokens,
		cacheWrite5m: forAnHour ? 0 : written,
		cacheWrite1h: forAnHour ? written : 0,
	};
}
