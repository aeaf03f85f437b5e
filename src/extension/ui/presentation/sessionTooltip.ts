/** The numbers of a session as Markdown for a hover. Every word of a transcript is escaped; nothing in it is a link. */
import type { SessionRow, TokenCounts } from '../../../webview/contract/sessions.ts';
import type { CategoryReasons } from '../../engine/api.ts';
import { categoryTooltip } from './categoryTooltip.ts';
import { costText, countText, durationText } from './figures.ts';
import type { Viewer } from './language.ts';
import { dateAndTime, instantMs } from './localTime.ts';
import { escapeMarkdown, oneLine } from './plainText.ts';
import { modeText, statusText, titleOf } from './sessionItem.ts';

function tokenTotal(tokens: TokenCounts): number {
	return tokens.input + tokens.output + tokens.cacheRead + tokens.cacheWrite5m + tokens.cacheWrite1h;
}

/** `reasons` is null where nobody knows why it has its category. */
export function sessionTooltip(row: SessionRow, reasons: CategoryReasons | null, viewer: Viewer): string {
	const { t, locale } = viewer;
	const count = (value: number) => countText(value, locale);
	const time = (iso: string | null) => {
		const ms = instantMs(iso);
		return ms === null ? null : dateAndTime(ms, viewer);
	};
	const cacheWrite = row.tokens.cacheWrite5m + row.tokens.cacheWrite1h;
	const lines: readonly (readonly [label: string, value: string | null])[] = [
		[t('Tags'), row.tags.length === 0 ? null : oneLine(row.tags.join(', '), 400)],
		[t('Status'), `${statusText(row, viewer)} · ${modeText(row, viewer)}`],
		[t('Started'), time(row.startedAt)],
		[t('Last active'), time(row.endedAt)],
		[t('Active time'), row.activeMs > 0 ? durationText(row.activeMs, locale) : null],
		[t('Cost'), row.costUsd === null ? null : costText(row.costUsd, locale)],
		[
			t('Tokens'),
			t(
				'{0} ({1} in, {2} out, {3} cache read, {4} cache written)',
				count(tokenTotal(row.tokens)),
				count(row.tokens.input),
				count(row.tokens.output),
				count(row.tokens.cacheRead),
				count(cacheWrite),
			),
		],
		[t('Tokens without a known price'), row.unpricedTokens > 0 ? count(row.unpricedTokens) : null],
		[t('Prompts'), count(row.userPrompts)],
		[t('Responses'), count(row.responses)],
		[t('Tool calls'), count(row.toolCalls)],
		[t('Subagents'), row.subagents > 0 ? count(row.subagents) : null],
		[t('Compactions'), row.compactions > 0 ? count(row.compactions) : null],
		[t('Interruptions'), row.interruptions > 0 ? count(row.interruptions) : null],
		[t('Corrections'), row.corrections > 0 ? count(row.corrections) : null],
		[t('Unreadable lines'), row.malformedLines > 0 ? count(row.malformedLines) : null],
		[t('Models'), row.models.length > 0 ? oneLine(row.models.join(', '), 200) : null],
		[t('Branch'), row.gitBranch === null ? null : oneLine(row.gitBranch, 200)],
		[t('Folder'), row.cwd === null ? null : oneLine(row.cwd, 400)],
		[t('Claude Code'), row.version === null ? null : oneLine([row.version, row.entrypoint].filter(part => part !== null).join(' · '), 80)],
	];
	const list = lines.flatMap(([label, value]) => (value === null ? [] : [`- ${escapeMarkdown(label)}: ${escapeMarkdown(value)}`]));
	const category = row.category === null ? [] : ['', '---', '', categoryTooltip(row.category, reasons, viewer)];
	// A note may have lines of its own.
	const note = row.note === null ? [] : [...row.note.split('\n').map(line => `> ${escapeMarkdown(oneLine(line, 400))}  `), ''];
	return [`**${escapeMarkdown(titleOf(row, viewer))}**`, '', ...note, ...list, ...category].join('\n');
}
