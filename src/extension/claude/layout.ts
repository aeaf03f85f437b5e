/**
 * Which file below a projects directory is what, by its path alone (`docs/transcript-format.md`, files). Nothing is opened.
 */

/** Runs that Claude Code starts for itself; their tokens count, but they are not subagents a person would count. */
export type Helper = 'compaction' | 'suggestion' | 'side question';

export interface TranscriptPlace {
	readonly kind: 'session' | 'subagent' | 'journal' | 'other';
	/** A session's own id (the stem, MODEL-1) or that of the session folder; null for subagents beside their session, whose records name it. */
	readonly sessionId: string | null;
	readonly agentId: string | null;
	readonly helper: Helper | null;
	readonly workflowId: string | null;
}

const other: TranscriptPlace = { kind: 'other', sessionId: null, agentId: null, helper: null, workflowId: null };

const agentFile = /^agent-(.+)\.jsonl$/s;

/**
 * What the file at a path relative to the projects directory is. Both separators are understood: no name that Claude gives
 * contains either. A session's stem need not be a UUID, and an agent's id is not validated: both have been other things.
 */
export function classifyTranscriptPath(relativePath: string): TranscriptPlace {
	const [project, second, ...below] = relativePath.split(/[\\/]/);
	if (!project || !second) {
		return other;
	}
	if (below.length === 0) {
		return besideSessions(second);
	}
	const name = below.at(-1) ?? '';
	if (below[0] !== 'subagents' || below.length < 2) {
		return other;
	}
	const workflowId = below[1] === 'workflows' && below.length > 3 ? (below[2] ?? null) : null;
	if (name === 'journal.jsonl') {
		return { ...other, kind: 'journal', sessionId: second, workflowId };
	}
	const agentId = agentFile.exec(name)?.[1];
	return agentId ? { kind: 'subagent', sessionId: second, agentId, helper: helperOf(agentId), workflowId } : other;
}

/** Files directly in a project's directory: sessions and, until 2.1, their subagents. */
function besideSessions(name: string): TranscriptPlace {
	// A leading dot: what macOS leaves on foreign disks (`._<uuid>.jsonl`) and temporary files of synchronizers.
	if (!name.endsWith('.jsonl') || name.startsWith('.')) {
		return other;
	}
	if (name === 'journal.jsonl') {
		return { ...other, kind: 'journal' };
	}
	if (name.startsWith('agent-')) {
		const agentId = agentFile.exec(name)?.[1];
		return agentId ? { ...other, kind: 'subagent', agentId, helper: helperOf(agentId) } : other;
	}
	return { ...other, kind: 'session', sessionId: name.slice(0, -'.jsonl'.length) };
}

function helperOf(agentId: string): Helper | null {
	if (agentId.startsWith('acompact-')) {
		return 'compaction';
	}
	if (agentId.startsWith('aprompt_suggestion-')) {
		return 'suggestion';
	}
	return agentId.startsWith('aside_question-') ? 'side question' : null;
}

/**
 * Whether a directory, relative to the projects directory, can have transcripts somewhere below; the others
 * (`tool-results`, `memory`, …) need not be listed.
 */
export function mayHoldTranscripts(relativeDir: string): boolean {
	const [, session, ...below] = relativeDir.split(/[\\/]/);
	return session === undefined || (session !== 'memory' && (below[0] ?? 'subagents') === 'subagents');
}

/** Of a subagent: what its `.meta.json` sidecar says. Null where absent or of another type than expected. */
export interface AgentMeta {
	readonly agentType: string | null;
	readonly description: string | null;
	readonly name: string | null;
	readonly toolUseId: string | null;
	readonly model: string | null;
	readonly worktreePath: string | null;
	readonly spawnDepth: number | null;
	readonly isFork: boolean;
}

/** Where the sidecar of a subagent's transcript lies, if it has one. */
export function agentMetaPath(transcriptPath: string): string {
	return transcriptPath.replace(/\.jsonl$/, '.meta.json');
}

export function readAgentMeta(json: unknown): AgentMeta {
	const fields: Readonly<Record<string, unknown>> = typeof json === 'object' && json !== null ? { ...json } : {};
	const text = (name: string): string | null => {
		const value = fields[name];
		return typeof value === 'string' && value !== '' ? value : null;
	};
	const depth = fields['spawnDepth'];
	return {
		agentType: text('agentType'),
		description: text('description'),
		name: text('name'),
		toolUseId: text('toolUseId'),
		model: text('model'),
		worktreePath: text('worktreePath'),
		spawnDepth: typeof depth === 'number' && Number.isSafeInteger(depth) && depth >= 0 ? depth : null,
		isFork: fields['isFork'] === true,
	};
}
