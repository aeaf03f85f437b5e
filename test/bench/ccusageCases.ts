/** One small Claude directory for each rule by which tokens could be counted differently. */
import {
	assistantText,
	conversation,
	denial,
	encodeProjectName,
	progress,
	response,
	syntheticAnswer,
	thinking,
	toJsonl,
	toolUse,
	toolUseIdOf,
	userPrompt,
	type Conversation,
	type Fields,
	type Response,
	type TranscriptRecord,
} from '../support/historyGenerator/records.ts';

export interface CcusageCase {
	readonly rule: string;
	/** Text by path below `projects/`. */
	readonly files: Readonly<Record<string, string>>;
}

const usage = { input: 10, output: 200, cacheRead: 5_000, cacheWrite5m: 100, cacheWrite1h: 300 };

function begin(seed: string, version = '2.1.220'): { talk: Conversation; prompt: TranscriptRecord; answer: Response } {
	const talk = conversation({ seed, version, model: 'claude-sonnet-4-5-20250929' });
	const prompt = userPrompt(talk, 'Count me');
	return { talk, prompt, answer: response(talk, usage) };
}

function file(talk: Conversation, below = ''): string {
	return `${encodeProjectName('/home/dev/src/shop')}/${below === '' ? `${talk.sessionId}.jsonl` : `${talk.sessionId}/subagents/${below}.jsonl`}`;
}

/** One session whose records the function makes. */
function session(
	rule: string,
	make: (start: ReturnType<typeof begin>) => readonly TranscriptRecord[],
	text: (jsonl: string) => string = x => x,
): CcusageCase {
	const start = begin(rule);
	return { rule, files: { [file(start.talk)]: text(toJsonl([start.prompt, ...make(start)])) } };
}

/** One session of a single answer, with a changed usage. */
function withUsage(rule: string, change: (fields: Fields) => Fields): CcusageCase {
	return session(rule, ({ talk, answer }) => [changedUsage(assistantText(talk, 'Done', { response: answer }), change)]);
}

function changedUsage(record: TranscriptRecord, change: (fields: Fields) => Fields): TranscriptRecord {
	const message = record['message'] as { readonly usage: Fields };
	return { ...record, message: { ...message, usage: change(message.usage) } };
}

function withMessage(record: TranscriptRecord, change: Fields): TranscriptRecord {
	return { ...record, message: { ...(record['message'] as Fields), ...change } };
}

function forkOf(records: readonly TranscriptRecord[], sessionId: string): string {
	return toJsonl(records.map(record => ({ ...record, sessionId })));
}

function copiedSession(): CcusageCase {
	const { talk, prompt, answer } = begin('copy');
	const records = [prompt, assistantText(talk, 'Done', { response: answer })];
	const other = '00000000-0000-4000-a000-000000000001';
	const folder = encodeProjectName('/home/dev/src/shop');
	return {
		rule: 'a fork repeats the records of its origin',
		files: { [file(talk)]: toJsonl(records), [`${folder}/${other}.jsonl`]: forkOf(records, other) },
	};
}

function agentOnly(rule: string, hasFile: boolean): CcusageCase {
	const { talk, prompt, answer } = begin(rule, '2.1.50');
	const call = toolUse(talk, 'Task', { prompt: 'Look' }, { response: answer });
	const agent = conversation({
		seed: `${rule} agent`,
		sessionId: talk.sessionId,
		agentId: 'a1b2c3d',
		version: '2.1.50',
		model: talk.model,
	});
	const said = assistantText(agent, 'Found', { response: response(agent, { ...usage, output: 70 }) });
	const { message, uuid, timestamp, requestId } = said;
	const embedded = {
		message: { type: 'assistant', message, uuid, timestamp, requestId },
		normalizedMessages: [],
		type: 'agent_progress',
		agentId: 'a1b2c3d',
	};
	const main = toJsonl([prompt, call, progress(talk, embedded, 'agent_msg_1', toolUseIdOf(call))]);
	return { rule, files: { [file(talk)]: main, ...(hasFile ? { [file(talk, 'agent-a1b2c3d')]: toJsonl([said]) } : {}) } };
}

function sidechainCopy(): CcusageCase {
	const { talk, prompt, answer } = begin('helper');
	const said = assistantText(talk, 'Done', { response: answer });
	const copy = { ...said, isSidechain: true, agentId: 'acompact-1b2c3d' };
	return {
		rule: "a compaction helper's file repeats the last answer",
		files: { [file(talk)]: toJsonl([prompt, said]), [file(talk, 'agent-acompact-1b2c3d')]: toJsonl([copy]) },
	};
}

const pricedModels = [
	'claude-3-5-haiku-20241022',
	'claude-sonnet-4-20250514',
	'claude-opus-4-1-20250805',
	'claude-haiku-4-5-20251001',
	'claude-opus-4-5-20251101',
	'claude-opus-4-6',
	'claude-sonnet-4-6',
	'claude-opus-4-7',
	'claude-opus-4-8',
	'claude-sonnet-5',
	'claude-opus-5',
	'claude-fable-5',
];

