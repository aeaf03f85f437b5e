/**
 * One session from its first record to its last: what opens it, turn after turn until it has its size, what is written
 * again every few turns, and the ways a person interrupts, queues, commands and compacts.
 */
import { cliTraits } from './cliVersion.ts';
import { filePath, promptText, titleText, type Material } from './material.ts';
import {
	aiTitle,
	attachment,
	compaction,
	customTitle,
	fileHistorySnapshot,
	interruption,
	lastPrompt,
	modeRecord,
	permissionMode,
	progress,
	pullRequestLink,
	queueOperation,
	slashCommand,
	systemRecord,
	userPrompt,
	type ChainRecord,
	type Conversation,
	type Json,
	type TranscriptRecord,
} from './records.ts';
import { runAgent, runCompactionHelper, type AgentHome } from './subagents.ts';
import type { TranscriptFile } from './transcriptFile.ts';
import type { HistoryTruth } from './truth.ts';
import { endTurn, work, type Stage } from './turn.ts';

export interface SessionPlan {
	readonly talk: Conversation;
	readonly material: Material;
	readonly truth: HistoryTruth;
	readonly file: TranscriptFile;
	readonly home: AgentHome;
	/** The session is ended after the turn in which it reaches this size. */
	readonly bytes: number;
	/** Bytes so far, subagents included. */
	readonly written: () => number;
	/** `claude -p`: one prompt, nobody there to interrupt. */
	readonly print: boolean;
	/** Talks to a gateway that gives no request ids. */
	readonly gateway: boolean;
}

const compactsAtTokens = 160_000;

/** Writes the records of the plan into its file, which stays open. */
export function writeSession(plan: SessionPlan): void {
	const { talk, truth, material } = plan;
	const { random } = talk;
	const recent: ChainRecord[] = [];
	const emit = (record: TranscriptRecord): void => {
		writeDamaged(plan, record);
		if (record.type === 'assistant') recent.push(record as ChainRecord);
		if (recent.length > 4) recent.shift();
	};
	const stage: Stage = {
		talk,
		material,
		truth,
		hooks: random.chance(0.5),
		emit,
		runAgent: (call, prompt) => runAgent(stage, plan.home, call, prompt),
		gateway: plan.gateway,
	};
	const title = titleText(random);
	const renamed = random.chance(0.05) ? titleText(random) : null;
	open(plan, stage);
	let turns = 0;
	do {
		if (turns > 0) talk.pauseMs = random.chance(0.03) ? 11 * 3_600_000 : random.logNormal(60_000, 900_000);
		if (!plan.print && random.chance(0.06)) slashCommand(talk, random.pick(['model', 'cost', 'status']), '', 'Done').forEach(emit);
		const text = turn(plan, stage, turns === 0);
		if (turns % 3 === 0) appendMetadata(plan, emit, title, renamed, text);
		if (talk.contextTokens > compactsAtTokens) compact(plan, stage, recent);
		if (random.chance(0.04)) talk.gitBranch = `feature/${random.hex(4)}`;
		turns++;
	} while (plan.written() < plan.bytes && !plan.print);
	if (random.chance(0.03)) emit(pullRequestLink(talk, 'example/shop', random.integer(1, 900)));
}

function open(plan: SessionPlan, stage: Stage): void {
	const { talk, material } = plan;
	const { random } = talk;
	const traits = cliTraits(talk.version);
	if (traits.modeRecords) [modeRecord(talk), permissionMode(talk)].forEach(stage.emit);
	const hookFields = { hookEvent: 'SessionStart', hookName: 'SessionStart:startup', command: 'node .claude/hooks/start.js' };
	if (stage.hooks && traits.progress) stage.emit(progress(talk, { type: 'hook_progress', ...hookFields }, random.uuid()));
	if (!traits.attachments || !random.chance(0.8)) return;
	const names = Array.from({ length: random.integer(20, 300) }, (_, i) => `mcp__server${i % 7}__${random.hex(8)}`);
	stage.emit(attachment(talk, 'deferred_tools_delta', { addedNames: names, addedLines: names, removedNames: [] }));
	const listing = material.proseOf(random, random.logNormal(6_000, 16_000));
	stage.emit(attachment(talk, 'skill_listing', { content: listing, skillCount: 10, isInitial: true }));
	if (!random.chance(0.5)) return;
	const addedLines = Array.from({ length: 8 }, () => material.proseOf(random, random.logNormal(900, 1_600)));
	stage.emit(attachment(talk, 'agent_listing_delta', { addedTypes: ['reviewer'], addedLines, removedTypes: [], isInitial: true }));
	const addedBlocks = [material.proseOf(random, 3_500)];
	stage.emit(attachment(talk, 'mcp_instructions_delta', { addedNames: ['browser'], addedBlocks, removedNames: [] }));
}

