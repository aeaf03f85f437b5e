import type { Key } from '../facts.ts';
import { keyOf } from './key.ts';
import { isCorrection } from './corrections.ts';
import { lineOf } from './json.ts';
import { kindOf, textOf, typedCommandOf, wordCountOf } from './promptText.ts';

/** A prompt typed while Claude was busy, as plain JSON. */
export interface QueuedPrompt {
	readonly offset: number;
	readonly length: number;
	readonly atMs: number | null;
	readonly print: Key;
	readonly kind: 'typed' | 'command' | 'generated';
	readonly line: string | null;
	readonly wordCount: number;
	readonly corrects: boolean;
}

export interface QueueMemory {
	readonly waiting: readonly QueuedPrompt[];
	/** Print of prompts given out lately, and the instant they left the queue. */
	readonly sent: readonly (readonly [Key, number | null])[];
}

const MAX_WAITING = 64;
const MAX_SENT = 4;
/** A record that repeats a prompt just taken out of the queue follows within seconds. */
const REPEAT_MS = 10_000;
const MAX_LINE = 200;

/**
 * Prompts that were queued (IDX: once each). A dequeued one follows as a user record, one injected while Claude works as
 * an attachment; before 2.1.97 the latter was not saved, and the queue's own record is the only copy.
 */
export class PromptQueue {
	#waiting: QueuedPrompt[];
	#sent: (readonly [Key, number | null])[];

	constructor(memory: QueueMemory) {
		this.#waiting = [...memory.waiting];
		this.#sent = [...memory.sent];
	}

	memory(): QueueMemory {
		return { waiting: [...this.#waiting], sent: [...this.#sent] };
	}

	/** A `queue-operation` record. Returns the prompt when this record is where it counts. */
	operation(
		name: unknown,
		content: unknown,
		offset: number,
		length: number,
		atMs: number | null,
		isSavedElsewhere: boolean,
	): QueuedPrompt | null {
		const text = content === undefined ? null : textOf(content);
		switch (name) {
			case 'enqueue':
				this.#waiting = [...this.#waiting, queuedPromptOf(text ?? '', offset, length, atMs)].slice(-MAX_WAITING);
				return null;
			case 'dequeue':
				this.#take(text);
				return null;
			case 'remove': {
				const prompt = this.#take(text) ?? (text === null ? null : queuedPromptOf(text, offset, length, atMs));
				if (prompt === null || isSavedElsewhere || prompt.kind === 'generated') return null;
				this.sent(prompt.print, atMs);
				return prompt;
			}
			case 'popAll':
				// One record per prompt, with its text; or one without for all of them.
				if (text === null) this.#waiting = [];
				else this.#take(text);
				return null;
			default:
				return null;
		}
	}

	/** Remembers a prompt given out, so that a record which repeats it does not count again. */
	sent(print: Key, atMs: number | null): void {
		this.#sent = [...this.#sent, [print, atMs] as const].slice(-MAX_SENT);
	}

	/** Whether a prompt just left the queue with the same text; each is matched once. */
	isRepeat(print: Key, atMs: number | null): boolean {
		const at = this.#sent.findIndex(([sent, ms]) => sent === print && (ms === null || atMs === null || atMs - ms <= REPEAT_MS));
		if (at < 0) return false;
		this.#sent = this.#sent.filter((_, i) => i !== at);
		return true;
	}

	/** The prompt an operation means: the one of that text, else the oldest. */
	#take(text: string | null): QueuedPrompt | null {
		const print = text === null ? null : printOfPrompt(text);
		const found = print === null ? 0 : this.#waiting.findIndex(prompt => prompt.print === print);
		const prompt = this.#waiting[found];
		if (prompt === undefined) return null;
		this.#waiting = this.#waiting.filter(waiting => waiting !== prompt);
		return prompt;
	}
}

export const printOfPrompt = (text: string): Key => keyOf(text.trim());

export function queuedPromptOf(text: string, offset: number, length: number, atMs: number | null): QueuedPrompt {
	const command = typedCommandOf(text);
	const isTyped = kindOf(text) === 'typed';
	return {
		offset,
		length,
		atMs,
		print: printOfPrompt(text),
		kind: !isTyped ? 'generated' : command === null ? 'typed' : 'command',
		line: isTyped ? lineOf(text, MAX_LINE) : null,
		wordCount: isTyped ? wordCountOf(command === null ? text : command.args) : 0,
		corrects: isTyped && isCorrection(text),
	};
}

/** Since 2.1.97 a prompt injected into a turn is saved as an attachment. */
export function savesQueuedPrompts(version: string | null): boolean {
	const [major = 0, minor = 0, patch = 0] = (version ?? '').split('.').map(part => Number.parseInt(part, 10) || 0);
	return major > 2 || (major === 2 && (minor > 1 || (minor === 1 && patch >= 97)));
}
