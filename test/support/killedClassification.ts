/**
 * Classifies with the real `claude` program against an API that fails now and then, kills the command with SIGKILL again
 * and again, and compares in the end what the ledger says with what the API saw (CLS-8).
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { ClassifyReport } from '../../src/extension/engine/classify.ts';
import { Ledger } from '../../src/extension/store/ledger/ledger.ts';
import { claudeEnvironment } from './claudeProgram.ts';
import { Random } from './historyGenerator/random.ts';
import { assistantText, conversation, toJsonl, userPrompt } from './historyGenerator/records.ts';
import { answerAll, answerMicros, type ApiRequest, type Behaviour, type MessagesApi } from './messagesApi.ts';

export interface KilledClassificationOptions {
	/** Absolute path of the `claude` program. */
	readonly program: string;
	readonly api: MessagesApi;
	/** Empty; everything lies below. */
	readonly folder: string;
	readonly sessions: number;
	readonly kills: number;
	readonly concurrency: number;
	readonly seed: number | string;
	readonly log: (line: string) => void;
}

export interface KilledClassification {
	readonly report: ClassifyReport;
	readonly kills: number;
	/** Requests that the API failed on purpose, by kind. */
	readonly faults: Readonly<Record<string, number>>;
	/** Sessions without exactly one answer. */
	readonly notOnce: readonly string[];
	/** How often the API gave a good answer for a session that had had one before. */
	readonly answeredAgain: number;
	readonly unconfirmedRequests: number;
	readonly recordedMicros: number;
	readonly unconfirmedMicros: number;
	readonly billedMicros: number;
}

const script = join(import.meta.dirname, '..', '..', 'scripts', 'classify.ts');
/** One request in so many fails. */
const faultShare = 0.2;
const warmUp = 5;
/** A session is failed so often at most, so that none runs out of attempts. */
const faultsPerSession = 2;

export async function classifyUnderFire(options: KilledClassificationOptions): Promise<KilledClassification> {
	const { api, folder, sessions, kills, seed, log } = options;
	const random = new Random(seed);
	const claudeDir = join(folder, 'claude');
	const titles = new Set<string>();
	// A first run alone: what was lost is counted as what such a request has cost, so something must have been answered.
	writeSessions(claudeDir, titles, warmUp);
	mkdirSync(join(folder, 'bin'));
	symlinkSync(options.program, join(folder, 'bin', 'claude'));
	const faults: Record<string, number> = {};
	const failedOf = new Map<string, number>();
	const answersOf = new Map<string, number>();
	api.behave = async request => {
		// The program asks once more by itself for the form it wants; who answered in words does so again.
		if (request.user.includes('[structured-output-enforce]')) return { kind: 'text', text: 'I would still rather not' };
		const asked = titlesOf(request, titles);
		const mayFail = titles.size > warmUp && asked.every(title => (failedOf.get(title) ?? 0) < faultsPerSession);
		if (mayFail && random.chance(faultShare)) {
			const fault = drawFault(random);
			faults[nameOf(fault)] = (faults[nameOf(fault)] ?? 0) + 1;
			for (const title of asked) failedOf.set(title, (failedOf.get(title) ?? 0) + 1);
			return fault;
		}
		await pause(random.next() * 400);
		for (const title of asked) answersOf.set(title, (answersOf.get(title) ?? 0) + 1);
		return answerAll(request, 'logic-fix');
	};

	const first = await start(options, claudeDir).output;
	if (parse(first.stdout, first.stderr).job.classified !== warmUp) throw new Error(`The first run failed: ${first.stdout}${first.stderr}`);
	writeSessions(claudeDir, titles, sessions);

	let killed = 0;
	let report: ClassifyReport | null = null;
	for (let run = 0; report === null; run++) {
		const { child, output } = start(options, claudeDir);
		if (killed < kills) {
			// From its first request on, when there is something to lose; at times before that.
			const before = api.requests.length;
			const delayMs = random.next() * 2_500;
			const reached = random.chance(0.1) ? pause(500) : until(() => api.requests.length > before);
			const ended = await Promise.race([output.then(() => true), reached.then(() => pause(delayMs)).then(() => false)]);
			if (!ended) {
				child.kill('SIGKILL');
				await output;
				killed++;
				log(`kill ${killed} after ${Math.round(delayMs)} ms, ${answersOf.size} of ${sessions} sessions answered`);
				continue;
			}
		}
		const { stdout, stderr } = await output;
		const { job } = parse(stdout, stderr);
		// A rate limit or an error of the service may end a run; the next call goes on with it.
		if (job.status === 'completed') report = job;
		else log(`run ${run} ended ${job.status}: ${stderr.trim()}`);
		if (run > kills + 50) throw new Error(`The run does not come to its end: ${stderr}`);
	}
	return { report, kills: killed, faults, ...(await compare(folder, answersOf, titles)), billedMicros: api.billedMicros };
}

async function until(condition: () => boolean): Promise<void> {
	for (let waited = 0; waited < 30_000 && !condition(); waited += 20) await pause(20);
}

/** Small ones: a prompt and an answer. The title is the prompt. */
function writeSessions(claudeDir: string, titles: Set<string>, count: number): void {
	const project = join(claudeDir, 'projects', '-home-dev-app');
	mkdirSync(project, { recursive: true });
	for (let index = titles.size; index < count; index++) {
		const title = `Sum number ${index} is wrong`;
		titles.add(title);
		const sessionId = randomUUID();
		const talk = conversation({ sessionId, cwd: '/home/dev/app', seed: index, startsAt: Date.UTC(2026, 0, 1) + index * 60_000 });
		writeFileSync(join(project, `${sessionId}.jsonl`), toJsonl([userPrompt(talk, title), assistantText(talk, 'It is right now')]));
	}
}

