/** What a tool or a person gave besides text: pictures, documents, blocks of an unknown kind. */
import { type TemplateResult, html } from 'lit';
import { icon } from '../../components/icons.ts';
import type { ContentBlock } from '../../contract/transcriptText.ts';
import type { ItemView } from '../view.ts';
import { text } from '../words.ts';
import { box, longText, type TextLook } from './parts.ts';
import { line } from '../lineText.ts';
import './storedImage.ts';

export function contentBlocks(view: ItemView, blocks: readonly ContentBlock[], look: TextLook = 'plain'): readonly TemplateResult[] {
	return blocks.map(block => contentBlock(view, block, look));
}

function contentBlock(view: ItemView, block: ContentBlock, look: TextLook): TemplateResult {
	const { model, conversation, item, format } = view;
	switch (block.kind) {
		case 'text':
			return box(longText(view, block.text, look));
		case 'image':
			return html`<stored-image
				.image=${block.image}
				.load=${() => model.actions.image(conversation, item.id, block.image.part)}
				.name=${`${conversation.agentId ?? ''}/${item.id}/${block.image.part}`}
			></stored-image>`;
		case 'document':
			return html`<p class="document">
				${icon('file')} <bdi>${line(block.title ?? text('document'))}</bdi>
				<span class="muted">${line(block.mediaType)}, ${format.bytes(block.bytes)}</span>
			</p>`;
		case 'other':
			return box(longText(view, block.json, 'code', 'json'), line(block.type));
	}
}
