/** Searches everything said from wherever a person is: as they type, without leaving the editor. */
import * as vscode from 'vscode';
import type { SearchAnswer } from '../../webview/contract/search.ts';
import type { Engine } from '../engine/client.ts';
import type { Configuration } from './configuration.ts';
import type { Log } from './log.ts';
import { settingSection } from './names.ts';
import { longestQuery } from './presentation/searchCalls.ts';
import { countText, type PickLine, pickLines } from './presentation/searchPickItems.ts';
import type { SearchView } from './searchView.ts';
import type { SessionScope } from './sessionScope.ts';
import type { TranscriptOpener } from './transcriptOpener.ts';
import { hasDiskFolder } from './workspaceFolders.ts';

/** A key is answered when no other came within this time, in milliseconds. */
const typingPauseMs = 40;
/** When the typing rests this long, everything is looked at that was left out for speed. */
const restPauseMs = 350;
/** Nobody scrolls further in a quick pick; the search view has the rest. */
const mostLines = 50;

export interface SearchPickParts {
	readonly engine: Engine;
	readonly scope: SessionScope;
	readonly configuration: Configuration;
	readonly view: SearchView;
	readonly transcripts: TranscriptOpener;
	readonly log: Log;
}

interface Item extends vscode.QuickPickItem {
	readonly act: () => unknown;
}

export class SearchPick {
	readonly #parts: SearchPickParts;
	/** What was looked for last, so that the next hit of it is two keys away. */
	#lastText = '';

	constructor(parts: SearchPickParts) {
		this.#parts = parts;
	}

	/** `text` is what to begin with; null for what was looked for last. */
	show(text: string | null): void {
		const pick = vscode.window.createQuickPick<Item>();
		new Picking(pick, this.#parts, value => (this.#lastText = value)).begin(text ?? this.#lastText);
	}
}

/** One quick pick from its opening to its end. */
class Picking {
	readonly #pick: vscode.QuickPick<Item>;
	readonly #parts: SearchPickParts;
	readonly #remember: (text: string) => void;
	readonly #inView: vscode.QuickInputButton;
	#request = new AbortController();
	#timer: NodeJS.Timeout | undefined;
	#allProjects: boolean;

	constructor(pick: vscode.QuickPick<Item>, parts: SearchPickParts, remember: (text: string) => void) {
		this.#pick = pick;
		this.#parts = parts;
		this.#remember = remember;
		this.#inView = { iconPath: new vscode.ThemeIcon('list-tree'), tooltip: vscode.l10n.t('Open in the Search View') };
		this.#allProjects = parts.scope.allProjects || !hasDiskFolder();
	}

	begin(text: string): void {
		const pick = this.#pick;
		const { t } = vscode.l10n;
		pick.title = t('Search Everything Said');
		pick.placeholder = t('Words, "phrases", file:name, tool:name, -without');
		// Results come in the order of their rank; VS Code would sort them by how their label begins.
		Reflect.set(pick, 'sortByLabel', false);
		pick.value = text;
		this.#showButtons();
		pick.onDidChangeValue(value => this.#typed(value));
		pick.onDidTriggerButton(button => this.#pressed(button));
		pick.onDidAccept(() => {
			const [item] = pick.selectedItems;
			if (item !== undefined) this.#leave(item.act);
		});
		pick.onDidHide(() => {
			this.#cancel();
			this.#remember(pick.value);
			pick.dispose();
		});
		pick.show();
		if (text.trim() !== '') void this.#search(false);
		// What keeps it from that is told by the first search.
		else this.#parts.engine.call('prepareSearch', null).catch(() => undefined);
	}

	#showButtons(): void {
		const { t } = vscode.l10n;
		const scope = this.#allProjects
			? { iconPath: new vscode.ThemeIcon('globe'), tooltip: t('All projects are searched. Search only this workspace') }
			: { iconPath: new vscode.ThemeIcon('folder'), tooltip: t('This workspace is searched. Search all projects') };
		this.#pick.buttons = hasDiskFolder() ? [scope, this.#inView] : [this.#inView];
	}

	#pressed(button: vscode.QuickInputButton): void {
		if (button === this.#inView) {
			const { value } = this.#pick;
			this.#leave(() => this.#parts.view.show(value.trim() === '' ? null : value));
			return;
		}
		this.#allProjects = !this.#allProjects;
		this.#showButtons();
		void this.#search(false);
	}

