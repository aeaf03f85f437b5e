/** "Go to Session": titles, prompts, branches, tags and notes as somebody types, the last ones first. */
import * as vscode from 'vscode';
import type { SessionRow } from '../../webview/contract/sessions.ts';
import { everySession } from '../engine/calls/listing.ts';
import type { Engine } from '../engine/client.ts';
import { coalesce } from './coalesce.ts';
import type { Configuration } from './configuration.ts';
import type { Log } from './log.ts';
import { sessionIcon, sessionItem } from './presentation/sessionItem.ts';
import type { SessionScope } from './sessionScope.ts';
import type { TranscriptOpener } from './transcriptOpener.ts';

export interface GoToSessionParts {
	readonly engine: Engine;
	readonly scope: SessionScope;
	readonly configuration: Configuration;
	readonly transcripts: TranscriptOpener;
	readonly log: Log;
}

type Item = vscode.QuickPickItem & { readonly row: SessionRow };

/** More than anybody reads; the next letter finds fewer. */
const mostItems = 100;
const typingMs = 30;

export class GoToSession {
	readonly #parts: GoToSessionParts;

	constructor(parts: GoToSessionParts) {
		this.#parts = parts;
	}

	/** Resolves when a session is open, or the list was closed. */
	async ask(): Promise<void> {
		const { t } = vscode.l10n;
		const { log, scope } = this.#parts;
		const pick = vscode.window.createQuickPick<Item>();
		const { promise, resolve } = Promise.withResolvers<SessionRow | undefined>();
		let asking = new AbortController();
		const load = coalesce(
			typingMs,
			async () => {
				const { signal } = asking;
				const items = await this.#items(pick.value, signal).catch((error: unknown) => {
					if (signal.aborted) return null;
					throw error;
				});
				if (items === null || signal.aborted) return;
				pick.items = items;
				pick.busy = false;
			},
			error => log.failure('Sessions could not be searched', error),
		);
		const search = () => {
			asking.abort();
			asking = new AbortController();
			pick.busy = true;
			load.signal();
		};
		pick.title = scope.allProjects ? t('Go to Session in All Projects') : t('Go to Session');
		pick.placeholder = t('Words of its title, first prompt, branch, tags or note');
		pick.onDidChangeValue(search);
		pick.onDidAccept(() => {
			const [item] = pick.selectedItems;
			if (item === undefined) return;
			resolve(item.row);
			pick.hide();
		});
		pick.onDidHide(() => resolve(undefined));
		search();
		pick.show();
		const row = await promise.finally(() => {
			asking.abort();
			load.dispose();
			pick.dispose();
		});
		if (row !== undefined) await this.#parts.transcripts.open({ sessionId: row.id, agentId: null, messageId: null });
	}

	/** What was typed is looked for in everything; without a word, hidden sessions stay hidden. */
	async #items(typed: string, signal: AbortSignal): Promise<readonly Item[]> {
		const { engine, scope, configuration } = this.#parts;
		const { viewer } = configuration;
		const words = typed.trim();
		const query = {
			...scope.query,
			grouping: 'none',
			order: 'activity',
			filter: { ...everySession, words, showsHidden: words !== '' },
		} as const;
		const range = { offset: 0, limit: mostItems };
		const pinned = await engine.call('groupSessions', { ...query, ...range, group: { isPinned: true, key: '' } }, { signal });
		const others = await engine.call('groupSessions', { ...query, ...range, group: { isPinned: false, key: '' } }, { signal });
		const look = { showProject: scope.allProjects, grouping: 'none' } as const;
		return [...pinned.rows, ...others.rows].map(row => {
			const { label, description, details } = sessionItem(row, Date.now(), viewer, look);
			// The engine has matched already, in more than what stands here.
			return {
				label: `$(${row.isPinned ? 'pinned' : sessionIcon(row).id}) ${label}`,
				description: [description, details].filter(part => part !== '').join(' · '),
				alwaysShow: true,
				row,
			};
		});
	}
}
