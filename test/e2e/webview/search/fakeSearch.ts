/** The extension's end of the search page as a test has it: a made-up history that is searched by plain containment. */
import { Channel, type Handlers, type Nothing } from '../../../../src/messaging/channel.ts';
import type { SearchAnswer, SearchHit, SearchQuery, SearchStatus } from '../../../../src/webview/contract/search.ts';
import type { SearchHello, SearchPageCalls, SearchPageEvents } from '../../../../src/webview/contract/searchView.ts';
import type { PageEnd } from '../openPage.ts';

type CallName = keyof SearchPageCalls;
type Answers = { -readonly [K in CallName]: Handlers<SearchPageCalls>[K] };

export const ready: SearchStatus = { state: 'ready', bytesDone: 812e6, bytesTotal: 812e6, bytesOnDisk: 61e6, problem: null };

const said: readonly (readonly [
	sessionId: string,
	title: string | null,
	project: string,
	kind: SearchHit['kind'],
	tool: string | null,
	at: string,
	text: string,
])[] = [
	[
		's1',
		'Move the payment retries into a queue with back-off',
		'storefront',
		'prompt',
		null,
		'2026-11-20T09:12:00Z',
		'Please move the payment retry logic out of the request handler and into a queue with exponential back-off',
	],
	[
		's1',
		'Move the payment retries into a queue with back-off',
		'storefront',
		'answer',
		null,
		'2026-11-20T09:14:20Z',
		'The payment retry now lives in RetryQueue: three attempts, doubling from two seconds, with jitter so that all workers do not wake at once.',
	],
	[
		's1',
		'Move the payment retries into a queue with back-off',
		'storefront',
		'toolInput',
		'Edit',
		'2026-11-20T09:13:02Z',
		'src/payments/retryQueue.ts export class RetryQueue { constructor(private readonly payment: PaymentClient) {} }',
	],
	[
		's1',
		'Move the payment retries into a queue with back-off',
		'storefront',
		'toolResult',
		'Bash',
		'2026-11-20T09:13:40Z',
		'42 passing (1s) payment retries with back-off ✔ gives up after three attempts',
	],
	[
		's1',
		'Move the payment retries into a queue with back-off',
		'storefront',
		'thinking',
		null,
		'2026-11-20T09:12:30Z',
		'If the payment provider answers 409 a retry would charge twice, so idempotency keys are needed before anything is queued.',
	],
	[
		's2',
		'Why does the nightly import skip rows with a null region?',
		'ledger-api',
		'answer',
		null,
		'2026-11-12T16:40:00Z',
		'Rows without a region fail the payment join, which is an inner one.',
	],
	[
		's2',
		'Why does the nightly import skip rows with a null region?',
		'ledger-api',
		'file',
		'Read',
		'2026-11-12T16:38:00Z',
		'src/import/paymentRows.ts',
	],
	[
		's3',
		'إصلاح خطأ في حساب الضريبة',
		'storefront',
		'prompt',
		null,
		'2026-10-30T11:00:00Z',
		'حساب الضريبة خاطئ عندما يكون payment بالتقسيط',
	],
	['s4', null, 'infra', 'title', null, '2025-12-01T08:00:00Z', 'Payment alerts'],
	[
		's5',
		'日付の書式をロケールに合わせる',
		'design-system',
		'answer',
		null,
		'2026-09-02T07:30:00Z',
		'payment 画面の日付は Intl.DateTimeFormat で書式化されます。',
	],
];

/** As many results as a test wants to page through. */
export function manyHits(count: number): readonly SearchHit[] {
	return Array.from({ length: count }, (_, index) => ({
		...hit(said[index % said.length] as (typeof said)[number], index, 'payment'),
		sessionId: `m${Math.floor(index / 4)}`,
	}));
}

function hit([sessionId, title, project, kind, tool, timestamp, text]: (typeof said)[number], index: number, word: string): SearchHit {
	const start = text.toLowerCase().indexOf(word.toLowerCase());
	return {
		sessionId,
		title,
		project,
		messageId: `message-${index}`,
		agentId: index === 3 ? 'agent-7' : null,
		role: kind === 'prompt' || kind === 'toolResult' ? 'user' : 'assistant',
		kind,
		tool,
		timestamp,
		file: `/home/ann/.claude/projects/x/${sessionId}.jsonl`,
		offset: index * 1000,
		snippet: {
			text,
			matches: start < 0 ? [] : [{ start, end: start + word.length }],
			isCutBefore: index % 3 === 1,
			isCutAfter: index % 3 === 0,
		},
		score: 100 - index,
	};
}

export function answerTo(query: SearchQuery, change: Partial<SearchAnswer> = {}): SearchAnswer {
	const word = query.text.trim();
	const hits = said
		.map((each, index) => hit(each, index, word))
		.filter(each => each.snippet.text.toLowerCase().includes(word.toLowerCase()))
		.filter(each => query.kinds === null || query.kinds.includes(each.kind))
		.filter(each => query.scope === 'all' || each.project === 'storefront');
	return {
		hits: hits.slice(query.offset, query.offset + query.limit),
		total: hits.length,
		totalIsExact: true,
		isComplete: true,
		isIndexComplete: true,
		durationMs: 4,
		problems: [],
		...change,
	};
}

export class FakeSearch implements PageEnd {
	readonly calls: { readonly name: CallName; readonly params: unknown }[] = [];
	readonly answers: Answers;
	#hear: ((message: unknown) => void) | null = null;
	#channel: Channel<SearchPageCalls, Nothing, Nothing, SearchPageEvents> | null = null;
	#waiting: (() => void)[] = [];

	constructor(hello: Partial<SearchHello> = {}, search: Answers['search'] = query => answerTo(query)) {
		this.answers = {
			ready: () => ({ locale: 'en-GB', timeZone: 'UTC', scope: 'workspace', hasFolder: true, status: ready, request: null, ...hello }),
			search,
			open: () => null,
			command: () => null,
		};
	}

	connect(post: (message: unknown) => Promise<unknown>): void {
		const noted = <K extends CallName>(name: K): Handlers<SearchPageCalls>[K] => {
			const handler = (params: SearchPageCalls[K]['params'], signal: AbortSignal) => {
				this.calls.push({ name, params });
				for (const wake of this.#waiting.splice(0)) wake();
				return this.answers[name](params, signal);
			};
			return handler as Handlers<SearchPageCalls>[K];
		};
		this.#channel = new Channel<SearchPageCalls, Nothing, Nothing, SearchPageEvents>(
			{
				post: message => void post(message).catch(() => undefined),
				listen: handler => {
					this.#hear = handler;
					return () => (this.#hear = null);
				},
			},
			{ ready: noted('ready'), search: noted('search'), open: noted('open'), command: noted('command') },
		);
	}

	hear(message: unknown): void {
		this.#hear?.(message);
	}

	emit<K extends keyof SearchPageEvents>(name: K, payload: SearchPageEvents[K]): void {
		this.#channel?.emit(name, payload);
	}

	/** The parameters of the calls of that name so far, waiting until there are `count`. */
	async called<K extends CallName>(name: K, count = 1): Promise<readonly SearchPageCalls[K]['params'][]> {
		for (;;) {
			const calls = this.calls.filter(call => call.name === name);
			if (calls.length >= count) return calls.map(call => call.params as SearchPageCalls[K]['params']);
			await new Promise<void>(resolve => this.#waiting.push(resolve));
		}
	}
}
