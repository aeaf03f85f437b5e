import type { TemplateResult } from 'lit';
import type { ConversationKey } from '../contract/conversation.ts';
import type { TranscriptItem } from '../contract/transcriptItems.ts';
import type { Format } from '../format.ts';
import type { PageModel } from './pageModel.ts';
import type { PageState } from './pageState.ts';

/** What each part of the page draws from; the parts are functions of it. */
export interface View {
	readonly state: PageState;
	readonly model: PageModel;
	readonly format: Format;
}

/** What a part of an item draws from. */
export interface ItemView extends View {
	readonly item: TranscriptItem;
	/** The one the item is part of: not that of the page where a subagent is unfolded inside it. */
	readonly conversation: ConversationKey;
	/** How many subagents it lies inside on this page. */
	readonly depth: number;
	/** The folder of the session, from which paths are shown. */
	readonly folder: string | null;
	/** Draws an item: a subagent's, inside the one that started it. */
	readonly draw: (view: ItemView, before: TranscriptItem | null) => TemplateResult;
}
