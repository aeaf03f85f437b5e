/** Runs a program once and says how long it took and how much memory it held, as the kernel counted it. */
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';

export interface TimedRun {
	readonly wallMs: number;
	/** Peak of the resident memory (VmHWM), in bytes; null where the system does not tell (not Linux). */
	readonly peakBytes: number | null;
	/** Processor time of all its threads, which a busy machine does not stretch; null as above. */
	readonly cpuMs: number | null;
	readonly stdout: string;
}

export interface Command {
	readonly program: string;
	readonly args: readonly string[];
	/** The whole environment. */
	readonly env: Readonly<Record<string, string>>;
	readonly cwd?: string;
}

/** Both are counted by the kernel; only the last few milliseconds of a program can be missed. */
const sampleMs = 10;

/** Rejects with what the program wrote to stderr when it exits with another code than 0. */
export async function timedRun(command: Command): Promise<TimedRun> {
	const startedAt = performance.now();
	const child = spawn(command.program, command.args, { env: command.env, cwd: command.cwd, stdio: ['ignore', 'pipe', 'pipe'] });
	const stdout: Buffer[] = [];
	const stderr: Buffer[] = [];
	child.stdout.on('data', (chunk: Buffer) => stdout.push(chunk));
	child.stderr.on('data', (chunk: Buffer) => stderr.push(chunk));
	let peakBytes: number | null = null;
	let cpuMs: number | null = null;
	const sampling = setInterval(() => {
		peakBytes = peakOf(child.pid) ?? peakBytes;
		cpuMs = cpuOf(child.pid) ?? cpuMs;
	}, sampleMs);
	let endedAt = 0;
	// The time of the exit, not that of the last byte of output read here.
	child.once('exit', () => (endedAt = performance.now()));
	const code = await new Promise<number | null>((resolve, reject) => {
		child.once('error', reject);
		child.once('close', resolve);
	}).finally(() => clearInterval(sampling));
	if (code !== 0) {
		const said = Buffer.concat(stderr).toString('utf8').trim();
		throw new Error(`${command.program} ${command.args.join(' ')} exited with ${String(code)}: ${said}`);
	}
	return { wallMs: endedAt - startedAt, peakBytes, cpuMs, stdout: Buffer.concat(stdout).toString('utf8') };
}

function peakOf(pid: number | undefined): number | null {
	const kilobytes = /^VmHWM:\s+(\d+) kB/m.exec(processFile(pid, 'status'))?.[1];
	return kilobytes === undefined ? null : Number(kilobytes) * 1024;
}

/** User and system time in ticks, of which Linux has 100 a second. */
function cpuOf(pid: number | undefined): number | null {
	const [, user, system] = /\) \S+(?: \S+){10} (\d+) (\d+)/.exec(processFile(pid, 'stat')) ?? [];
	return user === undefined ? null : (Number(user) + Number(system)) * 10;
}

/** Empty when the process is gone already, or the system has no /proc. */
function processFile(pid: number | undefined, name: string): string {
	try {
		return readFileSync(`/proc/${pid}/${name}`, 'latin1');
	} catch {
		return '';
	}
}
