/** Adds up what the steps of `npm test` reported. */
import type { SuiteResults, TestCounts } from '../../test/support/resultsReporter.ts';

export interface Outcome {
	readonly name: string;
	readonly state: 'passed' | 'failed' | 'skipped';
	readonly seconds: number;
	/** Null for steps that run no tests, or that left no counts. */
	readonly results: SuiteResults | null;
}

/** A step that failed without a failing test (lint, a crash, no test at all) counts as one failure. */
export function tally(outcomes: readonly Outcome[]): TestCounts {
	const sum = { passed: 0, failed: 0, skipped: 0 };
	for (const { state, results } of outcomes) {
		sum.passed += results?.passed ?? 0;
		sum.skipped += results?.skipped ?? 0;
		sum.failed += state === 'failed' ? Math.max(1, results?.failed ?? 0) : 0;
	}
	return sum;
}

export function tallyLine({ passed, failed, skipped }: TestCounts): string {
	return `${passed} passed, ${failed} failed, ${skipped} skipped`;
}

/** A row per step: name, outcome, time, tests. */
export function outcomeTable(outcomes: readonly Outcome[]): string {
	const width = Math.max(...outcomes.map(({ name }) => name.length));
	const rows = outcomes.map(({ name, state, seconds, results }) =>
		[name.padEnd(width), state.padEnd('skipped'.length), `${seconds.toFixed(0)} s`.padStart(6), results === null ? '' : tallyLine(results)]
			.join('  ')
			.trimEnd(),
	);
	return rows.join('\n');
}

/** Every failed test once more with its reason, since a step says them far above the end of a long output. */
export function failureList(outcomes: readonly Outcome[]): string {
	return outcomes
		.flatMap(({ name, results }) => (results?.failures ?? []).map(({ title, reason }) => `✘ ${name}: ${title}\n${indented(reason)}`))
		.join('\n\n');
}

const indented = (text: string): string => text.replaceAll(/^(?=.)/gm, '    ');
