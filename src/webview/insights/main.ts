/**
 * The insights page: what the sessions of a scope and period add up to (VIEW-2). This file joins the page to the
 * extension; the folder knows the contract and nothing else of the extension, neither Node nor VS Code's API.
 *
 * The document that loads it needs a nonce for this script, `lang`, a title, and an empty body. Styles are adopted
 * sheets, which a strict policy allows; nothing is fetched.
 */
import { Channel, type Nothing } from '../../messaging/channel.ts';
import type { InsightsPageCalls, InsightsPageEvents } from '../contract/insights.ts';
import { foldedStyle } from '../components/folded.ts';
import { segmentedStyle } from '../components/segmented.ts';
import { toolkitStyle } from '../components/toolkit/toolkitStyle.ts';
import { Format } from '../format.ts';
import { text } from '../text.ts';
import { portOf } from '../vscodeApi.ts';
import { activityStyle } from './activity.ts';
import { agreementStyle } from './agreement.ts';
import { categoriesStyle } from './categories.ts';
import { classificationRunsStyle } from './classificationRuns.ts';
import { emptyStateStyle } from './emptyState.ts';
import { figuresStyle } from './figures.ts';
import { footerStyle } from './footer.ts';
import { headerStyle } from './header.ts';
import { modelsStyle } from './models.ts';
import { noticesStyle } from './notices.ts';
import { InsightsPage } from './page.ts';
import { type Announcement, PageModel, type PageState } from './pageModel.ts';
import { pageStyle } from './pageStyle.ts';
import { fromSaved, toSaved } from './savedState.ts';
import { sessionsStyle } from './sessionsStyle.ts';

const styles = [
	pageStyle,
	toolkitStyle,
	segmentedStyle,
	foldedStyle,
	headerStyle,
	noticesStyle,
	figuresStyle,
	activityStyle,
	modelsStyle,
	categoriesStyle,
	agreementStyle,
	sessionsStyle,
	classificationRunsStyle,
	footerStyle,
	emptyStateStyle,
];
document.adoptedStyleSheets = [...document.adoptedStyleSheets, ...styles.flatMap(style => style.styleSheet ?? [])];

const vscode = acquireVsCodeApi();
const page = new InsightsPage();
const channel = new Channel<Nothing, InsightsPageCalls, InsightsPageEvents>(portOf(vscode), {});
const model = new PageModel(channel, fromSaved(vscode.getState()), draw, announce);
let format = new Format();
let formatOf: readonly [string | undefined, string | undefined] = [undefined, undefined];
let kept = model.state.saved;

draw();
document.body.append(page);
void model.start();

function draw(): void {
	const { state } = model;
	format = formatFor(state);
	if (state.saved !== kept) {
		kept = state.saved;
		vscode.setState(toSaved(kept));
	}
	page.view = { state, model, format };
}

/** Building the formatters costs more than a redraw: they are kept until the place changes. */
function formatFor({ locale, snapshot }: PageState): Format {
	const [shownLocale, shownZone] = formatOf;
	if (locale === shownLocale && snapshot?.timeZone === shownZone) return format;
	formatOf = [locale, snapshot?.timeZone];
	return new Format(locale, snapshot?.timeZone);
}

function announce(what: Announcement): void {
	const words = announcementText(what, model.state);
	// A live region says nothing when its text stays the same: a no-break space makes it another.
	page.announcement = page.announcement === words ? `${words}\u00a0` : words;
}

function announcementText(what: Announcement, { snapshot, page: rows }: PageState): string {
	switch (what) {
		case 'copied':
			return text('idCopied');
		case 'indexed':
			return text('announceIndexed');
		case 'sessions':
			return text('sessionCount', { count: format.integer(rows?.total ?? 0) }, rows?.total);
		case 'figures': {
			const { sessions, costUsd } = snapshot?.totals ?? { sessions: { now: 0 }, costUsd: { now: 0 } };
			return text('announceLoaded', { count: format.integer(sessions.now), cost: format.usd(costUsd.now) }, sessions.now);
		}
	}
}
