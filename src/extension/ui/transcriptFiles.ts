/** Shows a conversation as the file that Claude Code wrote: a subagent's own where one is meant. */
import * as vscode from 'vscode';
import type { Engine } from '../engine/client.ts';
import type { MessageTarget } from './presentation/sessionLink.ts';
import type { SessionActions } from './sessionActions.ts';
import type { TranscriptOpener } from './transcriptOpener.ts';

export class TranscriptFiles implements TranscriptOpener {
	readonly #engine: Engine;
	readonly #actions: SessionActions;

	constructor(engine: Engine, actions: SessionActions) {
		this.#engine = engine;
		this.#actions = actions;
	}

	async open({ sessionId, agentId }: MessageTarget): Promise<void> {
		const agent = agentId === null ? undefined : (await this.#engine.call('subagents', { sessionId })).find(row => row.agentId === agentId);
		if (agent !== undefined) {
			await this.#actions.openTranscript({ id: agent.agentId, file: agent.file });
			return;
		}
		const row = await this.#engine.call('session', { id: sessionId });
		if (row === null)
			throw Object.assign(new Error(vscode.l10n.t('This session is not in the index any more.')), { reason: 'unknown-session' });
		await this.#actions.openTranscript(row);
	}
}
