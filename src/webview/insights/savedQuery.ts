/**
 * Filters and selectors that were kept, read as if a stranger had written them. What does not fit is dropped here, because
 * the extension would refuse every question that carries it.
 */
import type { SessionSelector } from '../contract/selectors.ts';
import type { DaySpan, InsightsQuery, Scope, SessionMode, TimeRange } from '../contract/sessions.ts';

export const scopes: readonly Scope[] = ['workspace', 'all'];
export const ranges: readonly TimeRange[] = ['today', '7d', '30d', '90d', '365d', 'all'];
export const modes: readonly SessionMode[] = ['interactive', 'background', 'forked'];

/** As long as the extension takes them. */
const longest = { project: 4_096, branch: 300, model: 200, category: 60 } as const;

export function queryOf(value: unknown): InsightsQuery | null {
	if (!isObject(value)) return null;
	const scope = oneOf(scopes, value['scope']);
	const range = oneOf(ranges, value['range']);
	if (scope === null || range === null) return null;
	return {
		scope,
		range,
		days: spanOf(value['days']),
		project: textOf(value['project'], longest.project),
		branch: textOf(value['branch'], longest.branch),
		model: textOf(value['model'], longest.model) === '' ? null : textOf(value['model'], longest.model),
		category: textOf(value['category'], longest.category) === '' ? null : textOf(value['category'], longest.category),
		mode: oneOf(modes, value['mode']),
	};
}

type Check = (value: unknown) => boolean;

const isText: Check = value => typeof value === 'string' && value.length <= longest.project;
const isTextOrNull: Check = value => value === null || isText(value);
const wholeTo =
	(most: number): Check =>
	value =>
		typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= most;

/** What each kind of selector carries beside its name. */
const fields: Readonly<Record<SessionSelector['kind'], Readonly<Record<string, Check>>>> = {
	days: { first: isDay, last: isDay },
	hour: { weekday: wholeTo(6), hour: wholeTo(23) },
	project: { project: isText },
	branch: { branch: isText },
	model: { model: isText },
	category: { category: isText },
	tool: { tool: isTextOrNull, only: isText },
	error: { error: isText, tool: isTextOrNull },
	file: { path: isText },
	command: { command: isText },
	skill: { skill: isText },
	mcpServer: { server: isText, only: isText },
	block: { startedAt: isText },
	subagents: { model: isTextOrNull },
	unpriced: { model: isTextOrNull },
	apiErrors: {},
	sortedBy: { by: isText },
	judgedApart: { pair: isText, category: isText },
	malformed: {},
	copies: {},
	pattern: { factor: isText, outcome: isText, detail: isTextOrNull, side: value => value === 'first' || value === 'second' },
};

/** Undefined for what is none. Names of tools and the like are the extension's to judge. */
export function selectorOf(value: unknown): SessionSelector | undefined {
	if (!isObject(value)) return undefined;
	const { kind } = value;
	if (!isKind(kind)) return undefined;
	const checks = Object.entries(fields[kind]);
	if (!checks.every(([name, check]) => check(value[name]))) return undefined;
	// Its fields and no others, each of the type that the contract names.
	return Object.fromEntries([['kind', kind], ...checks.map(([name]) => [name, value[name]])]) as SessionSelector;
}

function isKind(value: unknown): value is SessionSelector['kind'] {
	return typeof value === 'string' && Object.hasOwn(fields, value);
}

function spanOf(value: unknown): DaySpan | null {
	if (!isObject(value) || !isDay(value['first']) || !isDay(value['last']) || value['first'] > value['last']) return null;
	return { first: value['first'], last: value['last'] };
}

function textOf(value: unknown, most: number): string | null {
	return typeof value === 'string' && value.length <= most ? value : null;
}

export function isDay(value: unknown): value is string {
	return typeof value === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(value) && !Number.isNaN(Date.parse(`${value}T00:00:00Z`));
}

export function oneOf<T>(all: readonly T[], value: unknown): T | null {
	return all.find(each => each === value) ?? null;
}

export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
	return typeof value === 'object' && value !== null;
}
