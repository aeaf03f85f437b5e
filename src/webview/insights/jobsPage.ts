/** How the data came here and what work on it is recorded: classification, index runs, and what could not be read. */
import { type TemplateResult, html } from 'lit';
import type { JobsFigures } from '../contract/insights.ts';
import { classificationRuns } from './classificationRuns.ts';
import { leftOut } from './footer.ts';
import { indexRuns } from './indexRuns.ts';
import type { View } from './view.ts';

export function jobsPage(view: View, page: JobsFigures): TemplateResult {
	return html`<div class="sections jobs-page">${classificationRuns(view, page)} ${indexRuns(view, page.runs)} ${leftOut(view, page)}</div>`;
}
