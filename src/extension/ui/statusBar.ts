/** Today's sessions and their cost in the status bar; a click opens the insights. */
import * as vscode from 'vscode';
import type { TodaysFigures } from '../engine/calls/insights.ts';
import type { Engine } from '../engine/client.ts';
import { coalesce } from './coalesce.ts';
import type { Configuration } from './configuration.ts';
import { DayClock } from './dayClock.ts';
import type { Log } from './log.ts';
import { commandIds } from './names.ts';
import { statusBarText } from './presentation/statusBarText.ts';
import { hasDiskFolder } from './workspaceFolders.ts';

/** A glance a second is enough for a figure of the day. */
const followDelayMs = 1_000;

export function createStatusBar(engine: Engine, configuration: Configuration, log: Log): vscode.Disposable {
	const item = vscode.window.createStatusBarItem('sessionInsights.today', vscode.StatusBarAlignment.Right, 90);
	item.name = vscode.l10n.t('Session Insights: Today');
	item.command = commandIds.openInsights;
	let today: TodaysFigures | null = null;

	const draw = () => {
		if (!configuration.settings.showStatusBar) {
			item.hide();
			return;
		}
		const { text, tooltip, accessibleLabel } = statusBarText(engine.status, today, configuration.viewer);
		item.text = text;
		item.tooltip = tooltip;
		item.accessibilityInformation = { label: accessibleLabel, role: 'button' };
		item.show();
	};
	const follow = coalesce(
		followDelayMs,
		async () => {
			if (!configuration.settings.showStatusBar) return;
			today = await engine.call('today', { scope: hasDiskFolder() ? 'workspace' : 'all' });
			draw();
		},
		error => log.failure("Today's figures could not be read", error),
	);
	draw();
	const askWhereItRuns = () => {
		if (engine.status.state === 'ready') follow.signal();
	};
	const clock = new DayClock({ timeZone: () => configuration.viewer.timeZone, onMinute: () => undefined, onDay: askWhereItRuns });
	clock.start();
	return vscode.Disposable.from(
		item,
		follow,
		{ dispose: () => clock.stop() },
		// Only an engine that runs is asked: the status bar alone is no reason to start one.
		{ dispose: engine.on('changed', () => follow.signal()) },
		{ dispose: engine.on('status', draw) },
		configuration.onDidChange(() => {
			draw();
			askWhereItRuns();
		}),
		vscode.workspace.onDidChangeWorkspaceFolders(() => follow.signal()),
	);
}
