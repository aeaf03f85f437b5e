/** The extension's end of the line as a test has it: answers that the test sets, and a record of what was asked. */
import { Channel, type Handlers, type Nothing } from '../../../src/messaging/channel.ts';
import type { InsightsPageCalls, InsightsPageEvents } from '../../../src/webview/contract/insights.ts';
import type { SessionPageQuery } from '../../../src/webview/contract/sessions.ts';

type CallName = keyof InsightsPageCalls;
export type Answers = { -readonly [K in CallName]: Handlers<InsightsPageCalls>[K] };
export interface Call {
	readonly name: CallName;
	readonly params: unknown;
}

export class FakeExtension {
	readonly calls: Call[] = [];
	readonly answers: Answers;
	#hear: ((message: unknown) => void) | null = null;
	#channel: Channel<InsightsPageCalls, Nothing, Nothing, InsightsPageEvents> | null = null;
	#waiting: (() => void)[] = [];

	constructor(answers: Pick<Answers, 'ready' | 'page' | 'sessions'>) {
		this.answers = { openSession: () => null, command: () => null, export: () => null, ...answers };
	}

	/** `post` carries a message into the page. */
	connect(post: (message: unknown) => Promise<unknown>): void {
		const noted = <K extends CallName>(name: K): Handlers<InsightsPageCalls>[K] => {
			const handler = (params: InsightsPageCalls[K]['params'], signal: AbortSignal) => {
				this.calls.push({ name, params });
				for (const wake of this.#waiting.splice(0)) wake();
				return this.answers[name](params, signal);
			};
			return handler as Handlers<InsightsPageCalls>[K];
		};
		this.#channel = new Channel<InsightsPageCalls, Nothing, Nothing, InsightsPageEvents>(
			{
				post: message => void post(message).catch(() => undefined),
				listen: handler => {
					this.#hear = handler;
					return () => (this.#hear = null);
				},
			},
			{
				ready: noted('ready'),
				page: noted('page'),
				sessions: noted('sessions'),
				openSession: noted('openSession'),
				command: noted('command'),
				export: noted('export'),
			},
		);
	}

	hear(message: unknown): void {
		this.#hear?.(message);
	}

	emit<K extends keyof InsightsPageEvents>(name: K, payload: InsightsPageEvents[K]): void {
		this.#channel?.emit(name, payload);
	}

	/** The calls of that name so far, waiting until there are `count`. */
	async called(name: CallName, count = 1): Promise<readonly Call[]> {
		for (;;) {
			const calls = this.calls.filter(call => call.name === name);
			if (calls.length >= count) return calls;
			await new Promise<void>(resolve => this.#waiting.push(resolve));
		}
	}

	/** What the table last asked for. */
	get lastTableQuery(): SessionPageQuery | null {
		return (this.calls.findLast(call => call.name === 'sessions')?.params as SessionPageQuery | undefined) ?? null;
	}
}
