/**
 * "Classify Sessions": what would be sent, to whom and for how much; nothing is sent before a person agreed (CLS-6). The run
 * itself is a job of the engine.
 */
import * as vscode from 'vscode';
import type { CategoryName, Scope } from '../../webview/contract/sessions.ts';
import type { ClassificationPlan, ClassifyTarget, ProviderHealth } from '../engine/api.ts';
import type { Engine } from '../engine/client.ts';
import type { ApiKeys } from './apiKeys.ts';
import { openInstallationGuide, type ClaudeTerminals } from './claudeTerminals.ts';
import type { Configuration } from './configuration.ts';
import { extensionId } from './names.ts';
import { nothingToDoText, planDetail, planQuestion } from './presentation/planText.ts';
import { choiceOfSettings, chooseProvider, setSetting, type ProviderChoice } from './providerChoice.ts';
import type { RunNotifications } from './runNotifications.ts';
import type { SampleDocument } from './sampleDocument.ts';

/** Which sessions: those named, or all of the scope, or those of a category. */
export interface Selection {
	readonly scope: Scope;
	readonly sessionIds: readonly string[] | null;
	readonly category: CategoryName | null;
}

export interface ClassifyingParts {
	readonly engine: Engine;
	readonly configuration: Configuration;
	readonly keys: ApiKeys;
	readonly terminals: ClaudeTerminals;
	readonly notifications: RunNotifications;
	readonly sample: SampleDocument;
}

type Answer = 'classify' | 'showExample' | 'changeProvider' | 'act' | 'close';

export class Classifying {
	readonly #parts: ClassifyingParts;

	constructor(parts: ClassifyingParts) {
		this.#parts = parts;
	}

	async withdrawConsent(): Promise<void> {
		await this.#parts.engine.call('withdrawConsent', null);
		void vscode.window.showInformationMessage(
			vscode.l10n.t('Nothing of this workspace is sent to a model any more before you agree again. Runs under way were cancelled.'),
		);
	}

	/** Ends when the job is made or the person has turned away. */
	async start(selection: Selection): Promise<void> {
		const { engine, configuration, notifications, sample } = this.#parts;
		if (!(await isTrusted())) return;
		let choice = choiceOfSettings(configuration);
		for (;;) {
			const target: ClassifyTarget = { ...selection, ...choice };
			const plan = await this.#plan(target);
			switch (await ask(plan, configuration)) {
				case 'classify':
					notifications.await((await engine.call('classify', { target, isAgreed: true })).jobId);
					return;
				case 'changeProvider': {
					const changed = await chooseProvider(engine, configuration);
					if (changed === null) return;
					choice = changed;
					break;
				}
				case 'showExample':
					await sample.show(plan.sample ?? '');
					if (!(await wantsToGoOn(plan, configuration))) return;
					break;
				case 'act':
					if (!(await this.#act(plan.health, choice))) return;
					break;
				case 'close':
					return;
			}
		}
	}

	/** Looks at the provider too, which may take a moment. */
	#plan(target: ClassifyTarget): Thenable<ClassificationPlan> {
		const title = vscode.l10n.t('Looking what there is to classify…');
		return vscode.window.withProgress({ location: vscode.ProgressLocation.Window, title }, () =>
			this.#parts.engine.call('classificationPlan', target),
		);
	}

	/** Does what the provider lacks. Answers whether it is worth looking again. */
	async #act({ action }: ProviderHealth, { provider }: ProviderChoice): Promise<boolean> {
		const { t } = vscode.l10n;
		switch (action) {
			case 'install':
				await openInstallationGuide();
				return false;
			case 'logIn':
				await this.#parts.terminals.open(t('Claude: log in'), ['/login']);
				return false;
			case 'setKey':
				return this.#parts.keys.ask(provider);
			case 'openSettings':
				await vscode.commands.executeCommand('workbench.action.openSettings', `@ext:${extensionId} classification`);
				return false;
			case 'loadUserSettings':
				await setSetting('classification.loadClaudeUserSettings', true);
				return true;
			case null:
				return false;
		}
	}
}

async function isTrusted(): Promise<boolean> {
	if (vscode.workspace.isTrusted) return true;
	const { t } = vscode.l10n;
	const manage = t('Manage Trust');
	const chosen = await vscode.window.showWarningMessage(
		t(
			'Classifying with a model runs a program or sends data, which needs a trusted workspace. The categories of the rules are there without.',
		),
		manage,
	);
	if (chosen === manage) await vscode.commands.executeCommand('workbench.trust.manage');
	return vscode.workspace.isTrusted;
}

async function ask(plan: ClassificationPlan, { viewer }: Configuration): Promise<Answer> {
	const { t } = vscode.l10n;
	const change = t('Change Provider…');
	if (plan.toAsk === 0) {
		const chosen = await vscode.window.showInformationMessage(nothingToDoText(plan, viewer), change);
		return chosen === change ? 'changeProvider' : 'close';
	}
	if (!plan.health.ok) {
		const act = actionLabel(plan.health);
		const chosen = await vscode.window.showWarningMessage(plan.health.text, ...(act === null ? [] : [act]), change);
		return chosen === undefined ? 'close' : chosen === change ? 'changeProvider' : 'act';
	}
	const agree = plan.hasConsent ? t('Classify') : t('Agree and Classify');
	const example = t('Show an Example');
	const chosen = await vscode.window.showInformationMessage(
		planQuestion(plan, viewer),
		{ modal: true, detail: planDetail(plan, viewer) },
		agree,
		...(plan.sample === null ? [] : [example]),
		change,
	);
	if (chosen === undefined) return 'close';
	return chosen === agree ? 'classify' : chosen === example ? 'showExample' : 'changeProvider';
}

/** The example is in an editor now, which a modal question would cover. */
async function wantsToGoOn(plan: ClassificationPlan, { viewer }: Configuration): Promise<boolean> {
	const { t } = vscode.l10n;
	const goOn = t('Continue…');
	const chosen = await vscode.window.showInformationMessage(
		t('This is what would be sent of one session. {0}', planQuestion(plan, viewer)),
		goOn,
	);
	return chosen === goOn;
}

function actionLabel({ action }: ProviderHealth): string | null {
	const { t } = vscode.l10n;
	switch (action) {
		case 'install':
			return t('How to Install');
		case 'logIn':
			return t('Log In');
		case 'setKey':
			return t('Set API Key…');
		case 'openSettings':
			return t('Open Settings');
		case 'loadUserSettings':
			return t('Load My Claude Settings');
		case null:
			return null;
	}
}
