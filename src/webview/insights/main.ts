/**
 * The insights panel: what the sessions of a scope and period add up to (VIEW-2), in pages that share their filters. This
 * file joins the panel to the extension; the folder knows the contract and nothing else of the extension, neither Node nor VS Code's API.
 *
 * The document that loads it needs a nonce for this script, `lang`, a title, and an empty body. Styles are adopted
 * sheets, which a strict policy allows; nothing is fetched.
 */
import { Channel, type Nothing } from '../../messaging/channel.ts';
import type { InsightsPageCalls, InsightsPageEvents } from '../contract/insights.ts';
import { intervalPlotStyle } from '../charts/intervalPlot.ts';
import { waterfallStyle } from '../charts/waterfall.ts';
import { chartSectionStyle } from '../components/chartSection.ts';
import { foldedStyle } from '../components/folded.ts';
import { recordTableStyle } from '../components/recordTable.ts';
import { segmentedStyle } from '../components/segmented.ts';
import { tabsStyle } from '../components/tabs.ts';
import { toolkitStyle } from '../components/toolkit/toolkitStyle.ts';
import { Format } from '../format.ts';
import { text } from '../text.ts';
import { portOf } from '../vscodeApi.ts';
import { agreementStyle } from './agreement.ts';
import { blocksStyle } from './blocks.ts';
import { budgetsStyle } from './budgets.ts';
import { calendarStyle } from './calendar.ts';
import { categoriesStyle } from './categories.ts';
import { classificationRunsStyle } from './classificationRuns.ts';
import { costStyle } from './cost.ts';
import { dayRangeStyle } from './dayRange.ts';
import { emptyStateStyle } from './emptyState.ts';
import { figureCardsStyle } from './figureCards.ts';
import { figuresStyle } from './figures.ts';
import { filtersStyle } from './filters.ts';
import { footerStyle } from './footer.ts';
import { headerStyle } from './header.ts';
import { noticesStyle } from './notices.ts';
import { InsightsPage } from './page.ts';
import { PageModel } from './pageModel.ts';
import type { Announcement, PageState } from './pageState.ts';
import { pageStyle } from '../components/pageStyle.ts';
import { sharedStyle } from '../components/sharedStyle.ts';
import { patternsStyle } from './patternsStyle.ts';
import { rankingStyle } from './ranking.ts';
import { fromSaved, toSaved } from './savedState.ts';
import { sessionsKeyStyle } from './sessionsKey.ts';
import { sessionsStyle } from './sessionsStyle.ts';
import { standoutsStyle } from './standouts.ts';
import { toolsStyle } from './tools.ts';

const styles = [
	sharedStyle,
	pageStyle,
	toolkitStyle,
	segmentedStyle,
	foldedStyle,
	recordTableStyle,
	tabsStyle,
	chartSectionStyle,
	intervalPlotStyle,
	waterfallStyle,
	headerStyle,
	filtersStyle,
	dayRangeStyle,
	noticesStyle,
	figureCardsStyle,
	figuresStyle,
	rankingStyle,
	calendarStyle,
	standoutsStyle,
	budgetsStyle,
	costStyle,
	blocksStyle,
	patternsStyle,
	toolsStyle,
	categoriesStyle,
	agreementStyle,
	sessionsStyle,
	sessionsKeyStyle,
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
function formatFor({ locale, head }: PageState): Format {
	const [shownLocale, shownZone] = formatOf;
	if (locale === shownLocale && head?.timeZone === shownZone) return format;
	formatOf = [locale, head?.timeZone];
	return new Format(locale, head?.timeZone);
}

function announce(what: Announcement): void {
	const words = announcementText(what, model.state);
	// A live region says nothing when its text stays the same: a no-break space makes it another.
	page.announcement = page.announcement === words ? `${words}\u00a0` : words;
}

function announcementText(what: Announcement, { head, sessions }: PageState): string {
	switch (what) {
		case 'copied':
			return text('idCopied');
		case 'indexed':
			return text('announceIndexed');
		case 'sessions':
			return text('sessionCount', { count: format.integer(sessions?.total ?? 0) }, sessions?.total);
		case 'figures':
			return text('announceLoaded', { count: format.integer(head?.sessions ?? 0) }, head?.sessions);
	}
}
