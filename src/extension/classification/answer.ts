/** What a model answered, checked against what it was asked: each session's answer by itself, so that one bad one spoils no other. */
import { type Category, categoryOf } from './taxonomy.ts';

export interface SessionAnswer {
	readonly category: Category;
	readonly confidence: number;
	readonly reasoning: string | null;
}

export type AnswerProblem =
	| 'missing' // no answer for the session
	| 'twice' // two answers that differ
	| 'outside-taxonomy'
	| 'confidence' // no number from 0 to 1
	| 'shape'; // not an object with the fields asked for

export type CheckedAnswer =
	{ readonly ok: true; readonly answer: SessionAnswer } | { readonly ok: false; readonly problem: AnswerProblem; readonly message: string };

/** What people read of a problem. */
const messages: Readonly<Record<AnswerProblem, string>> = {
	missing: 'The model gave no answer for this session',
	twice: 'The model gave two different answers for this session',
	'outside-taxonomy': 'The model chose a category that does not exist',
	confidence: 'The model gave no confidence between 0 and 1',
	shape: 'The answer of the model has another shape than asked for',
};

const refused = (problem: AnswerProblem): CheckedAnswer => ({ ok: false, problem, message: messages[problem] });

const longestReasoning = 300;

/** By code, for every code asked for. What was answered for other codes is dropped. */
export function checkAnswers(value: unknown, codes: readonly string[]): ReadonlyMap<string, CheckedAnswer> {
	const answers = typeof value === 'object' && value !== null && 'answers' in value ? value.answers : null;
	const found = new Map<string, CheckedAnswer>();
	if (!Array.isArray(answers)) return new Map(codes.map(code => [code, refused('shape')]));
	for (const item of answers as readonly unknown[]) {
		const code = typeof item === 'object' && item !== null && 'session' in item ? item.session : null;
		if (typeof code !== 'string' || !codes.includes(code)) continue;
		const checked = checkOne(item);
		const before = found.get(code);
		found.set(code, before === undefined || sameAnswer(before, checked) ? checked : refused('twice'));
	}
	return new Map(codes.map(code => [code, found.get(code) ?? refused('missing')]));
}

function checkOne(item: unknown): CheckedAnswer {
	if (typeof item !== 'object' || item === null) return refused('shape');
	const { category, confidence, reasoning } = item as { category?: unknown; confidence?: unknown; reasoning?: unknown };
	if (typeof category !== 'string') return refused('shape');
	const known = categoryOf(category);
	if (known === null) return refused('outside-taxonomy');
	if (typeof confidence !== 'number' || !(confidence >= 0 && confidence <= 1)) return refused('confidence');
	const text = typeof reasoning === 'string' ? reasoning.replace(/[\p{Cc}\p{Cf}]+/gu, ' ').trim() : '';
	return {
		ok: true,
		answer: { category: known, confidence, reasoning: text === '' ? null : text.slice(0, longestReasoning).toWellFormed() },
	};
}

function sameAnswer(a: CheckedAnswer, b: CheckedAnswer): boolean {
	return a.ok && b.ok && a.answer.category.l3 === b.answer.category.l3;
}
