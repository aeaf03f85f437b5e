/** What a run may cost, before and while it goes on. Pure; whole micro-dollars. */
import type { ClassificationPrompt } from './prompt.ts';
import type { Tokens } from '../claude/facts.ts';

/** English and code come to about four characters a token, other scripts to fewer. */
const charactersPerToken = 3.5;
/** What the CLI adds to a request (measured with 2.1.197: 1.7 KB with a prompt of ten words), and the form of the answer. */
const overheadTokens = 500;
/** A category with one sentence. */
const answerTokens = 80;

export function estimatedTokens(prompt: ClassificationPrompt, sessions: number): Tokens {
	const input = Math.ceil((prompt.system.length + prompt.user.length) / charactersPerToken) + overheadTokens;
	return { input, output: sessions * answerTokens, cacheRead: 0, cacheWrite5m: 0, cacheWrite1h: 0 };
}

export type CapName = 'run' | 'day';

export interface Caps {
	/** Null: no cap. */
	readonly runMicros: number | null;
	readonly dayMicros: number | null;
}

export interface SpentSoFar {
	/** Confirmed and unconfirmed. */
	readonly runMicros: number;
	readonly dayMicros: number;
	/** Estimates of what is being asked now. */
	readonly openMicros: number;
}

/** The cap that asking for so much more would break; null when it may be asked. */
export function capBroken(caps: Caps, spent: SpentSoFar, nextMicros: number): CapName | null {
	const more = spent.openMicros + nextMicros;
	if (caps.runMicros !== null && spent.runMicros + more > caps.runMicros) return 'run';
	if (caps.dayMicros !== null && spent.dayMicros + more > caps.dayMicros) return 'day';
	return null;
}

/** What such requests cost so far tells more than an estimate does. */
export class LearntCost {
	#micros = 0;
	#sessions = 0;

	add(micros: number, sessions: number): void {
		this.#micros += micros;
		this.#sessions += sessions;
	}

	/** Of a request about so many sessions; the estimate until some have been answered. */
	of(sessions: number, estimateMicros: number): number {
		return this.#sessions < 3 ? estimateMicros : Math.round((this.#micros / this.#sessions) * sessions);
	}
}
