/** The extension's one log channel. Nothing of a transcript goes in; home folder and keys are taken out (NFR-2). */
import { homedir } from 'node:os';
import * as vscode from 'vscode';
import { messageShape } from '../privacy/messageShape.ts';
import { redactForLog } from '../privacy/redact.ts';
import type { LogShape } from './presentation/diagnosticsText.ts';

export type LogLevel = 'debug' | 'info' | 'warn' | 'error';

export interface Log {
	write(level: LogLevel, text: string): void;
	/** `what` failed: names it and the error, without a stack in the levels people read. */
	failure(what: string, error: unknown): void;
	/** The last lines, without anything they quote; the oldest first. */
	recent(): readonly LogShape[];
	show(): void;
	dispose(): void;
}

const keptLines = 200;

export function createLog(): Log {
	const channel = vscode.window.createOutputChannel('Session Insights', { log: true });
	const home = homedir();
	const lines: LogShape[] = [];
	const write = (level: LogLevel, text: string) => {
		channel[level](redactForLog(text, home));
		lines.push({ at: new Date().toISOString(), level, message: messageShape(text) });
		if (lines.length > keptLines) lines.shift();
	};
	return {
		write,
		failure(what, error) {
			write('error', `${what}: ${error instanceof Error ? error.message : String(error)}`);
			if (error instanceof Error && error.stack !== undefined) write('debug', error.stack);
		},
		recent: () => [...lines],
		show: () => channel.show(),
		dispose: () => channel.dispose(),
	};
}
