/** What a run would ask about, what it would send, and what it would cost, for a person to agree to (CLS-6). */
import { randomBytes } from 'node:crypto';
import type { Scope } from '../../webview/contract/sessions.ts';
import { digestOf } from '../classification/digests.ts';
import { estimatedTokens, LearntCost } from '../classification/money.ts';
import { planOf, type Plan } from '../classification/plan.ts';
import { buildPrompt, describe, type Example, promptVersion } from '../classification/prompt.ts';
import type { Provider } from '../classification/providers/provider.ts';
import { categoryOf } from '../classification/taxonomy.ts';
import type { IndexTables } from '../store/index/indexTables.ts';
import type { ProjectScope } from '../store/index/lists.ts';
import { answeredCosts } from '../store/ledger/classificationRequests.ts';
import { personsAnswers } from '../store/ledger/classifications.ts';
import { consentOf } from '../store/ledger/consents.ts';
import type { Ledger } from '../store/ledger/ledger.ts';
import { spentSince } from '../store/ledger/spending.ts';
import type { ClassificationOptions, ClassificationPlan, ClassifyTarget } from './api.ts';
import type { Providers } from './providers.ts';

export interface PlansParts {
	readonly tables: IndexTables;
	readonly ledger: Ledger;
	readonly providers: Providers;
	readonly options: () => ClassificationOptions;
	/** By what the person agreed for: the folders of the window. */
	readonly consentScope: (scope: Scope) => string;
	readonly projectsOf: (scope: Scope) => ProjectScope;
	/** First instant of the viewer's present day. */
	readonly dayStart: () => Date;
}

export interface PlannedCost {
	readonly tokens: number;
	/** Null where the price is not known. */
	readonly micros: number | null;
	/** What is sent of one session; null when there is none to ask about. */
	readonly sample: string | null;
	readonly examples: number;
}

/** More examples cost more with each request than they help. */
const shownExamples = 8;
/** Prompts of so many sessions are built to learn how long they are. */
const sampledSessions = 20;

export class ClassificationPlans {
	readonly #parts: PlansParts;

	constructor(parts: PlansParts) {
		this.#parts = parts;
	}

	async plan(target: ClassifyTarget): Promise<Omit<ClassificationPlan, 'health'>> {
		const { providers, options, ledger, dayStart } = this.#parts;
		const provider = providers.provider(target.provider, target.model);
		const plan = this.planOf(target);
		const { batch, runCapUsd, dayCapUsd } = options();
		const cost = await this.costOf(plan, provider, target);
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
			hasConsent: this.hasConsent(target, provider),
			sample: cost.sample,
			examples: cost.examples,
		};
	}

	planOf(target: ClassifyTarget): Plan {
		const { tables, ledger, projectsOf } = this.#parts;
		const projects = projectsOf(target.scope);
		const sessionIds = target.sessionIds ?? (target.category === null ? null : tables.facts.idsOfCategory(projects, target.category));
		return ledger.read(reader => planOf(tables, reader, { projects, sessionIds, provider: target.provider, model: target.model }));
	}

	/** From the prompts of some of the sessions: to build all of them would read every transcript. */
	async costOf(plan: Plan, provider: Provider, target: ClassifyTarget): Promise<PlannedCost> {
		const { tables, providers, options, ledger, projectsOf } = this.#parts;
		const pending = plan.sessions.filter(({ state }) => state === 'pending');
		const step = Math.max(1, Math.floor(pending.length / sampledSessions));
		const sampled = pending.filter((_, index) => index % step === 0).slice(0, sampledSessions);
		const digests = (await Promise.all(sampled.map(({ sessionId }) => digestOf(tables, sessionId)))).filter(digest => digest !== null);
		const [first] = digests;
		if (first === undefined) return { tokens: 0, micros: 0, sample: null, examples: 0 };
		const { batch } = options();
		const secret = randomBytes(9).toString('base64url');
		const examples = this.examples(projectsOf(target.scope));
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
		const costs = ledger.read(reader => answeredCosts(reader, { provider: provider.id, model: provider.model, promptVersion }));
		for (const { sessions, requests, micros } of costs) learnt.add(micros, sessions, requests);
		const whole = Math.floor(pending.length / batch);
		const rest = pending.length % batch;
		const share = (sessions: number): number => learnt.of(sessions, ((estimated ?? 0) * sessions) / pending.length);
		const micros = estimated === null ? null : Math.round(whole * share(batch) + (rest === 0 ? 0 : share(rest)));
		return { tokens: tokens.input + tokens.output, micros, sample: describe(first), examples: examples.length };
	}

	/** Only of the sessions that this provider may see. */
	examples(projects: ProjectScope): readonly Example[] {
		const { ledger, tables } = this.#parts;
		const answers = ledger.read(reader => personsAnswers(reader, shownExamples * 4));
		return answers
			.flatMap(answer => {
				const category = categoryOf(answer.l3);
				const rowId = tables.facts.rowIdWithin(answer.sessionId, projects);
				const [texts] = rowId === null ? [] : tables.facts.texts([rowId]);
				return category === null || texts === undefined
					? []
					: [{ title: texts.title ?? '', firstPrompt: texts.firstPrompt ?? '', category }];
			})
			.slice(0, shownExamples);
	}

	/** For these folders, this provider, and the one to whom it would send now. */
	hasConsent({ scope, provider: name }: ClassifyTarget, provider: Provider): boolean {
		const { ledger, consentScope } = this.#parts;
		const consent = ledger.read(reader => consentOf(reader, consentScope(scope), name));
		if (consent === undefined) return false;
		return (JSON.parse(consent.terms ?? '{}') as { recipient?: unknown }).recipient === provider.recipient;
	}
}
