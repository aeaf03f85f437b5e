/** The category of one session: level 2 in its row, the rest and who says so in what the pointer or a screen reader asks for. */
import { type TemplateResult, html, nothing } from 'lit';
import { categoryName } from '../categoryNames.ts';
import { icon } from '../components/icons.ts';
import type { CategoryRow, SessionRow } from '../contract/sessions.ts';
import { type Format, clipped } from '../format.ts';
import { text } from '../text.ts';

/** Rules below it were right in less than half of the sessions they were measured with (docs/classification.md). */
const unsureBelow = 0.5;

export function isUnsure({ kind, confidence }: CategoryRow): boolean {
	return kind === 'rules' && confidence < unsureBelow;
}

export function categoryCell({ category }: SessionRow, format: Format): TemplateResult {
	// A dash would say what it says in the column of the cost: that there is no price.
	if (category === null) return html`<span class="muted" title=${text('categoryNone')}>${text('categoryNoneShort')}</span>`;
	return html`<div class="category-line ${isUnsure(category) ? 'unsure' : ''}" title=${categoryWords(category, format)}>
		<span class="category-name">${categoryName(category.l2)}</span>
		${category.kind === 'rules' ? nothing : icon(category.kind === 'person' ? 'account' : 'sparkle')}
		<span class="unseen">${whoSays(category, format)}</span>
	</div>`;
}

/** One line each: the path, who says so, why, and whether it still holds. */
export function categoryWords(category: CategoryRow, format: Format): string {
	const path = [category.l1, category.l2, category.l3].map(categoryName).join(' › ');
	const lines = [path, whoSays(category, format)];
	if (category.reasoning !== null && category.reasoning.trim() !== '') lines.push(clipped(category.reasoning));
	if (category.isStale) lines.push(text('categoryStale'));
	return lines.join('\n');
}

function whoSays({ kind, confidence, source }: CategoryRow, format: Format): string {
	const percent = format.percent(Math.min(1, Math.max(0, confidence)));
	switch (kind) {
		case 'person':
			return text('categoryByPerson');
		case 'model':
			return text('categoryByModel', { source: clipped(source), percent });
		case 'rules':
			return text('categoryByRules', { percent });
	}
}
