/** The colours of what stands side by side in one chart, and the legend that names them. */
import { type TemplateResult, css, html, nothing } from 'lit';

/** The names are read by nobody who cannot see the colours: each mark says its own. `limit` names the line across the marks. */
export function seriesLegend(names: readonly string[], limit: string | null): TemplateResult {
	return html`<ul class="series" aria-hidden="true">
		${names.map((name, index) => html`<li><i class=${`swatch series-${index + 1}`}></i><bdi>${name}</bdi></li>`)}
		${limit === null ? nothing : html`<li><i class="limit-swatch"></i><bdi>${limit}</bdi></li>`}
	</ul>`;
}

/** In high contrast, where colours are few, the pieces of a stack part by a frame of the ground as well. */
export const seriesStyle = css`
	.series {
		display: flex;
		flex-wrap: wrap;
		gap: 4px 16px;
		margin: 8px 0 0;
		padding: 0;
		list-style: none;
		color: var(--muted);
		font-size: 12px;
	}
	.series li {
		display: flex;
		align-items: center;
		max-width: 100%;
		overflow: hidden;
	}
	.series bdi {
		overflow: hidden;
		text-overflow: ellipsis;
		white-space: nowrap;
	}
	.swatch {
		flex: none;
		width: 9px;
		height: 9px;
		margin-inline-end: 6px;
		border-radius: 2px;
		background: var(--series);
	}
	.limit-swatch {
		flex: none;
		width: 18px;
		margin-inline-end: 6px;
		border-top: 1px dashed var(--vscode-foreground);
	}
	.value[class*='series-'] {
		fill: var(--series);
	}
	.series-1 {
		--series: var(--kind-1);
	}
	.series-2 {
		--series: var(--kind-2);
	}
	.series-3 {
		--series: var(--kind-3);
	}
	.series-4 {
		--series: var(--kind-4);
	}
	.series-5 {
		--series: var(--kind-5);
	}
	.series-6 {
		--series: var(--kind-6);
	}
	.series-7 {
		--series: var(--kind-7);
	}
	@media (forced-colors: active) {
		.swatch,
		.value[class*='series-'] {
			forced-color-adjust: none;
		}
		.value[class*='series-'] {
			fill: var(--series);
		}
	}
`;
