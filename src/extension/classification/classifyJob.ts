/** The type of the jobs that classify sessions: what they carry, what they give, and how their run in the ledger follows them. */
import type { JobType } from '../jobs/registry.ts';
import { reopenItems } from '../store/ledger/classificationItems.ts';
import { runOfJob, setRunStatus } from '../store/ledger/classificationRuns.ts';
import type { ProviderId } from './providers/provider.ts';

export interface ClassifyData {
	readonly provider: ProviderId;
	readonly model: string;
	/** To whom the person agreed to send (CLS-6): the run refuses to send elsewhere. */
	readonly recipient: string;
	/** How many sessions share a request at most. */
	readonly batch: number;
	/** How many requests run at once. */
	readonly concurrency: number;
	/** Of one request. */
	readonly timeoutMs: number;
	readonly runCapMicros: number | null;
	readonly dayCapMicros: number | null;
	/** Started by itself when sessions ended, not by a person. */
	readonly isAutomatic: boolean;
}

export interface ClassifyResult {
	readonly total: number;
	readonly classified: number;
	readonly skipped: number;
	readonly failed: number;
	readonly costMicros: number;
	readonly unconfirmedMicros: number;
	readonly inputTokens: number;
	readonly outputTokens: number;
	/** How many sessions got no answer, by reason. */
	readonly errors: Readonly<Record<string, number>>;
	/** The cap that ended it early. */
	readonly stoppedBy: 'run' | 'day' | null;
}

const providers: readonly ProviderId[] = ['claude-cli', 'vscode-lm', 'anthropic-api', 'openai-compatible'];

export const classifyJob: JobType<ClassifyData, ClassifyResult, 'classify'> = {
	name: 'classify',
	parse(data) {
		const value = data as Partial<Record<keyof ClassifyData, unknown>> | null;
		const provider = providers.find(id => id === value?.provider);
		if (value === null || provider === undefined || typeof value.model !== 'string' || typeof value.recipient !== 'string')
			throw new TypeError('This is no run of a provider');
		return {
			provider,
			model: value.model,
			recipient: value.recipient,
			batch: within(value.batch, 1, 20),
			concurrency: within(value.concurrency, 1, 8),
			timeoutMs: within(value.timeoutMs, 1_000, 600_000),
			runCapMicros: amount(value.runCapMicros),
			dayCapMicros: amount(value.dayCapMicros),
			isAutomatic: value.isAutomatic === true,
		};
	},
	afterOwnerDied: 'resume',
	// Two runs would ask about the same session at the same time.
	concurrency: 1,
	timeoutMs: null,
	onStatus(tx, job, status) {
		const at = job.updatedAt;
		if (status === 'pending' || status === 'running') {
			// It was over, so a person tries it again: what failed before is asked once more.
			if (runOfJob(tx, job.id)?.status !== 'running') reopenItems(tx, job.id, at);
			setRunStatus(tx, job.id, 'running', at, null);
		} else setRunStatus(tx, job.id, status, at, job.error === null ? null : JSON.stringify(job.error));
	},
};

function within(value: unknown, least: number, most: number): number {
	if (typeof value !== 'number' || !Number.isInteger(value) || value < least || value > most)
		throw new TypeError(`${String(value)} is not from ${least} to ${most}`);
	return value;
}

function amount(value: unknown): number | null {
	if (value === null || value === undefined) return null;
	if (typeof value !== 'number' || !Number.isInteger(value) || value < 0) throw new TypeError('A cap is no amount');
	return value;
}
