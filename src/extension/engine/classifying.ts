/**
 * Classification as the window asks for it: plans, runs, corrections, reasons. Puts the rooms together and holds no rule
 * of its own but when somebody has agreed (CLS-6).
 */
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import type { CategoryRow, Scope } from '../../webview/contract.ts';
import { type Categories, personSource } from '../classification/categories.ts';
import { ClassifyRun } from '../classification/classifyRun.ts';
import type { ClassifyData } from '../classification/classifyJob.ts';
import { digestOf } from '../classification/digests.ts';
import { estimatedTokens, LearntCost } from '../classification/money.ts';
import { planOf, type Plan } from '../classification/plan.ts';
import { buildPrompt, describe, type Example, promptVersion } from '../classification/prompt.ts';
import type { Provider } from '../classification/providers/provider.ts';
import { categoryOf, leaves } from '../classification/taxonomy.ts';
import type { JobRun } from '../jobs/jobRun.ts';
import { JobFailure } from '../jobs/retry.ts';
import type { JobQueue } from '../jobs/queue.ts';
import { kindOfSource } from '../insights/sessionRow.ts';
import type { IndexTables } from '../store/index/indexTables.ts';
import { type ProjectScope, SessionLists } from '../store/index/lists.ts';
import { answeredCost, insertRun } from '../store/ledger/classificationRuns.ts';
import { answersOf, personsAnswers, putClassification, removePersonsAnswer } from '../store/ledger/classifications.ts';
import { consentOf, grantConsent } from '../store/ledger/consents.ts';
import type { Ledger } from '../store/ledger/ledger.ts';
import { spentSince } from '../store/ledger/spending.ts';
import type {
	CategoryReasons,
	ClassificationOptions,
	ClassificationPlan,
	ClassifyTarget,
	ProviderHealth,
	ProviderInfo,
	ProviderName,
	TaxonomyLeaf,
} from './api.ts';
import type { EngineJobs } from './jobTypes.ts';
import { providerNames, type Providers } from './providers.ts';

export interface ClassifyingParts {
	readonly tables: IndexTables;
	readonly ledger: Ledger;
	readonly queue: JobQueue<EngineJobs>;
	readonly providers: Providers;
	readonly categories: Categories;
	readonly options: () => ClassificationOptions;
	readonly isTrusted: () => boolean;
	/** By what the person agreed for: the folders of the window. */
	readonly consentScope: (scope: Scope) => string;
	readonly projectsOf: (scope: Scope) => ProjectScope;
	/** First instant of the viewer's present day. */
	readonly dayStart: () => Date;
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

/** More examples cost more with each request than they help. */
const shownExamples = 8;
/** Prompts of so many sessions are built to learn how long they are. */
const sampledSessions = 20;

export class Classifying {
	readonly #parts: ClassifyingParts;
	readonly #lists: SessionLists;

	constructor(parts: ClassifyingParts) {
		this.#parts = parts;
		this.#lists = new SessionLists(parts.tables.db);
	}

