/**
 * A whole Claude directory of any size, written straight to disk: sessions of many sizes, versions and models in several
 * projects, most of them recent, some forked, resumed, headless, damaged. The same options give the same bytes.
 */
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { cliTraits } from './cliVersion.ts';
import { copyOrigin, type Origin } from './forks.ts';
import { Material, projectName, titleText } from './material.ts';
import { Random } from './random.ts';
import { conversation, customTitle, summary, transcriptPath, type Conversation } from './records.ts';
import { writeSession } from './session.ts';
import { TranscriptFile } from './transcriptFile.ts';
import { emptyTruth, type HistoryTruth } from './truth.ts';

export interface HistoryOptions {
	readonly seed: number | string;
	/** About how many bytes of transcripts; with `sessions`, their sizes are scaled to it. */
	readonly bytes?: number;
	/** How many sessions. Without it, as many as fill `bytes`; without either, 20. */
	readonly sessions?: number;
	/** How many folders they ran in; default 8. */
	readonly projects?: number;
	/** Folder that holds the projects' folders; default `/home/dev/src`. */
	readonly workRoot?: string;
	/** No record is later; default 2026-03-31T18:00:00Z. */
	readonly endsAt?: string | number | Date;
	/** Over how many days they spread; default 120. */
	readonly days?: number;
	/** Size of one more session, far larger than the others. */
	readonly largest?: number;
}

const dayMs = 86_400_000;

/** Versions and the models of their time; the weights are shares of the sessions, oldest first. */
const eras = [
	[2, ['1.0.51', '1.0.128'], ['claude-sonnet-4-20250514', 'claude-opus-4-1-20250805']],
	[5, ['2.0.30', '2.0.76'], ['claude-sonnet-4-5-20250929', 'claude-opus-4-5-20251101']],
	[30, ['2.1.12', '2.1.29', '2.1.50', '2.1.69', '2.1.81'], ['claude-opus-4-5-20251101', 'claude-opus-4-6', 'claude-sonnet-4-6']],
	[
		22,
		['2.1.98', '2.1.126', '2.1.150', '2.1.176'],
		['claude-opus-4-6', 'claude-sonnet-4-6', 'claude-opus-4-7', 'claude-haiku-4-5-20251001'],
	],
	[41, ['2.1.198', '2.1.206', '2.1.220', '2.1.236'], ['claude-opus-4-8', 'claude-opus-5', 'claude-sonnet-5', 'claude-fable-5']],
] as const;

/**
 * Writes the history below `claudeDir/projects` and says what is in it.
 * @throws what the file system throws
 */
export function generateHistory(claudeDir: string, options: HistoryOptions): HistoryTruth {
	return new History(claudeDir, options).write();
}

class History {
	private readonly claudeDir: string;
	private readonly options: HistoryOptions;
	private readonly random: Random;
	private readonly material: Material;
	private readonly truth = emptyTruth();
	private readonly endsAtMs: number;
	/** The last few sessions small enough to be copied whole. */
	private readonly origins: Origin[] = [];

	constructor(claudeDir: string, options: HistoryOptions) {
		this.claudeDir = claudeDir;
		this.options = options;
		this.random = new Random(options.seed);
		this.material = new Material(options.seed);
		this.endsAtMs = new Date(options.endsAt ?? '2026-03-31T18:00:00Z').getTime();
	}

	write(): HistoryTruth {
		const { bytes = Infinity, largest = 0 } = this.options;
		const sessions = this.options.sessions ?? (bytes === Infinity ? 20 : Infinity);
		const scale = this.options.sessions !== undefined && bytes !== Infinity ? this.scaleTo(bytes - largest, sessions) : 1;
		mkdirSync(path.join(this.claudeDir, 'projects'), { recursive: true });
		if (largest > 0) this.session('largest', largest);
		for (let i = 0; i < sessions && (scale !== 1 || this.truth.bytes < bytes); i++) {
			const wanted = this.sizeOf(i) * scale;
			this.session(i, scale === 1 ? Math.min(wanted, bytes - this.truth.bytes) : wanted);
		}
		return this.truth;
	}

	/** Sizes of real transcripts: median 132 KB, 90th percentile 1.7 MB (format reference, section 21). */
	private sizeOf(index: number): number {
		return Math.min(8_000_000, this.random.branch(`size ${index}`).logNormal(132_000, 1_750_000));
	}

