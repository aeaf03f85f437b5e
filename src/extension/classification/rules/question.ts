/** What a question wants to know, as the act that answers it. */
import type { Act } from './acts.ts';
import { askOnlyMarked, asks, cjkQuestion, greetings, subjects } from './grammar.ts';
import type { Topic } from './topics.ts';
import { isPhrase, type Word } from './words.ts';

/** Set phrases of these acts are questions by themselves: "is it possible", "how long would", "what's next". */
const asking: ReadonlySet<Act | null> = new Set<Act>(['debug', 'estimate', 'compare', 'spike', 'roadmap']);
const deeper: ReadonlySet<Act | null> = new Set<Act>(['compare', 'estimate', 'spike']);
const designed: ReadonlySet<Topic | null> = new Set<Topic>(['system', 'schema', 'infra']);

/** Null when the clause that opens a sentence asks nothing. The word found stands where the question begins. */
export function questionOf(words: readonly Word[], clause: string, hasMark: boolean): Word | null {
	const start = words.findIndex(({ text, act }) => !greetings.has(text) && act !== 'greet');
	const first = words[start];
	if (first === undefined) return null;
	const cause = hasMark ? words.find(word => word.act === 'debug' && isPhrase(word)) : undefined;
	if (cause !== undefined) return cause;
	if (asking.has(first.act)) return first.isBare && (isPhrase(first) || hasMark) ? first : null;
	if (!opensQuestion(words, start, clause, hasMark)) return null;
	if (words.some(({ text }) => text === 'should' || text === 'would') && words.some(({ topic }) => designed.has(topic)))
		return { ...first, act: 'design' };
	const rest = words.slice(start);
	const exact = rest.find(({ act }) => deeper.has(act));
	if (exact !== undefined) return exact;
	const fault = first.text === 'is' ? undefined : rest.find(({ act }) => act === 'symptom');
	return fault === undefined ? { ...first, act: 'explain' } : { ...first, act: 'debug', text: `${first.text} … ${fault.text}` };
}

function opensQuestion(words: readonly Word[], start: number, clause: string, hasMark: boolean): boolean {
	const { text = '', act = null } = words[start] ?? {};
	// These are told as acts of their own: "what is", "how should we".
	if (act === 'explain' || act === 'plan') return false;
	if (askOnlyMarked.has(text) && !hasMark) return false;
	if (text === 'do') return subjects.has(words[start + 1]?.text ?? '');
	return asks.has(text) || (hasMark && cjkQuestion.test(clause));
}
