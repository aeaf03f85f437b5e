/**
 * The offline classifier (CLS-3): every session gets a category from what the index knows of it, free and at once. The words
 * of the person come first, then what was done. Pure; it must not know where facts are kept, nor read a transcript.
 */
import { categoryOf, type Category, type L2, type L3 } from '../taxonomy.ts';
import { confidenceOf, strengthOf } from './confidence.ts';
import type { Evidence, RulesAnswer, SessionFacts } from './facts.ts';
import { commandVotes, fileVotes, loneCommandVote, planVotes, textVotes, toolVotes, workOf, type Vote } from './votes.ts';

export type { Evidence, EvidenceKind, RulesAnswer, SessionFacts } from './facts.ts';

/** Raise it with every change that can change an answer. */
export const rulesVersion = 1;

const mostEvidence = 4;
const fallback: Category = { l1: 'thinking_work', l2: 'explanation', l3: 'how-it-works' };

export function classifyByRules(facts: SessionFacts): RulesAnswer {
	const votes = votesOf(facts);
	const total = votes.reduce((sum, { weight }) => sum + weight, 0);
	const leaf = winner(votes);
	const category = leaf === null ? null : categoryOf(leaf);
	if (category === null)
		return { category: fallback, confidence: confidenceOf.nothing, evidence: [{ kind: 'nothing', detail: 'no sign of a wish' }] };
	const forIt = votes.filter(vote => categoryOf(vote.leaf)?.l2 === category.l2);
	const top = forIt.reduce((sum, { weight }) => sum + weight, 0);
	return { category, confidence: confidenceOf[strengthOf(top, total)], evidence: evidenceOf(forIt) };
}

function votesOf(facts: SessionFacts): readonly Vote[] {
	const work = workOf(facts);
	const said = [...textVotes(facts, work), ...commandVotes(facts, work), ...fileVotes(facts, work)];
	const votes = [...said, ...toolVotes(facts, work), ...planVotes(facts, work, said)];
	if (votes.length > 0 || facts.userPrompts > 0) return votes;
	const lone = loneCommandVote(facts);
	return lone === null ? [] : [lone];
}

/** Level 2 by the sum of its votes, then its strongest leaf. Of equal ones the first counts, and texts stand first. */
function winner(votes: readonly Vote[]): L3 | null {
	const groups = sums(votes, vote => categoryOf(vote.leaf)?.l2 ?? null);
	const group: L2 | null = largest(groups);
	return largest(
		sums(
			votes.filter(vote => categoryOf(vote.leaf)?.l2 === group),
			vote => vote.leaf,
		),
	);
}

function sums<K>(votes: readonly Vote[], keyOf: (vote: Vote) => K | null): ReadonlyMap<K, number> {
	const result = new Map<K, number>();
	for (const vote of votes) {
		const key = keyOf(vote);
		if (key !== null) result.set(key, (result.get(key) ?? 0) + vote.weight);
	}
	return result;
}

function largest<K>(weights: ReadonlyMap<K, number>): K | null {
	let best: K | null = null;
	for (const [key, weight] of weights) if (best === null || weight > (weights.get(best) ?? 0)) best = key;
	return best;
}

/** Details hold what was typed: shown as plain text of one line, so that no control or bidirectional character reaches a tooltip. */
function evidenceOf(votes: readonly Vote[]): readonly Evidence[] {
	const byText = new Map<string, Evidence>();
	for (const { evidence } of votes.toSorted((a, b) => b.weight - a.weight)) {
		const detail = evidence.detail.toWellFormed().replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu, ' ');
		const key = `${evidence.kind} ${detail}`;
		if (!byText.has(key)) byText.set(key, { kind: evidence.kind, detail });
	}
	return [...byText.values()].slice(0, mostEvidence);
}
