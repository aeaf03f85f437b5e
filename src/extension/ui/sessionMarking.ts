/** What a person writes on sessions: names, pins, tags, notes, and that one is hidden. Each can be taken back at once. */
import * as vscode from 'vscode';
import type { SessionRow } from '../../webview/contract/sessions.ts';
import type { MarkChange, SessionMarkChange } from '../engine/calls/marks.ts';
import type { Engine } from '../engine/client.ts';
import type { Configuration } from './configuration.ts';
import type { Log } from './log.ts';
import { type Action, offer } from './offer.ts';
import { aboutSessions, tagProblem, tagsText, titleProblem, typedTag } from './presentation/markTexts.ts';
import { sessionsText } from './presentation/planText.ts';
import { titleOf } from './presentation/sessionItem.ts';
import { followTag } from './presentation/tagFilter.ts';
import type { SessionScope } from './sessionScope.ts';
import { pickTags } from './tagPick.ts';

export interface MarkingParts {
	readonly engine: Engine;
	readonly configuration: Configuration;
	readonly scope: SessionScope;
	readonly log: Log;
}

type TagItem = vscode.QuickPickItem & { readonly tag: string };

export class SessionMarking {
	readonly #parts: MarkingParts;

	constructor(parts: MarkingParts) {
		this.#parts = parts;
	}

