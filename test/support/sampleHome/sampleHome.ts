/**
 * A small Claude Code history that looks like somebody's: `npm start -- --demo` shows it, and browser tests look at it.
 * The same seed and the same `now` give the same files. Knows the format, nothing of the product.
 */
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import {
	agentMeta,
	aiTitle,
	apiError,
	assistantText,
	compaction,
	conversation,
	denial,
	interruption,
	lastPrompt,
	response,
	syntheticAnswer,
	systemRecord,
	thinking,
	toJsonl,
	toolResult,
	toolUse,
	toolUseIdOf,
	transcriptPath,
	userPrompt,
	userRecord,
	type ChainRecord,
	type Conversation,
	type TranscriptRecord,
	type Usage,
} from '../historyGenerator/records.ts';
import { Random } from '../historyGenerator/random.ts';
import { stories, type Story } from './stories.ts';
import { sourceFiles, sourceText, writeSampleWorkspace } from './workspace.ts';

export interface SampleHomeOptions {
	/** The Claude config directory to fill. */
	readonly claudeDir: string;
	/** Folder of the sample project; its real path, since sessions name it. */
	readonly workspace: string;
	readonly now: Date;
	readonly seed?: number;
}

const models = { opus: 'claude-opus-5', sonnet: 'claude-sonnet-5', haiku: 'claude-haiku-4-5-20251001' } as const;
const version = '2.1.220';

interface Telling {
	readonly talk: Conversation;
	readonly records: TranscriptRecord[];
	readonly options: SampleHomeOptions;
}

export async function writeSampleHome(options: SampleHomeOptions): Promise<void> {
	await writeSampleWorkspace(options.workspace);
	const seed = options.seed ?? 1;
	const sessionIds = new Map(stories.map(({ key }) => [key, new Random(`${seed}/${key}/id`).uuid()]));
	for (const story of stories) await writeStory(story, options, new Random(`${seed}/${story.key}`), sessionIds);
}

async function writeStory(story: Story, given: SampleHomeOptions, random: Random, sessionIds: ReadonlyMap<string, string>): Promise<void> {
	const sessionId = sessionIds.get(story.key) ?? random.uuid();
	const workspace = story.beside === undefined ? given.workspace : join(dirname(given.workspace), story.beside);
	const options = { ...given, workspace };
	const cwd = story.folder === undefined ? workspace : join(workspace, story.folder);
	await mkdir(cwd, { recursive: true });
	const talk = conversation({
		random,
		sessionId,
		cwd,
		gitBranch: story.branch,
		version,
		model: models[story.model],
		entrypoint: story.headless === true ? 'sdk-cli' : 'cli',
		startsAt: startOf(story, options.now),
		endsAt: options.now,
	});
	const telling: Telling = { talk, records: [], options };
	const file = transcriptPath(options.claudeDir, talk);
	if (story.forkOf !== undefined) await copyFirstTurn(telling, dirname(file), sessionIds.get(story.forkOf) ?? '');
	for (const [index, prompt] of story.prompts.entries()) await tellTurn(telling, story, index, prompt);
	telling.records.push(aiTitle(talk, story.title), lastPrompt(talk, story.prompts.at(-1) ?? ''));
	await writeTranscript(file, telling.records);
}

function startOf({ daysAgo, at }: Story, now: Date): Date {
	if (typeof at === 'number') return new Date(now.getTime() - at * 60_000);
	const [hours = 0, minutes = 0] = at.split(':').map(Number);
	const start = new Date(now);
	start.setDate(start.getDate() - daysAgo);
	start.setHours(hours, minutes, 0, 0);
	return start;
}

