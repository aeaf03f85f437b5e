/** A command without a window, run in this process, as for command lines that it refuses: starting one takes a second. */
import { mock } from 'node:test';

export interface CommandEnd {
	readonly code: number;
	readonly stdout: string;
	readonly stderr: string;
}

const nowhere = new URL('file:///nonexistent/readerThread.cjs');

/** Not two at a time: what it reads and prints belongs to the whole process. `INIT_CWD` is where the person stands. */
export async function commandInProcess(
	command: (readerThread: URL) => Promise<number>,
	args: readonly string[],
	initCwd = process.cwd(),
): Promise<CommandEnd> {
	const { argv } = process;
	const listeners = process.stdout.listeners('error');
	const before = process.env['INIT_CWD'];
	const said = { stdout: '', stderr: '' };
	const line = (...parts: unknown[]): string => `${parts.join(' ')}\n`;
	const mocks = [
		mock.method(console, 'error', (...parts: unknown[]) => (said.stderr += line(...parts))),
		mock.method(console, 'log', (...parts: unknown[]) => (said.stdout += line(...parts))),
		mock.method(process.stdout, 'write', (text: string) => (said.stdout += text) !== ''),
	];
	process.argv = [...argv.slice(0, 2), ...args];
	process.env['INIT_CWD'] = initCwd;
	try {
		return { code: await command(nowhere), ...said };
	} finally {
		for (const each of mocks) each.mock.restore();
		process.argv = argv;
		if (before === undefined) delete process.env['INIT_CWD'];
		else process.env['INIT_CWD'] = before;
		for (const listener of process.stdout.listeners('error')) {
			if (!listeners.includes(listener)) process.stdout.off('error', listener as () => void);
		}
	}
}
