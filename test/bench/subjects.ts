/** The programs that are timed: the headless report, and `ccusage` as the fast native reader beside it. */
import { chmod, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { runNpm } from '../support/runProgram.ts';
import { installOnce } from '../support/toolCache.ts';
import type { Command } from './timedProcess.ts';

export const root = path.join(import.meta.dirname, '..', '..');

/** The version that the documents compare with. */
const ccusageVersion = '20.0.24';

/** What the benchmarks read of the report's JSON. */
export interface ReportSummary {
	readonly index: {
		readonly filesSeen: number;
		readonly filesRead: number;
		readonly bytesRead: number;
		readonly durationMs: number;
	};
	readonly totals: { readonly sessions: number; readonly responses: number };
}

/** The report over all projects of a Claude directory, as `npm run --silent report` runs it. */
export function reportCommand(claudeDir: string, dataDir: string): Command {
	return {
		program: process.execPath,
		args: [path.join(root, 'scripts', 'report.ts'), '--claude-dir', claudeDir, '--all', '--data', dataDir, '--json'],
		env: cleanEnvironment(dataDir),
		cwd: root,
	};
}

/**
 * The native binary itself, without the script that looks for it. It gets a home of its own: it reads other agents' folders
 * too. A tool of the comparison alone, so it is installed when first asked for and is no dependency of the project.
 */
export async function ccusageCommand(claudeDir: string, home: string): Promise<Command> {
	const name = process.platform === 'win32' ? 'ccusage.exe' : 'ccusage';
	const binary = path.join('node_modules', '@ccusage', `ccusage-${process.platform}-${process.arch}`, 'bin', name);
	const folder = await installOnce(`ccusage-${ccusageVersion}-${process.platform}-${process.arch}`, async staging => {
		await writeFile(path.join(staging, 'package.json'), '{ "private": true }');
		await runNpm(['install', '--ignore-scripts', '--no-audit', '--no-fund', `ccusage@${ccusageVersion}`], { cwd: staging });
		// npm unpacks it without; its own script would do this.
		await chmod(path.join(staging, binary), 0o755);
	});
	const program = path.join(folder, binary);
	return { program, args: ['daily', '--json', '--offline'], env: { ...cleanEnvironment(home), CLAUDE_CONFIG_DIR: claudeDir } };
}

function cleanEnvironment(home: string): Record<string, string> {
	return { HOME: home, USERPROFILE: home, PATH: process.env['PATH'] ?? '', TZ: 'UTC' };
}
