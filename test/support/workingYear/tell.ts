/** A planned session as the transcripts Claude Code would have written: its own, and those of its subagents. */
import {
	aiTitle,
	apiError,
	assistantText,
	compaction,
	conversation,
	denial,
	interruption,
	lastPrompt,
	response,
	slashCommand,
	syntheticAnswer,
	systemRecord,
	thinking,
	toJsonl,
	toolResult,
	toolUse,
	transcriptPath,
	userPrompt,
	type Conversation,
	type TranscriptRecord,
} from '../historyGenerator/records.ts';
import { Random } from '../historyGenerator/random.ts';
import {
	build,
	browserTests,
	difference,
	edit,
	failing,
	fetched,
	grep,
	read,
	serverTool,
	skill,
	tests,
	todos,
	type TimedExchange,
	write,
} from './calls.ts';
import type { PlannedSession } from './plan.ts';
import { nextUsage, tellSubagent, version, type WrittenFile } from './subagent.ts';
import { closings } from './wishes.ts';

export interface ToldSession {
	readonly plan: PlannedSession;
	readonly transcript: WrittenFile;
	/** Of subagents, with what stands beside them. */
	readonly beside: readonly WrittenFile[];
	/** Its records with the first turn alone: what a fork begins with. */
	readonly firstTurn: readonly TranscriptRecord[];
	readonly endedMs: number;
}

export interface Place {
	readonly claudeDir: string;
	/** Folder of the projects. */
	readonly work: string;
}

/** `origin`: what it is a fork of. */
export function tellSession(plan: PlannedSession, place: Place, startsAtMs: number, origin: ToldSession | null): ToldSession {
	return new Teller(plan, place, startsAtMs).told(origin);
}

class Teller {
	readonly #plan: PlannedSession;
	readonly #place: Place;
	readonly #cwd: string;
	readonly #talk: Conversation;
	readonly #random: Random;
	readonly #records: TranscriptRecord[] = [];
	readonly #beside: WrittenFile[] = [];
	/** Files are edited in their order when the wish was clear, the same few again and again when it was not. */
	#nextFile: number;

