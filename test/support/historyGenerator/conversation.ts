/**
 * The place in a conversation at which the next record is written: who speaks, when, from where, and after which record.
 */
import path from 'node:path';
import { cliTraits } from './cliVersion.ts';
import { Random } from './random.ts';

export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json | undefined };
export type Fields = Readonly<Record<string, Json | undefined>>;

/** One line of a transcript, before it is text. */
export interface TranscriptRecord extends Fields {
	readonly type: string;
}

/** A record that stands in the chain of a conversation. */
export interface ChainRecord extends TranscriptRecord {
	readonly uuid: string;
	readonly parentUuid: string | null;
	readonly timestamp: string;
}

export interface ConversationOptions {
	readonly seed?: number | string;
	readonly sessionId?: string;
	readonly cwd?: string;
	readonly gitBranch?: string;
	/** Claude Code version; the records have the shapes of that version. */
	readonly version?: string;
	readonly model?: string;
	readonly entrypoint?: string;
	/** Default 2026-03-02T09:00:00Z. */
	readonly startsAt?: string | number | Date;
	/** No record is later than this. */
	readonly endsAt?: string | number | Date;
	/** Makes the records those of a subagent. */
	readonly agentId?: string;
	readonly isSidechain?: boolean;
	readonly sessionKind?: string;
	/** Where chance comes from, instead of a seed. */
	readonly random?: Random;
}

/** Change its fields between two records to move in time, change the branch, or rewind to an earlier record. */
export interface Conversation {
	readonly random: Random;
	readonly sessionId: string;
	readonly agentId: string | undefined;
	readonly isSidechain: boolean;
	readonly sessionKind: string | undefined;
	readonly slug: string;
	readonly endsAtMs: number;
	cwd: string;
	gitBranch: string;
	version: string;
	model: string;
	entrypoint: string;
	/** Time of the record before, milliseconds since the epoch. */
	clockMs: number;
	/** Pause before the next record, in milliseconds; taken once, 1 to 4 seconds when it is null. */
	pauseMs: number | null;
	/** Parent of the next record. */
	parentUuid: string | null;
	/** Groups a prompt with its tool results. */
	promptId: string;
	/** Content of the context so far, in tokens: what the next response reads from the cache. */
	contextTokens: number;
}

const slugWords: readonly [string, ...string[]] = [
	'purring',
	'nibbling',
	'storm',
	'fuzzy',
	'brewing',
	'seal',
	'modular',
	'petting',
	'lake',
	'quiet',
];

/** Starts a conversation. The same options give the same records. */
export function conversation(options: ConversationOptions = {}): Conversation {
	const random = options.random ?? new Random(options.seed ?? options.sessionId ?? 1);
	return {
		random,
		sessionId: options.sessionId ?? random.uuid(),
		agentId: options.agentId,
		isSidechain: options.isSidechain ?? options.agentId !== undefined,
		sessionKind: options.sessionKind,
		slug: [random.pick(slugWords), random.pick(slugWords), random.pick(slugWords)].join('-'),
		endsAtMs: options.endsAt === undefined ? Number.MAX_SAFE_INTEGER : new Date(options.endsAt).getTime(),
		cwd: options.cwd ?? '/home/dev/src/shop',
		gitBranch: options.gitBranch ?? 'main',
		version: options.version ?? '2.1.220',
		model: options.model ?? 'claude-sonnet-4-6',
		entrypoint: options.entrypoint ?? 'cli',
		clockMs: new Date(options.startsAt ?? '2026-03-02T09:00:00Z').getTime(),
		pauseMs: 0,
		parentUuid: null,
		promptId: random.uuid(),
		contextTokens: 12_000,
	};
}

/** Moves the clock by the pause and says the time. */
export function nextTimestamp(talk: Conversation): string {
	talk.clockMs = Math.min(talk.endsAtMs, talk.clockMs + (talk.pauseMs ?? talk.random.integer(1_000, 4_000)));
	talk.pauseMs = null;
	return new Date(talk.clockMs).toISOString();
}

/**
 * Puts a record of the chain into its envelope and makes it the parent of the next one. `after` are the fields that follow
 * the body; they may also replace fields of the envelope (undefined leaves one out).
 */
export function chained(talk: Conversation, type: string, body: Fields, after: Fields = {}): ChainRecord {
	const record = { ...enveloped(talk, type, body, after), ...after };
	talk.parentUuid = record.uuid;
	return record;
}

function enveloped(talk: Conversation, type: string, body: Fields, after: Fields): ChainRecord {
	const traits = cliTraits(talk.version);
	const timestamp = nextTimestamp(talk);
	const uuid = talk.random.uuid();
	const { parentUuid } = talk;
	const agent: Fields = talk.agentId !== undefined && traits.agentFiles !== 'inline' ? { agentId: talk.agentId } : {};
	const kind: Fields = talk.sessionKind === undefined ? {} : { sessionKind: talk.sessionKind };
	const slug: Fields = traits.slug ? { slug: talk.slug } : {};
	const branch: Fields = traits.gitBranch ? { gitBranch: talk.gitBranch } : {};
	const prompt: Fields = type === 'user' && traits.promptId ? { promptId: talk.promptId } : {};
	// The real order of fields, since readers look at the bytes of a line before they parse it.
	const core: Fields = type === 'assistant' || type === 'attachment' ? { ...body, type } : { ...prompt, type, ...body };
	const { isSidechain, cwd, sessionId, version } = talk;
	if (traits.envelopeLast) {
		const twice: Fields = traits.sessionIdTwice ? { session_id: sessionId } : {};
		return {
			parentUuid,
			isSidechain,
			...agent,
			...core,
			type,
			uuid,
			timestamp,
			...after,
			...twice,
			userType: 'external',
			entrypoint: talk.entrypoint,
			...kind,
			cwd,
			sessionId,
			version,
			...branch,
			...slug,
		};
	}
	const entry: Fields = traits.entrypoint ? { entrypoint: talk.entrypoint } : {};
	return {
		parentUuid,
		isSidechain,
		userType: 'external',
		...entry,
		cwd,
		sessionId,
		version,
		...branch,
		...agent,
		...slug,
		...kind,
		...core,
		type,
		uuid,
		timestamp,
		...after,
	};
}

/** One record per line, with the last newline. */
export function toJsonl(records: readonly TranscriptRecord[]): string {
	return records.map(record => `${JSON.stringify(record)}\n`).join('');
}

/** Name of a project's folder below `projects/` (format reference, section 2); at most 200 characters of path. */
export function encodeProjectName(cwd: string): string {
	return cwd.replaceAll(/[^A-Za-z0-9]/g, '-');
}

/** Where the conversation's transcript lies in a Claude directory; a subagent's in the layout of its version. */
export function transcriptPath(claudeDir: string, talk: Conversation, projectCwd = talk.cwd): string {
	const project = path.join(claudeDir, 'projects', encodeProjectName(projectCwd));
	if (talk.agentId === undefined) return path.join(project, `${talk.sessionId}.jsonl`);
	return cliTraits(talk.version).agentFiles === 'folder'
		? path.join(project, talk.sessionId, 'subagents', `agent-${talk.agentId}.jsonl`)
		: path.join(project, `agent-${talk.agentId}.jsonl`);
}
