/** The command line that VS Code starts the server with. Pure. */
import { parseArgs } from 'node:util';
import type { Scope } from '../../webview/contract/sessions.ts';
import type { SavedFiles } from '../engine/calls/modelTools.ts';

export interface ServerOptions {
	readonly files: SavedFiles;
	readonly scope: Scope;
	readonly version: string;
}

/** One for `McpStdioServerDefinition`, read back by `readArguments`. */
export function argumentsOf({ files, scope, version }: ServerOptions): string[] {
	return [
		`--data-dir=${files.dataDir}`,
		`--time-zone=${files.timeZone}`,
		`--scope=${scope}`,
		`--version=${version}`,
		...files.claudeDirs.map(dir => `--claude-dir=${dir}`),
		...files.workspaceFolders.map(folder => `--workspace=${folder}`),
	];
}

/** @throws Error that says what is missing or wrong. */
export function readArguments(args: readonly string[]): ServerOptions {
	const { values } = parseArgs({
		args: [...args],
		options: {
			'data-dir': { type: 'string' },
			'time-zone': { type: 'string', default: 'UTC' },
			scope: { type: 'string', default: 'workspace' },
			version: { type: 'string', default: '0' },
			'claude-dir': { type: 'string', multiple: true, default: [] },
			workspace: { type: 'string', multiple: true, default: [] },
		},
	});
	const { 'data-dir': dataDir, scope } = values;
	if (dataDir === undefined || dataDir === '') throw new Error('--data-dir names the folder of the saved index.');
	if (scope !== 'workspace' && scope !== 'all') throw new Error('--scope is workspace or all.');
	return {
		files: { dataDir, claudeDirs: values['claude-dir'], workspaceFolders: values.workspace, timeZone: values['time-zone'] },
		scope,
		version: values.version,
	};
}