	constructor(plan: PlannedSession, place: Place, startsAtMs: number) {
		const random = new Random(plan.id);
		this.#plan = plan;
		this.#place = place;
		this.#random = random;
		this.#cwd = `${place.work}/${plan.project.name}`;
		this.#nextFile = random.integer(0, plan.project.files.length - 1);
		this.#talk = conversation({
			random,
			sessionId: plan.id,
			cwd: this.#cwd,
			gitBranch: plan.branch,
			version,
			model: plan.model,
			entrypoint: plan.isBackground ? 'sdk-cli' : 'cli',
			startsAt: startsAtMs,
		});
		this.#talk.contextTokens = 17_000;
	}

	told(origin: ToldSession | null): ToldSession {
		const { prompts, title, oddity } = this.#plan;
		const talk = this.#talk;
		if (origin !== null) this.#copy(origin.firstTurn);
		if (this.#random.chance(0.16)) this.#records.push(...slashCommand(talk, this.#random.pick(['clear', 'clear', 'model', 'review'])));
		let firstTurn: readonly TranscriptRecord[] = [];
		for (const [index, prompt] of prompts.entries()) {
			this.#turn(index, prompt);
			if (index === 0) firstTurn = [...this.#records];
			if (index === 1 && oddity === 'compacted') this.#records.push(...compaction(talk, `Done so far: ${prompt}`, 'auto'));
		}
		if (oddity === 'apiError') {
			this.#records.push(apiError(talk, 1), apiError(talk, 2));
			this.#records.push(syntheticAnswer(talk, 'API Error: 529 Overloaded. Please try again later.'));
		}
		this.#records.push(aiTitle(talk, title), lastPrompt(talk, prompts.at(-1) ?? ''));
		const strange: TranscriptRecord = { type: 'voice-note', sessionId: talk.sessionId };
		if (oddity === 'unknownRecords') this.#records.push(strange, strange, { ...strange, type: 'checkpoint2' });
		const broken = oddity === 'damaged' ? '{"type":"user","message":{"role":"us\n{"type":"assist\n' : '';
		const transcript = { path: transcriptPath(this.#place.claudeDir, talk, this.#cwd), text: toJsonl(this.#records) + broken };
		return { plan: this.#plan, transcript, beside: this.#beside, firstTurn, endedMs: talk.clockMs };
	}

	/** Claude Code's own forks repeat the chain with its uuids and times under a new session id. */
	#copy(records: readonly TranscriptRecord[]): void {
		for (const record of records) {
			this.#records.push({ ...record, sessionId: this.#talk.sessionId });
			if (typeof record['uuid'] === 'string') this.#talk.parentUuid = record['uuid'];
		}
	}

	#turn(index: number, prompt: string): void {
		const { agents, effort, isEditing, oddity, prompts, usesPlanMode } = this.#plan;
		const talk = this.#talk;
		const random = this.#random;
		if (index > 0) talk.pauseMs = Math.min(290_000, random.logNormal(110_000, 400_000));
		const began = talk.clockMs;
		this.#records.push(userPrompt(talk, prompt, usesPlanMode && index === 0 ? { permissionMode: 'plan' } : {}));
		if (index === 0) {
			for (const description of agents) {
				const { records, files } = tellSubagent(talk, {
					description,
					cwd: this.#cwd,
					claudeDir: this.#place.claudeDir,
					files: this.#plan.project.files,
				});
				this.#records.push(...records);
				this.#beside.push(...files);
			}
		}
		const looks = Math.max(1, random.integer(Math.floor(effort * 0.3), Math.ceil(effort * 0.7)));
		if (index === 0) this.#begin(prompt);
		for (let step = 0; step < looks; step++) this.#look();
		if (random.chance(0.05)) {
			this.#records.push(interruption(talk));
			return;
		}
		if (isEditing) this.#change(Math.max(1, Math.round(effort * (0.3 + random.next() * 0.3))));
		if (oddity === 'processing' && index === prompts.length - 1) return;
		if (random.chance(0.025)) this.#refusal();
		this.#answer(random.pick(closings), 320);
		this.#records.push(systemRecord(talk, 'turn_duration', { durationMs: talk.clockMs - began, isMeta: false }));
	}

	/** What a larger piece of work begins with. */
	#begin(prompt: string): void {
		const random = this.#random;
		const { effort, isEditing, project } = this.#plan;
		if (effort > 6 && random.chance(0.6)) this.#call(todos(prompt.slice(0, 60)));
		if (random.chance(0.2))
			this.#call(
				serverTool('github', random.pick(['search_issues', 'get_issue', 'list_pull_requests']), [900, 3_000]),
				'MCP error: the issue is locked',
			);
		if (project.name === 'storefront' && isEditing && random.chance(0.16))
			this.#call(serverTool('playwright', 'browser_take_screenshot_of_the_whole_page', [2_400, 6_000]));
		if (random.chance(0.08)) this.#call(fetched('https://docs.example.org/guide'), 'Request failed with status code 503');
		if (random.chance(0.07)) this.#call(skill(random.pick(['release-notes', 'release-notes', 'house-style'])));
	}

	#look(): void {
		const random = this.#random;
		const file = `${this.#cwd}/${random.pick(this.#plan.project.files)}`;
		const call = random.weighted([
			[58, read(file)],
			[22, grep(random.pick(['retry', 'parseDate', 'coupon', 'balance']))],
			[20, difference()],
		] as const);
		this.#call(call, call.name === 'Read' ? 'File does not exist.' : null);
	}

	/** Edits, and a check of them; where the first attempt was not right, both again. */
	#change(edits: number): void {
		const random = this.#random;
		const { isDetailed, project, runsTests } = this.#plan;
		const { files } = project;
		const fileAt = (place: number): string => `${this.#cwd}/${files[place % files.length] ?? files[0]}`;
		let file = fileAt(this.#nextFile);
		for (let index = 0; index < edits; index++) {
			file = fileAt(this.#nextFile);
			if (random.chance(0.05))
				this.#call(write(`${file.replace(/\.\w+$/, '')}.draft.ts`), 'File has not been read yet. Read it first before writing to it.');
			this.#call(
				edit(file, `// ${random.hex(6)}`),
				random.chance(0.5) ? 'String to replace not found in file.' : 'File has not been read yet. Read it first before writing to it.',
			);
			if (random.chance(isDetailed ? 0.75 : 0.4)) this.#nextFile++;
		}
		const check = runsTests ? (project.name === 'storefront' && random.chance(0.12) ? browserTests : tests) : build;
		this.#check(check());
		if (!random.chance(runsTests ? 0.12 : 0.38)) return;
		this.#call(edit(file, `// ${random.hex(6)}`), 'String to replace not found in file.');
		this.#check(check());
	}

	/** A failed check is now and then run again as it is. */
	#check(check: TimedExchange): void {
		const random = this.#random;
		if (!random.chance(0.06)) {
			this.#step(check);
			return;
		}
		this.#step(
			random.chance(0.1) ? failing(check, 'Command timed out after 10m 0.0s', [600_000, 600_000]) : failing(check, 'Exit code 1\n# fail 1'),
		);
		if (random.chance(0.4)) this.#step(check);
	}

	#refusal(): void {
		const call = toolUse(this.#talk, 'Bash', { command: 'git push --force', description: 'Publish it' }, { response: this.#response(120) });
		this.#records.push(call, denial(this.#talk, call, this.#random.chance(0.5) ? 'not now, I want to look at it first' : undefined));
	}

	/** A call that goes wrong one time in twenty, where it can. */
	#call(call: TimedExchange, error: string | null = null): void {
		this.#step(error !== null && this.#random.chance(0.05) ? failing(call, error) : call);
	}

	/** A response that thinks, perhaps speaks, and calls a tool; then the tool's answer. */
	#step(call: TimedExchange): void {
		const talk = this.#talk;
		const random = this.#random;
		const answer = this.#response(210);
		talk.pauseMs = Math.min(240_000, random.logNormal(15_000, 50_000));
		if (random.chance(0.2)) this.#records.push(thinking(talk, '', { response: answer, stopReason: null, signature: 'EqQB' }));
		if (random.chance(0.2)) this.#records.push(assistantText(talk, "I'll look at that first.", { response: answer, stopReason: null }));
		const use = toolUse(talk, call.name, call.input, { response: answer });
		const [median, p90] = call.takes;
		talk.pauseMs = Math.min(700_000, p90 === median ? median : random.logNormal(median, p90));
		const { content, toolUseResult, isError } = call;
		this.#records.push(use, toolResult(talk, use, content, { toolUseResult, isError }));
	}

	#answer(text: string, output: number): void {
		this.#records.push(assistantText(this.#talk, text, { response: this.#response(output) }));
	}

	#response(output: number): ReturnType<typeof response> {
		return response(this.#talk, nextUsage(this.#talk, output));
	}
}
