/** One quick pick of several that follow each other, with a way back. */
import * as vscode from 'vscode';

export interface StepItem<Value> {
	readonly label: string;
	readonly detail: string;
	readonly value: Value;
}

export interface Step<Value> {
	readonly title: string;
	readonly placeholder: string;
	readonly step: number;
	readonly totalSteps: number;
	readonly items: readonly StepItem<Value>[];
	/** The value that is selected first. */
	readonly current: Value;
	readonly canGoBack: boolean;
}

export type Picked<Value> = { readonly value: Value } | 'back' | 'closed';

export function pickStep<Value>(step: Step<Value>): Promise<Picked<Value>> {
	const pick = vscode.window.createQuickPick<StepItem<Value> & vscode.QuickPickItem>();
	const { promise, resolve } = Promise.withResolvers<Picked<Value>>();
	pick.title = step.title;
	pick.placeholder = step.placeholder;
	pick.step = step.step;
	pick.totalSteps = step.totalSteps;
	pick.matchOnDetail = true;
	pick.buttons = step.canGoBack ? [vscode.QuickInputButtons.Back] : [];
	pick.items = step.items;
	pick.activeItems = step.items.filter(({ value }) => value === step.current);
	pick.onDidAccept(() => {
		const [chosen] = pick.selectedItems;
		if (chosen !== undefined) resolve({ value: chosen.value });
	});
	pick.onDidTriggerButton(() => resolve('back'));
	pick.onDidHide(() => resolve('closed'));
	pick.show();
	return promise.finally(() => pick.dispose());
}
