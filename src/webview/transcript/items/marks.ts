/** What happened between the words: notes nobody typed, errors, interruptions, compactions, records that cannot be read. */
import { type TemplateResult, css, html, nothing } from 'lit';
import { type IconName, icon } from '../../components/icons.ts';
import type { Note, NoteKind, TranscriptItem } from '../../contract/transcriptItems.ts';
import type { StringKey } from '../strings.ts';
import type { ItemView } from '../view.ts';
import { text } from '../words.ts';
import { contentBlocks } from './contentBlocks.ts';
import { itemTime } from './itemLine.ts';
import { fileLink, fold, longText } from './parts.ts';
import { line, pathText } from '../lineText.ts';

type Of<K extends TranscriptItem['kind']> = Extract<TranscriptItem, { kind: K }>;

const noteKinds: Readonly<Record<NoteKind, { readonly name: StringKey; readonly icon: IconName }>> = {
	hook: { name: 'noteHook', icon: 'plug' },
	file: { name: 'noteFile', icon: 'file' },
	reminder: { name: 'noteReminder', icon: 'note' },
	skill: { name: 'noteSkill', icon: 'mortarBoard' },
	output: { name: 'noteOutput', icon: 'terminal' },
	notification: { name: 'noteNotification', icon: 'megaphone' },
	notice: { name: 'noteNotice', icon: 'info' },
	recap: { name: 'noteRecap', icon: 'history' },
	turn: { name: 'noteTurn', icon: 'watch' },
	other: { name: 'noteOther', icon: 'note' },
};

export function contextItem(view: ItemView, item: Of<'context'>): TemplateResult {
	const [only] = item.notes;
	if (item.notes.length === 1 && only !== undefined) return note(view, only, 0);
	return notesFold(view, item.notes, 'notes');
}

/** Several notes as one line that says what they are about. */
export function notesFold(view: ItemView, notes: readonly Note[], key: string): TemplateResult {
	const [only] = notes;
	if (notes.length === 1 && only !== undefined) return note(view, only, 0);
	const kinds = [...new Set(notes.map(each => text(noteKinds[each.kind].name)))];
	const failed = notes.filter(each => each.isError).length;
	return fold(view, {
		key,
		icon: failed > 0 ? 'warning' : 'note',
		title: text('notes', { count: view.format.integer(notes.length) }, notes.length),
		summary: kinds.join(', '),
		look: 'quiet',
		content: () => html`${notes.map((each, at) => note(view, each, at))}`,
	});
}

function note(view: ItemView, each: Note, at: number): TemplateResult {
	const { name, icon: shape } = noteKinds[each.kind];
	const isEmpty = each.text.text.trim() === '';
	// Short words stand in the line itself: there is nothing to unfold.
	const isShort = !each.text.text.includes('\n') && each.text.text.length <= 100 && each.text.fullLength === each.text.text.length;
	const about = each.filePath === null ? line(each.name) : pathText(each.filePath, view.folder);
	const words = line(each.text.text.slice(0, 400));
	const said = [about, words === about ? '' : words].filter(part => part !== '').join(' · ');
	return fold(view, {
		key: `note-${at}-${each.id}`,
		icon: each.isError ? 'warning' : shape,
		title: text(name),
		summary: said,
		look: each.isError ? 'quiet bad' : 'quiet',
		aside: each.durationMs === null ? nothing : html`${view.format.duration(each.durationMs)}`,
		content:
			isEmpty || (isShort && each.filePath === null)
				? null
				: () =>
						html`${each.filePath === null ? nothing : html`<p class="note-file">${fileLink(view, each.filePath)}</p>`}
						${longText(view, each.text, each.kind === 'output' ? 'terminal' : 'plain')}`,
	});
}

export function errorItem(view: ItemView, item: Of<'error'>): TemplateResult {
	const { format } = view;
	const facts = [
		item.status === null ? null : text('httpStatus', { status: String(item.status) }),
		item.type === null ? null : line(item.type.replaceAll('_', ' ')),
		item.attempt === null
			? null
			: item.maxAttempts === null
				? text('attempt', { attempt: format.integer(item.attempt) })
				: text('attemptOf', { attempt: format.integer(item.attempt), most: format.integer(item.maxAttempts) }),
		item.retryMs === null ? null : text('retryAfter', { time: format.duration(item.retryMs) }),
	].filter(fact => fact !== null);
	return html`<div class="mark-card bad">
		<div class="item-line">
			<span class="who">${icon('error')} ${text('apiError')}</span> <span class="muted">${facts.join(' · ')}</span> ${itemTime(view)}
		</div>
		${longText(view, item.text, 'plain')}
	</div>`;
}

