/**
 * What a text asks for. The earliest word that asks wins (field notes §6.8): "add error handling" is a feature, for "add"
 * stands first. A verb asks where it begins a clause ("please fix", "we should add"); elsewhere it only tells.
 */
import type { L3 } from '../taxonomy.ts';
import type { Act } from './acts.ts';
import { leafOf } from './leafOf.ts';
import type { Prose } from './prose.ts';
import type { Topic } from './topics.ts';
import { articles, clauseOpeners, lead, negations, objectEnd, places, yesOrNo } from './grammar.ts';
import { questionOf } from './question.ts';
import { isPhrase, wordsOf, type Word } from './words.ts';

/** asked: "fix the login"; question: "why does it fail?"; complaint: "the login is broken"; told: only a word fell; topic: only a thing. */
export type Manner = 'asked' | 'question' | 'complaint' | 'told' | 'topic';

export interface Wish {
	readonly leaf: L3;
	readonly manner: Manner;
	readonly act: Act | null;
	/** As it was typed, for the tooltip. */
	readonly words: string;
	/** Also named: what went wrong after a change, for wishes the edited files correct. */
	readonly topics: ReadonlySet<Topic>;
}

interface Found {
	readonly word: Word;
	readonly manner: Manner;
	readonly near: readonly Topic[];
}

export function wishOf(prose: Prose): Wish | null {
	const found: Found[] = [];
	const topics: { readonly topic: Topic; readonly text: string }[] = [];
	for (const sentence of prose.sentences) {
		let isFirst = true;
		for (const clause of sentence.clauses) {
			const words = wordsOf(clause);
			for (const { topic, text } of words) if (topic !== null) topics.push({ topic, text });
			const asking = isFirst ? questionOf(words, clause, sentence.isQuestion) : null;
			if (asking !== null) found.push({ word: asking, manner: 'question', near: topicsOf(words) });
			found.push(...actsOf(words, asking !== null));
			isFirst = false;
		}
	}
	const best = isTrial(prose) ? null : strongest(found);
	const far = topics.map(({ topic }) => topic);
	if (prose.hasLog) far.push('error');
	const named = new Set(far);
	if (best !== null && best.word.act !== null) {
		const leaf = leafOf(best.word.act, { near: best.near, far });
		return { leaf, manner: best.manner, act: best.word.act, words: best.word.text, topics: named };
	}
	if (isTrial(prose)) return { leaf: 'how-it-works', manner: 'told', act: 'greet', words: 'test', topics: named };
	if (prose.hasLog) return { leaf: 'error-fix', manner: 'complaint', act: null, words: 'pasted output', topics: named };
	for (const { topic, text } of topics) {
		const leaf = topicAlone[topic];
		if (leaf !== undefined) return { leaf, manner: 'topic', act: null, words: text, topics: named };
	}
	return null;
}

/** Nothing but "test" tries out whether Claude answers. */
const isTrial = ({ sentences }: Prose): boolean =>
	sentences.length === 1 && /^(?:test|testing)[.!?]{0,3}$/.test(sentences[0]?.clauses.join(' ') ?? '');

const topicAlone: Readonly<Partial<Record<Topic, L3>>> = {
	test: 'unit-test',
	'unit test': 'unit-test',
	coverage: 'unit-test',
	'integration test': 'integration-test',
	'e2e test': 'e2e-test',
	readme: 'readme',
	comment: 'inline-docs',
	changelog: 'changelog',
	'api docs': 'api-docs',
	ci: 'ci-config',
	dependency: 'deps',
	vulnerability: 'deps',
	check: 'error-fix',
	endpoint: 'new-endpoint',
	plan: 'design-doc',
	commit: 'deploy',
	release: 'deploy',
	performance: 'enhancement',
	status: 'monitoring',
	error: 'error-fix',
	crash: 'crash-fix',
	regression: 'regression-fix',
	handling: 'enhancement',
	schema: 'data-model',
};

const rank: Readonly<Record<Manner, number>> = { asked: 4, question: 3, complaint: 2, told: 1, topic: 0 };

