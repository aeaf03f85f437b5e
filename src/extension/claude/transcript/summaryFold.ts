import type { FileSummary, Key, MessageType, ToolStatus } from '../facts.ts';
import { checkIn, editIn, nextTurn, noTurn, type TurnMemory } from './editTurns.ts';
import type { Envelope } from './envelope.ts';
import { keyOfName, lineOf, nameOf, objectOf, whole, type Fields } from './json.ts';

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

/** How good a text is as a prompt to show: what a person typed beats a slash command, that beats a text made for them. */
export const RANK = { none: 0, made: 1, command: 2, typed: 3 } as const;
type Rank = (typeof RANK)[keyof typeof RANK];

/** What the fold must know beyond the summary to go on. */
export interface FoldMemory {
	readonly firstRank: Rank;
	readonly lastRank: Rank;
	readonly firstOfAllRank: Rank;
	readonly hasOwnEntrypoint: boolean;
	/** A record of the chain was read. */
	readonly hasBegun: boolean;
	readonly turn: TurnMemory;
}

const NO_MEMORY: FoldMemory = { firstRank: 0, lastRank: 0, firstOfAllRank: 0, hasOwnEntrypoint: false, hasBegun: false, turn: noTurn };

const MAX_TITLE = 200;
/** Distinct names kept of each kind, so that no file can bloat its row. */
const MAX_NAMES = 200;

/** The summary of a file in which nothing was read yet. */
export const emptySummary: FileSummary = {
	sessionId: null,
	agentId: null,
	firstIsSidechain: null,
	origins: [],
	forkedAt: null,
	firstParent: null,
	planOf: null,
	planTitle: null,
	firstCwd: null,
	lastGitBranch: null,
	lastVersion: null,
	firstEntrypoint: null,
	sessionKind: null,
	permissionMode: null,
	slug: null,
	customTitle: null,
	aiTitle: null,
	agentName: null,
	lastPromptHint: null,
	firstPromptOfAll: null,
	firstPrompt: null,
	lastPrompt: null,
	firstPromptWordCount: null,
	firstMs: null,
	lastMs: null,
	firstMsOfAll: null,
	messages: 0,
	userPrompts: 0,
	corrections: 0,
	interruptions: 0,
	compactions: 0,
	apiErrors: 0,
	toolErrors: 0,
	retries: 0,
	denials: 0,
	hookExecutions: 0,
	editTurns: 0,
	retriedEditTurns: 0,
	testRuns: 0,
	usedPlanMode: false,
	slashCommands: {},
	skills: {},
	mcpServers: {},
	pullRequests: [],
	lastType: null,
	lines: 0,
	malformedLines: 0,
	gluedLines: 0,
	oversizedLines: 0,
	unknownTypes: {},
	syntheticResponses: 0,
};

type Counter =
	'retries' | 'hookExecutions' | 'testRuns' | 'syntheticResponses' | 'lines' | 'malformedLines' | 'gluedLines' | 'oversizedLines';

/** A user's text as it counts in the summary. */
export interface PromptLine {
	readonly rank: Rank;
	readonly line: string | null;
	readonly wordCount: number | null;
}

/** Counts a file record by record; in any number of pieces the sum is the same. */
export class SummaryFold {
	readonly #s: Mutable<FileSummary>;
	readonly #m: Mutable<FoldMemory>;
	/** Maps, not objects: the names come from the file, and `__proto__` is one. */
	readonly #slashCommands: Map<string, number>;
	readonly #skills: Map<string, number>;
	readonly #mcpServers: Map<string, number>;
	readonly #unknownTypes: Map<string, number>;

	constructor(summary: FileSummary | null, memory: FoldMemory | null) {
		const from = summary ?? emptySummary;
		this.#s = { ...from, origins: [...from.origins], pullRequests: [...from.pullRequests] };
		this.#m = { ...(memory ?? NO_MEMORY) };
		this.#slashCommands = new Map(Object.entries(from.slashCommands));
		this.#skills = new Map(Object.entries(from.skills));
		this.#mcpServers = new Map(Object.entries(from.mcpServers));
		this.#unknownTypes = new Map(Object.entries(from.unknownTypes));
	}

