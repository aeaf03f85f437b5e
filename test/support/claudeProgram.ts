/** The real `claude` program, installed once for the tests; see toolCache.ts. */
import { join } from 'node:path';
import { installOnce } from './toolCache.ts';
import { runNpm } from './runProgram.ts';

/** Behaviour that tests rely on was seen with this version. */
export const claudeVersion = '2.1.197';

/** Absolute path of the program. */
export async function claudeProgram(): Promise<string> {
	const platform = `${process.platform}-${process.arch}`;
	const folder = await installOnce(`claude-code-${claudeVersion}-${platform}`, async staging => {
		// The package's own install script only puts this very program elsewhere.
		const options = ['--ignore-scripts', '--no-audit', '--no-fund', '--no-save', '--prefix', staging];
		await runNpm(['install', ...options, `@anthropic-ai/claude-code@${claudeVersion}`]);
	});
	return join(folder, 'node_modules', '@anthropic-ai', `claude-code-${platform}`, process.platform === 'win32' ? 'claude.exe' : 'claude');
}

/** An environment in which the program speaks to nobody but `apiUrl`, with a home of its own. */
export function claudeEnvironment(home: string, apiUrl: string): Record<string, string> {
	return {
		HOME: home,
		PATH: process.env['PATH'] ?? '',
		ANTHROPIC_BASE_URL: apiUrl,
		ANTHROPIC_API_KEY: 'sk-ant-test-key-of-no-worth',
		CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC: '1',
		DISABLE_AUTOUPDATER: '1',
		DISABLE_TELEMETRY: '1',
	};
}
