/** What the sessions were about: each category's share, level by level, down to its sessions; and who says so (CLS-3). */
import { type TemplateResult, css, html, nothing } from 'lit';
import { segmented } from '../components/segmented.ts';
import { button } from '../components/toolkit/button.ts';
import type { CategoriesSection } from '../contract/insights.ts';
import type { CategoryName } from '../contract/sessions.ts';
import { text } from '../text.ts';
import { agreement } from './agreement.ts';
import { measureNames } from './categoryBars.ts';
import './categoryBars.ts';
import { measures } from './savedState.ts';
import type { View } from './view.ts';

export function categoriesPage(view: View, section: CategoriesSection): TemplateResult {
	return html`<div class="pair categories-page">${categories(view, section)} ${agreement(view, section.agreement)}</div>`;
}

function categories(view: View, section: CategoriesSection): TemplateResult {
	const { state, model, format } = view;
	const { measure, categoryPath } = state.saved;
	const classify = button({ label: text('actionClassify'), press: () => void model.command('classify') });
	return html`<section aria-labelledby="categories-heading" class="categories">
		<div class="section-head">
			<h2 tabindex="-1" id="categories-heading">${text('categories')}</h2>
			${
				section.sums.length === 0
					? nothing
					: segmented({
							name: 'measure',
							label: text('categoryMeasure'),
							choices: measures.map(value => ({ value, label: text(measureNames[value]) })),
							chosen: measure,
							pick: picked => model.show({ measure: picked }),
						})
			}
		</div>
		${
			section.sums.length === 0
				? html`<div class="none">
						<p>${text('categoriesEmpty')}</p>
						${classify}
					</div>`
				: html`<category-bars
							.sums=${section.sums}
							.path=${categoryPath}
							.measure=${measure}
							.format=${format}
							.open=${(path: typeof categoryPath) => model.show({ categoryPath: path })}
							.pick=${(category: CategoryName) => model.openSessions({ kind: 'category', category })}
						></category-bars>
						<div class="who-says">
							<p>${whoSays(view, section)}</p>
							${classify}
						</div>`
		}
	</section>`;
}

/** Only those who said anything. */
function whoSays({ model, format }: View, { byRules, byModel, byPerson, stale }: CategoriesSection): readonly TemplateResult[] {
	const said = [
		{ key: 'sortedByRules', by: 'rules', count: byRules },
		{ key: 'sortedByModel', by: 'model', count: byModel },
		{ key: 'sortedByPerson', by: 'person', count: byPerson },
		{ key: 'sortedBeforeGrown', by: 'stale', count: stale },
	] as const;
	return said
		.filter(({ count }) => count > 0)
		.map(
			({ key, by, count }) =>
				html`<button class="sentence-link" @click=${() => model.openSessions({ kind: 'sortedBy', by })}>
					${text(key, { count: format.integer(count) }, count)}
				</button>`,
		);
}

export const categoriesStyle = css`
	.categories {
		min-width: 0;
	}
	category-bars {
		display: block;
	}
	category-bars table {
		table-layout: fixed;
	}
	.crumbs ol {
		display: flex;
		flex-wrap: wrap;
		margin: 0;
		padding: 0 8px 4px;
		list-style: none;
		font-size: var(--small);
	}
	.crumbs li {
		overflow-wrap: anywhere;
		display: flex;
		align-items: center;
		min-height: 22px;
	}
	.crumbs .icon {
		color: var(--muted);
	}
	.crumb {
		color: var(--vscode-textLink-foreground);
	}
	.crumb:hover {
		text-decoration: underline;
	}
	category-bars th[scope='row'] {
		overflow-wrap: anywhere;
	}
	.open > span {
		min-width: 0;
		overflow-wrap: anywhere;
	}
	.open {
		display: inline-flex;
		align-items: center;
		max-width: 100%;
		text-align: start;
	}
	.open .icon {
		color: var(--muted);
	}
	tr:hover > th > .open {
		color: var(--vscode-textLink-foreground);
	}
	category-bars .measured {
		width: 58%;
	}
	category-bars .share-of {
		width: 54px;
		padding-inline-start: 0;
	}
	category-bars .lead {
		width: 24px;
		padding: 0 8px 0 4px;
	}
	.lead .icon-button {
		vertical-align: middle;
	}
	tr:not(.picked) > .lead .icon-button {
		color: var(--muted);
	}
	.bar-line {
		display: flex;
		align-items: center;
		gap: 8px;
	}
	.bar-line span {
		flex: none;
		min-width: 72px;
	}
	.category-bar rect {
		fill: var(--bar);
	}
	.who-says {
		display: flex;
		flex-wrap: wrap;
		align-items: center;
		justify-content: space-between;
		gap: 6px 16px;
		padding: 8px 8px 0;
	}
	.who-says p {
		display: flex;
		flex-wrap: wrap;
		gap: 0 12px;
		margin: 0;
		color: var(--muted);
		font-size: var(--small);
	}
	/* No room beside the figure: below it, as thin as those of the models. */
	@container page (width < 560px) {
		category-bars .measured {
			width: 70px;
			padding-inline-start: 0;
		}
		category-bars .share-of {
			width: 44px;
		}
		category-bars .lead {
			padding-inline: 0 4px;
		}
		.bar-line {
			flex-direction: column-reverse;
			align-items: stretch;
			gap: 3px;
		}
		.bar-line span {
			min-width: 0;
		}
		.category-bar {
			height: 3px;
		}
	}
	@media (forced-colors: active) {
		.category-bar rect {
			fill: CanvasText;
		}
	}
`;