	/** Asks for the name, unless it is given; an empty one takes the given name back. */
	async rename(row: SessionRow, given?: string): Promise<void> {
		const { t } = vscode.l10n;
		const { viewer } = this.#parts.configuration;
		const before = titleOf(row, viewer);
		const name =
			given ??
			(await vscode.window.showInputBox({
				title: t('Rename Session'),
				prompt: t('Only here: the transcript is not touched. Empty brings its own title back.'),
				value: before,
				validateInput: text => titleProblem(text, viewer),
			}));
		if (name === undefined || name.trim() === before) return;
		const title = name.trim() === '' ? null : name;
		await this.#change({ sessions: [{ sessionId: row.id, title }] }, () =>
			title === null ? t('{0}: its own title is back.', before) : t('{0} is called {1} now.', before, title.trim()),
		);
	}

	async pin(rows: readonly SessionRow[], isPinned: boolean): Promise<void> {
		const { t } = vscode.l10n;
		const pinnedAt = isPinned ? new Date().toISOString() : null;
		const about = aboutSessions(rows, this.#parts.configuration.viewer);
		// Pinned before, it keeps its place.
		const concerned = rows.filter(row => row.isPinned !== isPinned);
		await this.#change({ sessions: concerned.map(({ id }) => ({ sessionId: id, pinnedAt })) }, () =>
			isPinned ? t('Pinned: {0}.', about) : t('No longer pinned: {0}.', about),
		);
	}

	async hide(rows: readonly SessionRow[], isHidden: boolean): Promise<void> {
		const { t } = vscode.l10n;
		const { configuration, scope } = this.#parts;
		const about = aboutSessions(rows, configuration.viewer);
		const show = scope.filter.showsHidden ? {} : { [t('Show Hidden')]: () => scope.setFilter({ showsHidden: true }) };
		await this.#change(
			{ sessions: rows.map(({ id }) => ({ sessionId: id, isHidden })) },
			() => (isHidden ? t('Hidden from the list: {0}. All figures count on.', about) : t('Back in the list: {0}.', about)),
			isHidden ? show : {},
		);
	}

	/** Asks for the text, unless it is given; an empty one takes the note away. */
	async note(row: SessionRow, given?: string): Promise<void> {
		const { t } = vscode.l10n;
		const { viewer } = this.#parts.configuration;
		const title = titleOf(row, viewer);
		const text =
			given ??
			(await vscode.window.showInputBox({
				title: t('Note: {0}', title),
				prompt: t('Shown when you point at the session, and found by filters. Empty removes it.'),
				value: row.note ?? '',
			}));
		if (text === undefined || text.trim() === (row.note ?? '')) return;
		const note = text.trim() === '' ? null : text;
		await this.#change({ sessions: [{ sessionId: row.id, note }] }, () =>
			note === null ? t('{0}: the note is removed.', title) : t('{0}: the note is saved.', title),
		);
	}

	/** Asks for the tags, unless those to add are given. */
	async tag(rows: readonly SessionRow[], given?: readonly string[]): Promise<void> {
		const { t } = vscode.l10n;
		const { engine, configuration } = this.#parts;
		const change = given === undefined ? await pickTags(rows, await engine.call('tags', null), configuration) : { add: given, remove: [] };
		if (change === undefined || (change.add.length === 0 && change.remove.length === 0)) return;
		const about = aboutSessions(rows, configuration.viewer);
		const sessions = rows.map(({ id }): SessionMarkChange => ({ sessionId: id, addTags: change.add, removeTags: change.remove }));
		await this.#change({ sessions }, () =>
			[
				...(change.add.length > 0 ? [t('{0}: tagged {1}.', about, tagsText(change.add))] : []),
				...(change.remove.length > 0 ? [t('{0}: no longer tagged {1}.', about, tagsText(change.remove))] : []),
			].join(' '),
		);
	}

	/** All tags with how many sessions bear them: choosing one filters by it; two buttons rename and delete it. */
	async manageTags(): Promise<void> {
		const { t } = vscode.l10n;
		const { engine, configuration, scope } = this.#parts;
		const tags = await engine.call('tags', null);
		if (tags.length === 0) {
			void vscode.window.showInformationMessage(t('There are no tags yet. "Edit Tags" in the menu of a session makes the first.'));
			return;
		}
		const rename: vscode.QuickInputButton = { iconPath: new vscode.ThemeIcon('edit'), tooltip: t('Rename') };
		const remove: vscode.QuickInputButton = { iconPath: new vscode.ThemeIcon('trash'), tooltip: t('Delete') };
		const pick = vscode.window.createQuickPick<TagItem>();
		const { promise, resolve } = Promise.withResolvers<(() => unknown) | undefined>();
		pick.title = t('Tags');
		pick.placeholder = t('Choose a tag to list its sessions, or rename and delete tags by the buttons');
		pick.items = tags.map(({ name, sessions }) => ({
			label: name,
			description: sessionsText(sessions, configuration.viewer),
			tag: name,
			buttons: [rename, remove],
		}));
		pick.onDidTriggerItemButton(({ button, item }) =>
			resolve(() => (button === rename ? this.#renameTag(item.tag) : this.#deleteTag(item.tag))),
		);
		pick.onDidAccept(() => {
			const [item] = pick.selectedItems;
			resolve(item === undefined ? undefined : () => scope.setFilter({ tag: item.tag }));
		});
		pick.onDidHide(() => resolve(undefined));
		pick.show();
		const action = await promise.finally(() => pick.dispose());
		await action?.();
	}

	async #renameTag(from: string): Promise<void> {
		const { t } = vscode.l10n;
		const { configuration, scope } = this.#parts;
		const { viewer } = configuration;
		const to = await vscode.window.showInputBox({
			title: t('Rename Tag'),
			prompt: t('The name of another tag makes one of both.'),
			value: from,
			validateInput: text => tagProblem(text, viewer),
		});
		// As it is stored: a filter by any other spelling would find nothing.
		const name = to === undefined ? null : typedTag(to, []);
		if (name === null || name === from) return;
		let followBack = (): void => undefined;
		await this.#change(
			{ renameTag: { from, to: name } },
			() => t('The tag {0} is called {1} now.', from, name),
			{},
			() => followBack(),
		);
		followBack = followTag(scope, from, name);
	}

	async #deleteTag(tag: string): Promise<void> {
		await this.#change({ deleteTags: [tag] }, () => vscode.l10n.t('The tag {0} is deleted; its sessions stay.', tag));
		followTag(this.#parts.scope, tag, null);
	}

	/** `onUndone` is called when a person took the change back. */
	async #change(
		change: MarkChange,
		text: () => string,
		more: Readonly<Record<string, Action>> = {},
		onUndone: () => void = () => undefined,
	): Promise<void> {
		const { engine, log } = this.#parts;
		const { undo } = await engine.call('changeMarks', change);
		const takeBack = async (): Promise<void> => {
			await engine.call('changeMarks', undo);
			onUndone();
		};
		const actions = { [vscode.l10n.t('Undo')]: takeBack, ...more };
		// Not awaited: the command is over, whether or not somebody closes the message.
		void offer(vscode.window.showInformationMessage, text(), actions).catch((error: unknown) =>
			log.failure('What was written on a session could not be taken back', error),
		);
	}
}
