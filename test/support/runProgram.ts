/** Runs a program to its end for the tests' own installations; what it printed is shown only when it fails. */
import { spawn } from 'node:child_process';

export interface ProgramRun {
	readonly cwd?: string;
	readonly env?: NodeJS.ProcessEnv;
}

/** Standard output of the program. Throws with its last lines when it cannot be started or ends with another code than 0. */
export function runProgram(command: string, args: readonly string[], options: ProgramRun = {}): Promise<string> {
	return new Promise((resolve, reject) => {
		// npm and friends are .cmd files on Windows, which Node starts only through the shell; no argument here comes from outside.
		const child = spawn(command, args, {
			cwd: options.cwd,
			env: options.env ?? process.env,
			stdio: ['ignore', 'pipe', 'pipe'],
			shell: process.platform === 'win32' && !command.endsWith('.exe'),
		});
		let output = '';
		let everything = '';
		child.stdout.on('data', (chunk: Buffer) => {
			output += chunk.toString();
			everything += chunk.toString();
		});
		child.stderr.on('data', (chunk: Buffer) => {
			everything += chunk.toString();
		});
		child.on('error', reject);
		child.on('close', code => {
			if (code === 0) resolve(output);
			else {
				const lastLines = everything.trimEnd().split('\n').slice(-30).join('\n');
				reject(new Error(`${command} ${args.join(' ')} ended with ${code ?? 'a signal'}:\n${lastLines}`));
			}
		});
	});
}

/** npm as the running script knows it, so that a project without a global npm works too. */
export function runNpm(args: readonly string[], options: ProgramRun = {}): Promise<string> {
	const npmScript = process.env['npm_execpath'];
	return npmScript?.endsWith('.js') === true
		? runProgram(process.execPath, [npmScript, ...args], options)
		: runProgram('npm', args, options);
}
