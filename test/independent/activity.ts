// When a person worked: the time between records, prompts and tool calls, by instant and session.
import type { Prompt } from './prompts.ts';
import type { Response } from './responses.ts';
import { isChain, type Ownership, type Session } from './sessions.ts';

/** A pause counts up to five minutes. */
const LONGEST_PAUSE = 300_000;

export interface Step {
	readonly time: number;
	readonly activeMs: number;
}

/**
 * Steps of the newest instant of each transcript of a session, subagents left out, in files of their own or not: they work beside the person. What a running tool reports of its progress
 * is no step, a copy is none, and a record that goes back in time is none either.
 */
export function stepsOf(session: Session, ownership: Ownership): Step[] {
	const files = [...session.mains, ...session.others.filter(({ agent }) => !agent)];
	return files.flatMap(file => {
		const steps: Step[] = [];
		let newest: number | null = null;
		for (const entry of session.entries) {
			if (
				entry.file !== file ||
				!isChain(entry) ||
				entry.type === 'progress' ||
				entry.o['isSidechain'] === true ||
				entry.time === null ||
				!ownership.counts(entry)
			)
				continue;
			if (newest !== null && entry.time > newest) steps.push({ time: entry.time, activeMs: Math.min(entry.time - newest, LONGEST_PAUSE) });
			newest = Math.max(newest ?? entry.time, entry.time);
		}
		return steps;
	});
}

export interface Ends {
	readonly start: number | null;
	readonly end: number | null;
}

/** Every instant a session was worked on at. */
export function instantsOf(
	steps: readonly Step[],
	prompts: readonly Prompt[],
	responses: readonly Response[],
	{ start, end }: Ends,
): number[] {
	return [
		...steps.map(({ time }) => time),
		...prompts.map(({ entry }) => entry.time),
		...responses.map(({ time }) => time),
		...responses.flatMap(({ toolCalls }) => toolCalls.map(({ time }) => time)),
		start,
		end,
	].filter(time => time !== null);
}
