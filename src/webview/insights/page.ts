/** The panel as a whole: which parts stand where. Draws into the document itself, so that one sheet of style holds. */
import { LitElement, type PropertyValues, type TemplateResult, html, nothing } from 'lit';
import { cache } from 'lit/directives/cache.js';
import { guard } from 'lit/directives/guard.js';
import { drewBelow } from '../components/below.ts';
import { panelId, tabId, tabs } from '../components/tabs.ts';
import { categoriesPage } from './categories.ts';
import { cost } from './cost.ts';
import { emptinessOf, emptyState } from './emptyState.ts';
import { footer } from './footer.ts';
import { header } from './header.ts';
import { jobsPage } from './jobsPage.ts';
import { notices } from './notices.ts';
import { overview } from './overview.ts';
import { figuresPage } from './pageState.ts';
import { patterns } from './patterns.ts';
import { sameQuery } from './queries.ts';
import { type PanelPage, panelPages } from './savedState.ts';
import { sessions } from './sessions.ts';
import { tools } from './tools.ts';
import type { View } from './view.ts';
import { panelText } from './words/panel.ts';

/** Where a person was on a page with figures, for when they come back. */
interface Place {
	readonly page: PanelPage;
	readonly scroll: number;
	readonly focused: HTMLElement | SVGElement | null;
}

export class InsightsPage extends LitElement {
	static override properties = { view: { attribute: false }, announcement: { attribute: false } };
	declare view: View | null;
	/** What the live region says. */
	declare announcement: string;
	#focused: HTMLElement | null = null;
	#section: HTMLElement | null = null;
	#shown: PanelPage | null = null;
	#left: Place | null = null;
	#drawn: { readonly of: readonly unknown[]; readonly query: unknown; readonly page: TemplateResult | null } | null = null;

	constructor() {
		super();
		this.view = null;
		this.announcement = '';
	}

	protected override createRenderRoot(): this {
		return this;
	}

	/** Before the old page goes: where one is on it. */
	protected override willUpdate(changed: PropertyValues): void {
		super.willUpdate(changed);
		const page = this.view?.state.saved.page ?? null;
		if (this.#shown !== null && this.#shown !== 'sessions' && page === 'sessions')
			this.#left = { page: this.#shown, scroll: window.scrollY, focused: deepestFocus() };
	}

	protected override render() {
		const { view } = this;
		if (view === null) return nothing;
		const { state, model } = view;
		const { page } = state.saved;
		const busy = state.loadingPage && state.loadError === null;
		return html`<main aria-busy=${busy ? 'true' : 'false'}>
			${busy ? html`<div class="busy" aria-hidden="true"></div>` : nothing} ${header(view)} ${notices(view)}
			${
				state.status === null
					? nothing
					: tabs({
							label: panelText('pages'),
							tabs: panelPages.map(value => ({ value, label: panelText(value) })),
							chosen: page,
							pick: value => model.goTo(value),
						})
			}
			<div
				id=${panelId(page)}
				class="panel-page"
				role=${state.status === null ? nothing : 'tabpanel'}
				aria-labelledby=${state.status === null ? nothing : tabId(page)}
			>
				${this.#content(view)}
			</div>
			${state.head === null ? nothing : footer(view, state.head)}
			<div role="status" class="unseen">${this.announcement}</div>
		</main>`;
	}

	override connectedCallback(): void {
		super.connectedCallback();
		this.addEventListener('focusin', event => {
			this.#focused = event.target instanceof HTMLElement ? event.target : null;
			this.#section = this.#focused?.closest('section') ?? null;
		});
		this.addEventListener(drewBelow, () => {
			this.#keepFocus();
		});
	}

	protected override updated(changed: PropertyValues): void {
		super.updated(changed);
		const page = this.view?.state.saved.page ?? null;
		const before = this.#shown;
		this.#shown = page;
		if (before !== null && page !== before) this.#arrive(before, page);
		this.#keepFocus();
	}

	/** A figure leads to its sessions and back to where it stands; a tab leads to the top of its page. */
	#arrive(from: PanelPage, to: PanelPage | null): void {
		const focusIsLost = document.activeElement === document.body || document.activeElement === null;
		if (to === 'sessions' && focusIsLost) {
			window.scrollTo(0, 0);
			this.querySelector<HTMLElement>('#sessions-heading')?.focus({ preventScroll: true });
		}
		const left = this.#left;
		if (from === 'sessions' && left !== null && left.page === to && focusIsLost) {
			window.scrollTo(0, left.scroll);
			if (left.focused?.isConnected === true) left.focused.focus({ preventScroll: true });
		}
	}

