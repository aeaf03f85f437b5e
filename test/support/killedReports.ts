/**
 * Kills the headless report with SIGKILL at random moments of indexing and saving, over and over on the same files, and
 * checks that the next start opens them, completes, and reports what an undisturbed run reports (DB-3, IDX-6).
 */
import { spawn } from 'node:child_process';
import { appendFileSync, existsSync, mkdirSync, readdirSync, rmSync, statSync, truncateSync, watch } from 'node:fs';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { reportCommand } from '../bench/subjects.ts';
import { type Command, timedRun } from '../bench/timedProcess.ts';
import { Random } from './historyGenerator/random.ts';
import { assistantText, conversation, toJsonl, userPrompt } from './historyGenerator/records.ts';
import { shortProcessEnvironment } from './shortProcess.ts';

export interface TortureOptions {
	readonly claudeDir: string;
	/** Emptied and filled. */
	readonly dataDir: string;
	readonly kills: number;
	readonly seed: number | string;
	/** Of Node. */
	readonly flags?: readonly string[];
	readonly log: (line: string) => void;
}

export interface TortureCounts {
	/** Runs that died of the signal; one that ended before it came is not counted and made up for. */
	kills: number;
	missed: number;
	/** Killed while an empty folder was being filled, and while a full one was brought up to date. */
	cold: number;
	incremental: number;
	/** Killed with a file half written beside the finished ones. */
	whileSaving: number;
	/** What went wrong after a kill, one line each. */
	failures: string[];
}

/** Where a kill is aimed: at any moment of the run, or at the moments after a file of the database was touched. */
type Aim = 'any moment' | 'save';

/** One transcript in so many grows between two runs. */
const growsEvery = 7;

export async function tortureReports(options: TortureOptions): Promise<TortureCounts> {
	const { claudeDir, dataDir, kills, seed, flags = [], log } = options;
	const { program, args, env, cwd } = reportCommand(claudeDir, dataDir);
	const command: Command = { program, args: [...flags, ...args], env: { ...shortProcessEnvironment(), ...env }, cwd: cwd ?? '.' };
	const random = new Random(seed);
	const growth = new Growth(claudeDir);
	const counts: TortureCounts = { kills: 0, missed: 0, cold: 0, incremental: 0, whileSaving: 0, failures: [] };
	try {
		const expected = { grown: '', base: '' };
		const lasts = { cold: 0, incremental: 0 };
		for (const state of ['grown', 'base'] as const) {
			growth.become(state);
			rmSync(dataDir, { recursive: true, force: true });
			const clean = await timedRun(command);
			expected[state] = comparable(clean.stdout);
			lasts.cold = clean.wallMs;
		}
		growth.become('grown');
		const update = await timedRun(command);
		lasts.incremental = update.wallMs;
		checkSame(expected.grown, update.stdout, 'an undisturbed update', counts);
		log(`an undisturbed run takes ${Math.round(lasts.cold)} ms, an update ${Math.round(lasts.incremental)} ms`);

		while (counts.kills < kills && counts.missed < 4 * kills + 20) {
			const kind = random.chance(0.5) ? 'cold' : 'incremental';
			if (kind === 'cold') rmSync(dataDir, { recursive: true, force: true });
			else growth.become(growth.state === 'base' ? 'grown' : 'base');
			const aim: Aim = random.chance(0.5) ? 'save' : 'any moment';
			const delayMs = aim === 'save' ? random.logNormal(8, 120) : random.next() * lasts[kind];
			const killed = await killedRun(command, dataDir, aim, delayMs);
			if (killed) {
				counts.kills++;
				counts[kind]++;
				if (unfinishedFiles(dataDir).length > 0) counts.whileSaving++;
			} else counts.missed++;
			const what = `kill ${counts.kills}: ${kind}, ${aim} + ${delayMs.toFixed(1)} ms${killed ? '' : ' (came too late)'}`;
			log(what);
			try {
				const after = await timedRun(command);
				checkSame(expected[growth.state], after.stdout, what, counts);
			} catch (error) {
				counts.failures.push(`${what}: ${error instanceof Error ? error.message : String(error)}`);
				rmSync(dataDir, { recursive: true, force: true });
			}
		}
	} finally {
		growth.become('base');
	}
	return counts;
}

