/**
 * The rows that a key is about. Arrow keys move the focus of a list and leave its selection behind, and VS Code tells an
 * extension of the selection only: without this, Delete would hide the session that was clicked last, wherever the keys have gone.
 */
import { setTimeout as pause } from 'node:timers/promises';
import type * as vscode from 'vscode';

type SelectingView = Pick<vscode.TreeView<string>, 'selection'>;

/** Rows are drawn anew within some tens of milliseconds; a key that does nothing is better than one that means another row. */
const triesBeforeNone = 50;
const pauseMs = 10;

/**
 * All that are selected, when the focused row is one of them; else that row alone; nothing when it cannot be told. The focused
 * row is the one by which the selection differs once VS Code has been asked to toggle it, and again to undo that.
 *
 * @param view Its selection lacks the rows that VS Code is asking for anew at that moment.
 * @param toggle Runs `list.toggleSelection`, while the list has the focus.
 */
export async function focusedRows(view: SelectingView, toggle: () => PromiseLike<unknown>): Promise<readonly string[]> {
	let selectedBefore: readonly string[] | null = null;
	for (let tries = 0; tries < triesBeforeNone; tries++) {
		const { selected, toggled, restored } = await toggledTwice(view, toggle);
		const isSteady = areSame(selected, restored);
		const [added] = toggled.filter(node => !selected.includes(node));
		if (isSteady && added !== undefined && toggled.length === selected.length + 1) return [added];
		// A row that is missing was either taken out or is being drawn anew: the latter does not look the same twice.
		const isTakenOut = isSteady && added === undefined && toggled.length === selected.length - 1;
		if (isTakenOut && selectedBefore !== null && areSame(selected, selectedBefore)) return selected;
		selectedBefore = isTakenOut ? selected : null;
		if (!isTakenOut) await pause(pauseMs);
	}
	return [];
}

async function toggledTwice(view: SelectingView, toggle: () => PromiseLike<unknown>) {
	const selected = view.selection;
	await toggle();
	const toggled = view.selection;
	await toggle();
	return { selected, toggled, restored: view.selection };
}

function areSame(some: readonly string[], others: readonly string[]): boolean {
	return some.length === others.length && some.every(node => others.includes(node));
}
