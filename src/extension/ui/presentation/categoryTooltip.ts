/** Why a session has its category, as Markdown below its numbers. Reasons of a model quote transcripts, so all of it is escaped. */
import type { CategoryRow } from '../../../webview/contract/sessions.ts';
import type { CategoryReasons } from '../../engine/api.ts';
import { categoryPath } from './categoryNames.ts';
import { percentText } from './figures.ts';
import type { Viewer } from './language.ts';
import { escapeMarkdown, oneLine } from './plainText.ts';
import { labelOfName } from './providers.ts';

const reasoningLength = 400;
const shownEvidence = 3;

/** "Claude CLI, haiku" for `claude-cli/haiku@1`. */
export function sourceText({ kind, source }: Pick<CategoryRow, 'kind' | 'source'>, viewer: Pick<Viewer, 't'>): string {
	if (kind === 'rules') return viewer.t('rules');
	if (kind === 'person') return viewer.t('you');
	const [provider = '', model = ''] = source.replace(/@\d+$/, '').split(/\/(.*)/s);
	return [labelOfName(provider, viewer), oneLine(model, 80)].filter(part => part !== '').join(', ');
}

/** `reasons` is null while they are not known. */
export function categoryTooltip(category: CategoryRow, reasons: CategoryReasons | null, viewer: Viewer): string {
	const { t } = viewer;
	const verdict = (row: CategoryRow) => `${categoryPath(row, viewer)} · ${percentText(row.confidence, viewer.locale)}`;
	const lines: (readonly [label: string, value: string])[] = [
		[t('Category'), category.kind === 'person' ? categoryPath(category, viewer) : verdict(category)],
		[t('Decided by'), sourceText(category, viewer)],
	];
	if (category.reasoning !== null) lines.push([t('Reason'), oneLine(category.reasoning, reasoningLength)]);
	if (category.isStale) lines.push([t('Note'), t('The session has grown since it was classified.')]);
	const others = (reasons?.answers ?? []).filter(answer => answer.source !== category.source);
	for (const answer of others) lines.push([t('According to {0}', sourceText(answer, viewer)), verdict(answer)]);
	const evidence = (reasons?.evidence ?? []).slice(0, shownEvidence);
	if (evidence.length > 0)
		lines.push([t('What the rules saw'), evidence.map(({ kind, detail }) => oneLine(`${kind}: ${detail}`, 100)).join('; ')]);
	return lines.map(([label, value]) => `- ${escapeMarkdown(label)}: ${escapeMarkdown(value)}`).join('\n');
}
