/** How the engine is set up where there is no VS Code: what a window's settings say otherwise. */
import { realpathSync } from 'node:fs';
import type { EngineOptions } from './api.ts';

export interface HeadlessRequest {
	/** Claude config directories that replace all others; none takes the environment's or the defaults. */
	readonly claudeDirs: readonly string[];
	/** The folder asked about; null for all projects. */
	readonly workspace: string | null;
	/** Folder of the SQLite files; null for a run in memory. */
	readonly dataDir: string | null;
}

/** @throws what the file system throws for a folder that is not there. */
export function headlessOptions(request: HeadlessRequest): EngineOptions {
	return {
		dataDir: request.dataDir,
		workspaceFolders: request.workspace === null ? [] : [realpathSync(request.workspace)],
		claudeDirs: request.claudeDirs,
		replaceDefaults: request.claudeDirs.length > 0,
		timeZone: 'UTC',
		rescanSeconds: 0,
		priceOverrides: {},
		parserThreads: 0,
		indexTimeoutMs: 3_600_000,
		claudePath: null,
		// Whoever runs a command in a folder trusts it as far as the command goes.
		isTrusted: true,
		classification: {
			provider: 'claude-cli',
			models: { 'claude-cli': 'haiku', 'vscode-lm': '', 'anthropic-api': 'claude-haiku-4-5', 'openai-compatible': '' },
			timeoutMs: 30_000,
			concurrency: 2,
			batch: 5,
			runCapUsd: null,
			dayCapUsd: null,
			isAutomatic: false,
			loadUserSettings: false,
			anthropicUrl: 'https://api.anthropic.com',
			openAiUrl: '',
		},
		jobLimits: { overall: 4, byType: {} },
		maintenance: { keepJobsDays: 30, backups: 0 },
	};
}
