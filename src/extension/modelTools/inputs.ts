/** What a model asks, checked: it may have been told anything by what it read before. */
import * as v from 'valibot';
import { limits, type ToolName, toolNames, type UsageGroup, usageGroups } from './definitions.ts';

export interface SearchInput {
	readonly query: string;
	readonly limit: number;
}
export interface SessionInput {
	readonly sessionId: string;
	readonly prompts: number;
}
export interface UsageInput {
	/** `YYYY-MM-DD`, local days; null for the default. */
	readonly since: string | null;
	readonly until: string | null;
	readonly by: UsageGroup;
}

export interface ToolInputs {
	readonly search_sessions: SearchInput;
	readonly get_session: SessionInput;
	readonly get_usage: UsageInput;
}

export type ToolProblem =
	/** What was asked has another shape than the tool's schema. */
	| 'invalid-input'
	| 'unknown-tool'
	/** No such session, or one that is none of the model's business: which of both is not said. */
	| 'unknown-session'
	| 'search-off'
	/** No window has saved an index yet. */
	| 'no-index'
	| 'not-trusted'
	/** By a person, in the settings. */
	| 'switched-off';

/** The message is for the model, which may try again. */
export class ToolError extends Error {
	override readonly name = 'ToolError';
	readonly reason: ToolProblem;
	constructor(reason: ToolProblem, message: string) {
		super(message);
		this.reason = reason;
	}
}

const text = (maxLength: number) => v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(maxLength));
const count = (least: number, most: number) => v.pipe(v.number(), v.safeInteger(), v.minValue(least), v.maxValue(most));
const day = v.pipe(v.string(), v.isoDate(), v.check(isDay, 'is no day'));

/** The 31st of February would be read as one of March. */
function isDay(day: string): boolean {
	const at = Date.parse(`${day}T00:00:00Z`);
	return !Number.isNaN(at) && new Date(at).toISOString().startsWith(day);
}

const schemas = {
	search_sessions: v.strictObject({ query: text(limits.queryLength), limit: v.optional(count(1, limits.hits), limits.hitsByDefault) }),
	get_session: v.strictObject({
		sessionId: text(limits.idLength),
		prompts: v.optional(count(0, limits.prompts), limits.promptsByDefault),
	}),
	get_usage: v.pipe(
		v.strictObject({
			since: v.optional(v.nullable(day), null),
			until: v.optional(v.nullable(day), null),
			by: v.optional(v.picklist(usageGroups), 'model'),
		}),
		v.check(({ since, until }) => since === null || until === null || since <= until, 'since must not be after until'),
	),
} as const;

export function isToolName(name: unknown): name is ToolName {
	return toolNames.some(known => known === name);
}

/** @throws ToolError `invalid-input`, which names the field. */
export function readInput<N extends ToolName>(name: N, input: unknown): ToolInputs[N] {
	const read = v.safeParse(schemas[name], input ?? {});
	if (read.success) return read.output as ToolInputs[N];
	const [issue] = read.issues;
	const path = v.getDotPath(issue);
	throw new ToolError('invalid-input', path === null ? issue.message : `${path}: ${issue.message}`);
}
