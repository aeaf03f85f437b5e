/** The document of `report --json`, field by field, checked by hand. Gives what is wrong with it, one line each. */
type Check = (value: unknown, at: string) => string[];

const wrong = (at: string, wanted: string, value: unknown): string[] => [`${at} should be ${wanted}, is ${JSON.stringify(value)}`];
const is =
	(wanted: string, test: (value: unknown) => boolean): Check =>
	(value, at) =>
		test(value) ? [] : wrong(at, wanted, value);

const text = is('a text', value => typeof value === 'string');
const count = is('a count', value => typeof value === 'number' && Number.isInteger(value) && value >= 0);
const amount = is('an amount', value => typeof value === 'number' && Number.isFinite(value) && value >= 0);
const instant = is('an instant', value => typeof value === 'string' && /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/.test(value));
const yes = is('true or absent', value => value === true || value === undefined);
const oneOf = (...values: unknown[]): Check => is(values.join(' or '), value => values.includes(value));
const orNull =
	(check: Check): Check =>
	(value, at) =>
		value === null ? [] : check(value, at);
const list =
	(check: Check): Check =>
	(value, at) =>
		Array.isArray(value) ? value.flatMap((item, i) => check(item, `${at}[${i}]`)) : wrong(at, 'a list', value);
const map =
	(check: Check): Check =>
	(value, at) =>
		isObject(value) ? Object.entries(value).flatMap(([key, item]) => check(item, `${at}.${key}`)) : wrong(at, 'an object', value);
const object =
	(fields: Readonly<Record<string, Check>>): Check =>
	(value, at) => {
		if (!isObject(value)) return wrong(at, 'an object', value);
		const unknown = Object.keys(value).filter(key => !(key in fields));
		return [
			...unknown.map(key => `${at}.${key} is not of the document`),
			...Object.entries(fields).flatMap(([key, check]) => check(value[key], `${at}.${key}`)),
		];
	};

function isObject(value: unknown): value is Record<string, unknown> {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

const tokens = object({ input: count, output: count, cacheRead: count, cacheWrite5m: count, cacheWrite1h: count });

const document = object({
	schema: oneOf(1),
	index: object({
		type: oneOf('full', 'incremental', 'deep'),
		filesSeen: count,
		filesRead: count,
		bytesRead: count,
		durationMs: amount,
		throughputMBPerSec: orNull(amount),
		malformedLines: count,
		unknownRecordTypes: map(count),
	}),
	totals: object({
		sessions: count,
		responses: count,
		userPrompts: count,
		toolCalls: count,
		tokens,
		costUsd: orNull(amount),
		unpricedModels: list(text),
	}),
	models: list(object({ model: text, responses: count, tokens, costUsd: orNull(amount) })),
	sessions: list(
		object({
			id: text,
			title: orNull(text),
			cwd: orNull(text),
			file: orNull(text),
			mode: oneOf('interactive', 'background', 'forked'),
			parentSessionId: orNull(text),
			entrypoint: orNull(text),
			gitBranch: orNull(text),
			version: orNull(text),
			startedAt: orNull(instant),
			endedAt: orNull(instant),
			responses: count,
			userPrompts: count,
			toolCalls: count,
			subagents: count,
			compactions: count,
			interruptions: count,
			tokens,
			costUsd: orNull(amount),
			unpricedTokens: count,
			promptWordCount: orNull(count),
			correctionCount: count,
			sameFileEditCount: count,
			malformedLines: count,
			category: orNull(object({ l1: text, l2: text, l3: text, confidence: amount, source: text, classifiedAt: orNull(instant) })),
			stub: yes,
			gone: yes,
		}),
	),
});

export function faultsOf(report: unknown): string[] {
	return document(report, 'document');
}
