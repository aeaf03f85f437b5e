/** What stands at the head of an export, and small facts as text: the same in every format, in UTC. */
import type { TranscriptHead } from '../../webview/contract/transcript.ts';
import type { ExportItem, ExportTool } from './resolve.ts';
import type { ExportWord, ExportWords } from './words.ts';

export interface ExportFacts {
	readonly sessionId: string;
	readonly title: string;
	readonly project: string;
	readonly cwd: string | null;
	readonly gitBranch: string | null;
	readonly models: readonly string[];
	readonly startedAt: string | null;
	readonly endedAt: string | null;
	readonly prompts: number;
	readonly responses: number;
	readonly toolCalls: number;
	readonly tokens: number;
	readonly costUsd: number | null;
	readonly version: string | null;
}

/** `clean` takes out what must not be told. */
export function factsOf({ session }: TranscriptHead, clean: (text: string) => string): ExportFacts {
	const { tokens } = session;
	return {
		sessionId: session.id,
		title: clean(session.title),
		project: clean(session.project),
		cwd: session.cwd === null ? null : clean(session.cwd),
		gitBranch: session.gitBranch === null ? null : clean(session.gitBranch),
		models: session.models.map(clean),
		startedAt: session.startedAt,
		endedAt: session.endedAt,
		prompts: session.userPrompts,
		responses: session.responses,
		toolCalls: session.toolCalls,
		tokens: tokens.input + tokens.output + tokens.cacheRead + tokens.cacheWrite5m + tokens.cacheWrite1h,
		costUsd: session.costUsd,
		version: session.version === null ? null : clean(session.version),
	};
}

/** By the word for each; empty ones are left out. */
export function factRows(facts: ExportFacts, words: ExportWords): readonly (readonly [name: string, value: string])[] {
	const rows: readonly (readonly [ExportWord, string | null])[] = [
		['project', facts.project],
		// Shortened, it says nothing.
		['folder', facts.cwd === '.' ? null : facts.cwd],
		['branch', facts.gitBranch],
		['models', facts.models.join(', ')],
		['started', moment(facts.startedAt)],
		['ended', moment(facts.endedAt)],
		['prompts', count(facts.prompts)],
		['responses', count(facts.responses)],
		['toolCalls', count(facts.toolCalls)],
		['tokens', count(facts.tokens)],
		['cost', money(facts.costUsd) ?? words.unpriced],
		['version', facts.version],
		['session', facts.sessionId],
	];
	return rows.flatMap(([name, value]) => (value === null || value === '' ? [] : [[words[name], value] as const]));
}

const count = (number: number): string => number.toLocaleString('en-US');

export function money(usd: number | null): string | null {
	if (usd === null) return null;
	return `$${usd.toFixed(usd > 0 && usd < 0.01 ? 4 : 2)}`;
}

/** `2026-03-02 09:15 UTC`. */
export function moment(at: string | null): string | null {
	return at === null ? null : `${at.slice(0, 16).replace('T', ' ')} UTC`;
}

/** Model, tokens and cost of the response that ends with an item; null where none does. */
export function responseText({ response }: ExportItem, words: ExportWords): string | null {
	if (response === null) return null;
	const { tokens, costUsd, model, isCounted } = response;
	const all = tokens.input + tokens.output + tokens.cacheRead + tokens.cacheWrite5m + tokens.cacheWrite1h;
	const parts = [model, all === 0 ? null : `${count(all)} ${words.tokens.toLowerCase()}`, money(costUsd), isCounted ? null : words.copied];
	return parts.filter(part => part !== null && part !== '').join(' · ');
}

/** Who speaks in an item; null where nobody does. */
export function speaker(item: ExportItem, words: ExportWords): string | null {
	switch (item.kind) {
		case 'prompt':
			return { person: words.you, plan: words.plan, agent: words.task }[item.from];
		case 'command':
			return words.you;
		case 'assistant':
			return words.claude;
		default:
			return null;
	}
}

/** How a call ended, where that is worth a word. */
export function statusWord({ status }: ExportTool, words: ExportWords): string | null {
	switch (status) {
		case 'ok':
			return null;
		case 'error':
			return words.failed;
		default:
			return words[status];
	}
}

export function unreadableText(reason: 'gone' | 'changed' | 'too-large' | 'failed', words: ExportWords): string {
	return {
		gone: words.unreadableGone,
		changed: words.unreadableChanged,
		'too-large': words.unreadableTooLarge,
		failed: words.unreadableFailed,
	}[reason];
}
