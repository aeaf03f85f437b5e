// An independent count of Claude Code transcripts, written from the format reference alone. Slow and plain on purpose.
//   node count.ts DIR… [--session ID]     node count.ts --file TRANSCRIPT
import { pathToFileURL } from 'node:url';
import { readTranscript, transcriptsOf, type TranscriptFile } from './files.ts';
import { isInterruption, plannedIn, promptsOf, renameIn, wordsIn, type Prompt } from './prompts.ts';
import { addTokens, noTokens, responsesOf, type Response, type Tokens } from './responses.ts';
import {
	compareSessions,
	earlier,
	isChain,
	isMessage,
	later,
	namedOrigin,
	namedSession,
	ownershipOf,
	sessionsOf,
	type Entry,
	type Ownership,
	type Session,
} from './sessions.ts';
import { compareStrings, isObject, isoOf, listAt, objectAt, stringAt } from './values.ts';

export interface IndependentSession {
	readonly id: string;
	readonly stub: boolean;
	readonly mode: 'interactive' | 'background' | 'forked';
	readonly parentSessionId: string | null;
	readonly cwd: string | null;
	readonly gitBranch: string | null;
	readonly version: string | null;
	readonly entrypoint: string | null;
	readonly title: string | null;
	readonly startedAt: string | null;
	readonly endedAt: string | null;
	readonly responses: number;
	readonly userPrompts: number;
	readonly toolCalls: number;
	readonly subagents: number;
	readonly compactions: number;
	readonly interruptions: number;
	readonly tokens: Tokens;
	readonly promptWordCount: number | null;
	readonly sameFileEditCount: number;
	readonly malformedLines: number;
	/** The same figures under the other reading of a rule that can be read in two ways; see README.md. */
	readonly otherReadings: Readonly<Record<string, number | string | null>>;
}

export interface IndependentReport {
	readonly index: {
		readonly filesSeen: number;
		readonly malformedLines: number;
		readonly unknownRecordTypes: Readonly<Record<string, number>>;
	};
	readonly totals: {
		readonly sessions: number;
		readonly stubs: number;
		readonly responses: number;
		readonly userPrompts: number;
		readonly toolCalls: number;
		readonly tokens: Tokens;
	};
	readonly models: readonly { readonly model: string; readonly responses: number; readonly tokens: Tokens }[];
	readonly sessions: readonly IndependentSession[];
}

/** Section 6 of the reference. What its statistics list besides (`tool_call`, `totally_new_type`, …) is of other programs or of fixtures made to be unknown. */
const KNOWN_TYPES = new Set(
	(
		'user assistant system attachment progress summary custom-title ai-title agent-name agent-setting last-prompt permission-mode mode tag pr-link ' +
		'frame-link bridge-session queue-operation file-history-snapshot file-history-delta fork-context-ref content-replacement worktree-state relocated ' +
		'atis-latch started result'
	).split(' '),
);

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

export function countHome(configDirs: string[]): IndependentReport {
	return count(transcriptsOf(configDirs));
}

/** One transcript by itself. Exports have names such as `full`: then the id is the one the records name. */
export function countFile(path: string): IndependentReport {
	return count([readTranscript(path)], file => (UUID.test(file.stem) ? file.stem : (namedSession(file) ?? file.stem)));
}