	/** What had the focus may be gone after a redraw: the next Tab must not begin at the top of the document. */
	#keepFocus(): void {
		if (this.#focused === null || this.#focused.isConnected || document.activeElement !== document.body) return;
		const section = this.#section?.isConnected === true ? this.#section : this;
		section.querySelector<HTMLElement>('h1, h2')?.focus();
	}

	#content(view: View): TemplateResult {
		const { state } = view;
		const { saved, pages, loadingPage } = state;
		const why = emptinessOf(state);
		if (why !== null) return emptyState(view, why);
		const shown = pages[figuresPage(saved)];
		// Under another query than the chosen one the figures are yesterday's news.
		const stale = loadingPage && shown !== undefined && saved.query !== null && !sameQuery(shown.head.query, saved.query);
		const page = this.#kept(view, stale);
		// The parts of a page that was left are kept as they are: going back is quick, and finds the focus where it was. What is the same is not even compared.
		return html`<div class=${stale && saved.page !== 'sessions' ? 'stale' : ''}>
			${guard([page ?? view], () => cache(page ?? emptyState(view, 'loading')))}
		</div>`;
	}

	/**
	 * Only the header tells how the index stands: while it runs, that is heard several times a second, and a page is hundreds of marks.
	 * Nor is a page drawn for a query whose figures are still to come.
	 */
	#kept(view: View, stale: boolean): TemplateResult | null {
		const { saved, pages, head, sessions: listed, offset, loadingSessions } = view.state;
		const query = stale ? this.#drawn?.query : saved.query;
		const of = [query, ...Object.values({ ...saved, query: null }), pages, head, listed, offset, loadingSessions, view.format];
		if (this.#drawn?.of.every((part, i) => part === of[i]) !== true) this.#drawn = { of, query, page: this.#page(view) };
		return this.#drawn.page;
	}

	/** Each a template of its own, by which the kept parts are told apart. */
	#page(view: View): TemplateResult | null {
		const { saved, pages } = view.state;
		switch (saved.page) {
			case 'overview':
				return pages.overview === undefined ? null : overview(view, pages.overview.figures);
			case 'cost':
				return pages.cost === undefined ? null : cost(view, pages.cost.figures);
			case 'categories':
				return pages.categories === undefined ? null : categoriesPage(view, pages.categories.figures);
			case 'patterns':
				return pages.patterns === undefined ? null : patterns(view, pages.patterns.figures);
			case 'tools':
				return pages.tools === undefined ? null : tools(view, pages.tools.figures);
			case 'jobs':
				return pages.jobs === undefined ? null : jobsPage(view, pages.jobs.figures);
			case 'sessions':
				return sessions(view);
		}
	}
}

/** The element that has the focus, through the shadow roots of charts. */
function deepestFocus(): HTMLElement | SVGElement | null {
	let active = document.activeElement;
	for (let inner = active?.shadowRoot?.activeElement; inner !== null && inner !== undefined; inner = inner.shadowRoot?.activeElement)
		active = inner;
	return active instanceof HTMLElement || active instanceof SVGElement ? active : null;
}

customElements.define('insights-page', InsightsPage);
