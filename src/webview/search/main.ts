/**
 * The search page in the sidebar: everything that was said in Claude Code sessions (VIEW-4). This file joins the page to the
 * extension; the folder knows the contract and nothing else of the extension, neither Node nor VS Code's API.
 *
 * The document that loads it needs a nonce for this script, `lang`, a title, and an empty body. Styles are adopted
 * sheets, which a strict policy allows; nothing is fetched.
 */
import { Channel, type Nothing } from '../../messaging/channel.ts';
import type { SearchPageCalls, SearchPageEvents } from '../contract/searchView.ts';
import { Format } from '../format.ts';
import { sharedStyle } from '../components/sharedStyle.ts';
import { portOf } from '../vscodeApi.ts';
import { barStyle } from './bar.ts';
import { SearchPage } from './page.ts';
import { resultsStyle } from './results.ts';
import { fromSaved, toSaved } from './savedState.ts';
import { SearchModel } from './searchModel.ts';
import { searchStyle } from './searchStyle.ts';
import { statesStyle } from './states.ts';
import { text } from './text.ts';
import { tipsStyle } from './tips.ts';

const styles = [sharedStyle, searchStyle, barStyle, statesStyle, tipsStyle, resultsStyle];
document.adoptedStyleSheets = [...document.adoptedStyleSheets, ...styles.flatMap(style => style.styleSheet ?? [])];

const vscode = acquireVsCodeApi();
const page = new SearchPage();
const channel = new Channel<Nothing, SearchPageCalls, SearchPageEvents>(portOf(vscode), {});
const model = new SearchModel(channel, fromSaved(vscode.getState()), {
	changed: draw,
	announce: ({ hits, total }) => {
		const words = hits.length === 0 ? text('announceNone') : text('announceFound', { count: format.integer(total) }, total);
		// A live region says nothing when its text stays the same: a no-break space makes it another.
		page.announcement = page.announcement === words ? `${words}\u00a0` : words;
	},
	focusField: () => void page.focusField(),
});
let format = new Format();
let formatOf: readonly [string | undefined, string | undefined] = [undefined, undefined];
let kept = model.state.saved;

draw();
document.body.append(page);
void model.start();

function draw(): void {
	const { state } = model;
	const [locale, timeZone] = formatOf;
	if (state.locale !== locale || state.timeZone !== timeZone) {
		// Building the formatters costs more than a redraw: they are kept until the place changes.
		formatOf = [state.locale, state.timeZone];
		format = new Format(state.locale, state.timeZone);
	}
	if (state.saved !== kept) {
		kept = state.saved;
		vscode.setState(toSaved(kept));
	}
	page.view = { state, model, format };
}