function count(files: readonly TranscriptFile[], idOf?: (file: TranscriptFile) => string): IndependentReport {
	const built = sessionsOf(files, idOf).sort(compareSessions);
	const ownership = ownershipOf(built);
	const responses = responsesOf(built, ownership);
	const summaries = summariesOf(files);
	const bySession = Map.groupBy(responses, response => response.session);
	const queueSeen = new Set<string>();
	const sessions = built
		.map(session => describe(session, bySession.get(session) ?? [], promptsOf(session, ownership, queueSeen), ownership, built, summaries))
		.sort(
			(a, b) =>
				(a.startedAt === null ? 1 : 0) - (b.startedAt === null ? 1 : 0) ||
				compareStrings(a.startedAt ?? '', b.startedAt ?? '') ||
				compareStrings(a.id, b.id),
		);
	const sum = (field: 'responses' | 'userPrompts' | 'toolCalls'): number => sessions.reduce((total, session) => total + session[field], 0);
	return {
		index: {
			filesSeen: files.length,
			malformedLines: files.reduce((total, file) => total + file.malformedLines, 0),
			unknownRecordTypes: unknownTypes(files),
		},
		totals: {
			sessions: sessions.filter(session => !session.stub).length,
			stubs: sessions.filter(session => session.stub).length,
			responses: sum('responses'),
			userPrompts: sum('userPrompts'),
			toolCalls: sum('toolCalls'),
			tokens: sumTokens(sessions),
		},
		models: [...Map.groupBy(responses, response => response.model)]
			.map(([model, own]) => ({ model, responses: own.length, tokens: sumTokens(own) }))
			.sort((a, b) => b.responses - a.responses || compareStrings(a.model, b.model)),
		sessions,
	};
}

function sumTokens(parts: readonly { readonly tokens: Tokens }[]): Tokens {
	const total = noTokens();
	for (const part of parts) addTokens(total, part.tokens);
	return total;
}

function unknownTypes(files: readonly TranscriptFile[]): Record<string, number> {
	const counts = new Map<string, number>();
	for (const { records } of files) {
		for (const record of records) {
			const type = stringAt(record, 'type') ?? '(none)';
			if (!KNOWN_TYPES.has(type)) counts.set(type, (counts.get(type) ?? 0) + 1);
		}
	}
	return Object.fromEntries([...counts].sort(([a], [b]) => compareStrings(a, b)));
}

/** Titles by the uuid of the record they end at: a `summary` often stands in another session's file. The last one wins. */
function summariesOf(files: readonly TranscriptFile[]): Map<string, string> {
	const titles = new Map<string, string>();
	for (const { records } of files) {
		for (const record of records) {
			const leaf = stringAt(record, 'leafUuid');
			const title = stringAt(record, 'summary');
			if (record['type'] === 'summary' && leaf !== null && title !== null) titles.set(leaf, title);
		}
	}
	return titles;
}

