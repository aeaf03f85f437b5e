/**
 * One change of the ledger for the end of a request: what it cost, what it answered for each session, and what is to be
 * done about those it did not answer. Nothing of it is ever written without the rest.
 */
import { type ItemRow, itemsOfRequest, putBackItem, setItem } from '../store/ledger/classificationItems.ts';
import { endRequest } from '../store/ledger/classificationRequests.ts';
import { increaseRun } from '../store/ledger/classificationRuns.ts';
import { hasPersonsAnswer, putClassification } from '../store/ledger/classifications.ts';
import { isForgotten } from '../store/ledger/forgotten.ts';
import { addSpending } from '../store/ledger/spending.ts';
import type { LedgerTransaction } from '../store/ledger/transaction.ts';
import { type CheckedAnswer, checkAnswers } from './answer.ts';
import { promptVersion, sourceOf } from './prompt.ts';
import { mostAttempts, type ProviderOutcome, type ProviderReason } from './providers/provider.ts';

export interface SettledRequest {
	readonly id: string;
	readonly runId: number;
	readonly provider: string;
	readonly model: string;
	/** Code in the prompt to session. */
	readonly codes: ReadonlyMap<string, string>;
	readonly outcome: ProviderOutcome;
	/** What counts as spent where nobody knows. */
	readonly estimatedMicros: number;
	/** A failure that is no session's fault: it counts no attempt, and the run decides what becomes of it. */
	readonly isRunsOwn: boolean;
	readonly at: string;
}

export interface Settlement {
	/** Sessions that have an answer now. */
	readonly classified: readonly string[];
	/** To be asked again, and how often they have been asked. */
	readonly again: readonly ItemRow[];
	readonly finished: number;
	/** Confirmed or not. */
	readonly micros: number;
}

/** Null when it has been settled before. */
export function settleRequest(tx: LedgerTransaction, request: SettledRequest): Settlement | null {
	const { outcome, at } = request;
	const { spent } = outcome;
	const isConfirmed = spent.micros !== null;
	const micros = spent.micros ?? request.estimatedMicros;
	const inputTokens = spent.tokens.input + spent.tokens.cacheRead + spent.tokens.cacheWrite5m + spent.tokens.cacheWrite1h;
	const ended = endRequest(tx, request.id, {
		state: outcome.ok ? 'answered' : isConfirmed ? 'failed' : 'unconfirmed',
		actualMicros: spent.micros,
		inputTokens,
		outputTokens: spent.tokens.output,
		error: outcome.ok ? null : JSON.stringify({ reason: outcome.error.reason, message: outcome.error.message }),
		at,
	});
	if (!ended) return null;
	// Also where nobody knows the price: what was lost is listed (CLS-8).
	if (!isConfirmed || micros > 0 || inputTokens > 0) {
		addSpending(tx, {
			requestId: request.id,
			runId: request.runId,
			kind: isConfirmed ? 'confirmed' : 'unconfirmed',
			provider: request.provider,
			model: request.model,
			micros,
			inputTokens,
			outputTokens: spent.tokens.output,
			at,
		});
	}
	const items = new Map(itemsOfRequest(tx, request.id).map(item => [item.sessionId, item]));
	const checked = outcome.ok ? checkAnswers(outcome.value, [...request.codes.keys()]) : null;
	const classified: string[] = [];
	const again: ItemRow[] = [];
	let skipped = 0;
	let failed = 0;
	for (const [code, sessionId] of request.codes) {
		const item = items.get(sessionId);
		if (item === undefined) continue;
		const answer = checked?.get(code) ?? null;
		if (answer?.ok === true) {
			if (hasPersonsAnswer(tx, sessionId) || isForgotten(tx, sessionId)) {
				// Corrected or forgotten while the model was thinking: a person's word is not overwritten.
				skipped++;
				setItem(tx, request.runId, sessionId, { state: 'skipped', error: null, at });
			} else {
				storeAnswer(tx, request, item, answer);
				setItem(tx, request.runId, sessionId, { state: 'classified', error: null, at });
			}
			classified.push(sessionId);
			continue;
		}
		const problem = problemOf(outcome, answer);
		if (request.isRunsOwn) {
			again.push({ ...item, state: 'pending', attempt: item.attempt - 1 });
			putBackItem(tx, request.runId, sessionId, at);
		} else if (item.attempt < mostAttempts) {
			again.push({ ...item, state: 'pending' });
			setItem(tx, request.runId, sessionId, { state: 'pending', error: JSON.stringify(problem), at });
		} else {
			failed++;
			setItem(tx, request.runId, sessionId, { state: 'failed', error: JSON.stringify(problem), at });
		}
	}
	const answered = classified.length - skipped;
	increaseRun(tx, request.runId, {
		classified: answered,
		skipped,
		failed,
		actualMicros: isConfirmed ? micros : 0,
		unconfirmedMicros: isConfirmed ? 0 : micros,
		inputTokens,
		outputTokens: spent.tokens.output,
	});
	return { classified, again, finished: classified.length + failed, micros };
}

interface Problem {
	readonly reason: ProviderReason;
	readonly message: string;
}

function problemOf(outcome: ProviderOutcome, answer: CheckedAnswer | null): Problem {
	if (!outcome.ok) return { reason: outcome.error.reason, message: outcome.error.message };
	// The request was answered, this session was not.
	return { reason: 'wrong-shape', message: answer?.ok === false ? answer.message : 'The model gave no answer for this session' };
}

function storeAnswer(tx: LedgerTransaction, request: SettledRequest, item: ItemRow, { answer }: CheckedAnswer & { ok: true }): void {
	putClassification(tx, {
		sessionId: item.sessionId,
		source: sourceOf(request.provider, request.model),
		kind: 'model',
		l1: answer.category.l1,
		l2: answer.category.l2,
		l3: answer.category.l3,
		confidence: answer.confidence,
		reasoning: answer.reasoning,
		provider: request.provider,
		model: request.model,
		promptVersion,
		lastRecord: item.lastRecord,
		runId: request.runId,
		at: request.at,
	});
}
