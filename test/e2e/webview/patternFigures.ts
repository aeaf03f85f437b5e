/** What the patterns say of the made-up history. */
import type { Pattern, PatternsFigures, WithheldPattern } from '../../../src/webview/contract/patterns.ts';
import { haiku, opus, sonnet } from './madeUp.ts';

const pattern = (change: Pick<Pattern, 'factor' | 'outcome' | 'effect' | 'first' | 'second'> & Partial<Pattern>): Pattern => ({
	detail: null,
	splitAt: null,
	interval: { low: change.effect - 0.14, high: change.effect + 0.13 },
	strength: Math.abs(change.effect) >= 0.474 ? 'large' : Math.abs(change.effect) >= 0.33 ? 'medium' : 'small',
	isSecondBetter: change.effect < 0,
	...change,
});

const withheld: readonly WithheldPattern[] = [
	{ factor: 'weekday', outcome: 'corrections', detail: null, reason: 'fewSessions', firstSessions: 78, secondSessions: 6 },
	{ factor: 'planMode', outcome: 'corrections', detail: null, reason: 'fewSessions', firstSessions: 71, secondSessions: 13 },
	{ factor: 'timeOfDay', outcome: 'corrections', detail: null, reason: 'noDifference', firstSessions: 52, secondSessions: 32 },
	{ factor: 'promptLength', outcome: 'retries', detail: null, reason: 'noDifference', firstSessions: 43, secondSessions: 41 },
	{ factor: 'model', outcome: 'retries', detail: sonnet, reason: 'noDifference', firstSessions: 30, secondSessions: 54 },
	{ factor: 'model', outcome: 'cost', detail: haiku, reason: 'fewSessions', firstSessions: 4, secondSessions: 80 },
];

export const patterns: PatternsFigures = {
	sessions: 294,
	minimum: 20,
	comparisons: 48,
	patterns: [
		pattern({
			factor: 'turns',
			outcome: 'corrections',
			splitAt: 12,
			effect: 0.52,
			first: { sessions: 210, mean: 0.031, median: 0 },
			second: { sessions: 84, mean: 0.092, median: 0.08 },
		}),
		pattern({
			factor: 'testsRun',
			outcome: 'oneShot',
			effect: 0.37,
			isSecondBetter: true,
			first: { sessions: 122, mean: 0.61, median: 0.6 },
			second: { sessions: 97, mean: 0.82, median: 0.86 },
		}),
		pattern({
			factor: 'promptLength',
			outcome: 'reEdits',
			splitAt: 41,
			effect: -0.29,
			first: { sessions: 128, mean: 0.44, median: 0.5 },
			second: { sessions: 131, mean: 0.29, median: 0.25 },
		}),
		pattern({
			factor: 'model',
			outcome: 'cost',
			detail: opus,
			effect: -0.26,
			isSecondBetter: null,
			first: { sessions: 160, mean: 3.12, median: 1.4 },
			second: { sessions: 134, mean: 1.08, median: 0.5 },
		}),
	],
	withheld,
};
