/** The insights page as a whole: which parts stand where. Draws into the document itself, so that one sheet of style holds. */
import { LitElement, type PropertyValues, type TemplateResult, html, nothing } from 'lit';
import { activity } from './activity.ts';
import { agreement } from './agreement.ts';
import { categories } from './categories.ts';
import './categoryBars.ts';
import { classificationRuns } from './classificationRuns.ts';
import { emptinessOf, emptyState } from './emptyState.ts';
import { figures } from './figures.ts';
import { footer } from './footer.ts';
import { header } from './header.ts';
import { indexRuns } from './indexRuns.ts';
import { models } from './models.ts';
import { notices } from './notices.ts';
import { sessions } from './sessions.ts';
import './sessionsTable.ts';
import type { View } from './view.ts';

export class InsightsPage extends LitElement {
	static override properties = { view: { attribute: false }, announcement: { attribute: false } };
	declare view: View | null;
	/** What the live region says. */
	declare announcement: string;
	#focused: HTMLElement | null = null;
	#section: HTMLElement | null = null;

	constructor() {
		super();
		this.view = null;
		this.announcement = '';
	}

	protected override createRenderRoot(): this {
		return this;
	}

	protected override render() {
		const { view } = this;
		if (view === null) return nothing;
		const { state } = view;
		const busy = state.loadingSnapshot && state.loadError === null;
		return html`<main aria-busy=${busy ? 'true' : 'false'}>
			${busy ? html`<div class="busy" aria-hidden="true"></div>` : nothing} ${header(view)} ${notices(view)} ${this.#content(view)}
			<div role="status" class="unseen">${this.announcement}</div>
		</main>`;
	}

	override connectedCallback(): void {
		super.connectedCallback();
		this.addEventListener('focusin', event => {
			this.#focused = event.target instanceof HTMLElement ? event.target : null;
			this.#section = this.#focused?.closest('section') ?? null;
		});
	}

	/** What had the focus may be gone after a redraw: the next Tab must not begin at the top of the document. */
	protected override updated(changed: PropertyValues): void {
		super.updated(changed);
		if (this.#focused === null || this.#focused.isConnected || document.activeElement !== document.body) return;
		const section = this.#section?.isConnected === true ? this.#section : this;
		section.querySelector<HTMLElement>('h1, h2')?.focus();
	}

	#content(view: View): TemplateResult {
		const { snapshot, loadingSnapshot, saved } = view.state;
		const why = emptinessOf(view.state);
		if (why !== null || snapshot === null) return emptyState(view, why ?? 'loading');
		// Under another query than the chosen one the figures are yesterday's news.
		const stale = loadingSnapshot && (snapshot.query.scope !== saved.query?.scope || snapshot.query.range !== saved.query.range);
		return html`<div class="sections">
				<div class=${stale ? 'sections stale' : 'sections'}>
					${figures(view, snapshot)}
					<div class="pair">${activity(view, snapshot)} ${models(view, snapshot)}</div>
					<div class="pair">${categories(view, snapshot)} ${agreement(view, snapshot.categories.agreement)}</div>
				</div>
				${sessions(view)}
				<div class="records">${classificationRuns(view, snapshot)} ${indexRuns(view, snapshot.runs)}</div>
			</div>
			${footer(view, snapshot)}`;
	}
}

customElements.define('insights-page', InsightsPage);
