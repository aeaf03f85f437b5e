import type { HookFact, MessageFact, MessageType, TranscriptFacts } from '../facts.ts';
import type { Envelope } from './envelope.ts';
import type { SummaryFold } from './summaryFold.ts';

/** What a message is beyond its type and place; absent ones are null or false. */
export type MessageDetails = Partial<
	Pick<MessageFact, 'model' | 'responseKey' | 'isPartial' | 'isCorrection' | 'thinkingLength' | 'wordCount'>
>;

export const noFacts = (): TranscriptFacts => ({
	messages: [],
	toolCalls: [],
	toolResults: [],
	responses: [],
	copiedResponses: [],
	usageLines: [],
	hooks: [],
	permissions: [],
	passed: [],
	summaries: [],
});

/** The facts found since they were last taken, counted in the fold as they come in. */
export class FactList {
	readonly #fold: SummaryFold;
	facts = noFacts();

	constructor(fold: SummaryFold) {
		this.#fold = fold;
	}

	take(): TranscriptFacts {
		const facts = this.facts;
		this.facts = noFacts();
		return facts;
	}

	message(envelope: Envelope, type: MessageType, details: MessageDetails = {}): void {
		const { offset, length, key, parentOffset, isRoot, atMs, isSidechain, isMeta, isCopy } = envelope;
		this.facts.messages.push({
			offset,
			length,
			type,
			key,
			parentOffset,
			isRoot,
			atMs,
			model: details.model ?? null,
			responseKey: details.responseKey ?? null,
			isPartial: details.isPartial === true,
			isSidechain,
			isMeta,
			isCopy,
			isCorrection: details.isCorrection === true,
			thinkingLength: details.thinkingLength ?? null,
			wordCount: details.wordCount ?? null,
		});
		if (!isCopy) this.#fold.message(type, details.isCorrection === true);
	}

	/** A hook of the file's own records; a copied one was counted where it ran. */
	hook(hook: HookFact | null, envelope: Envelope): void {
		if (hook === null || envelope.isCopy) return;
		this.facts.hooks.push(hook);
		this.#fold.count('hookExecutions');
	}
}