export function interruptionItem(item: Of<'interruption'>): TemplateResult {
	return html`<p class="mark">${icon('circleSlash')} ${text(item.isForTool ? 'interruptedTool' : 'interrupted')}</p>`;
}

export function compactionItem(view: ItemView, item: Of<'compaction'>): TemplateResult {
	const { format } = view;
	const { tokensBefore, tokensAfter, summary } = item;
	const facts = [
		item.trigger === null ? null : text(item.trigger === 'auto' ? 'compactionAuto' : 'compactionManual'),
		tokensBefore === null
			? null
			: tokensAfter === null
				? text('tokensBefore', { before: format.compact(tokensBefore) })
				: text('tokensBeforeAfter', { before: format.compact(tokensBefore), after: format.compact(tokensAfter) }),
		item.durationMs === null ? null : format.duration(item.durationMs),
	].filter(fact => fact !== null);
	return html`<div class="compaction-mark">
		${fold(view, {
			key: 'summary',
			icon: 'foldCollapse',
			title: text('compaction'),
			summary: facts.join(' · '),
			content: summary === null ? null : () => html`<div class="thought">${longText(view, summary, 'markdown')}</div>`,
		})}
	</div>`;
}

export function resultItem(view: ItemView, item: Of<'result'>): TemplateResult {
	return html`${item.results.map((result, at) =>
		fold(view, {
			key: `result-${at}`,
			icon: result.isError ? 'error' : 'tools',
			title: text('resultWithoutCall'),
			look: result.isError ? 'quiet bad' : 'quiet',
			content: result.content.length === 0 ? null : () => html`${contentBlocks(view, result.content, 'terminal')}`,
		}),
	)}`;
}

const unreadableReasons: Readonly<Record<Of<'unreadable'>['reason'], StringKey>> = {
	gone: 'unreadableGone',
	changed: 'unreadableChanged',
	'too-large': 'unreadableTooLarge',
	failed: 'unreadableFailed',
};
const unreadableKinds: Readonly<Record<Of<'unreadable'>['was'], StringKey>> = {
	prompt: 'wasPrompt',
	command: 'wasCommand',
	answer: 'wasAnswer',
	thinking: 'wasThinking',
	tool: 'wasTool',
	error: 'wasError',
	compaction: 'wasCompaction',
	interruption: 'wasInterruption',
	other: 'wasOther',
};

export function unreadableItem(view: ItemView, item: Of<'unreadable'>): TemplateResult {
	const isPrompt = item.was === 'prompt' || item.was === 'command';
	return html`<div class="unreadable ${isPrompt ? 'prompt-card' : ''}">
		<div class="item-line">
			<span class="who">${icon('circleSlash')} ${text(unreadableKinds[item.was])}</span>
			<span class="muted">${text(unreadableReasons[item.reason], { size: view.format.bytes(item.bytes) })}</span> ${itemTime(view)}
		</div>
		${item.tools.map(
			tool =>
				html`<p class="muted unreadable-tool">
					${icon('tools')} ${line(tool.name)}
					<bdi class="mono">${tool.filePath === null ? line(tool.summary ?? '') : pathText(tool.filePath, view.folder)}</bdi>
				</p>`,
		)}
	</div>`;
}

export const marksStyle = css`
	.mark {
		display: flex;
		align-items: center;
		gap: 6px;
		margin: 8px 0;
		color: var(--muted);
	}
	.mark-card {
		margin-block: 8px;
		padding: 6px 12px 10px;
		border: 1px solid var(--vscode-contrastBorder, var(--line));
		border-radius: 6px;
		overflow-wrap: anywhere;
	}
	.mark-card.bad {
		border-color: var(--vscode-errorForeground);
	}
	.mark-card.bad .who {
		color: var(--bad);
	}
	.compaction-mark {
		margin-block: 14px;
		padding-block: 4px;
		border-block: 1px dashed var(--line);
	}
	.note-file {
		margin: 0 0 6px;
	}
	.unreadable {
		margin-block: 6px;
	}
	.unreadable-tool {
		margin: 4px 0 0 24px;
		overflow-wrap: anywhere;
	}
`;
