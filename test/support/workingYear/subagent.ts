/** Subagents of the sample history: a transcript of their own, and what the session that started them says of it. */
import {
	agentMeta,
	assistantText,
	conversation,
	response,
	toJsonl,
	toolResult,
	toolUse,
	toolUseIdOf,
	transcriptPath,
	userRecord,
	type ChainRecord,
	type Conversation,
	type TranscriptRecord,
	type Usage,
} from '../historyGenerator/records.ts';
import { haiku, opus } from './plan.ts';

/** Of Claude Code. */
export const version = '2.1.220';

export interface WrittenFile {
	readonly path: string;
	readonly text: string;
}

interface Task {
	readonly description: string;
	readonly cwd: string;
	readonly claudeDir: string;
	/** Below the folder. */
	readonly files: readonly [string, ...string[]];
}

/** Moves the conversation on to the subagent's end. */
export function tellSubagent(
	talk: Conversation,
	{ description, cwd, claudeDir, files }: Task,
): { readonly records: readonly ChainRecord[]; readonly files: readonly WrittenFile[] } {
	const { random } = talk;
	const prompt = `${description}. Report what you find in a few sentences.`;
	const input = { description, prompt, subagent_type: 'Explore' };
	const call = toolUse(talk, 'Agent', input, { response: response(talk, nextUsage(talk, 160)) });
	const agentId = `a${random.hex(16)}`;
	const agent = conversation({
		random: random.branch(agentId),
		sessionId: talk.sessionId,
		agentId,
		cwd: talk.cwd,
		gitBranch: talk.gitBranch,
		version,
		model: random.chance(0.6) ? haiku : talk.model,
		startsAt: talk.clockMs,
	});
	const records: TranscriptRecord[] = [userRecord(agent, prompt)];
	for (let step = random.integer(3, 6); step > 0; step--) {
		const file = `${cwd}/${agent.random.pick(files)}`;
		const use = toolUse(agent, 'Read', { file_path: file }, { response: response(agent, nextUsage(agent, 180)) });
		agent.pauseMs = agent.random.logNormal(6_000, 15_000);
		records.push(use, toolResult(agent, use, 'export {};'));
	}
	const text = 'Three places use it; one has no test.';
	records.push(assistantText(agent, text, { response: response(agent, nextUsage(agent, 240)) }));
	const path = transcriptPath(claudeDir, agent, cwd);
	const meta = JSON.stringify(agentMeta(agent, 'Explore', description, toolUseIdOf(call)));
	const content = [{ type: 'text', text }];
	const toolUseResult = {
		status: 'completed',
		prompt,
		agentId,
		content,
		totalDurationMs: agent.clockMs - talk.clockMs,
		totalTokens: agent.contextTokens,
		totalToolUseCount: 6,
	};
	talk.clockMs = agent.clockMs;
	return {
		records: [call, toolResult(talk, call, content, { toolUseResult })],
		files: [
			{ path, text: toJsonl(records) },
			{ path: path.replace(/\.jsonl$/, '.meta.json'), text: meta },
		],
	};
}

/** The context grows with every response, and all of it but the newest part comes from the cache. */
export function nextUsage(talk: Conversation, output: number): Usage {
	const { random } = talk;
	const added = random.logNormal(talk.model === opus ? 3_600 : 2_300, 9_000);
	const usage = {
		input: random.integer(3, 12),
		output: random.logNormal(output, output * 4),
		cacheRead: talk.contextTokens,
		cacheWrite5m: talk.agentId === undefined ? 0 : added,
		cacheWrite1h: talk.agentId === undefined ? added : 0,
	};
	talk.contextTokens = Math.min(170_000, talk.contextTokens + added);
	return usage;
}
