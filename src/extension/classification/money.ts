/** What a run may cost, before and while it goes on. Pure; whole micro-dollars. */
import type { ClassificationPrompt } from './prompt.ts';
import type { Tokens } from '../claude/facts.ts';

/** English and code come to about four characters a token, other scripts to fewer. */
const charactersPerToken = 3.5;
/** What the CLI adds to a request (measured with 2.1.197: 1.7 KB with a prompt of ten words), and the form of the answer. */
const overheadTokens = 500;
/** One cent. */
const smallestLimit = 10_000;
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
	/** Confirmed, unconfirmed, and expected for what is being asked now. */
	readonly runMicros: number;
	readonly dayMicros: number;
}

/** The cap that asking for so much more would break; null when it may be asked. */
export function capBroken(caps: Caps, spent: SpentSoFar, nextMicros: number): CapName | null {
	if (caps.runMicros !== null && spent.runMicros + nextMicros > caps.runMicros) return 'run';
	if (caps.dayMicros !== null && spent.dayMicros + nextMicros > caps.dayMicros) return 'day';
	return null;
}

/** What one request may cost at most: a stop for what went wrong, and never more than the caps leave. Null: no limit. */
export function mostMicros(caps: Caps, spent: SpentSoFar, expectedMicros: number): number | null {
	const left = [
		...(caps.runMicros === null ? [] : [caps.runMicros - spent.runMicros]),
		...(caps.dayMicros === null ? [] : [caps.dayMicros - spent.dayMicros]),
	];
	// An unknown price has no twentyfold.
	const odd = expectedMicros === 0 ? [] : [Math.max(smallestLimit, expectedMicros * 20)];
	const all = [...left, ...odd];
	return all.length === 0 ? null : Math.max(expectedMicros, Math.min(...all));
}

/** What such requests cost so far tells more than an estimate does. */
export class LearntCost {
	readonly #bySize = new Map<number, { readonly requests: number; readonly micros: number }>();

	add(micros: number, sessions: number, requests = 1): void {
		const before = this.#bySize.get(sessions) ?? { requests: 0, micros: 0 };
		this.#bySize.set(sessions, { requests: before.requests + requests, micros: before.micros + micros });
	}

	/** Nothing was paid yet that would tell. */
	get isEmpty(): boolean {
		return this.#bySize.size === 0;
	}

	/** Of a request about so many sessions: what others of that size cost, else what a session has cost, else the estimate. */
	of(sessions: number, estimateMicros: number): number {
		const same = this.#bySize.get(sessions);
		if (same !== undefined) return Math.round(same.micros / same.requests);
		const all = [...this.#bySize].reduce(
			(sum, [size, each]) => ({ sessions: sum.sessions + size * each.requests, micros: sum.micros + each.micros }),
			{
				sessions: 0,
				micros: 0,
			},
		);
		return all.sessions < 3 ? estimateMicros : Math.round((all.micros / all.sessions) * sessions);
	}
}
