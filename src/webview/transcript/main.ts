/**
 * The transcript page: a conversation with Claude Code, to read (VIEW-3). This file joins the page to the extension; the
 * folder knows the contract and nothing else of the extension, neither Node nor VS Code's API.
 *
 * The document that loads it needs a nonce for this script, `lang`, a title, an empty body, and a policy that allows
 * pictures from memory (`blob:`). Styles are adopted sheets; nothing is fetched.
 */
import { Channel, type Nothing } from '../../messaging/channel.ts';
import { speakContent } from '../components/content/contentElements.ts';
import { contentStyle } from '../components/content/contentStyle.ts';
import { toolkitStyle } from '../components/toolkit/toolkitStyle.ts';
import { virtualListStyle } from '../components/virtualList/virtualListStyle.ts';
import type { TranscriptPageCalls, TranscriptPageEvents } from '../contract/transcriptPage.ts';
import { Format } from '../format.ts';
import { pageStyle } from '../components/pageStyle.ts';
import { sharedStyle } from '../components/sharedStyle.ts';
import { portOf } from '../vscodeApi.ts';
import { findStyle } from './findBar.ts';
import { forkStyle } from './fork.ts';
import { headerStyle } from './header.ts';
import { itemStyle } from './itemStyle.ts';
import { answerStyle } from './items/answer.ts';
import { marksStyle } from './items/marks.ts';
import { promptStyle } from './items/prompt.ts';
import { responseStyle } from './items/response.ts';
import { storedImageStyle } from './items/storedImage.ts';
import { layoutStyle } from './layoutStyle.ts';
import { outlineStyle } from './outline.ts';
import { TranscriptPage } from './page.ts';
import { PageModel } from './pageModel.ts';
import { fromSaved, toSaved } from './savedState.ts';
import { statesStyle } from './states.ts';
import { agentStyle } from './tools/agent.ts';
import { editStyle } from './tools/edit.ts';
import { lookingStyle } from './tools/looking.ts';
import { plansStyle } from './tools/plans.ts';
import { toolStyle } from './tools/toolCall.ts';
import { text } from './words.ts';

const styles = [
	sharedStyle,
	pageStyle,
	toolkitStyle,
	contentStyle,
	virtualListStyle,
	layoutStyle,
	headerStyle,
	outlineStyle,
	findStyle,
	itemStyle,
	promptStyle,
	answerStyle,
	responseStyle,
	marksStyle,
	toolStyle,
	editStyle,
	plansStyle,
	lookingStyle,
	agentStyle,
	storedImageStyle,
	forkStyle,
	statesStyle,
];
document.adoptedStyleSheets = [...document.adoptedStyleSheets, ...styles.flatMap(style => style.styleSheet ?? [])];

speakContent({
	copy: text('copyCode'),
	table: text('table'),
	done: text('todoCompleted'),
	toDo: text('todoPending'),
	image: words => (words === '' ? text('imageWithoutWords') : text('imageWords', { words })),
	hidden: ({ code, kind }) => text(kind === 'direction' ? 'hiddenDirection' : 'hiddenCharacter', { code }),
	codeIn: language => (language === '' ? text('copyCode') : text('copyCodeIn', { language })),
});

/** State is kept when things rest: VS Code writes it to disk. */
const keepDelayMs = 250;

const vscode = acquireVsCodeApi();
const page = new TranscriptPage();
const channel = new Channel<Nothing, TranscriptPageCalls, TranscriptPageEvents>(portOf(vscode), {});
const model = new PageModel(channel, fromSaved(vscode.getState()), draw, announce, page.listScroll);
let format = new Format();
let formatOf: readonly [string | undefined, string | undefined] = [undefined, undefined];
let kept = model.state.saved;
let keeping: ReturnType<typeof setTimeout> | undefined;

draw();
document.body.append(page);
void model.opening.start();

function draw(): void {
	const { state } = model;
	const [locale, zone] = formatOf;
	if (state.locale !== locale || state.timeZone !== zone) {
		formatOf = [state.locale, state.timeZone];
		format = new Format(state.locale, state.timeZone);
	}
	if (state.saved !== kept) {
		kept = state.saved;
		clearTimeout(keeping);
		keeping = setTimeout(() => vscode.setState(toSaved(kept)), keepDelayMs);
	}
	page.view = { state, model, format };
}

function announce(words: string): void {
	// A live region says nothing when its text stays the same: a no-break space makes it another.
	page.announcement = page.announcement === words ? `${words}\u00a0` : words;
}
