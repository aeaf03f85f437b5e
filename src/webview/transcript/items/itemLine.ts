/** The line above an item: when it was said, and what can be done with it. */
import { type TemplateResult, html, nothing } from 'lit';
import type { ItemView } from '../view.ts';
import { text } from '../words.ts';
import { iconButton } from './parts.ts';

export function itemTime({ item, format }: ItemView): TemplateResult | typeof nothing {
	const time = item.at === null ? null : format.moment(item.at);
	return time === null ? nothing : html`<time class="item-time muted" title=${format.instantLong(item.at ?? '') ?? ''}>${time}</time>`;
}

/** In sight when the item is pointed at or has the focus; always there for the keyboard. */
export function itemActions(view: ItemView): TemplateResult {
	const { model, item, state, depth } = view;
	const turn = state.outline?.turns[item.turn];
	const startsTurn = depth === 0 && turn !== undefined && turn.item === item.index && turn.items > 1;
	return html`<span class="item-actions" role="group" aria-label=${text('actionsOfItem')}>
		${iconButton('copy', text('copyMessage'), () => model.actions.copyItems(view.conversation, item.index, 1))}
		${startsTurn ? iconButton('commentDiscussion', text('copyTurn'), () => model.actions.copyItems(view.conversation, turn.item, turn.items)) : nothing}
		${iconButton('link', text('copyLink'), () => model.actions.copyLink(item.id, view.conversation))}
	</span>`;
}
