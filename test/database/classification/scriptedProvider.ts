/** A provider whose answers a test writes; each answer may wait until the test lets it go. */
import type { ClassificationPrompt } from '../../../src/extension/classification/prompt.ts';
import {
	type Health,
	noTokens,
	type OpenRequest,
	type Provider,
	type ProviderOutcome,
	type ProviderReason,
	type ProviderRequest,
} from '../../../src/extension/classification/providers/provider.ts';

/** By code, the title of each session in a prompt. */
export function titlesIn(prompt: ClassificationPrompt): Map<string, string> {
	const found = prompt.user.matchAll(/^<<<session (\w+) \S+\n\| title: (.*)$/gm);
	return new Map([...found].map(([, code, title]) => [code ?? '', title ?? '']));
}

export interface Asked {
	readonly request: ProviderRequest;
	readonly titles: ReadonlyMap<string, string>;
	/** From 0. */
	readonly index: number;
	readonly signal: AbortSignal;
}

export type Script = (asked: Asked) => ProviderOutcome | Promise<ProviderOutcome>;

export const micros = 1_000;
const spent = (sessions: number) => ({ tokens: { ...noTokens, input: 900 * sessions, output: 20 * sessions }, micros: micros * sessions });

/** The same category for every session of the request. */
export function answered(asked: Asked, category = 'logic-fix', confidence = 0.8): ProviderOutcome {
	const answers = [...asked.titles.keys()].map(session => ({ session, category, confidence, reasoning: 'because' }));
	return { ok: true, value: { answers }, spent: spent(asked.titles.size) };
}

export function failed(
	reason: ProviderReason,
	options: { readonly retryAt?: Date; readonly micros?: number | null } = {},
): ProviderOutcome {
	const { retryAt = null, micros: cost = 0 } = options;
	return { ok: false, error: { reason, message: `It was ${reason}`, retryAt }, spent: { tokens: noTokens, micros: cost } };
}

export class ScriptedProvider implements Provider {
	readonly id = 'claude-cli';
	readonly label = 'Script';
	readonly model = 'haiku';
	readonly recipient = 'nobody';
	readonly pricedAs = 'haiku';
	readonly asked: Asked[] = [];
	readonly recovered: OpenRequest[] = [];
	script: Script;
	recovery: (request: OpenRequest) => ProviderOutcome | null = () => null;
	/** How many were under way at once at most. */
	mostAtOnce = 0;
	#atOnce = 0;

	constructor(script: Script = asked => answered(asked)) {
		this.script = script;
	}

	check(): Promise<Health> {
		return Promise.resolve({ ok: true, text: '', action: null });
	}

	async ask(request: ProviderRequest, signal: AbortSignal, leave: (reason: unknown) => boolean): Promise<ProviderOutcome> {
		const asked = { request, titles: titlesIn(request.prompt), index: this.asked.length, signal };
		this.asked.push(asked);
		this.mostAtOnce = Math.max(this.mostAtOnce, ++this.#atOnce);
		try {
			const outcome = await Promise.race([this.script(asked), aborted(signal)]);
			if (outcome !== null) return outcome;
			if (leave(signal.reason)) throw signal.reason;
			return failed('exited', { micros: null });
		} finally {
			this.#atOnce--;
		}
	}

	recover(request: OpenRequest): Promise<ProviderOutcome | null> {
		this.recovered.push(request);
		return Promise.resolve(this.recovery(request));
	}
}

function aborted(signal: AbortSignal): Promise<null> {
	return new Promise(resolve => {
		if (signal.aborted) resolve(null);
		else signal.addEventListener('abort', () => resolve(null), { once: true });
	});
}