	/** What the job handler runs. Rejects as `ClassifyRun.execute` does. */
	run(data: ClassifyData, job: JobRun): ReturnType<ClassifyRun['execute']> {
		const parts = this.#parts;
		if (!parts.isTrusted()) throw new JobFailure('untrusted', 'Programs run and models are asked only in a trusted workspace.', 'never');
		const provider = parts.providers.provider(data.provider, data.model);
		return new ClassifyRun(
			{
				ledger: parts.ledger,
				provider,
				digestOf: sessionId => digestOf(parts.tables, sessionId),
				examples: () => this.#examples(),
				microsOf: tokens => parts.providers.estimate(provider, tokens) ?? 0,
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
		const { providers, options, ledger, dayStart, consentScope } = this.#parts;
		const provider = providers.provider(target.provider, target.model);
		const plan = this.#planOf(target);
		const { batch, runCapUsd, dayCapUsd } = options();
		const [cost, health] = await Promise.all([this.#costOf(plan, provider), this.health(target.provider, target.model, signal)]);
		return {
			provider: target.provider,
			providerLabel: provider.label,
			model: target.model,
			recipient: provider.recipient,
			toAsk: plan.toAsk,
			byPersons: plan.byPersons,
			done: plan.done,
			stale: plan.stale,
			empty: plan.empty,
			requests: Math.ceil(plan.toAsk / batch),
			estimatedTokens: cost.tokens,
			estimatedUsd: cost.micros === null ? null : cost.micros / 1e6,
			runCapUsd,
			dayCapUsd,
			spentTodayUsd: ledger.read(reader => spentSince(reader, dayStart().toISOString())) / 1e6,
			hasConsent: ledger.read(reader => consentOf(reader, consentScope(target.scope), target.provider)) !== undefined,
			health,
			sample: cost.sample,
		};
	}

	/** Makes the job and answers its id. Rejects with `ClassifyRefused`. */
	async start(target: ClassifyTarget, { isAgreed, isAutomatic, mayBeEmpty }: StartOptions): Promise<string> {
		const { queue, options, now, consentScope, ledger, isTrusted, providers } = this.#parts;
		if (!isTrusted()) throw new ClassifyRefused('untrusted', 'Programs run and models are asked only in a trusted workspace.');
		const scope = consentScope(target.scope);
		const hasConsent = ledger.read(reader => consentOf(reader, scope, target.provider)) !== undefined;
		if (!isAgreed && !hasConsent) throw new ClassifyRefused('no-consent', 'Nobody has agreed to this yet.');
		const plan = this.#planOf(target);
		if (plan.toAsk === 0 && !mayBeEmpty) throw new ClassifyRefused('nothing-to-do', 'Every session has its category already.');
		const provider = providers.provider(target.provider, target.model);
		const cost = await this.#costOf(plan, provider);
		const { batch, concurrency, timeoutMs, runCapUsd, dayCapUsd } = options();
		const data: ClassifyData = {
			provider: target.provider,
			model: target.model,
			batch,
			concurrency,
			timeoutMs,
			runCapMicros: micros(runCapUsd),
			dayCapMicros: micros(dayCapUsd),
			isAutomatic,
		};
		const job = await queue.create('classify', data, {
			scope,
			needs: ['trust', ...(target.provider === 'claude-cli' ? [] : ['window'])],
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

	#planOf(target: ClassifyTarget): Plan {
		const { tables, ledger, projectsOf } = this.#parts;
		const projects = projectsOf(target.scope);
		const sessionIds = target.sessionIds ?? (target.category === null ? null : tables.facts.idsOfCategory(projects, target.category));
		return ledger.read(reader => planOf(tables, reader, { projects, sessionIds, provider: target.provider, model: target.model }));
	}

	/** From the prompts of some of the sessions: to build all of them would read every transcript. */
	async #costOf(plan: Plan, provider: Provider): Promise<{ tokens: number; micros: number | null; sample: string | null }> {
		const { tables, providers, options, ledger } = this.#parts;
		const pending = plan.sessions.filter(({ state }) => state === 'pending');
		const step = Math.max(1, Math.floor(pending.length / sampledSessions));
		const sampled = pending.filter((_, index) => index % step === 0).slice(0, sampledSessions);
		const digests = (await Promise.all(sampled.map(({ sessionId }) => digestOf(tables, sessionId)))).filter(digest => digest !== null);
		const [first] = digests;
		if (first === undefined) return { tokens: 0, micros: 0, sample: null };
		const { batch } = options();
		const secret = randomBytes(9).toString('base64url');
		const examples = this.#examples();
		const alone = estimatedTokens(buildPrompt([], examples, secret), 0);
		const together = estimatedTokens(
			buildPrompt(
				digests.map((digest, index) => ({ code: `c${index}`, digest })),
				examples,
				secret,
			),
			digests.length,
		);
		const scale = pending.length / digests.length;
		const tokens = {
			...together,
			input: Math.ceil((together.input - alone.input) * scale + alone.input * Math.ceil(pending.length / batch)),
			output: Math.ceil(together.output * scale),
		};
		const estimated = providers.estimate(provider, tokens);
		const learnt = new LearntCost();
		const before = ledger.read(reader => answeredCost(reader, { provider: provider.id, model: provider.model, promptVersion }));
		learnt.add(before.micros, before.sessions);
		const micros = estimated === null ? null : learnt.of(pending.length, estimated);
		return { tokens: tokens.input + tokens.output, micros, sample: describe(first) };
	}

	#examples(): readonly Example[] {
		const answers = this.#parts.ledger.read(reader => personsAnswers(reader, shownExamples));
		return answers.flatMap(answer => {
			const category = categoryOf(answer.l3);
			const row = this.#lists.one(answer.sessionId);
			const [texts] = row === null ? [] : this.#parts.tables.facts.texts([row.id]);
			return category === null || texts === undefined ? [] : [{ title: texts.title ?? '', firstPrompt: texts.firstPrompt ?? '', category }];
		});
	}
}

const micros = (usd: number | null): number | null => (usd === null ? null : Math.round(usd * 1e6));
