import { readFileSync } from 'node:fs';
import { hostname } from 'node:os';

/** Names one process for good: a pid alone is given to another process once it is free. */
export interface ProcessIdentity {
	/** Machine and its current boot; a container is a machine of its own. */
	readonly host: string;
	readonly pid: number;
	/** When the process started, in the system's own counting; null where it cannot be learnt without running a program. */
	readonly start: string | null;
}

export function thisProcess(): ProcessIdentity {
	return identityOf(process.pid);
}

/** Of a process that runs here now. */
export function identityOf(pid: number): ProcessIdentity {
	return { host: thisHost(), pid, start: linuxProcess(pid)?.start ?? null };
}

/**
 * Whether that process still runs: `unknown` for one of another machine. On macOS and Windows a process that got the
 * pid of a dead one passes for it, which is why locks have a heartbeat besides.
 */
export function liveness(identity: ProcessIdentity): 'alive' | 'dead' | 'unknown' {
	const here = thisHost();
	// The same machine after a restart: nothing of before it runs any more.
	if (identity.host !== here) return machineOf(identity.host) === machineOf(here) ? 'dead' : 'unknown';
	try {
		process.kill(identity.pid, 0);
	} catch (error) {
		// EPERM: it is there, but somebody else's.
		if ((error as NodeJS.ErrnoException).code !== 'EPERM') return 'dead';
	}
	if (identity.start === null) return 'alive';
	const found = linuxProcess(identity.pid);
	if (found === null) return 'unknown';
	return found.isZombie || found.start !== identity.start ? 'dead' : 'alive';
}

/** Reads an identity that was stored as JSON; null for anything else. */
export function parseIdentity(text: string): ProcessIdentity | null {
	let value: unknown;
	try {
		value = JSON.parse(text);
	} catch {
		return null;
	}
	if (typeof value !== 'object' || value === null || !('host' in value) || !('pid' in value) || !('start' in value)) return null;
	const { host, pid, start } = value;
	const isWhole = typeof pid === 'number' && Number.isSafeInteger(pid) && pid > 0;
	if (typeof host !== 'string' || !isWhole || (typeof start !== 'string' && start !== null)) return null;
	return { host, pid, start };
}

const machineOf = (host: string): string => host.slice(0, host.lastIndexOf('/'));

let host: string | null = null;

function thisHost(): string {
	if (host === null) {
		let boot = '';
		try {
			boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
		} catch {
			// Not Linux: the name alone must do.
		}
		host = `${hostname()}/${boot}`;
	}
	return host;
}

function linuxProcess(pid: number): { readonly start: string; readonly isZombie: boolean } | null {
	try {
		const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
		// The second field is the program's name in parentheses and may itself hold spaces and parentheses.
		const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
		const [state, start] = [fields[0], fields[19]];
		return start === undefined ? null : { start, isZombie: state === 'Z' || state === 'X' };
	} catch {
		return null;
	}
}
