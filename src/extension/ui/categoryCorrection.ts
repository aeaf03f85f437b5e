/** "Correct Category": a person says what sessions are about, in three steps, and can take it back (CLS-3). */
import * as vscode from 'vscode';
import type { CategoryName, SessionRow } from '../../webview/contract/sessions.ts';
import type { TaxonomyLeaf } from '../engine/api.ts';
import type { Engine } from '../engine/client.ts';
import type { Configuration } from './configuration.ts';
import type { Log } from './log.ts';
import { offer } from './offer.ts';
import { pickStep } from './pickStep.ts';
import { choicesAt, levels } from './presentation/categoryChoices.ts';
import { categoryLabel, categoryPath } from './presentation/categoryNames.ts';
import { sessionsText } from './presentation/planText.ts';
import { titleOf } from './presentation/sessionItem.ts';

export interface CategoryCorrectionParts {
	readonly engine: Engine;
	readonly configuration: Configuration;
	readonly log: Log;
}

/** `automatic`: what a person said before is taken back. */
type Verdict = TaxonomyLeaf | 'automatic';

export class CategoryCorrection {
	readonly #parts: CategoryCorrectionParts;

	constructor(parts: CategoryCorrectionParts) {
		this.#parts = parts;
	}

	/** Asks for the category, unless `l3` names it. */
	async correct(rows: readonly SessionRow[], l3?: CategoryName): Promise<void> {
		const { engine } = this.#parts;
		const taxonomy = await engine.call('taxonomy', null);
		const verdict = l3 === undefined ? await this.#ask(taxonomy, rows) : taxonomy.find(leaf => leaf.l3 === l3);
		if (verdict === undefined) return;
		await engine.call('correctCategory', { sessionIds: rows.map(({ id }) => id), l3: verdict === 'automatic' ? null : verdict.l3 });
		// Not awaited: the command is over, whether or not somebody closes the message.
		void this.#tell(rows, verdict);
	}

	async #ask(taxonomy: readonly TaxonomyLeaf[], rows: readonly SessionRow[]): Promise<Verdict | undefined> {
		const { t } = vscode.l10n;
		const [only] = rows.length === 1 ? rows : [];
		const about = only === undefined ? sessionsText(rows.length, this.#parts.configuration.viewer) : titleOf(only, { t });
		const automatic = { label: t('$(discard) Use the Automatic Category'), detail: t('Takes your correction back.'), value: null };
		const chosen: CategoryName[] = [];
		for (;;) {
			const level = levels[chosen.length];
			if (level === undefined) return taxonomy.find(leaf => leaf.l3 === chosen[2]);
			const choices = choicesAt(taxonomy, chosen, { t }).map(({ name, label, detail }) => ({ label, detail, value: name }));
			const mayTakeBack = chosen.length === 0 && rows.some(({ category }) => category?.kind === 'person');
			const picked = await pickStep<CategoryName | null>({
				title: t('Correct Category: {0}', about),
				placeholder: chosen.length === 0 ? t('What was it mostly about?') : chosen.map(name => categoryLabel(name, { t })).join(' › '),
				step: chosen.length + 1,
				totalSteps: levels.length,
				items: mayTakeBack ? [...choices, automatic] : choices,
				current: only?.category?.[level] ?? null,
				canGoBack: chosen.length > 0,
			});
			if (picked === 'closed') return undefined;
			if (picked === 'back') chosen.pop();
			else if (picked.value === null) return 'automatic';
			else chosen.push(picked.value);
		}
	}

	async #tell(rows: readonly SessionRow[], verdict: Verdict): Promise<void> {
		const { t } = vscode.l10n;
		const [first] = rows;
		if (first === undefined) return;
		const { configuration, log } = this.#parts;
		const about = rows.length === 1 ? titleOf(first, { t }) : sessionsText(rows.length, configuration.viewer);
		const text =
			verdict === 'automatic'
				? t('{0}: the automatic category is back.', about)
				: t('{0}: the category is {1}.', about, categoryPath(verdict, { t }));
		try {
			await offer(vscode.window.showInformationMessage, text, { [t('Undo')]: () => this.#restore(rows) });
		} catch (error) {
			log.failure('A category could not be restored', error);
		}
	}

	/** What a person had said before is said again; the rest is left to rules and models. */
	async #restore(rows: readonly SessionRow[]): Promise<void> {
		const before = (row: SessionRow) => (row.category?.kind === 'person' ? row.category.l3 : null);
		for (const [l3, group] of Map.groupBy(rows, before))
			await this.#parts.engine.call('correctCategory', { sessionIds: group.map(({ id }) => id), l3 });
	}
}