/** Claude Code's own forks repeat the chain with its uuids and times under a new session id. */
async function copyFirstTurn({ talk, records }: Telling, folder: string, originId: string): Promise<void> {
	const lines = (await readFile(join(folder, `${originId}.jsonl`), 'utf8')).trimEnd().split('\n');
	const chain = lines.map(line => JSON.parse(line) as TranscriptRecord).filter(record => typeof record['uuid'] === 'string');
	const isPrompt = (record: TranscriptRecord): boolean => record.type === 'user' && record['promptSource'] !== undefined;
	const secondPrompt = chain.findIndex((record, index) => index > 0 && isPrompt(record));
	for (const record of chain.slice(0, secondPrompt)) {
		records.push({ ...record, sessionId: talk.sessionId });
		if (typeof record['uuid'] === 'string') talk.parentUuid = record['uuid'];
	}
}

async function tellTurn(telling: Telling, story: Story, index: number, prompt: string): Promise<void> {
	const { talk, records, options } = telling;
	const isLast = index === story.prompts.length - 1;
	if (index > 0) talk.pauseMs = talk.random.integer(60_000, 420_000);
	const began = talk.clockMs;
	records.push(userPrompt(talk, prompt));
	if (index === 0) for (const description of story.agents ?? []) await tellAgent(telling, description);
	const steps = Math.max(1, talk.random.integer(Math.ceil(story.effort * 0.6), Math.ceil(story.effort * 1.4)));
	for (let step = 0; step < steps; step++) {
		if (story.interruptedAt === index && step === Math.ceil(steps / 2)) {
			records.push(interruption(talk));
			return;
		}
		tellStep(telling, step);
	}
	if (isLast && story.refusal !== undefined) {
		const call = toolUse(talk, 'Bash', { command: 'npm install luxon@latest', description: 'Update the date library' });
		records.push(call, denial(talk, call, story.refusal));
	}
	if (isLast && story.apiError !== undefined) records.push(apiError(talk, 1), apiError(talk, 2));
	if (isLast && story.apiError === 'final') {
		records.push(syntheticAnswer(talk, 'API Error: 529 Overloaded. Please try again later.'));
		return;
	}
	records.push(assistantText(talk, closing(talk), { response: response(talk, nextUsage(talk, 240)) }));
	records.push(systemRecord(talk, 'turn_duration', { durationMs: talk.clockMs - began, isMeta: false }));
	if (story.compactsAfter === index + 1) records.push(...compaction(talk, `Done so far: ${prompt}`, 'auto'));
	if (talk.clockMs > options.now.getTime()) throw new Error(`${story.key} ends in the future`);
}

/** A response that thinks, perhaps speaks, and calls a tool; then the tool's answer. */
function tellStep({ talk, records, options }: Telling, step: number): void {
	const { random } = talk;
	const answer = response(talk, nextUsage(talk, 180));
	talk.pauseMs = random.integer(3_000, 14_000);
	if (random.chance(0.4)) records.push(thinking(talk, '', { response: answer, stopReason: null }));
	if (step === 0) records.push(assistantText(talk, "I'll look at the code first.", { response: answer, stopReason: null }));
	const path = random.pick(sourceFiles);
	const file = join(options.workspace, path);
	const content = sourceText(path);
	const tool = step < 2 ? 'Read' : random.pick(['Read', 'Edit', 'Edit', 'Bash', 'Grep']);
	const call = (name: string, input: Parameters<typeof toolUse>[2]): ChainRecord => toolUse(talk, name, input, { response: answer });
	const lines = content.split('\n');
	if (tool === 'Read') {
		const use = call('Read', { file_path: file });
		const numLines = lines.length;
		records.push(
			use,
			toolResult(talk, use, content, {
				toolUseResult: { type: 'text', file: { filePath: file, content, numLines, startLine: 1, totalLines: numLines } },
			}),
		);
	} else if (tool === 'Edit') {
		const oldString = lines[0] ?? '';
		const newString = `${oldString}\n// ${random.hex(6)}`;
		const use = call('Edit', { file_path: file, old_string: oldString, new_string: newString });
		const structuredPatch = [{ oldStart: 1, oldLines: 1, newStart: 1, newLines: 2, lines: [` ${oldString}`, `+// ${random.hex(6)}`] }];
		const toolUseResult = {
			filePath: file,
			oldString,
			newString,
			originalFile: null,
			structuredPatch,
			userModified: false,
			replaceAll: false,
		};
		records.push(use, toolResult(talk, use, `The file ${file} has been updated.`, { toolUseResult }));
	} else if (tool === 'Bash') {
		const use = call('Bash', { command: 'node --test', description: 'Run the tests' });
		const isError = random.chance(0.2);
		const stdout = isError ? '' : '# pass 14\n# fail 0';
		const toolUseResult = isError
			? 'Error: Exit code 1'
			: { stdout, stderr: '', interrupted: false, isImage: false, noOutputExpected: false };
		records.push(use, toolResult(talk, use, isError ? 'Exit code 1\n# fail 1' : stdout, { isError, toolUseResult }));
	} else {
		const use = call('Grep', { pattern: 'departure', path: options.workspace });
		const toolUseResult = { mode: 'files_with_matches', numFiles: 2, filenames: ['src/timetable.ts', 'server/departures.ts'] };
		records.push(use, toolResult(talk, use, 'Found 2 files\nsrc/timetable.ts\nserver/departures.ts', { toolUseResult }));
	}
}