/** A prompt and what follows it; says what was typed. */
function turn(plan: SessionPlan, stage: Stage, first: boolean): string {
	const { talk, truth } = plan;
	const { random } = talk;
	const traits = cliTraits(talk.version);
	const text = random.chance(0.12)
		? `${promptText(random)}\n\n${plan.material.codeOf(random, random.logNormal(600, 6_000))}`
		: promptText(random);
	const startedMs = talk.clockMs;
	if (traits.fileHistorySnapshots)
		stage.emit(fileHistorySnapshot(talk, random.uuid(), random.chance(0.5) ? [filePath(random, talk.cwd)] : []));
	const queued = !first && !plan.print && traits.queueOperations && random.chance(0.1);
	if (queued) {
		stage.emit(queueOperation(talk, 'enqueue', text));
		stage.emit(queueOperation(talk, 'dequeue'));
	}
	truth.userPrompts++;
	stage.emit(userPrompt(talk, promptContent(plan, text)));
	if (!plan.print && random.chance(0.05)) {
		work(stage, 1);
		stage.emit(interruption(talk, random.chance(0.4)));
		return text;
	}
	// A response with its tools is about 14 KB: a small session stops in its first turn.
	const left = Math.max(0, Math.ceil((plan.bytes - plan.written()) / 14_000));
	work(stage, Math.min(80, left, random.logNormal(plan.print ? 3 : 6, 25)));
	if (!plan.print && traits.queueOperations && random.chance(0.06)) steer(plan, stage);
	endTurn(stage, startedMs);
	if (random.chance(0.02))
		stage.emit(systemRecord(talk, 'away_summary', { content: 'While you were away the work went on.', isMeta: false }));
	return text;
}

/** A prompt typed while Claude works: injected in mid-turn, or taken back into the editor. */
function steer(plan: SessionPlan, stage: Stage): void {
	const { talk, truth } = plan;
	const text = promptText(talk.random);
	stage.emit(queueOperation(talk, 'enqueue', text));
	if (talk.random.chance(0.1)) {
		stage.emit(queueOperation(talk, 'popAll', text));
		return;
	}
	truth.userPrompts++;
	stage.emit(queueOperation(talk, 'remove', text));
	// Before 2.1.97 the removed entry of the queue is the only copy.
	if (cliTraits(talk.version).finalUsage) {
		stage.emit(
			attachment(talk, 'queued_command', { prompt: text, commandMode: 'prompt', timestamp: new Date(talk.clockMs).toISOString() }),
		);
	}
	work(stage, 2);
}

function promptContent(plan: SessionPlan, text: string): Json {
	const { talk, material } = plan;
	const { random } = talk;
	if (random.chance(0.03))
		return [
			{ type: 'text', text: '<ide_opened_file>The user opened the file.</ide_opened_file>' },
			{ type: 'text', text },
		];
	if (!random.chance(0.02)) return text;
	const data = material.binaryOf(random, Math.min(2_000_000, random.logNormal(160_000, 600_000)));
	return [{ type: 'text', text }, { type: 'image', source: { type: 'base64', media_type: 'image/png', data } }]; // prettier-ignore
}

/** What Claude Code repeats so that it stays near the end of the file. */
function appendMetadata(plan: SessionPlan, emit: Stage['emit'], title: string, renamed: string | null, text: string): void {
	const { talk } = plan;
	const traits = cliTraits(talk.version);
	if (traits.lastPrompt) emit(lastPrompt(talk, text));
	if (traits.aiTitle && !plan.print) emit(aiTitle(talk, title));
	if (traits.customTitle && renamed !== null) emit(customTitle(talk, renamed));
	if (traits.modeRecords) [modeRecord(talk), permissionMode(talk)].forEach(emit);
}

function compact(plan: SessionPlan, stage: Stage, recent: readonly ChainRecord[]): void {
	const { talk, material } = plan;
	const traits = cliTraits(talk.version);
	if (traits.agentFiles === 'folder' && talk.random.chance(0.3))
		runCompactionHelper(stage, plan.home, talk.random.chance(0.5) ? recent : []);
	compaction(talk, material.proseOf(talk.random, 6_000), talk.random.chance(0.1) ? 'manual' : 'auto').forEach(stage.emit);
}

/** One line in some thousands is damaged: cut off by a crash, or glued to the next one. */
function writeDamaged(plan: SessionPlan, record: TranscriptRecord): void {
	const { file, talk, truth } = plan;
	if (talk.random.chance(1 / 8_000)) {
		file.text(`${JSON.stringify(record).slice(0, 60)}\n`);
		truth.malformedLines++;
	}
	file.write(record, talk.random.chance(1 / 8_000) ? '' : '\n');
}
