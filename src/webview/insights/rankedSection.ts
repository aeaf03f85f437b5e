/** A ranking with its heading, as the page of tools and files has many. */
import { type TemplateResult, html, nothing } from 'lit';

export function rankedSection(name: string, heading: string, content: TemplateResult, says?: string): TemplateResult {
	return html`<section aria-labelledby="${name}-heading" class=${`ranked ${name}`}>
		<div class="section-head"><h2 tabindex="-1" id="${name}-heading">${heading}</h2></div>
		${says === undefined ? nothing : html`<p class="says">${says}</p>`} ${content}
	</section>`;
}
