/**
 * Subagents: their own transcripts in the layout of the version (inline, flat beside the session, in the session's folder),
 * their messages repeated in the parent's progress records, and the helper runs Claude Code makes for itself.
 */
import { writeFileSync } from 'node:fs';
import { cliTraits } from './cliVersion.ts';
import {
	agentMeta,
	assistantText,
	conversation,
	progress,
	response,
	toolResult,
	toolUseIdOf,
	transcriptPath,
	userRecord,
	type ChainRecord,
	type Conversation,
	type Fields,
	type TranscriptRecord,
} from './records.ts';
import { TranscriptFile } from './transcriptFile.ts';
import { countResponse } from './truth.ts';
import { work, type Stage } from './turn.ts';

export interface AgentHome {
	readonly claudeDir: string;
	/** Folder the session began in; it names the project. */
	readonly projectCwd: string;
	/** Told of every file that was written. */
	readonly wrote: (file: TranscriptFile) => void;
}

/** Runs a subagent for the call, to its result in the parent's transcript. */
export function runAgent(stage: Stage, home: AgentHome, call: ChainRecord, prompt: string): void {
	const { talk } = stage;
	const traits = cliTraits(talk.version);
	const agent = agentConversation(talk, traits.turnDuration ? 16 : 6);
	const parent = talk.parentUuid;
	// In the time of progress records many homes hold no file for the agent: its usage stands in the parent alone.
	const hasFile = traits.agentFiles !== 'inline' && !(traits.progress && talk.random.chance(0.3));
	const file = hasFile ? new TranscriptFile(transcriptPath(home.claudeDir, agent, home.projectCwd)) : null;
	const toolUseId = toolUseIdOf(call);
	const emit = (record: TranscriptRecord): void => {
		if (file) file.write(record);
		else if (traits.agentFiles === 'inline') stage.emit(record);
		if (!traits.progress) return;
		talk.clockMs = agent.clockMs;
		talk.pauseMs = 1;
		stage.emit(agentProgress(talk, agent, record, prompt, toolUseId));
	};
	const inner: Stage = {
		talk: agent,
		material: stage.material,
		truth: stage.truth,
		hooks: false,
		emit,
		gateway: stage.gateway,
	};
	emit(userRecord(agent, prompt));
	work(inner, Math.min(40, talk.random.logNormal(8, 25)));
	if (file) {
		file.close();
		home.wrote(file);
		if (traits.agentFiles === 'folder') {
			const meta = JSON.stringify(agentMeta(agent, 'general-purpose', 'Look into it', toolUseId));
			writeFileSync(file.path.replace(/\.jsonl$/, '.meta.json'), meta);
		}
	}
	talk.clockMs = agent.clockMs;
	if (traits.agentFiles === 'inline') talk.parentUuid = parent;
	stage.emit(toolResult(talk, call, [{ type: 'text', text: 'It is done.' }], { toolUseResult: agentResult(agent, prompt) }));
}

/** The run that writes a compaction's summary; it begins with what the parent said last, the same records again. */
export function runCompactionHelper(stage: Stage, home: AgentHome, repeated: readonly ChainRecord[]): void {
	const { talk, truth } = stage;
	const agent = agentConversation(talk, 6, 'compact-');
	const file = new TranscriptFile(transcriptPath(home.claudeDir, agent, home.projectCwd));
	for (const record of repeated) file.write({ ...record, isSidechain: true, agentId: agent.agentId });
	const answer = response(agent, { output: 900 });
	countResponse(truth, answer.usage, answer.usage.output);
	file.write(userRecord(agent, 'Your task is to create a detailed summary of the conversation so far.'));
	file.write(assistantText(agent, stage.material.proseOf(agent.random, 4_000), { response: answer }));
	file.close();
	home.wrote(file);
}

function agentConversation(talk: Conversation, digits: number, prefix = ''): Conversation {
	const agentId = `a${prefix}${talk.random.hex(digits)}`;
	const agent = conversation({
		random: talk.random.branch(agentId),
		sessionId: talk.sessionId,
		agentId,
		isSidechain: true,
		cwd: talk.cwd,
		gitBranch: talk.gitBranch,
		version: talk.version,
		model: talk.random.chance(0.4) ? 'claude-haiku-4-5-20251001' : talk.model,
		entrypoint: talk.entrypoint,
		startsAt: talk.clockMs,
		endsAt: talk.endsAtMs,
	});
	agent.contextTokens = 8_000;
	return agent;
}

function agentProgress(talk: Conversation, agent: Conversation, record: TranscriptRecord, prompt: string, toolUseId: string): ChainRecord {
	const { message, uuid, timestamp, requestId } = record;
	const said: Fields = { type: record.type, message, requestId, uuid, timestamp };
	const data = { message: said, normalizedMessages: [], type: 'agent_progress', prompt, agentId: agent.agentId };
	return progress(talk, data, `agent_msg_${talk.random.base62(22)}`, toolUseId);
}

function agentResult(agent: Conversation, prompt: string): Fields {
	return {
		status: 'completed',
		prompt,
		...(cliTraits(agent.version).agentFiles === 'inline' ? {} : { agentId: agent.agentId }),
		content: [{ type: 'text', text: 'It is done.' }],
		totalDurationMs: 41_000,
		totalTokens: agent.contextTokens,
		totalToolUseCount: 7,
		usage: { input_tokens: 4, output_tokens: 210, cache_read_input_tokens: agent.contextTokens },
	};
}