function describe(
	session: Session,
	responses: readonly Response[],
	prompts: readonly Prompt[],
	ownership: Ownership,
	all: readonly Session[],
	summaries: ReadonlyMap<string, string>,
): IndependentSession {
	const own = session.entries.filter(entry => ownership.counts(entry));
	// A stub has no transcript of its own: what is known of it stands in its subagents' files.
	const inMain = (entry: Entry): boolean => session.mains.length === 0 || session.mains.includes(entry.file);
	const main = session.entries.filter(inMain);
	// A copy's time is that of its new records; a copy without any has its copied ones.
	const times = bounds(own.some(entry => isChain(entry) && entry.time !== null) ? own : session.entries);
	const rawTimes = bounds(session.entries);
	const mainTimes = bounds(main);
	const calls = new Map(responses.flatMap(response => response.toolCalls).map(call => [call.id, call]));
	const recordedCalls = new Set(
		responses.filter(response => !response.progressOnly).flatMap(response => response.toolCalls.map(call => call.id)),
	);
	const edits = editsOf(session, [...calls.values()]);
	const files = [...session.mains, ...session.others];
	const parent = parentOf(session, ownership, all);
	const entrypoint = firstString(main, 'entrypoint');
	const firstPrompt = prompts[0];
	const boundaries = own.filter(({ o, type }) => type === 'system' && o['subtype'] === 'compact_boundary');
	const subagentFiles = session.others.filter(file => isSubagent(file, session, ownership));
	return {
		id: session.id,
		stub: session.mains.length === 0,
		mode: parent.copied ? 'forked' : isBackground(main, entrypoint) ? 'background' : 'interactive',
		parentSessionId: parent.id,
		cwd: firstString(main, 'cwd'),
		gitBranch: lastString(main, 'gitBranch'),
		version: lastString(main, 'version'),
		entrypoint,
		title: titleOf(main, prompts, summaries),
		startedAt: isoOf(times.start),
		endedAt: isoOf(times.end),
		responses: responses.length,
		userPrompts: prompts.length,
		toolCalls: calls.size,
		subagents: new Set(subagentFiles.map(file => file.stem)).size,
		// A subagent that compacts its own context does not compact the session.
		compactions: boundaries.filter(({ file, o }) => !file.agent && o['isSidechain'] !== true).length,
		interruptions: own.filter(isInterruption).length,
		tokens: sumTokens(responses),
		promptWordCount: firstPrompt === undefined ? null : wordsIn(firstPrompt.text),
		sameFileEditCount: edits.succeeded,
		malformedLines: files.reduce((total, file) => total + file.malformedLines, 0),
		otherReadings: {
			userPromptsTyped: prompts.filter(prompt => prompt.kind === 'typed').length,
			userPromptsQueued: prompts.filter(prompt => prompt.kind === 'queued').length,
			userPromptsFeedback: prompts.filter(prompt => prompt.kind === 'feedback').length,
			toolCallsWithoutProgress: recordedCalls.size,
			sameFileEditsWithFailed: edits.all,
			sameFileEditsWithoutWrite: edits.withoutWrite,
			compactionsWithSubagents: boundaries.length,
			startedAtWithCopies: isoOf(rawTimes.start),
			startedAtOfTranscript: isoOf(mainTimes.start),
			endedAtOfTranscript: isoOf(mainTimes.end),
		},
	};
}

function bounds(entries: readonly Entry[]): { start: number | null; end: number | null } {
	let start: number | null = null;
	let end: number | null = null;
	for (const entry of entries.filter(isChain)) {
		start = earlier(start, entry.time);
		end = later(end, entry.time);
	}
	return { start, end };
}

function firstString(entries: readonly Entry[], key: string): string | null {
	for (const { o } of entries) {
		const value = stringAt(o, key);
		if (value !== null) return value;
	}
	return null;
}

/** The last that says something: an empty branch is no branch. */
function lastString(entries: readonly Entry[], key: string): string | null {
	return firstString([...entries].reverse(), key);
}

/** Compaction, suggestion and side-question runs are known by their file's name, and are none. A file that holds only another session's records is that session's subagent; a sidechain-first transcript is none. */
function isSubagent(file: TranscriptFile, session: Session, ownership: Ownership): boolean {
	if (!file.agent || /^agent-(acompact|aprompt_suggestion|aside_question)-/.test(file.stem)) return false;
	return session.entries.some(entry => entry.file === file && isMessage(entry.o) && ownership.ownerOf(entry) === session);
}

/** Headless (`claude -p`), through the SDK, or in a background process; before `entrypoint` was written nothing tells, and the default is interactive. */
function isBackground(entries: readonly Entry[], entrypoint: string | null): boolean {
	return (entrypoint?.startsWith('sdk') ?? false) || entries.some(({ o }) => o['sessionKind'] === 'bg');
}

/** The session that own copied messages belong to or name; else the transcript a plan names; else the one that holds the first record's parent. */
function parentOf(session: Session, ownership: Ownership, all: readonly Session[]): { id: string | null; copied: boolean } {
	const origins = new Map<string, number>();
	for (const entry of session.entries) {
		// One shared caveat does not make a fork: only messages that are not meta tell.
		if (!isMessage(entry.o) || entry.o['isMeta'] === true || entry.file.agent) continue;
		const named = namedOrigin(entry);
		const owner = named !== null && named !== session.id ? named : ownership.ownerOf(entry).id;
		if (owner !== session.id) origins.set(owner, (origins.get(owner) ?? 0) + 1);
	}
	const [most] = [...origins].sort((a, b) => b[1] - a[1] || compareStrings(a[0], b[0]));
	if (most !== undefined) return { id: most[0], copied: true };
	for (const entry of session.entries) {
		const planned = plannedIn(entry);
		if (planned !== null && planned !== session.id) return { id: planned, copied: false };
	}
	const up = firstString(session.entries.filter(entry => isChain(entry) && session.mains.includes(entry.file)).slice(0, 1), 'parentUuid');
	if (up === null || session.entries.some(entry => entry.o['uuid'] === up)) return { id: null, copied: false };
	const holder = all.find(other => other !== session && other.entries.some(entry => entry.o['uuid'] === up));
	return { id: holder?.id ?? null, copied: false };
}

