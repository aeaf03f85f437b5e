/** Results of a search as lines of a quick pick: what was said, who said it and when, in which session. */
import type { SearchAnswer, SearchHit, SearchTextKind } from '../../../webview/contract/search.ts';
import { numberFormat } from './formats.ts';
import type { Translate, Viewer } from './language.ts';
import { dateAndTime, instantMs } from './localTime.ts';
import { oneLine } from './plainText.ts';

export interface PickLine {
	/** A theme icon's name. */
	readonly icon: string;
	readonly label: string;
	readonly description: string;
	readonly detail: string;
	readonly hit: SearchHit;
}

const icons: Readonly<Record<SearchTextKind, string>> = {
	prompt: 'account',
	answer: 'comment',
	thinking: 'lightbulb',
	toolInput: 'tools',
	toolResult: 'output',
	file: 'file',
	title: 'tag',
	context: 'note',
};

/** As wide as a quick pick shows without cutting. */
const longestLabel = 110;
const longestTitle = 80;
/** Of the text before the first match: enough to see where one is. */
const charactersBefore = 30;

export function pickLines(answer: SearchAnswer, viewer: Viewer): readonly PickLine[] {
	const timeOf = ({ timestamp }: SearchHit): string => {
		const ms = instantMs(timestamp);
		return ms === null ? '' : dateAndTime(ms, viewer);
	};
	return answer.hits.map(hit => ({
		icon: icons[hit.kind],
		label: snippetLabel(hit),
		description: [kindText(hit, viewer.t), timeOf(hit)].filter(part => part !== '').join(' · '),
		detail: withoutIcons(
			[oneLine(hit.title ?? '', longestTitle) || viewer.t('Untitled session'), oneLine(hit.project ?? '', 60)]
				.filter(part => part !== '')
				.join(' · '),
		),
		hit,
	}));
}

/** What stands beside the field: how many there are. */
export function countText({ total, totalIsExact, hits }: SearchAnswer, { t, locale }: Viewer): string {
	const count = numberFormat(locale).format(total);
	if (hits.length === total) return total === 1 ? t('1 result') : t('{0} results', count);
	return totalIsExact
		? t('The best {0} of {1} results', hits.length, count)
		: t('The best {0} of more than {1} results', hits.length, count);
}

function snippetLabel({ snippet }: SearchHit): string {
	const first = snippet.matches[0]?.start ?? 0;
	const from = first > charactersBefore + 10 ? first - charactersBefore : 0;
	// With a whole word, where one begins before the match.
	const space = from === 0 ? -1 : snippet.text.indexOf(' ', from);
	const start = space >= 0 && space < first ? space + 1 : from;
	const isCut = start > 0 || snippet.isCutBefore;
	return withoutIcons(`${isCut ? '…' : ''}${oneLine(snippet.text.slice(start), longestLabel)}`);
}

/** `$(name)` draws an icon in a quick pick; a transcript's text must not. */
function withoutIcons(text: string): string {
	return text.replaceAll('$(', String.raw`\$(`);
}

function kindText({ kind, tool }: SearchHit, t: Translate): string {
	const name = kindName(kind, t);
	return tool === null ? name : `${name}: ${withoutIcons(oneLine(tool, 40))}`;
}

function kindName(kind: SearchTextKind, t: Translate): string {
	switch (kind) {
		case 'prompt':
			return t('Prompt');
		case 'answer':
			return t('Answer');
		case 'thinking':
			return t('Thinking');
		case 'toolInput':
			return t('Tool call');
		case 'toolResult':
			return t('Tool result');
		case 'file':
			return t('File');
		case 'title':
			return t('Title');
		case 'context':
			return t('Context');
	}
}
