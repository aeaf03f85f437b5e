/** The overview: what a person did, when, how steadily, and which sessions stand out. */
import { type TemplateResult, html } from 'lit';
import { below } from '../components/below.ts';
import type { OverviewFigures } from '../contract/overview.ts';
import { activity } from './activity.ts';
import { calendar } from './calendar.ts';
import { figures } from './figures.ts';
import { standouts } from './standouts.ts';
import type { View } from './view.ts';
import { weekHours } from './weekHours.ts';

export function overview(view: View, page: OverviewFigures): TemplateResult {
	return html`<div class="sections overview">
		${figures(view, page)} ${activity(view, page)}
		${below(() => html`${calendar(view, page)} ${weekHours(view, page)} ${standouts(view, page)}`)}
	</div>`;
}
