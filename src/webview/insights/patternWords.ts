/** A pattern in words: who is compared, in what, and how they differ. Pure; says what went together and nothing more. */
import type { Pattern, PatternFactor, PatternOutcome } from '../contract/patterns.ts';
import { type Format, clipped } from '../format.ts';
import { type patternStrings, patternText } from './words/patterns.ts';

type Key = keyof typeof patternStrings;
export type Side = 'first' | 'second';

export interface PatternSide {
	readonly factor: PatternFactor;
	readonly detail: string | null;
	readonly splitAt: number | null;
	readonly side: Side;
}

/** As the start of a sentence. */
const groupKeys: Readonly<Record<PatternFactor, Readonly<Record<Side, Key>>>> = {
	length: { first: 'lengthFirst', second: 'lengthSecond' },
	turns: { first: 'turnsFirst', second: 'turnsSecond' },
	promptLength: { first: 'promptLengthFirst', second: 'promptLengthSecond' },
	filesTouched: { first: 'filesTouchedFirst', second: 'filesTouchedSecond' },
	timeOfDay: { first: 'timeOfDayFirst', second: 'timeOfDaySecond' },
	weekday: { first: 'weekdayFirst', second: 'weekdaySecond' },
	model: { first: 'modelFirst', second: 'modelSecond' },
	planMode: { first: 'planModeFirst', second: 'planModeSecond' },
	subagents: { first: 'subagentsFirst', second: 'subagentsSecond' },
	testsRun: { first: 'testsRunFirst', second: 'testsRunSecond' },
};

/** Beside a figure, where the sentence has said the rest. */
const shortKeys: Readonly<Record<PatternFactor, Readonly<Record<Side, Key>>>> = {
	length: { first: 'lengthShortFirst', second: 'lengthShortSecond' },
	turns: { first: 'promptsShortFirst', second: 'promptsShortSecond' },
	promptLength: { first: 'wordsShortFirst', second: 'wordsShortSecond' },
	filesTouched: { first: 'filesShortFirst', second: 'filesShortSecond' },
	timeOfDay: { first: 'timeOfDayShortFirst', second: 'timeOfDayShortSecond' },
	weekday: { first: 'weekdayShortFirst', second: 'weekdayShortSecond' },
	model: { first: 'modelShortFirst', second: 'modelShortSecond' },
	planMode: { first: 'planModeShortFirst', second: 'planModeShortSecond' },
	subagents: { first: 'subagentsShortFirst', second: 'subagentsShortSecond' },
	testsRun: { first: 'testsRunShortFirst', second: 'testsRunShortSecond' },
};

/** At the end of a sentence about the other group. */
const otherKeys: Readonly<Record<PatternFactor, Readonly<Record<Side, Key>>>> = {
	length: { first: 'othersLengthFirst', second: 'othersLengthSecond' },
	turns: { first: 'othersTurnsFirst', second: 'othersTurnsSecond' },
	promptLength: { first: 'othersPromptLengthFirst', second: 'othersPromptLengthSecond' },
	filesTouched: { first: 'othersFilesTouchedFirst', second: 'othersFilesTouchedSecond' },
	timeOfDay: { first: 'othersTimeOfDayFirst', second: 'othersTimeOfDaySecond' },
	weekday: { first: 'othersWeekdayFirst', second: 'othersWeekdaySecond' },
	model: { first: 'othersModelFirst', second: 'othersModelSecond' },
	planMode: { first: 'othersWithout', second: 'othersWith' },
	subagents: { first: 'othersWithout', second: 'othersWith' },
	testsRun: { first: 'othersTestsRunFirst', second: 'othersTestsRunSecond' },
};

/** The sentence about the group that has more. */
const sentenceKeys: Readonly<Record<PatternOutcome, Key>> = {
	corrections: 'moreCorrections',
	reEdits: 'moreReEdits',
	retries: 'moreRetries',
	interruptions: 'moreInterruptions',
	oneShot: 'moreOneShot',
	cost: 'moreCost',
};

const factorKeys: Readonly<Record<PatternFactor, Key>> = {
	length: 'factorLength',
	turns: 'factorTurns',
	promptLength: 'factorPromptLength',
	filesTouched: 'factorFilesTouched',
	timeOfDay: 'factorTimeOfDay',
	weekday: 'factorWeekday',
	model: 'factorModel',
	planMode: 'factorPlanMode',
	subagents: 'factorSubagents',
	testsRun: 'factorTestsRun',
};

export const outcomeNames: Readonly<Record<PatternOutcome, Key>> = {
	corrections: 'outcomeCorrections',
	reEdits: 'outcomeReEdits',
	retries: 'outcomeRetries',
	interruptions: 'outcomeInterruptions',
	oneShot: 'outcomeOneShot',
	cost: 'outcomeCost',
};

const unitKeys: Readonly<Record<PatternOutcome, Key>> = {
	corrections: 'correctionsUnit',
	reEdits: 'reEditsUnit',
	retries: 'retriesUnit',
	interruptions: 'interruptionsUnit',
	oneShot: 'oneShotUnit',
	cost: 'costUnit',
};

export function groupWords(side: PatternSide, format: Format): string {
	return worded(groupKeys[side.factor][side.side], side, format);
}

export function groupWordsShort(side: PatternSide, format: Format): string {
	return worded(shortKeys[side.factor][side.side], side, format);
}

export function factorWords(factor: PatternFactor, detail: string | null): string {
	return patternText(factorKeys[factor], { name: clipped(detail ?? '') });
}

export function unitWords(outcome: PatternOutcome): string {
	return patternText(unitKeys[outcome]);
}

/** One sentence about the two groups, the way round in which it says "more". */
export function patternSentence(pattern: Pattern, format: Format): string {
	const { outcome, effect } = pattern;
	const more: Side = effect >= 0 ? 'second' : 'first';
	const fewer: Side = effect >= 0 ? 'first' : 'second';
	return patternText(sentenceKeys[outcome], {
		group: groupWords({ ...pattern, side: more }, format),
		others: worded(otherKeys[pattern.factor][fewer], { ...pattern, side: fewer }, format),
	});
}

/** The mean of a group as people read it. */
export function outcomeValue(outcome: PatternOutcome, value: number, format: Format): string {
	switch (outcome) {
		case 'cost':
			return format.usd(value);
		case 'corrections':
		case 'oneShot':
			return format.percent(value);
		case 'reEdits':
		case 'retries':
		case 'interruptions':
			return format.decimal(value);
	}
}

function worded(key: Key, { factor, detail, splitAt }: PatternSide, format: Format): string {
	const split = splitAt === null ? '…' : factor === 'length' ? format.duration(splitAt) : format.decimal(splitAt);
	return patternText(key, { split, name: clipped(detail ?? '') }, splitAt ?? 0);
}
