/** Chooses tags for sessions in one list: what they bear is ticked, and what is typed makes a new one. */
import * as vscode from 'vscode';
import type { SessionRow } from '../../webview/contract/sessions.ts';
import type { TagCount } from '../engine/calls/marks.ts';
import type { Configuration } from './configuration.ts';
import { aboutSessions, tagChange, type TagChange, tagProblem, type TagState, tagStates, typedTag } from './presentation/markTexts.ts';

type Item = vscode.QuickPickItem & { readonly tag: string };

/** Undefined when nothing was decided. */
export function pickTags(
	rows: readonly SessionRow[],
	tags: readonly TagCount[],
	configuration: Configuration,
): Promise<TagChange | undefined> {
	const { t } = vscode.l10n;
	const { viewer } = configuration;
	const states = tagStates(rows, tags);
	const names = states.map(({ name }) => name);
	const itemOf = ({ name, bearers }: TagState): Item => ({
		label: name,
		...(bearers > 0 && bearers < rows.length ? { description: t('on {0} of {1}', bearers, rows.length) } : {}),
		tag: name,
	});
	const known = states.map(itemOf);
	const pick = vscode.window.createQuickPick<Item>();
	const { promise, resolve } = Promise.withResolvers<TagChange | undefined>();
	/** Items that are set anew are none that were ticked before, unless they are ticked again. */
	let chosen = states.filter(({ bearers }) => bearers === rows.length).map(({ name }) => name);
	let made: readonly string[] = [];
	let isShowing = false;
	const show = (typed: string) => {
		const fresh = typedTag(typed, [...names, ...made]);
		const isNew = fresh !== null && ![...names, ...made].includes(fresh) && tagProblem(fresh, viewer) === null;
		const items: Item[] = [...made.map(tag => ({ label: tag, tag })), ...known];
		isShowing = true;
		pick.items = isNew ? [{ label: `$(add) ${t('New tag: {0}', fresh)}`, tag: fresh, alwaysShow: true }, ...items] : items;
		pick.selectedItems = pick.items.filter(({ tag }) => chosen.includes(tag));
		isShowing = false;
	};
	pick.title = t('Tags: {0}', aboutSessions(rows, viewer));
	pick.placeholder = names.length === 0 ? t('Type the name of a first tag') : t('Choose tags, or type the name of a new one');
	pick.canSelectMany = true;
	pick.onDidChangeValue(show);
	pick.onDidChangeSelection(items => {
		if (isShowing) return;
		const shown = new Set(pick.items.map(({ tag }) => tag));
		chosen = [...chosen.filter(tag => !shown.has(tag)), ...items.map(({ tag }) => tag)];
		made = [...new Set([...made, ...chosen.filter(tag => !names.includes(tag))])];
	});
	pick.onDidAccept(() => {
		// A name that was typed and not ticked is meant all the same.
		const typed = typedTag(pick.value, [...names, ...made]);
		const isMeant = typed !== null && !chosen.includes(typed) && tagProblem(typed, viewer) === null;
		resolve(tagChange(states, isMeant ? [...chosen, typed] : chosen, rows.length));
		pick.hide();
	});
	pick.onDidHide(() => resolve(undefined));
	show('');
	pick.show();
	return promise.finally(() => pick.dispose());
}
