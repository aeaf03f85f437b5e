/** What Claude wrote, thought and did. */
import { type TemplateResult, css, html, nothing } from 'lit';
import { icon } from '../../components/icons.ts';
import type { AssistantBlock, TranscriptItem } from '../../contract/transcriptItems.ts';
import { toolCall } from '../tools/toolCall.ts';
import type { ItemView } from '../view.ts';
import { text } from '../words.ts';
import { contentBlocks } from './contentBlocks.ts';
import { itemActions, itemTime } from './itemLine.ts';
import { fold, longText } from './parts.ts';
import { line } from '../lineText.ts';
import { modelText, responseFooter } from './response.ts';

type AssistantItem = Extract<TranscriptItem, { kind: 'assistant' }>;

export function answerItem(view: ItemView, item: AssistantItem, before: TranscriptItem | null): TemplateResult {
	const isFirst = before === null ? item.index === 0 : before.kind !== 'assistant';
	const hasWords = item.blocks.some(block => block.kind === 'answer');
	// Of a response that only used tools, the figures stand at the end of its last line.
	const last = item.blocks.at(-1);
	const endsInTool = last?.kind === 'tool';
	return html`${isFirst || hasWords ? answerLine(view, item, isFirst) : nothing}
	${item.blocks.map((block, at) => answerBlock(view, block, at, endsInTool && block === last))}
	${item.isPartial ? html`<p class="muted cut-off">${text('cutOff')}</p>` : nothing}
	${item.response === null || endsInTool ? nothing : responseFooter(view, item.response)}`;
}

function answerLine(view: ItemView, item: AssistantItem, isFirst: boolean): TemplateResult {
	const model = item.response === null ? '' : modelText(item.response.model);
	return html`<div class="item-line answer-line ${isFirst ? 'first' : ''}">
		${isFirst ? html`<span class="who">${icon('sparkle')} ${text(item.isSidechain ? 'subagent' : 'claude')}</span>` : nothing}
		${isFirst && model !== '' ? html`<span class="muted model-name">${line(model)}</span>` : nothing} ${itemTime(view)} ${itemActions(view)}
	</div>`;
}

function answerBlock(view: ItemView, block: AssistantBlock, at: number, isLast: boolean): TemplateResult {
	switch (block.kind) {
		case 'answer':
			return html`<div class="answer-text">${longText(view, block.markdown, 'markdown')}</div>`;
		case 'thinking': {
			const isEmpty = block.text.text.trim() === '';
			const why = isEmpty ? text(block.isRedacted ? 'thinkingRedacted' : 'thinkingNotKept') : line(block.text.text);
			return fold(view, {
				key: `thinking-${at}`,
				icon: 'lightbulb',
				title: text('thinking'),
				summary: why,
				look: 'thinking',
				content: isEmpty ? null : () => html`<div class="thought">${longText(view, block.text, 'markdown')}</div>`,
			});
		}
		case 'tool':
			return toolCall(view, block.tool, at, isLast ? view.item.response : null);
		case 'content':
			return html`${contentBlocks(view, [block.block])}`;
	}
}

export const answerStyle = css`
	.answer-text {
		padding-block: 2px 4px;
		line-height: 1.55;
	}
	.answer-line {
		min-height: 0;
	}
	.answer-line:not(.first) {
		position: absolute;
		inset-block-start: 0;
		inset-inline-end: 0;
		z-index: 1;
		margin: 0;
	}
	.answer-line:not(.first) .item-time {
		display: none;
	}
	.answer-line.first {
		margin-block-start: 6px;
	}
	.model-name {
		font-size: var(--small);
	}
	.thought {
		padding-inline-start: 12px;
		border-inline-start: 2px solid var(--grid);
		color: var(--muted);
	}
	.cut-off {
		margin: 4px 0;
		font-style: italic;
	}
`;