	summary(): FileSummary {
		return {
			...this.#s,
			origins: [...this.#s.origins],
			pullRequests: [...this.#s.pullRequests],
			slashCommands: Object.fromEntries(this.#slashCommands),
			skills: Object.fromEntries(this.#skills),
			mcpServers: Object.fromEntries(this.#mcpServers),
			unknownTypes: Object.fromEntries(this.#unknownTypes),
		};
	}

	memory(): FoldMemory {
		return { ...this.#m };
	}

	get permissionMode(): string | null {
		return this.#s.permissionMode;
	}

	get version(): string | null {
		return this.#s.lastVersion;
	}

	/** Whether a person's prompt stood before, in a copied part too. */
	get hasTypedPrompt(): boolean {
		return this.#m.firstOfAllRank === RANK.typed;
	}

	count(what: Counter): void {
		this.#s[what]++;
	}

	/** Any record at all, also those that are no messages. */
	anyRecord(record: Fields): void {
		this.#s.sessionId ??= nameOf(record.sessionId);
	}

	unknown(type: string): void {
		increment(this.#unknownTypes, lineOf(type, 80) ?? '(blank)');
	}

	/** A record of the conversation chain: identity of the file, its bounds and its activity. */
	chainRecord(record: Fields, envelope: Envelope): void {
		const s = this.#s;
		if (!this.#m.hasBegun) s.firstParent = keyOfName(record.parentUuid);
		this.#m.hasBegun = true;
		s.firstCwd ??= nameOf(record.cwd);
		// Nearly always the same text again, which needs no second look.
		if (record.gitBranch !== s.lastGitBranch) s.lastGitBranch = nameOf(record.gitBranch) ?? s.lastGitBranch;
		if (record.version !== s.lastVersion) s.lastVersion = nameOf(record.version) ?? s.lastVersion;
		s.sessionKind = nameOf(record.sessionKind) ?? s.sessionKind;
		if (record.slug !== s.slug) s.slug = nameOf(record.slug) ?? s.slug;
		this.#entrypoint(nameOf(record.entrypoint), envelope.isCopy);
		this.#origin(record, envelope);
		const { atMs } = envelope;
		if (atMs === null) return;
		s.firstMsOfAll = s.firstMsOfAll === null ? atMs : Math.min(s.firstMsOfAll, atMs);
		if (envelope.isCopy) return;
		s.firstMs = s.firstMs === null ? atMs : Math.min(s.firstMs, atMs);
		s.lastMs = s.lastMs === null ? atMs : Math.max(s.lastMs, atMs);
	}

	#entrypoint(entrypoint: string | null, isCopy: boolean): void {
		if (entrypoint === null || this.#m.hasOwnEntrypoint) return;
		// A fork is run by whoever wrote its own records; the copied ones only stand in until there is one.
		if (!isCopy || this.#s.firstEntrypoint === null) this.#s.firstEntrypoint = entrypoint;
		if (!isCopy) this.#m.hasOwnEntrypoint = true;
	}

	#origin(record: Fields, envelope: Envelope): void {
		const fork = objectOf(record.forkedFrom);
		if (fork === null && record.session_id === undefined && !envelope.isCopy) return;
		const first = nameOf(record.session_id);
		const origin = nameOf(fork?.sessionId) ?? (first === nameOf(record.sessionId) ? null : first);
		if (origin !== null && !this.#s.origins.includes(origin) && this.#s.origins.length < MAX_NAMES) {
			this.#s.origins = [...this.#s.origins, origin];
		}
		const at = nameOf(whole(fork?.messageUuid)) ?? (envelope.isCopy ? nameOf(whole(record.uuid)) : null);
		if (at !== null) this.#s.forkedAt = at;
	}

	subagent(agentId: unknown): void {
		this.#s.agentId ??= nameOf(agentId);
	}

	/** A user or assistant record. */
	conversation(isSidechain: boolean): void {
		this.#s.firstIsSidechain ??= isSidechain;
	}

	permission(mode: unknown): void {
		this.#s.permissionMode = nameOf(mode) ?? this.#s.permissionMode;
	}

	plan(session: string | null, title: string | null): void {
		this.#s.planOf ??= session;
		this.#s.planTitle ??= title;
	}

	title(kind: 'customTitle' | 'aiTitle' | 'agentName' | 'lastPromptHint', title: unknown): void {
		if (typeof title === 'string') this.#s[kind] = lineOf(title, MAX_TITLE);
	}

	pullRequest(url: unknown): void {
		const link = nameOf(url);
		if (link === null || this.#s.pullRequests.includes(link) || this.#s.pullRequests.length >= MAX_NAMES) return;
		this.#s.pullRequests = [...this.#s.pullRequests, link];
	}

	/** A message of the file's own. */
	message(type: MessageType, isCorrection: boolean): void {
		this.#s.messages++;
		if (isCorrection) this.#s.corrections++;
		if (type === 'interruption') this.#s.interruptions++;
		else if (type === 'compaction') this.#s.compactions++;
		else if (type === 'api_error') this.#s.apiErrors++;
		else if (type === 'prompt') this.#s.userPrompts++;
		if (type === 'prompt' || type === 'command') this.#m.turn = nextTurn(this.#m.turn);
	}

	/** The main conversation edited a file. */
	edited(file: Key): void {
		const before = this.#m.turn.state;
		this.#m.turn = editIn(this.#m.turn, file);
		const { state } = this.#m.turn;
		if (before === 'plain') this.#s.editTurns++;
		if (before !== 'retried' && state === 'retried') this.#s.retriedEditTurns++;
	}

	/** The main conversation ran a command that may show whether its edits were right. */
	checked(): void {
		this.#m.turn = checkIn(this.#m.turn);
	}

	planMode(): void {
		this.#s.usedPlanMode = true;
	}

	/** What the conversation stands at: the type of a user or assistant record that is no context. */
	stand(type: MessageType): void {
		this.#s.lastType = type;
	}

	/** A text that may title the session. */
	prompt({ rank, line, wordCount }: PromptLine, isCopy: boolean): void {
		if (line === null) return; // a picture alone titles nothing
		const s = this.#s;
		const m = this.#m;
		if (rank > m.firstOfAllRank) {
			m.firstOfAllRank = rank;
			s.firstPromptOfAll = line;
		}
		if (isCopy) return;
		if (rank > m.firstRank) {
			m.firstRank = rank;
			s.firstPrompt = line;
			// A command's arguments are no prompt (MODEL-5): only what was typed as one is measured.
			s.firstPromptWordCount = rank === RANK.typed ? wordCount : null;
		}
		if (rank < m.lastRank) return;
		m.lastRank = rank;
		s.lastPrompt = line;
	}

	toolResult(status: ToolStatus): void {
		if (status === 'error') this.#s.toolErrors++;
		else if (status === 'denied') this.#s.denials++;
	}

	retry(): void {
		this.#s.retries++;
	}

	slashCommand(name: string): void {
		increment(this.#slashCommands, name);
	}

	skill(name: string): void {
		increment(this.#skills, name);
	}

	mcpCall(server: string): void {
		increment(this.#mcpServers, server);
	}
}

function increment(counts: Map<string, number>, name: string): void {
	const count = counts.get(name);
	if (count !== undefined || counts.size < MAX_NAMES) counts.set(name, (count ?? 0) + 1);
}
