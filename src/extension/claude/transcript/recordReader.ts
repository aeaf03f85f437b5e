import type { Key, ResponseFact, TranscriptFacts } from '../facts.ts';
import { assistantContentOf, toolCallsIn } from './assistantRecords.ts';
import { Chain } from './chain.ts';
import { envelopeOf, type Envelope } from './envelope.ts';
import { FactList } from './factList.ts';
import { Hooks, type StopHook } from './hooks.ts';
import { instantOf } from './instant.ts';
import { countOf, keyOfName, lineOf, listOf, objectOf, type Fields } from './json.ts';
import { keyOf } from './key.ts';
import { commandOf, kindOf, textOf, wordCountOf } from './promptText.ts';
import { Prompts } from './prompts.ts';
import type { QueueMemory } from './queue.ts';
import { kindOfRecord, RECORD_TYPES } from './recordTypes.ts';
import { OpenResponses, SYNTHETIC, tokensOf, type ResponseRow } from './responses.ts';
import type { SummaryFold } from './summaryFold.ts';
import { ToolCalls, type ToolMemory } from './toolCalls.ts';
import { userTextOf } from './userRecords.ts';

export interface RecordMemory {
	readonly tools: ToolMemory;
	readonly queue: QueueMemory;
	readonly responses: readonly ResponseRow[];
	readonly copiedResponses: readonly ResponseRow[];
	readonly stopHooks: readonly StopHook[];
}

export interface RecordContext {
	readonly memory: RecordMemory | null;
	readonly copies: ReadonlySet<Key>;
	/** Null when nothing of the file was read before. */
	readonly earlier: ((key: Key) => number | null | undefined) | null;
	readonly isSubagent: boolean;
}

const MAX_LINE = 200;

/** Turns the records of one file, in their order, into facts, and counts them in the fold. */
export class RecordReader {
	readonly #fold: SummaryFold;
	readonly #chain: Chain;
	readonly #copies: ReadonlySet<Key>;
	readonly #isSubagent: boolean;
	readonly #tools: ToolCalls;
	readonly #list: FactList;
	readonly #prompts: Prompts;
	readonly #responses: OpenResponses;
	readonly #copiedResponses: OpenResponses;
	readonly #hooks: Hooks;

	constructor(context: RecordContext, fold: SummaryFold) {
		const { memory } = context;
		this.#fold = fold;
		this.#chain = new Chain(context.earlier);
		this.#copies = context.copies;
		this.#isSubagent = context.isSubagent;
		this.#tools = new ToolCalls(memory?.tools ?? { pending: [], failed: [] }, fold);
		this.#list = new FactList(fold);
		this.#prompts = new Prompts(memory?.queue ?? { waiting: [], sent: [] }, fold, this.#list, context.isSubagent);
		this.#responses = new OpenResponses(memory?.responses ?? []);
		this.#copiedResponses = new OpenResponses(memory?.copiedResponses ?? []);
		this.#hooks = new Hooks(memory?.stopHooks ?? []);
	}

	take(): TranscriptFacts {
		this.#responses.tell(this.#list.facts.responses);
		this.#copiedResponses.tell(this.#list.facts.copiedResponses);
		return this.#list.take();
	}

	memory(): RecordMemory {
		return {
			tools: this.#tools.memory(),
			queue: this.#prompts.memory(),
			responses: this.#responses.memory(),
			copiedResponses: this.#copiedResponses.memory(),
			stopHooks: this.#hooks.memory(),
		};
	}