/** A question that opens the text is what the person wants to know, whatever is asked after it. */
function strongest(found: readonly Found[]): Found | null {
	const serious = found.filter(({ word }) => word.act !== 'greet');
	const [first] = serious;
	if (first === undefined) return found[0] ?? null;
	const isOpen = first.manner === 'question' && !yesOrNo.has(first.word.text);
	// "Why is the total negative? Please fix": the cause is only asked for on the way.
	const repair = first.word.act === 'debug' ? serious.find(({ word, manner }) => word.act === 'fix' && manner === 'asked') : undefined;
	if (isOpen) return repair ?? first;
	let best = first;
	for (const next of serious) if (rank[next.manner] > rank[best.manner]) best = next;
	return best;
}

const topicsOf = (words: readonly Word[]): readonly Topic[] => words.flatMap(({ topic }) => (topic === null ? [] : [topic]));

/** In one clause; more are no prose, and each is looked at with all words around it. */
const mostActs = 6;

function actsOf(words: readonly Word[], isQuestion: boolean): readonly Found[] {
	const found: Found[] = [];
	for (const [at, word] of words.entries()) {
		if (word.act === null) continue;
		if (found.length >= mostActs) break;
		const before = words.slice(0, at);
		if (word.act === 'symptom') {
			found.push({ word, manner: 'complaint', near: topicsOf(words) });
			continue;
		}
		if (word.act === 'lack') {
			if (at > 0 || isPhrase(word)) found.push({ word, manner: 'told', near: topicsOf(words) });
			continue;
		}
		if (before.slice(-3).some(({ text }) => negations.has(text))) continue;
		const last = before.at(-1)?.text ?? '';
		if (articles.has(last) && !isPhrase(word)) continue;
		// "better browser support", "the tests": nouns, and a third person's doing.
		if (word.isVerb && at > 0 && (word.isBare ? !lead.has(last) : last !== 'to' && word.text.endsWith('s'))) continue;
		const isLed = !isQuestion && before.every(({ text, act }) => lead.has(text) || act === 'greet');
		const isAsked = isLed && word.act !== 'look' && word.isBare;
		const isTold = !word.isBare || before.length > 0;
		found.push({ word, manner: isAsked ? 'asked' : isTold ? 'told' : 'topic', near: objectsOf(words, at) });
	}
	return found;
}

/**
 * Topics of the object, its head noun first; then of the place ("a section to the README"). In German, Japanese and titles
 * ("Parser tests added") the object stands before the verb.
 */
function objectsOf(words: readonly Word[], at: number): readonly Topic[] {
	const after = words.slice(at + 1);
	const end = after.findIndex(({ text }) => objectEnd.has(text));
	const object = end < 0 ? after : after.slice(0, end);
	const near = [...topicsOf(object)].reverse();
	const place = end < 0 ? [] : topicsOf(placeIn(after.slice(end), words[at]?.act === 'remove')).filter(topic => !isPart.has(topic));
	const own = words[at]?.topic ?? null;
	const before = [...topicsOf(words.slice(0, at))].reverse();
	return [...near, ...place, ...before, ...(own === null ? [] : [own])];
}

/** "… to the README", unless a subordinate clause comes between. */
function placeIn(words: readonly Word[], isRemoval: boolean): readonly Word[] {
	const start = words.findIndex(({ text }) => places.has(text) || (isRemoval && text === 'from'));
	if (start < 0 || words.slice(0, start).some(({ text }) => clauseOpeners.has(text))) return [];
	const rest = words.slice(start + 1);
	const end = rest.findIndex(({ text }) => objectEnd.has(text));
	return end < 0 ? rest : rest.slice(0, end);
}

/** Things something is added to without being made: "margin to the page" makes no page. */
const isPart: ReadonlySet<Topic> = new Set([
	'component',
	'endpoint',
	'service',
	'schema',
	'api',
	'system',
	'data',
	'commit',
	'release',
	'task',
	'plan',
	'environment',
	'build',
]);