function titlesOf(request: ApiRequest, titles: ReadonlySet<string>): string[] {
	return [...request.sessions.values()].map(data => /title: (.*)/.exec(data)?.[1] ?? '').filter(title => titles.has(title));
}

function drawFault(random: Random): Behaviour {
	const faults: readonly Behaviour[] = [
		{ kind: 'status', status: 500 },
		{ kind: 'status', status: 529 },
		{ kind: 'status', status: 429, retryAfter: 1 },
		{ kind: 'cut' },
		// Costs the whole time of a request, so it is drawn seldom.
		random.chance(0.3) ? { kind: 'hang' } : { kind: 'cut' },
		{ kind: 'text', text: 'I would rather not' },
		{ kind: 'answer', value: { verdict: 'bug' } },
		{ kind: 'answer', value: { answers: [] } },
	];
	return faults[Math.floor(random.next() * faults.length)] ?? { kind: 'cut' };
}

const nameOf = (fault: Behaviour): string => (fault.kind === 'status' ? String(fault.status) : fault.kind);

interface Output {
	readonly stdout: string;
	readonly stderr: string;
}

function start(options: KilledClassificationOptions, claudeDir: string): { child: ChildProcess; output: Promise<Output> } {
	const { folder, api, concurrency } = options;
	const args = [script, '--claude-dir', claudeDir, '--all', '--data', join(folder, 'data')];
	const env = claudeEnvironment(join(folder, 'home'), api.url);
	const child = spawn(process.execPath, [...args, '--concurrency', String(concurrency), '--timeout', '12', '--json'], {
		env: { ...env, PATH: `${join(folder, 'bin')}:${env['PATH'] ?? ''}` },
		stdio: ['ignore', 'pipe', 'pipe'],
	});
	const output = new Promise<Output>((resolve, reject) => {
		const texts = { stdout: '', stderr: '' };
		child.stdout.on('data', (chunk: Buffer) => (texts.stdout += chunk.toString()));
		child.stderr.on('data', (chunk: Buffer) => (texts.stderr += chunk.toString()));
		child.on('error', reject);
		// Not `close`: a grandchild that lives on would keep the pipes open.
		child.on('exit', () => setImmediate(() => resolve(texts)));
	});
	return { child, output };
}

function parse(stdout: string, stderr: string): { readonly job: ClassifyReport } {
	try {
		return JSON.parse(stdout) as { job: ClassifyReport };
	} catch {
		throw new Error(`The command printed no report: ${stdout.slice(0, 300)}${stderr.slice(0, 2_000)}`);
	}
}

type Comparison = Pick<KilledClassification, 'notOnce' | 'answeredAgain' | 'unconfirmedRequests' | 'recordedMicros' | 'unconfirmedMicros'>;

async function compare(folder: string, answersOf: ReadonlyMap<string, number>, titles: ReadonlySet<string>): Promise<Comparison> {
	const { ledger } = await Ledger.open({ folder: join(folder, 'data') });
	try {
		return ledger.read(reader => {
			const all = <Row extends object>(sql: string): Row[] => reader.prepare<Row>(sql).all();
			const answers = all<{ session: string; answers: number }>(
				"SELECT i.session_id AS session, (SELECT count(*) FROM classifications c WHERE c.session_id = i.session_id) AS answers FROM classification_items i WHERE i.state <> 'skipped'",
			);
			const [spent] = all<{ confirmed: number; unconfirmed: number; lost: number }>(
				`SELECT coalesce(sum(micros) FILTER (WHERE kind = 'confirmed'), 0) AS confirmed,
					coalesce(sum(micros) FILTER (WHERE kind = 'unconfirmed'), 0) AS unconfirmed, count(*) FILTER (WHERE kind = 'unconfirmed') AS lost FROM spending`,
			);
			return {
				notOnce: [
					...answers.filter(each => each.answers !== 1).map(each => each.session),
					...(answers.length === titles.size ? [] : [`${answers.length} items for ${titles.size} sessions`]),
				],
				answeredAgain: [...answersOf.values()].reduce((sum, count) => sum + count - 1, 0),
				unconfirmedRequests: spent?.lost ?? 0,
				recordedMicros: spent?.confirmed ?? 0,
				unconfirmedMicros: spent?.unconfirmed ?? 0,
			};
		});
	} finally {
		await ledger.close();
	}
}

/** What must hold, one line for each that does not. */
export function faultsOf(outcome: KilledClassification, sessions: number, concurrency: number): string[] {
	const { report } = outcome;
	const wrong: string[] = [];
	const check = (holds: boolean, text: string): void => {
		if (!holds) wrong.push(text);
	};
	// A kill that came after the last answer leaves the next run nothing to ask: it passes over all of them.
	const isDone = report.classified === sessions - warmUp || report.skipped === sessions;
	check(isDone, `${report.classified} of ${sessions - warmUp} sessions classified`);
	check(outcome.notOnce.length === 0, `not exactly one answer: ${outcome.notOnce.slice(0, 5).join(', ')}`);
	const sum = outcome.recordedMicros + outcome.unconfirmedMicros;
	check(
		sum === outcome.billedMicros,
		`recorded ${outcome.recordedMicros} + unconfirmed ${outcome.unconfirmedMicros} is not ${outcome.billedMicros}`,
	);
	check(
		outcome.answeredAgain * answerMicros <= outcome.unconfirmedMicros && outcome.answeredAgain <= outcome.kills * concurrency * 5,
		`${outcome.answeredAgain} sessions were answered again`,
	);
	return wrong;
}
