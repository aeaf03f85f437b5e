/**
 * The `claude` CLI as a provider (CLS-5): one process for each request, without tools, settings, MCP servers or a session
 * left behind, in an empty folder of our own. It writes to a file and lives in a group of its own, so that it finishes
 * even if this process is killed, and ends with all its children when it is to end.
 */
import { closeSync, existsSync, openSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { isOlder, leastVersion, requestArguments, requestEnvironment, versionIn } from '../../claude/cli/environment.ts';
import { loginOf } from '../../claude/cli/login.ts';
import type { FoundExecutable } from '../../claude/cli/program.ts';
import { CliStream } from '../../claude/cli/stream.ts';
import { identityOf, liveness } from '../../store/processIdentity.ts';
import { AnswerReader } from './answerFile.ts';
import { cliOutcome, type CliEnd, type Pricing } from './cliOutcome.ts';
import { type Health, nothingSpent, type OpenRequest, type Provider, type ProviderOutcome, type ProviderRequest } from './provider.ts';

export interface ClaudeCliParts {
	readonly model: string;
	readonly find: () => Promise<FoundExecutable>;
	readonly env: Readonly<Record<string, string | undefined>>;
	/** Our own empty folder, outside every workspace: no project's hooks, servers or instructions are found there. */
	readonly folder: string;
	readonly loadUserSettings: boolean;
	/** What the CLI itself does not say. */
	readonly pricing: Pricing;
	/** Removes what a version that ignores `--no-session-persistence` may have recorded of the session. */
	readonly removeTrace: (sessionId: string) => Promise<void>;
}

/** Until SIGKILL follows SIGTERM; with what the system needs, all is over within 2 s (JOB-4). */
const graceMs = 700;
const lookMs = 100;
const versionTimeoutMs = 5_000;
/** The CLI's own start and end, beside the time a request may take. */
const marginMs = 5_000;

export class ClaudeCli implements Provider {
	readonly id = 'claude-cli';
	readonly label = 'Claude CLI';
	readonly recipient = 'Anthropic, or whom your claude program is set up for';
	readonly model: string;
	readonly pricedAs: string;
	readonly #parts: ClaudeCliParts;
	/** Path and version of a program that was found good; one that is missing is looked for each time. */
	#program: Promise<Program> | null = null;

	constructor(parts: ClaudeCliParts) {
		this.#parts = parts;
		this.model = parts.model;
		this.pricedAs = parts.model;
	}

	async check(signal: AbortSignal): Promise<Health> {
		this.#program = null;
		const program = await this.#findProgram();
		if (!program.ok) return { ok: false, text: program.message, action: program.reason === 'too-old' ? 'install' : program.action };
		// A version without that command says nothing either way; the first request will.
		const { isLoggedIn, billedBy } = loginOf(await this.#run(program.path, ['auth', 'status'], signal));
		if (isLoggedIn !== false)
			return { ok: true, text: [`Claude CLI ${program.version}`, billedBy].filter(part => part !== null).join(', '), action: null };
		return {
			ok: false,
			text: `Claude CLI ${program.version} is not logged in. Run claude once and log in; if your login stands in Claude's user settings, allow those to be loaded.`,
			action: this.#parts.loadUserSettings ? 'logIn' : 'loadUserSettings',
		};
	}

	async ask(request: ProviderRequest, signal: AbortSignal, leave: (reason: unknown) => boolean): Promise<ProviderOutcome> {
		const program = await this.#findProgram();
		if (!program.ok) return { ok: false, error: { reason: program.reason, message: program.message, retryAt: null }, spent: nothingSpent };
		if (signal.aborted) {
			if (leave(signal.reason)) throw signal.reason;
			return { ok: false, error: { reason: 'lost', message: 'Cancelled before it was asked.', retryAt: null }, spent: nothingSpent };
		}
		await mkdir(this.#parts.folder, { recursive: true, mode: 0o700 });
		const stream = new CliStream();
		const reader = new AnswerReader(request.answerFile, bytes => stream.push(bytes));
		const ending = new AbortController();
		let cause: CliEnd['cause'] = 'exit';
		const end = (why: CliEnd['cause']) => {
			if (!ending.signal.aborted) cause = why;
			ending.abort();
		};
		// Loaded when it is first needed: most windows never ask.
		const { execa } = await import('execa');
		// Written by the child itself: nothing that it says fills our memory, or is lost with us.
		const output = openSync(request.answerFile, 'wx', 0o600);
		let child;
		try {
			child = execa(program.path, this.#arguments(request), {
				cwd: this.#parts.folder,
				env: requestEnvironment(this.#parts.env),
				extendEnv: false,
				stdin: 'pipe',
				// Any open file will do; the type knows the first numbers only.
				stdout: output as 3,
				stderr: 'ignore',
				buffer: false,
				reject: false,
				cancelSignal: ending.signal,
				forceKillAfterDelay: graceMs,
				killDescendants: true,
				cleanup: false,
				windowsHide: true,
			});
		} finally {
			closeSync(output);
		}
		const ended = child.then(result => ({ result }));
		// A child that ends before it has read its prompt breaks the pipe; how it ended says why.
		child.stdin.on('error', () => undefined);
		if (child.pid !== undefined) await request.onProcess(identityOf(child.pid));
		// Only now is there something to pay for, and whoever comes after us knows the process.
		child.stdin.end(request.prompt.user);
		const deadline = performance.now() + request.timeoutMs;
		for (;;) {
			const settled = await Promise.race([ended, sleep(lookMs, null)]);
			if (!reader.read()) end('too large');
			if (settled !== null) {
				stream.end();
				await this.#parts.removeTrace(request.id);
				return cliOutcome(stream, endOf(settled.result, cause), this.#parts.pricing, new Date());
			}
			if (isAborted(signal)) {
				// It writes to its file without us.
				if (leave(signal.reason)) throw signal.reason;
				end('exit');
			} else if (stream.retry !== null) end('retry');
			else if (performance.now() > deadline) end('timed out');
			if (ending.signal.aborted) await ended;
		}
	}

	async recover(request: OpenRequest, signal: AbortSignal, leave: (reason: unknown) => boolean): Promise<ProviderOutcome | null> {
		// Made right before the child: without it there never was one.
		if (!existsSync(request.answerFile)) return null;
		const stream = new CliStream();
		const reader = new AnswerReader(request.answerFile, bytes => stream.push(bytes));
		const until = request.deadline.getTime() + marginMs;
		for (;;) {
			const life = request.process === null ? 'unknown' : liveness(request.process);
			const fits = reader.read();
			const isCancelled = signal.aborted && !leave(signal.reason);
			const isOver = stream.result !== null || life === 'dead' || isCancelled;
			if (isOver || !fits || stream.retry !== null || Date.now() >= until) {
				if (life !== 'dead') await this.#endLeft(request);
				reader.read();
				stream.end();
				await this.#parts.removeTrace(request.id);
				const cause = !fits ? 'too large' : stream.retry !== null ? 'retry' : isOver ? 'exit' : 'timed out';
				return cliOutcome(stream, { cause, exitCode: null, signal: null, spawnError: null, isLeft: true }, this.#parts.pricing, new Date());
			}
			if (signal.aborted) throw signal.reason;
			await sleep(lookMs);
		}
	}

	/** Ends a child of a process that is gone, with its group. Only where the system tells that the number is still that process's (Linux). */
	async #endLeft(request: OpenRequest): Promise<void> {
		const { process: child } = request;
		if (child?.start === null || child === null || process.platform === 'win32') return;
		for (const name of ['SIGTERM', 'SIGKILL'] as const) {
			if (liveness(child) !== 'alive') return;
			try {
				process.kill(-child.pid, name);
			} catch {
				return;
			}
			for (let waited = 0; waited < graceMs && liveness(child) === 'alive'; waited += lookMs) await sleep(lookMs);
		}
	}

	#arguments(request: ProviderRequest): string[] {
		return requestArguments({
			model: this.model,
			systemPrompt: request.prompt.system,
			schema: request.prompt.schema,
			sessionId: request.id,
			loadUserSettings: this.#parts.loadUserSettings,
			maxCostUsd: request.mostMicros === null ? null : request.mostMicros / 1e6,
		});
	}

	#findProgram(): Promise<Program> {
		return (this.#program ??= this.#look().then(program => {
			// What is missing may be installed before the next request.
			if (!program.ok) this.#program = null;
			return program;
		}));
	}

	async #look(): Promise<Program> {
		const found = await this.#parts.find();
		if (!found.found) {
			return found.reason === 'configured-one-missing'
				? {
						ok: false,
						reason: 'not-installed',
						message: 'The claude program named in the settings does not exist or may not be run.',
						action: 'openSettings',
					}
				: {
						ok: false,
						reason: 'not-installed',
						message: 'The claude program was not found. Install Claude Code, or name its path in the settings.',
						action: 'install',
					};
		}
		const output = await this.#run(found.path, ['--version'], null);
		const version = output === null ? null : versionIn(output);
		if (version === null)
			return {
				ok: false,
				reason: 'not-installed',
				message: `${found.path} does not say which version of Claude Code it is.`,
				action: 'openSettings',
			};
		if (isOlder(version, leastVersion)) {
			return {
				ok: false,
				reason: 'too-old',
				message: `Claude Code ${version} is too old to be asked without its settings; ${leastVersion} or later is needed. Run claude update.`,
				action: 'install',
			};
		}
		return { ok: true, path: found.path, version };
	}

	/** What a short command prints; null when it cannot be run or takes too long. */
	async #run(path: string, args: readonly string[], signal: AbortSignal | null): Promise<string | null> {
		await mkdir(this.#parts.folder, { recursive: true, mode: 0o700 });
		const { execa } = await import('execa');
		const result = await execa(path, args, {
			cwd: this.#parts.folder,
			env: requestEnvironment(this.#parts.env),
			extendEnv: false,
			stdin: 'ignore',
			stderr: 'ignore',
			reject: false,
			timeout: versionTimeoutMs,
			maxBuffer: 64 << 10,
			forceKillAfterDelay: graceMs,
			killDescendants: true,
			windowsHide: true,
			...(signal === null ? {} : { cancelSignal: signal }),
		});
		signal?.throwIfAborted();
		return typeof result.stdout === 'string' && result.stdout !== '' ? result.stdout : null;
	}
}

type Program =
	| { readonly ok: true; readonly path: string; readonly version: string }
	| { readonly ok: false; readonly reason: 'not-installed' | 'too-old'; readonly message: string; readonly action: Health['action'] };

interface Ended {
	readonly exitCode?: number | undefined;
	readonly signal?: string | undefined;
	readonly code?: string | undefined;
}

function endOf(result: Ended, cause: CliEnd['cause']): CliEnd {
	return {
		cause,
		exitCode: result.exitCode ?? null,
		signal: result.signal ?? null,
		spawnError: result.exitCode === undefined && result.signal === undefined ? (result.code ?? 'unknown') : null,
		isLeft: false,
	};
}

/** Asked again after each wait; the compiler would take it for as it was at first. */
const isAborted = (signal: AbortSignal): boolean => signal.aborted;