	private scaleTo(bytes: number, sessions: number): number {
		let sum = 0;
		for (let i = 0; i < sessions; i++) sum += this.sizeOf(i);
		return bytes / sum;
	}

	private session(index: number | string, bytes: number): void {
		const random = this.random.branch(`session ${index}`);
		const talk = this.newConversation(random);
		const projectCwd = talk.cwd;
		const origin = random.chance(0.03) ? this.origins.at(-1 - random.integer(0, 7)) : undefined;
		const began = origin ? this.fork(random, origin) : { talk, cwd: projectCwd };
		const file = new TranscriptFile(transcriptPath(this.claudeDir, began.talk, began.cwd));
		const wrote = (done: TranscriptFile): void => this.count(done);
		if (origin) {
			const bySdk = random.chance(0.25);
			copyOrigin(began.talk, origin, file, bySdk);
			if (bySdk) file.write(customTitle(began.talk, `${origin.title} (fork)`));
		} else {
			this.titleBefore(file, talk);
			if (random.chance(0.15)) talk.cwd = `${talk.cwd}/packages/web`;
		}
		const print = !origin && random.chance(0.1);
		if (print) began.talk.entrypoint = 'sdk-cli';
		const home = { claudeDir: this.claudeDir, projectCwd: began.cwd, wrote };
		const gateway = random.chance(0.015);
		if (gateway) began.talk.model = 'MiniMax-M2.7';
		const copied = file.bytes;
		const before = this.truth.bytes;
		const written = (): number => file.bytes - copied + (this.truth.bytes - before);
		const plan = { talk: began.talk, material: this.material, truth: this.truth, file, home, bytes, written, print, gateway };
		writeSession(plan);
		this.truth.sessions++;
		if (random.chance(0.005)) file.text('{"type":"user","message":{"role":"user","content":"half a li');
		file.close();
		this.count(file);
		this.remember(began.talk, began.cwd, file, random);
	}

	private newConversation(random: Random): Conversation {
		const { projects = 8, workRoot = '/home/dev/src', days = 120 } = this.options;
		// The position in time decides the version; projects are used unevenly.
		const position = random.next();
		const [, versions, models] = eraAt(position);
		const startsAt = this.endsAtMs - (1 - position) * days * dayMs;
		return conversation({
			random: random.branch('talk'),
			cwd: `${workRoot}/${projectName(Math.floor(random.next() ** 2 * projects))}`,
			gitBranch: random.chance(0.6) ? 'main' : `feature/${random.hex(4)}`,
			version: random.pick<string>(versions),
			model: random.pick<string>(models),
			startsAt,
			endsAt: this.endsAtMs,
			...(random.chance(0.01) ? { sessionKind: 'bg' } : {}),
		});
	}

	private fork(random: Random, origin: Origin): { talk: Conversation; cwd: string } {
		const { cwd, gitBranch, version, model } = origin;
		const startsAt = origin.endedMs + 60_000;
		const talk = conversation({ random: random.branch('fork'), cwd, gitBranch, version, model, startsAt, endsAt: this.endsAtMs });
		return { talk, cwd };
	}

	/** Old versions wrote the title of the session before at the head of the next one. */
	private titleBefore(file: TranscriptFile, talk: Conversation): void {
		const before = this.origins.at(-1);
		if (before !== undefined && before.leafUuid !== null && cliTraits(talk.version).summaries)
			file.write(summary(before.title, before.leafUuid));
	}

	private remember(talk: Conversation, cwd: string, file: TranscriptFile, random: Random): void {
		if (file.bytes > 1_500_000) return;
		const { sessionId, gitBranch, version, model, clockMs, parentUuid } = talk;
		const title = titleText(random);
		this.origins.push({ file: file.path, sessionId, cwd, gitBranch, version, model, endedMs: clockMs, leafUuid: parentUuid, title });
		if (this.origins.length > 8) this.origins.shift();
	}

	private count(file: TranscriptFile): void {
		this.truth.files++;
		this.truth.bytes += file.bytes;
		this.truth.records += file.records;
	}
}

function eraAt(position: number): (typeof eras)[number] {
	let left = position * eras.reduce((sum, [weight]) => sum + weight, 0);
	for (const era of eras) {
		left -= era[0];
		if (left < 0) return era;
	}
	return eras[4];
}