	/** One record, whose JSON stands at these bytes of the file. */
	read(record: Fields, offset: number, length: number): void {
		const kind = kindOfRecord(record);
		if (!RECORD_TYPES.has(kind)) this.#fold.unknown(kind);
		this.#fold.anyRecord(record);
		switch (record.type) {
			case 'user':
			case 'assistant':
			case 'system':
			case 'attachment':
			case 'progress':
				this.#chainRecord(record, kind, offset, length);
				return;
			case 'summary':
				this.#summary(record, offset);
				return;
			case 'custom-title':
				this.#fold.title('customTitle', record.customTitle);
				return;
			case 'ai-title':
				this.#fold.title('aiTitle', record.aiTitle);
				return;
			case 'agent-name':
				this.#fold.title('agentName', record.agentName);
				return;
			case 'last-prompt':
				this.#fold.title('lastPromptHint', record.lastPrompt);
				return;
			case 'permission-mode':
				this.#fold.permission(record.permissionMode);
				if (record.permissionMode === 'plan') this.#fold.planMode();
				return;
			case 'pr-link':
				this.#fold.pullRequest(record.prUrl);
				return;
			case 'fork-context-ref':
				if (this.#isSubagent) this.#fold.subagent(record.agentId);
				return;
			case 'queue-operation':
				this.#prompts.queueOperation(record, offset, length);
				return;
			default:
				this.#other(record);
		}
	}

	#chainRecord(record: Fields, kind: string, offset: number, length: number): void {
		const envelope = envelopeOf(record, offset, length, this.#chain, this.#copies);
		if (record.type === 'assistant') this.#usageLine(objectOf(record.message), envelope.atMs);
		if (!this.#isFirst(envelope)) return;
		if (this.#isSubagent && record.type !== 'progress') this.#fold.subagent(record.agentId);
		this.#fold.chainRecord(record, envelope);
		if (record.type === 'progress') this.#progress(record, envelope);
		else this.#join(envelope, offset);
		if (record.type === 'user') this.#user(record, envelope);
		else if (record.type === 'assistant') this.#assistant(record, envelope);
		else if (record.type === 'system') this.#system(record, kind, envelope);
		else if (record.type === 'attachment') this.#attachment(record, envelope);
	}

	/** Also of a repetition: whoever adds up lines counts it. */
	#usageLine(message: Fields | null, atMs: number | null): void {
		const usage = objectOf(message?.usage);
		if (message === null || usage === null || message.model === SYNTHETIC) return;
		this.#list.facts.usageLines.push({ atMs, model: modelOf(message), tokens: tokensOf(usage) });
	}

	/** A uuid that stood in this file before is a repetition: the first one counts. */
	#isFirst(envelope: Envelope): boolean {
		const { ownKey, key } = envelope;
		if (ownKey !== null && this.#chain.find(ownKey) !== undefined) return false;
		return key === null || key === ownKey || this.#chain.find(key) === undefined;
	}

	/** Makes the record findable as a parent. */
	#join({ ownKey, key }: Envelope, offset: number): void {
		if (key !== null) this.#chain.add(key, offset);
		if (ownKey === null || ownKey === key) return;
		// Children name the record by its own uuid, while the message goes by the one it is a copy of.
		this.#chain.add(ownKey, offset);
		this.#list.facts.passed.push({ key: ownKey, parentOffset: offset });
	}

	#progress(record: Fields, envelope: Envelope): void {
		const { ownKey, parentOffset } = envelope;
		if (ownKey !== null) {
			this.#chain.add(ownKey, parentOffset);
			this.#list.facts.passed.push({ key: ownKey, parentOffset });
		}
		const data = objectOf(record.data);
		if (data?.type === 'hook_progress') this.#list.hook(this.#hooks.ofProgress(record, data, envelope), envelope);
		else if (data?.type === 'agent_progress') this.#agentProgress(record, data, envelope);
	}

