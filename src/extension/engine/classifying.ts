/**
 * Classification as the window asks for it: plans, runs, corrections, reasons. Puts the rooms together and holds no rule
 * of its own but when somebody has agreed (CLS-6).
 */
import { join } from 'node:path';
import type { CategoryRow } from '../../webview/contract/sessions.ts';
import { type Categories, personSource } from '../classification/categories.ts';
import { ClassifyRun } from '../classification/classifyRun.ts';
import type { ClassifyData } from '../classification/classifyJob.ts';
import { digestOf } from '../classification/digests.ts';
import { endRequests, takeLeftAnswers } from '../classification/leftAnswers.ts';
import { promptVersion } from '../classification/prompt.ts';
import type { Provider } from '../classification/providers/provider.ts';
import { categoryOf, leaves } from '../classification/taxonomy.ts';
import { kindOfSource } from '../insights/sessionRow.ts';
import type { JobRun } from '../jobs/jobRun.ts';
import type { JobQueue } from '../jobs/queue.ts';
import { JobFailure } from '../jobs/retry.ts';
import { leftRequests } from '../store/ledger/classificationRequests.ts';
import { insertRun } from '../store/ledger/classificationRuns.ts';
import { unfinishedOfType } from '../store/ledger/jobLists.ts';
import { answersOf, putClassification, removePersonsAnswer } from '../store/ledger/classifications.ts';
import { grantConsent, revokeConsents } from '../store/ledger/consents.ts';
import type {
	CategoryReasons,
	ClassificationPlan,
	ClassifyTarget,
	ProviderHealth,
	ProviderInfo,
	ProviderName,
	TaxonomyLeaf,
} from './api.ts';
import { ClassificationPlans, type PlansParts } from './classificationPlans.ts';
import type { EngineJobs } from './jobTypes.ts';
import { providerNames } from './providers.ts';

export interface ClassifyingParts extends PlansParts {
	readonly queue: JobQueue<EngineJobs>;
	readonly categories: Categories;
	readonly isTrusted: () => boolean;
	readonly dataDir: string;
	readonly onAnswers: (sessionIds: readonly string[]) => void;
	readonly onLog: (text: string) => void;
	readonly now: () => Date;
}

/** A refusal with a reason that crosses the border. */
export class ClassifyRefused extends Error {
	override readonly name = 'ClassifyRefused';
	readonly reason: 'untrusted' | 'no-consent' | 'nothing-to-do' | 'not-ready' | 'no-such-category';
	constructor(reason: ClassifyRefused['reason'], message: string) {
		super(message);
		this.reason = reason;
	}
}

export interface StartOptions {
	/** The person has seen the plan and agreed; otherwise they must have done so before. */
	readonly isAgreed: boolean;
	/** Nobody waits for it: it gives way to what a person starts. */
	readonly isAutomatic: boolean;
	/** Makes a job also where there is nothing to ask. */
	readonly mayBeEmpty: boolean;
}

export class Classifying {
	readonly #parts: ClassifyingParts;
	readonly #plans: ClassificationPlans;
	/** As the ledger names them. */
	readonly #providerOf = (name: string, model: string): Provider => this.#parts.providers.provider(name as ProviderName, model);

	constructor(parts: ClassifyingParts) {
		this.#parts = parts;
		this.#plans = new ClassificationPlans(parts);
	}

	/** What the job handler runs. Rejects as `ClassifyRun.execute` does. */
	run(data: ClassifyData, job: JobRun): ReturnType<ClassifyRun['execute']> {
		const parts = this.#parts;
		if (!parts.isTrusted()) throw new JobFailure('untrusted', 'Programs run and models are asked only in a trusted workspace.', 'never');
		const provider = parts.providers.provider(data.provider, data.model);
		// Settings may name another address since.
		if (provider.recipient !== data.recipient) {
			const message = `This was agreed to for ${data.recipient}, and would go to ${provider.recipient} now. Start it again.`;
			throw new JobFailure('other-recipient', message, 'never');
		}
		const projects = parts.projectsOf(job.job.scope === allProjects ? 'all' : 'workspace');
		return new ClassifyRun(
			{
				ledger: parts.ledger,
				provider,
				digestOf: sessionId => digestOf(parts.tables, sessionId),
				providerOf: this.#providerOf,
				examples: () => this.#plans.examples(projects),
				microsOf: tokens => parts.providers.estimate(provider, tokens),
				answersFolder: this.answersFolder,
				dayStart: parts.dayStart,
				onAnswers: parts.onAnswers,
				onLog: parts.onLog,
				now: parts.now,
			},
			data,
			job,
		).execute();
	}

