import type { Envelope } from './envelope.ts';
import { isCorrection } from './corrections.ts';
import type { FactList } from './factList.ts';
import { instantOf } from './instant.ts';
import { lineOf, type Fields } from './json.ts';
import { planSessionOf, planTitleOf, textOf, wordCountOf, type Command } from './promptText.ts';
import { PromptQueue, printOfPrompt, queuedPromptOf, savesQueuedPrompts, type QueuedPrompt, type QueueMemory } from './queue.ts';
import { RANK, type SummaryFold } from './summaryFold.ts';
import { isHuman } from './userRecords.ts';

const MAX_LINE = 200;

/** Prompts and commands, by whichever way they came into the file, each once. */
export class Prompts {
	readonly #fold: SummaryFold;
	readonly #list: FactList;
	readonly #isSubagent: boolean;
	readonly #queue: PromptQueue;

	constructor(memory: QueueMemory, fold: SummaryFold, list: FactList, isSubagent: boolean) {
		this.#fold = fold;
		this.#list = list;
		this.#isSubagent = isSubagent;
		this.#queue = new PromptQueue(memory);
	}

	memory(): QueueMemory {
		return this.#queue.memory();
	}

	/** What a person typed, as a record of the chain. */
	typed(envelope: Envelope, text: string): void {
		if (this.#queue.isRepeat(printOfPrompt(text), envelope.atMs)) {
			this.#list.message(envelope, 'context');
			return;
		}
		const wordCount = wordCountOf(text);
		const corrects = this.#fold.hasTypedPrompt && isCorrection(text);
		this.#fold.prompt({ rank: RANK.typed, line: lineOf(text, MAX_LINE), wordCount }, envelope.isCopy);
		this.#list.message(envelope, 'prompt', { wordCount, isCorrection: corrects });
	}

	command(envelope: Envelope, command: Command | null, text: string): void {
		const wordCount = text === '' || command === null ? null : wordCountOf(text);
		if (command !== null) {
			this.#fold.prompt({ rank: RANK.command, line: lineOf(`${command.name} ${text}`, MAX_LINE), wordCount }, envelope.isCopy);
			if (!envelope.isCopy) this.#fold.slashCommand(command.name);
			if (command.name === '/rename') this.#fold.title('customTitle', text);
		}
		this.#list.message(envelope, 'command', { wordCount });
	}

	made(text: string, envelope: Envelope): void {
		this.#fold.prompt({ rank: RANK.made, line: lineOf(text, MAX_LINE), wordCount: null }, envelope.isCopy);
		if (!envelope.isCopy && !this.#isSubagent) this.#fold.plan(planSessionOf(text), planTitleOf(text));
	}

	/** A prompt typed during a turn, as it went into it (since 2.1.97). */
	queuedCommand(attachment: Fields, envelope: Envelope): void {
		const text = textOf(attachment.prompt);
		const isPrompt = attachment.commandMode === undefined || attachment.commandMode === 'prompt';
		const prompt = queuedPromptOf(text, envelope.offset, envelope.length, envelope.atMs);
		const isTyped = isPrompt && isHuman(attachment.origin) && !envelope.isMeta && !envelope.isSidechain && !this.#isSubagent;
		if (!isTyped || prompt.kind !== 'typed') {
			this.#list.message(envelope, attachment.commandMode === 'bash' || (isTyped && prompt.kind === 'command') ? 'command' : 'context');
			return;
		}
		this.typed(envelope, text);
		this.#queue.sent(prompt.print, envelope.atMs);
	}

	queueOperation(record: Fields, offset: number, length: number): void {
		const atMs = instantOf(record.timestamp);
		const isSavedElsewhere = savesQueuedPrompts(this.#fold.version) || this.#isSubagent;
		const prompt = this.#queue.operation(record.operation, record.content, offset, length, atMs, isSavedElsewhere);
		if (prompt !== null) this.#queuedPrompt(prompt);
	}

	/** A prompt of which the queue's record is the only copy. */
	#queuedPrompt(prompt: QueuedPrompt): void {
		const { offset, length, atMs, wordCount, line, corrects } = prompt;
		const isTyped = prompt.kind === 'typed';
		const isCorrecting = isTyped && corrects && this.#fold.hasTypedPrompt;
		this.#fold.prompt({ rank: isTyped ? RANK.typed : RANK.command, line, wordCount }, false);
		const envelope = {
			offset,
			length,
			ownKey: null,
			key: null,
			parentOffset: null,
			isRoot: false,
			atMs,
			isSidechain: false,
			isMeta: false,
			isCopy: false,
		};
		this.#list.message(envelope, isTyped ? 'prompt' : 'command', { wordCount, isCorrection: isCorrecting });
	}
}