export const ccusageCases: readonly CcusageCase[] = [
	session('one answer in one record', ({ talk, answer }) => [assistantText(talk, 'Done', { response: answer })]),
	session('an answer over three records, output growing', ({ talk, answer }) => [
		thinking(talk, 'Hm', { response: answer, output: 2 }),
		assistantText(talk, 'I will look', { response: answer, output: 2 }),
		toolUse(talk, 'Bash', { command: 'ls' }, { response: answer }),
	]),
	session('the largest output stands first', ({ talk, answer }) => [
		assistantText(talk, 'I will look', { response: answer }),
		toolUse(talk, 'Bash', { command: 'ls' }, { response: answer, output: 2 }),
	]),
	copiedSession(),
	sidechainCopy(),
	session('an answer over two records, with a message id and no request id', ({ talk, answer }) => {
		const anonymous = { ...answer, requestId: undefined };
		return [thinking(talk, 'Hm', { response: anonymous }), assistantText(talk, 'Done', { response: anonymous })];
	}),
	session('an answer of which one record has a request id and the other has none', ({ talk, answer }) => [
		thinking(talk, 'Hm', { response: answer }),
		assistantText(talk, 'Done', { response: { ...answer, requestId: undefined } }),
	]),
	session('one message id under two request ids', ({ talk, answer }) => [
		thinking(talk, 'Hm', { response: answer }),
		assistantText(talk, 'Done', { response: { ...answer, requestId: 'req_011Cother' } }),
	]),
	session('two records without a message id', ({ talk, answer }) => [
		thinking(talk, 'Hm', { response: { ...answer, id: null } }),
		assistantText(talk, 'Done', { response: { ...answer, id: null } }),
	]),
	agentOnly('a subagent known only from a progress record', false),
	agentOnly('a subagent with a file and progress records', true),
	session('a synthetic answer', ({ talk, answer }) => [
		assistantText(talk, 'Done', { response: answer }),
		syntheticAnswer(talk, 'API Error'),
	]),
	session('a synthetic answer that claims tokens', ({ talk, answer }) => [
		changedUsage(syntheticAnswer(talk, 'API Error'), fields => ({ ...fields, input_tokens: 7 })),
		assistantText(talk, 'Done', { response: answer }),
	]),
	withUsage('flat cache writes are 0, the parts are not', fields => ({ ...fields, cache_creation_input_tokens: 0 })),
	withUsage('flat cache writes exceed the parts', fields => ({ ...fields, cache_creation_input_tokens: 1_000 })),
	withUsage('cache writes without parts', fields => ({ ...fields, cache_creation: undefined })),
	withUsage('tokens written as strings', fields => ({ ...fields, input_tokens: '10' })),
	withUsage('a negative count', fields => ({ ...fields, input_tokens: -10 })),
	withUsage('a context of more than 200,000 tokens', fields => ({ ...fields, cache_read_input_tokens: 250_000 })),
	withUsage('fast mode of a model that has none', fields => ({ ...fields, speed: 'fast' })),
	session('fast mode of a model that has it', ({ talk, answer }) => [
		changedUsage(assistantText(talk, 'Done', { response: { ...answer, model: 'claude-opus-4-6' } }), fields => ({
			...fields,
			speed: 'fast',
		})),
	]),
	withUsage('three web searches', fields => ({ ...fields, server_tool_use: { web_search_requests: 3, web_fetch_requests: 0 } })),
	session('a record that states its own cost (old versions)', ({ talk, answer }) => [
		assistantText(talk, 'Done', { response: answer, fields: { costUSD: 1.5 } }),
	]),
	session('no time', ({ talk, answer }) => [assistantText(talk, 'Done', { response: answer, fields: { timestamp: undefined } })]),
	session('a time with six fractional digits', ({ talk, answer }) => [
		assistantText(talk, 'Done', { response: answer, fields: { timestamp: '2026-03-02T09:00:00.123456Z' } }),
	]),
	session('a time with an offset', ({ talk, answer }) => [
		assistantText(talk, 'Done', { response: answer, fields: { timestamp: '2026-03-02T10:00:00.000+01:00' } }),
	]),
	session(
		'a space after the colons',
		({ talk, answer }) => [assistantText(talk, 'Done', { response: answer })],
		text => text.replaceAll('":', '": '),
	),
	session(
		'two records glued on one line',
		({ talk, answer }) => [assistantText(talk, 'Done', { response: answer }), denial(talk, toolUse(talk, 'Bash', {}))],
		text => text.replaceAll('}\n{', '}{'),
	),
	session(
		'a damaged line between',
		({ talk, answer }) => [assistantText(talk, 'Done', { response: answer })],
		text => text.replace('\n', '\n{"type":"assist\n'),
	),
	session(
		'a whole last record without its newline',
		({ talk, answer }) => [assistantText(talk, 'Done', { response: answer })],
		text => text.trimEnd(),
	),
	session('a model nobody knows', ({ talk, answer }) => [assistantText(talk, 'Done', { response: { ...answer, model: 'house-model-1' } })]),
	session('no model', ({ talk, answer }) => [withMessage(assistantText(talk, 'Done', { response: answer }), { model: null })]),
	session('an answer in a user record', ({ talk, answer }) => [{ ...assistantText(talk, 'Done', { response: answer }), type: 'user' }]),
	session('an answer of another session id than the file', ({ talk, answer }) => [
		assistantText(talk, 'Done', { response: answer, fields: { sessionId: '00000000-0000-4000-a000-000000000009' } }),
	]),
	...pricedModels.map(model =>
		session(`price of ${model}`, ({ talk, answer }) => [assistantText(talk, 'Done', { response: { ...answer, model } })]),
	),
];
