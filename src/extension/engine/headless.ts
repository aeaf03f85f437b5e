/** The engine where there is no VS Code: how it is set up, what a window's settings say otherwise, and its one run. */
import { realpathSync } from 'node:fs';
import type { EngineEvents, EngineOptions } from './api.ts';
import { Engine } from './engine.ts';
import { openStorage } from './openStorage.ts';
import type { Storage } from './storage.ts';

export interface HeadlessRequest {
	/** Claude config directories that replace all others; none takes the environment's or the defaults. */
	readonly claudeDirs: readonly string[];
	/** The folder asked about; null for all projects. */
	readonly workspace: string | null;
	/** Folder of the SQLite files; null for a run in memory. */
	readonly dataDir: string | null;
	readonly readerThread: string | URL | null;
}

/** @throws what the file system throws for a folder that is not there. */
export function headlessOptions(request: Omit<HeadlessRequest, 'readerThread'>): EngineOptions {
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
		budgets: { dailyUsd: null, weeklyUsd: null, monthlyUsd: null, threshold: 0.8, weekStartsOn: 'monday' },
		jobLimits: { overall: 4, byType: {} },
		search: { isEnabled: false },
		maintenance: { keepJobsDays: 30, backups: 0 },
	};
}

export interface HeadlessEngine {
	/** To be stopped by the caller, which saves the files. */
	readonly engine: Engine;
	readonly storage: Storage;
}

export interface HeadlessParts {
	readonly options: EngineOptions;
	readonly readerThread: string | URL | null;
	/** Told what a window would write into its log. */
	readonly onTrouble: (level: 'warn' | 'error', text: string) => void;
}

/** @throws what keeps the files in `dataDir` from being opened. */
export async function openHeadless({ options, readerThread, onTrouble }: HeadlessParts): Promise<HeadlessEngine> {
	const storage = await openStorage(options, process.env);
	const engine = new Engine({
		options,
		storage,
		readerThread,
		env: process.env,
		host: null,
		emit: (name, payload) => {
			if (name !== 'log') return;
			const { level, text } = payload as EngineEvents['log'];
			if (level === 'warn' || level === 'error') onTrouble(level, text);
		},
		// A command is over before anybody has to wait for it.
		onDeleted: () => undefined,
		now: () => new Date(),
	});
	return { engine, storage };
}

export interface Question {
	readonly options: EngineOptions;
	readonly readerThread: string | URL | null;
	/** What a person calls the command, for a message. */
	readonly name: string;
}

export interface Answer<T> {
	readonly answer: T;
	/** Why the run failed; null when it did not. */
	readonly error: string | null;
	readonly warnings: readonly string[];
}

/**
 * Brings the index up to date and asks it; `error` is that of the run. A failing save is a warning, the answer is whole without it.
 * Rejects with what keeps the files in `dataDir` from being opened, and with what `ask` does.
 */
export async function askOnce<T>(
	{ options, readerThread, name }: Question,
	ask: (headless: HeadlessEngine, error: string | null) => T | Promise<T>,
): Promise<Answer<T>> {
	const warnings: string[] = [];
	const faults: string[] = [];
	const onTrouble: HeadlessParts['onTrouble'] = (level, text) => (level === 'warn' ? warnings : faults).push(text);
	const headless = await openHeadless({ options, readerThread, onTrouble });
	const { engine, storage } = headless;
	try {
		await engine.open();
		await bringUpToDate(engine);
		const run = engine.lastRun;
		const error = run === null ? (faults[0] ?? 'the index run did not end') : run.outcome.error;
		const answer = await ask(headless, error);
		const notices = storage.notices().map(({ text }) => text);
		warnings.unshift(...notices.filter(text => !warnings.includes(text)));
		return { answer, error, warnings };
	} finally {
		await engine.stop().catch((error: unknown) => {
			warnings.push(`The next ${name} starts from nothing: ${error instanceof Error ? error.message : String(error)}`);
		});
	}
}

/** Takes in what the transcripts say now. What came of it is `lastRun`. */
export async function bringUpToDate(engine: Engine): Promise<void> {
	await engine.background.catchUp();
	engine.index('incremental');
	await engine.idle();
}
