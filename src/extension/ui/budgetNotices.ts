/** Tells a person when they come near a budget or pass it: once for each of both in each day, week or month. */
import * as vscode from 'vscode';
import type { BudgetState } from '../../webview/contract/cost.ts';
import type { Engine } from '../engine/client.ts';
import { coalesce } from './coalesce.ts';
import type { Configuration } from './configuration.ts';
import type { Log } from './log.ts';
import { commandIds } from './names.ts';
import { budgetText, newBudgetNotices, toldAfter } from './presentation/budgetNotice.ts';

/** A budget is a matter of hours. */
const followDelayMs = 5_000;
const toldKey = 'budgetNoticesTold';

export function tellBudgets(engine: Engine, configuration: Configuration, memory: vscode.Memento, log: Log): vscode.Disposable {
	const follow = coalesce(
		followDelayMs,
		async () => {
			const states = await engine.call('budgets', null);
			const told = memory.get<readonly string[]>(toldKey, []);
			const news = newBudgetNotices(states, told);
			if (news.length === 0) return;
			// First, so that a second window and a second change find it said.
			await memory.update(toldKey, toldAfter(states, told));
			for (const state of news) void tell(state, configuration);
		},
		error => log.failure('The budgets could not be read', error),
	);
	return vscode.Disposable.from(
		follow,
		{ dispose: engine.on('changed', () => follow.signal()) },
		configuration.onDidChange(() => {
			if (engine.status.state === 'ready') follow.signal();
		}),
	);
}

async function tell(state: BudgetState, configuration: Configuration): Promise<void> {
	const open = vscode.l10n.t('Open Insights');
	const settings = vscode.l10n.t('Open Settings');
	const chosen = await vscode.window.showWarningMessage(budgetText(state, configuration.viewer), open, settings);
	if (chosen === open) await vscode.commands.executeCommand(commandIds.openInsights);
	else if (chosen === settings) await vscode.commands.executeCommand('workbench.action.openSettings', 'sessionInsights.budget');
}