	#typed(value: string): void {
		this.#cancel();
		if (value.trim() === '') {
			this.#pick.items = [];
			this.#pick.busy = false;
			return;
		}
		this.#pick.busy = true;
		this.#timer = setTimeout(() => void this.#search(true), typingPauseMs);
	}

	#cancel(): void {
		clearTimeout(this.#timer);
		this.#request.abort();
	}

	async #search(isTyping: boolean): Promise<void> {
		this.#cancel();
		const text = this.#pick.value.slice(0, longestQuery);
		if (text.trim() === '') return;
		const { signal } = (this.#request = new AbortController());
		this.#pick.busy = true;
		try {
			const scope = this.#allProjects ? 'all' : 'workspace';
			const answer = await this.#parts.engine.call(
				'search',
				{ text, scope, sessionId: null, kinds: null, offset: 0, limit: mostLines, isTyping },
				{ signal },
			);
			if (signal.aborted) return;
			const isLast = answer.isComplete || !isTyping;
			this.#pick.items = this.#items(answer, isLast);
			this.#pick.busy = !isLast;
			if (!isLast) this.#timer = setTimeout(() => void this.#search(false), restPauseMs);
		} catch (error) {
			if (signal.aborted) return;
			this.#pick.busy = false;
			this.#pick.items = [this.#trouble(error)];
		}
	}

	#items(answer: SearchAnswer, isLast: boolean): readonly Item[] {
		const { view, configuration } = this.#parts;
		const { value } = this.#pick;
		const inView = () => view.show(value);
		const lines = pickLines(answer, configuration.viewer).map(line => this.#item(line));
		if (lines.length === 0)
			return isLast
				? [this.#row('search', vscode.l10n.t('Nothing found'), vscode.l10n.t('Open in the search view, which says how to search'), inView)]
				: [];
		return [...lines, this.#row('list-tree', countText(answer, configuration.viewer), vscode.l10n.t('Open in the Search View'), inView)];
	}

	#item({ icon, label, description, detail, hit }: PickLine): Item {
		const { transcripts } = this.#parts;
		return {
			iconPath: new vscode.ThemeIcon(icon),
			label,
			description,
			detail,
			// What is found is decided by the search: VS Code would look for the words again, in what is shown.
			alwaysShow: true,
			act: () => transcripts.open({ sessionId: hit.sessionId, agentId: hit.agentId, messageId: hit.messageId }),
		};
	}

	#row(icon: string, label: string, detail: string, act: () => unknown): Item {
		return { iconPath: new vscode.ThemeIcon(icon), label, detail, alwaysShow: true, act };
	}

	#trouble(error: unknown): Item {
		const { t } = vscode.l10n;
		if (error instanceof Error && 'reason' in error && error.reason === 'search-off')
			return this.#row('search', t('Search is switched off'), t('Switch it on: an index of what was said is built on this computer'), () =>
				vscode.workspace.getConfiguration(settingSection).update('search.enabled', true, vscode.ConfigurationTarget.Global),
			);
		this.#parts.log.failure('The search failed', error);
		return this.#row('error', t('The search did not work'), error instanceof Error ? error.message : String(error), () =>
			this.#parts.log.show(),
		);
	}

	#leave(act: () => unknown): void {
		this.#pick.hide();
		Promise.resolve(act()).catch((error: unknown) => {
			this.#parts.log.failure('What was found could not be opened', error);
			void vscode.window.showErrorMessage(vscode.l10n.t('Session Insights: {0}', error instanceof Error ? error.message : String(error)));
		});
	}
}