	/** A subagent's message inside the main file: its tokens and tool calls count where its own file is missing (MODEL-6). */
	#agentProgress(record: Fields, data: Fields, progress: Envelope): void {
		this.#tools.link(record.parentToolUseID, data.agentId);
		const inner = objectOf(data.message);
		if (inner === null || progress.isCopy) return;
		const message = objectOf(inner.message);
		const envelope: Envelope = { ...progress, atMs: instantOf(inner.timestamp) ?? progress.atMs, isSidechain: true };
		if (inner.type === 'assistant' && message !== null) this.#progressAnswer(message, envelope);
		else if (inner.type === 'user') {
			const results = resultsIn(message);
			for (const block of results) this.#tools.progressResult(envelope, inner, block, outcomeFor(results, inner), this.#list.facts);
		}
	}

	#progressAnswer(message: Fields, envelope: Envelope): void {
		const key = keyOfName(message.id);
		if (key === null || message.model === SYNTHETIC) return;
		this.#respond('progress', key, message, envelope.atMs, true);
		for (const [index, block] of toolCallsIn(message)) this.#tools.call(envelope, block, index, true, this.#list.facts);
	}

	#respond(source: ResponseFact['source'], key: Key, message: Fields, firstMs: number | null, isSidechain: boolean): void {
		this.#responses.add(responseFact(source, key, message, firstMs, isSidechain), this.#list.facts.responses);
	}

	#user(record: Fields, envelope: Envelope): void {
		this.#fold.conversation(envelope.isSidechain);
		this.#fold.permission(record.permissionMode);
		if (record.permissionMode === 'plan' && !envelope.isCopy) this.#fold.planMode();
		const results = resultsIn(objectOf(record.message));
		if (results.length > 0) {
			this.#toolResults(record, envelope, results);
			return;
		}
		const { type, text, command, isMadePrompt } = userTextOf(record, envelope, this.#isSubagent);
		if (type === 'prompt') this.#prompts.typed(envelope, text);
		else if (type === 'command') this.#prompts.command(envelope, command, text);
		else {
			if (isMadePrompt) this.#prompts.made(text, envelope);
			this.#list.message(envelope, type, isMadePrompt ? { wordCount: wordCountOf(text) } : {});
		}
		if (type !== 'context' && !envelope.isCopy) this.#fold.stand(type);
	}

	#toolResults(record: Fields, envelope: Envelope, results: readonly Fields[]): void {
		let feedback: string | null = null;
		for (const block of results) {
			feedback = this.#tools.result(envelope, record, block, outcomeFor(results, record), this.#list.facts) ?? feedback;
		}
		if (feedback !== null) this.#prompts.typed(envelope, feedback);
		else this.#list.message(envelope, 'tool_result');
		if (!envelope.isCopy) this.#fold.stand('tool_result');
	}

	#assistant(record: Fields, envelope: Envelope): void {
		this.#fold.conversation(envelope.isSidechain);
		const message = objectOf(record.message);
		const { type, thinkingLength, calls } = assistantContentOf(record, message);
		const isSynthetic = message?.model === SYNTHETIC;
		const responseKey = isSynthetic ? null : (keyOfName(message?.id) ?? keyOf(`record ${envelope.ownKey ?? envelope.offset}`));
		this.#list.message(envelope, type, {
			model: isSynthetic ? null : lineOf(message?.model, MAX_LINE),
			responseKey,
			isPartial: record.isAbortedMidStream === true,
			thinkingLength,
		});
		for (const [index, block] of calls) this.#tools.call(envelope, block, index, false, this.#list.facts);
		if (envelope.isCopy) {
			if (!isSynthetic && message !== null && responseKey !== null) {
				const copied = responseFact('record', responseKey, message, envelope.atMs, envelope.isSidechain);
				this.#copiedResponses.add(copied, this.#list.facts.copiedResponses);
			}
			return;
		}
		if (type !== 'context') this.#fold.stand(type);
		if (isSynthetic) this.#fold.count('syntheticResponses');
		else if (message !== null && responseKey !== null) this.#respond('record', responseKey, message, envelope.atMs, envelope.isSidechain);
	}

	#system(record: Fields, kind: string, envelope: Envelope): void {
		switch (kind) {
			case 'system:compact_boundary':
				this.#list.message(envelope, 'compaction');
				return;
			case 'system:api_error':
				this.#list.message(envelope, 'api_error');
				return;
			case 'system:local_command': {
				const text = textOf(record.content);
				const command = kindOf(text) === 'command' ? commandOf(text) : null;
				if (command === null) this.#list.message(envelope, 'notice');
				else this.#prompts.command(envelope, command, command.args);
				return;
			}
			case 'system:stop_hook_summary':
				this.#list.message(envelope, 'notice');
				for (const hook of this.#hooks.ofSummary(record, envelope)) this.#list.hook(hook, envelope);
				return;
			case 'system':
			case 'system:informational':
				this.#list.hook(this.#hooks.ofText(record, envelope), envelope);
				this.#list.message(envelope, 'notice');
				return;
			default:
				this.#list.message(envelope, 'notice');
		}
	}

	#attachment(record: Fields, envelope: Envelope): void {
		const attachment = objectOf(record.attachment);
		if (attachment?.type === 'queued_command') {
			this.#prompts.queuedCommand(attachment, envelope);
			return;
		}
		this.#list.message(envelope, 'context');
		if (attachment !== null) this.#list.hook(this.#hooks.ofAttachment(attachment, envelope), envelope);
	}

	/** A title that names its conversation by the last record of it, often one of another file. */
	#summary(record: Fields, offset: number): void {
		const leafKey = keyOfName(record.leafUuid);
		const title = lineOf(record.summary, MAX_LINE);
		if (leafKey !== null && title !== null) this.#list.facts.summaries.push({ offset, leafKey, title });
	}

	/** Anything else: a link of the chain all the same when it has a uuid. */
	#other(record: Fields): void {
		const key = keyOfName(record.uuid);
		const parent = keyOfName(record.parentUuid);
		if (key === null || parent === null || this.#chain.find(key) !== undefined) return;
		const parentOffset = this.#chain.find(parent) ?? null;
		this.#chain.add(key, parentOffset);
		this.#list.facts.passed.push({ key, parentOffset });
	}
}

const modelOf = (message: Fields): string => lineOf(message.model, MAX_LINE) ?? 'unknown';

function responseFact(
	source: ResponseFact['source'],
	key: Key,
	message: Fields,
	firstMs: number | null,
	isSidechain: boolean,
): ResponseFact {
	const usage = objectOf(message.usage);
	return {
		key,
		source,
		firstMs,
		model: modelOf(message),
		tokens: tokensOf(usage),
		webSearches: countOf(objectOf(usage?.server_tool_use)?.web_search_requests),
		isFast: usage?.speed === 'fast',
		isSidechain,
	};
}

const resultsIn = (message: Fields | null): readonly Fields[] =>
	listOf(message?.content)
		.map(objectOf)
		.filter((block): block is Fields => block?.type === 'tool_result');

/** The record's outcome is that of its only result; with several it cannot be told whose. */
const outcomeFor = (results: readonly Fields[], record: Fields): unknown => (results.length === 1 ? record.toolUseResult : undefined);