/** The transcripts in two states; from one to the other some files grow, the way back cuts them. */
class Growth {
	state: 'base' | 'grown' = 'base';
	private readonly files: { readonly file: string; readonly size: number; readonly more: string }[];

	constructor(claudeDir: string) {
		this.files = readdirSync(claudeDir, { recursive: true, encoding: 'utf8' })
			.filter(name => /[0-9a-f-]{36}\.jsonl$/.test(name))
			.sort()
			.filter((_, i) => i % growsEvery === 0)
			.map(name => path.join(claudeDir, name))
			.map(file => ({ file, size: statSync(file).size, more: moreOf(file) }));
	}

	become(state: 'base' | 'grown'): void {
		if (state === this.state) return;
		for (const { file, size, more } of this.files) {
			if (state === 'grown') appendFileSync(file, more);
			else truncateSync(file, size);
		}
		this.state = state;
	}
}

/** A turn more for the session of the file. */
function moreOf(file: string): string {
	const sessionId = path.basename(file, '.jsonl');
	const talk = conversation({ seed: sessionId, sessionId, startsAt: '2026-04-01T08:00:00Z' });
	return `\n${toJsonl([userPrompt(talk, 'And one thing more'), assistantText(talk, 'That is done too.')])}`;
}

/** True when the signal ended the run, false when the run was over before it came. */
async function killedRun({ program, args, env, cwd }: Command, dataDir: string, aim: Aim, delayMs: number): Promise<boolean> {
	mkdirSync(dataDir, { recursive: true });
	const child = spawn(program, args, { env, cwd, stdio: 'ignore' });
	const ended = new Promise<NodeJS.Signals | null>((resolve, reject) => {
		child.once('error', reject);
		child.once('exit', (_, signal) => resolve(signal));
	});
	const over = new AbortController();
	void ended.finally(() => over.abort()).catch(() => undefined);
	try {
		if (aim === 'save') await touched(dataDir, over.signal);
		await pause(delayMs, null, { signal: over.signal });
		child.kill('SIGKILL');
	} catch {
		// It ended first.
	}
	return (await ended) === 'SIGKILL';
}

/** The first time that a database file is made or renamed, locks and their heartbeats aside. */
function touched(dataDir: string, signal: AbortSignal): Promise<void> {
	return new Promise((resolve, reject) => {
		const watcher = watch(dataDir, { recursive: true, signal }, (_, name) => {
			if (name === null || !name.includes('.sqlite') || name.includes('lock')) return;
			watcher.close();
			resolve();
		});
		signal.addEventListener('abort', () => reject(new Error('ended')));
	});
}

/** Names of files that a save has begun and not finished. */
function unfinishedFiles(dataDir: string): string[] {
	if (!existsSync(dataDir)) return [];
	return readdirSync(dataDir, { recursive: true, encoding: 'utf8' }).filter(name => /tmp|temp|part/i.test(path.basename(name)));
}

function checkSame(expected: string, stdout: string, what: string, counts: TortureCounts): void {
	const actual = comparable(stdout);
	if (actual === expected) return;
	const [a, b] = [expected.split('\n'), actual.split('\n')];
	const at = a.findIndex((line, i) => line !== b[i]);
	counts.failures.push(`${what}: line ${at} of the report is ${b[at]?.trim() ?? 'missing'}, should be ${a[at]?.trim() ?? 'missing'}`);
}

/** The report without what belongs to this run alone. Dollars are compared to the nano-dollar: their last binary digit depends on the order of adding up. */
function comparable(stdout: string): string {
	const report = JSON.parse(stdout) as Record<string, unknown>;
	const rounded = (key: string, value: unknown): unknown => (key === 'costUsd' && typeof value === 'number' ? value.toFixed(9) : value);
	return JSON.stringify({ ...report, index: null }, rounded, '\t');
}