/** Custom title (last, an empty one clears), else AI title, else summary of one of its records, else first prompt. */
function titleOf(main: readonly Entry[], prompts: readonly Prompt[], summaries: ReadonlyMap<string, string>): string | null {
	let custom = '';
	let ai = '';
	let summary = '';
	for (const entry of main) {
		const { o, type } = entry;
		if (type === 'custom-title' && typeof o['customTitle'] === 'string') custom = o['customTitle'];
		else if (type === 'ai-title') ai = stringAt(o, 'aiTitle') ?? ai;
		else custom = renameIn(entry) ?? custom;
		summary = summaries.get(stringAt(o, 'uuid') ?? '') ?? summary;
	}
	const prompt = prompts.find(({ text }) => text !== '')?.text ?? '';
	return [custom, ai, summary, prompt].map(text => text.trim()).find(text => text !== '') ?? null;
}

const EDITORS = new Set(['Edit', 'MultiEdit', 'Write', 'NotebookEdit']);

/** Edits beyond the first of each path, subagents included. A call answered with an error edited nothing; an unanswered one is taken to have. */
function editsOf(
	session: Session,
	calls: readonly { id: string; name: string | null; input: Readonly<Record<string, unknown>> | null }[],
): { succeeded: number; all: number; withoutWrite: number } {
	const failed = new Set(session.entries.flatMap(failedCalls));
	const edits = calls.flatMap(call => {
		const path = call.input === null ? null : (stringAt(call.input, 'file_path') ?? stringAt(call.input, 'notebook_path'));
		return path !== null && call.name !== null && EDITORS.has(call.name) ? [{ ...call, path }] : [];
	});
	const repeats = (list: typeof edits): number => list.length - new Set(list.map(edit => edit.path)).size;
	const succeeded = edits.filter(edit => !failed.has(edit.id));
	return { succeeded: repeats(succeeded), all: repeats(edits), withoutWrite: repeats(succeeded.filter(edit => edit.name !== 'Write')) };
}

function failedCalls({ o, type }: Entry): string[] {
	const data = objectAt(o, 'data');
	const inner = type === 'user' ? o : data === null ? null : objectAt(data, 'message');
	const message = inner === null ? null : objectAt(inner, 'message');
	if (message === null) return [];
	const results = listAt(message, 'content').filter(isObject);
	return results.flatMap(block => {
		const id = block['type'] === 'tool_result' && block['is_error'] === true ? stringAt(block, 'tool_use_id') : null;
		return id === null ? [] : [id];
	});
}

function main(args: string[]): void {
	const option = (name: string): string | null => {
		const at = args.indexOf(name);
		return at < 0 ? null : (args.splice(at, 2)[1] ?? null);
	};
	const file = option('--file');
	const session = option('--session');
	if (file === null && args.length === 0) {
		process.stderr.write('usage: count.ts DIR... [--session ID] | --file TRANSCRIPT\n');
		process.exit(2);
	}
	const report = file === null ? countHome(args) : countFile(file);
	const shown = session === null ? report : report.sessions.find(found => found.id === session);
	process.stdout.write(`${JSON.stringify(shown ?? null, null, 2)}\n`);
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) main(process.argv.slice(2));