	/** What the handler of `collect-answers` runs. */
	async collect(job: JobRun): Promise<{ readonly sessions: number }> {
		const { ledger, options, onAnswers, onLog, now } = this.#parts;
		const { timeoutMs } = options();
		const sessionIds = await takeLeftAnswers({ ledger, providerOf: this.#providerOf, timeoutMs, onLog, now }, job, null);
		onAnswers(sessionIds);
		return { sessions: sessionIds.length };
	}

	/** Ends what is asked at the moment, by whichever window, without taking the answers. */
	endRequests(): Promise<void> {
		const { ledger, options } = this.#parts;
		return endRequests({ ledger, providerOf: this.#providerOf, timeoutMs: options().timeoutMs });
	}

	/** Makes sure that somebody takes the answers of runs that ended without their owner. */
	async collectLeft(): Promise<void> {
		const { ledger, queue } = this.#parts;
		if (ledger.read(reader => leftRequests(reader, null)).length === 0) return;
		await queue.feed.change(tx => {
			if (unfinishedOfType(tx, 'collect-answers') === undefined) queue.createIn(tx, 'collect-answers', {}, { needs: ['trust', 'index'] });
		});
	}

	get answersFolder(): string {
		return join(this.#parts.dataDir, 'answers');
	}

	taxonomy(): readonly TaxonomyLeaf[] {
		return leaves;
	}

	providers(): readonly ProviderInfo[] {
		const { providers, options } = this.#parts;
		return providerNames.map(name => {
			const provider = providers.provider(name, options().models[name]);
			return { provider: name, label: provider.label, model: provider.model, recipient: provider.recipient };
		});
	}

	async health(name: ProviderName, model: string, signal: AbortSignal): Promise<ProviderHealth> {
		if (!this.#parts.isTrusted())
			return { ok: false, text: 'This workspace is not trusted: no program is started and no model is asked.', action: null };
		return this.#parts.providers.provider(name, model).check(signal);
	}

	async plan(target: ClassifyTarget, signal: AbortSignal): Promise<ClassificationPlan> {
		const [plan, health] = await Promise.all([this.#plans.plan(target), this.health(target.provider, target.model, signal)]);
		return { ...plan, health };
	}

	/** Makes the job and answers its id. Rejects with `ClassifyRefused`. */
	async start(target: ClassifyTarget, { isAgreed, isAutomatic, mayBeEmpty }: StartOptions): Promise<string> {
		const { queue, options, now, consentScope, isTrusted, providers } = this.#parts;
		if (!isTrusted()) throw new ClassifyRefused('untrusted', 'Programs run and models are asked only in a trusted workspace.');
		const scope = consentScope(target.scope);
		const provider = providers.provider(target.provider, target.model);
		if (!isAgreed && !this.#plans.hasConsent(target, provider)) throw new ClassifyRefused('no-consent', 'Nobody has agreed to this yet.');
		const plan = this.#plans.planOf(target);
		if (plan.toAsk === 0 && !mayBeEmpty) throw new ClassifyRefused('nothing-to-do', 'Every session has its category already.');
		const cost = await this.#plans.costOf(plan, provider, target);
		const { batch, concurrency, timeoutMs, runCapUsd, dayCapUsd } = options();
		const data: ClassifyData = {
			provider: target.provider,
			model: target.model,
			recipient: provider.recipient,
			batch,
			concurrency,
			timeoutMs,
			runCapMicros: micros(runCapUsd),
			dayCapMicros: micros(dayCapUsd),
			isAutomatic,
		};
		const job = await queue.create('classify', data, {
			scope,
			needs: ['trust', 'index', ...(target.provider === 'claude-cli' ? [] : ['window'])],
			priority: isAutomatic ? 0 : 10,
			also: (tx, { id, createdAt }) => {
				if (isAgreed) {
					const terms = { provider: target.provider, model: target.model, recipient: provider.recipient, promptVersion };
					grantConsent(tx, scope, target.provider, now().toISOString(), JSON.stringify(terms));
				}
				insertRun(tx, {
					jobId: id,
					provider: target.provider,
					model: target.model,
					promptVersion,
					estimatedMicros: cost.micros ?? 0,
					capMicros: data.runCapMicros,
					createdAt,
					items: plan.sessions,
				});
			},
		});
		return job.id;
	}

	/** For the folders of this window and for all projects. What is sent at the moment is stopped, as by a cancel. */
	async withdrawConsent(): Promise<void> {
		const { ledger, queue, consentScope } = this.#parts;
		const scopes = new Set([consentScope('workspace'), consentScope('all')]);
		await ledger.change(tx => scopes.forEach(scope => revokeConsents(tx, scope)));
		const runs = queue.active().filter(({ type, scope }) => type === 'classify' && scope !== null && scopes.has(scope));
		for (const { id } of runs) await queue.cancel(id);
	}

	/** A person's word, or its withdrawal. Rejects with `ClassifyRefused` for a name outside the taxonomy. */
	async correct(sessionIds: readonly string[], l3: string | null): Promise<void> {
		const { ledger, tables, now, onAnswers } = this.#parts;
		const category = l3 === null ? null : categoryOf(l3);
		if (l3 !== null && category === null) throw new ClassifyRefused('no-such-category', `There is no category ${l3}`);
		const known = sessionIds.filter(id => tables.facts.rowIdOf(id) !== null);
		await ledger.change(tx => {
			for (const sessionId of known) {
				if (category === null) removePersonsAnswer(tx, sessionId);
				else {
					putClassification(tx, {
						...category,
						sessionId,
						source: personSource,
						kind: 'person',
						confidence: 1,
						reasoning: null,
						provider: null,
						model: null,
						promptVersion: null,
						lastRecord: null,
						runId: null,
						at: now().toISOString(),
					});
				}
			}
		});
		onAnswers(known);
	}

	reasons(sessionId: string): CategoryReasons {
		const { categories, ledger } = this.#parts;
		return {
			evidence: categories.evidence(sessionId),
			answers: ledger
				.read(reader => answersOf(reader, sessionId))
				.map<CategoryRow>(answer => ({
					l1: answer.l1,
					l2: answer.l2,
					l3: answer.l3,
					confidence: answer.confidence,
					kind: kindOfSource(answer.source),
					source: answer.source,
					reasoning: answer.reasoning,
					classifiedAt: answer.at,
					isStale: false,
				})),
		};
	}
}

/** The scope of a job that is about all projects. */
export const allProjects = 'all';

const micros = (usd: number | null): number | null => (usd === null ? null : Math.round(usd * 1e6));