/** A subagent with a transcript of its own, and its result in the parent's. */
async function tellAgent({ talk, records, options }: Telling, description: string): Promise<void> {
	const prompt = `${description}. Report what you find in a few sentences.`;
	const call = toolUse(
		talk,
		'Agent',
		{ description, prompt, subagent_type: 'Explore' },
		{ response: response(talk, nextUsage(talk, 150)) },
	);
	records.push(call);
	const agentId = `a${talk.random.hex(16)}`;
	const agent = conversation({
		random: talk.random.branch(agentId),
		sessionId: talk.sessionId,
		agentId,
		cwd: talk.cwd,
		gitBranch: talk.gitBranch,
		version,
		model: models.haiku,
		startsAt: talk.clockMs,
		endsAt: options.now,
	});
	const inner: Telling = { talk: agent, records: [userRecord(agent, prompt)], options };
	for (let step = 0; step < 4; step++) tellStep(inner, step);
	const text = 'Two places matter; both are in server/. Nothing else depends on them.';
	inner.records.push(assistantText(agent, text, { response: response(agent, nextUsage(agent, 200)) }));
	const file = transcriptPath(options.claudeDir, agent);
	await writeTranscript(file, inner.records);
	await writeFile(file.replace(/\.jsonl$/, '.meta.json'), JSON.stringify(agentMeta(agent, 'Explore', description, toolUseIdOf(call))));
	const content = [{ type: 'text', text }];
	const toolUseResult = {
		status: 'completed',
		prompt,
		agentId,
		content,
		totalDurationMs: agent.clockMs - talk.clockMs,
		totalTokens: 21_000,
		totalToolUseCount: 4,
	};
	talk.clockMs = agent.clockMs;
	records.push(toolResult(talk, call, content, { toolUseResult }));
}

/** The context grows with every response, and all of it but the newest part comes from the cache. */
function nextUsage(talk: Conversation, output: number): Usage {
	const added = talk.random.logNormal(1_400, 5_000);
	const usage = {
		input: talk.random.integer(3, 12),
		output: talk.random.logNormal(output, output * 4),
		cacheRead: talk.contextTokens,
		cacheWrite5m: 0,
		cacheWrite1h: added,
	};
	talk.contextTokens += added;
	return usage;
}

function closing(talk: Conversation): string {
	return talk.random.pick([
		'Done. The tests pass; I changed two files and left the rest alone.',
		'That is fixed. The cause was in `server/schedule.ts`, and a test now covers it.',
		'Here is what I found, with the three places that matter. I have not changed anything else.',
		'It works in both directions now. One thing is left for you to decide, see the note in the code.',
	]);
}

async function writeTranscript(file: string, records: readonly TranscriptRecord[]): Promise<void> {
	await mkdir(dirname(file), { recursive: true });
	await writeFile(file, toJsonl(records), { mode: 0o600 });
}
