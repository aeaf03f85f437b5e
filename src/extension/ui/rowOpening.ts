/**
 * Conversations opened from a row. A click leaves the keyboard in the list, so that the next key still means the row, and what
 * is typed into a quick pick meanwhile stays there; a double click and Enter go on into the conversation.
 */
import * as vscode from 'vscode';
import type { FileSessionsView } from './fileSessionsView.ts';
import type { SessionsView } from './sessionsView.ts';
import type { TranscriptOpener } from './transcriptOpener.ts';

/** VS Code tells no extension of a double click: it runs the row's command twice. */
const doubleClickMs = 500;

export interface RowOpeningParts {
	readonly view: SessionsView;
	readonly fileView: FileSessionsView;
	readonly transcripts: TranscriptOpener;
}

export class RowOpening {
	readonly #parts: RowOpeningParts;
	#clicked = { node: '', atMs: -doubleClickMs };

	constructor(parts: RowOpeningParts) {
		this.#parts = parts;
	}

	async click(node: string): Promise<void> {
		const { node: before, atMs } = this.#clicked;
		const nowMs = performance.now();
		this.#clicked = { node, atMs: nowMs };
		await this.#open(node, before !== node || nowMs - atMs >= doubleClickMs);
	}

	/** Enter on a row of the sessions, or of those of a file: what VS Code does with it, which selects the row, opens a group or clicks; then the focus. */
	async enter(list: 'sessions' | 'fileSessions'): Promise<void> {
		const { view, fileView } = this.#parts;
		await vscode.commands.executeCommand('list.select');
		const [node] = list === 'sessions' ? view.selected : fileView.selected;
		if (node !== undefined) await this.#open(node, false);
	}

	/** Nothing for a row that has no conversation, such as a group. */
	async #open(node: string, keepsFocus: boolean): Promise<void> {
		const { view, fileView, transcripts } = this.#parts;
		const target = fileView.conversation(node) ?? view.tree.conversation(node);
		if (target !== null) await transcripts.open(target, { keepsFocus });
	}
}
