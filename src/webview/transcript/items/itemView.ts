/** One item of the conversation, by its kind. */
import { type TemplateResult, html, nothing } from 'lit';
import type { TranscriptItem } from '../../contract/transcriptItems.ts';
import type { ItemView } from '../view.ts';
import { text } from '../words.ts';
import { answerItem } from './answer.ts';
import { commandItem, promptItem } from './prompt.ts';
import { compactionItem, contextItem, errorItem, interruptionItem, resultItem, unreadableItem } from './marks.ts';
import { line } from '../lineText.ts';
import { toolTitle } from '../tools/toolTitle.ts';

export function itemView(view: ItemView, before: TranscriptItem | null): TemplateResult {
	const { item, state } = view;
	const isMarked = state.marked === item.id && view.depth === 0;
	return html`<div
		class="item ${item.kind} ${item.isSidechain ? 'sidechain' : ''} ${item.isCopied ? 'copied' : ''} ${isMarked ? 'marked' : ''}"
		data-message-id=${item.id}
	>
		${item.isCopied && before?.isCopied !== true ? html`<p class="copied-note">${text('copiedFromHere')}</p>` : nothing}
		${!item.isCopied && before?.isCopied === true ? html`<p class="copied-note">${text('ownFromHere')}</p>` : nothing}
		${content(view, before)}
	</div>`;
}

function content(view: ItemView, before: TranscriptItem | null): TemplateResult {
	const { item } = view;
	switch (item.kind) {
		case 'prompt':
			return promptItem(view, item);
		case 'command':
			return commandItem(view, item);
		case 'assistant':
			return answerItem(view, item, before);
		case 'result':
			return resultItem(view, item);
		case 'interruption':
			return interruptionItem(item);
		case 'error':
			return errorItem(view, item);
		case 'compaction':
			return compactionItem(view, item);
		case 'context':
			return contextItem(view, item);
		case 'unreadable':
			return unreadableItem(view, item);
	}
}

const promptLabels = { person: 'labelPrompt', plan: 'labelPlan', agent: 'labelTask' } as const;

/** What a screen reader says of the item when it comes to it. */
export function itemLabel(item: TranscriptItem): string {
	switch (item.kind) {
		case 'prompt':
			return text(promptLabels[item.from], { words: line(item.text.text) });
		case 'command':
			return text('labelCommand', { words: line(`${item.name} ${item.args.text}`) });
		case 'assistant': {
			const words = item.blocks.map(block => {
				if (block.kind === 'answer') return line(block.markdown.text);
				if (block.kind === 'thinking') return text('thinking');
				return block.kind === 'tool' ? toolTitle(block.tool).title : text('attachment');
			});
			return text('labelAnswer', { words: words.join(', ') });
		}
		case 'result':
			return text('resultWithoutCall');
		case 'interruption':
			return text('interrupted');
		case 'error':
			return text('labelError', { words: line(item.text.text) });
		case 'compaction':
			return text('compaction');
		case 'context':
			return text('contextNotes');
		case 'unreadable':
			return text('unreadable');
	}
}
