/**
 * The reporter of every suite, in Node and in the extension host: says what failed or was skipped, and leaves the
 * counts as JSON in the file that `SESSION_INSIGHTS_TEST_RESULTS` names, from which `npm test` adds them up.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import Mocha from 'mocha';

export interface TestCounts {
	readonly passed: number;
	readonly failed: number;
	readonly skipped: number;
}

export interface SuiteResults extends TestCounts {
	readonly failures: readonly FailedTest[];
}

export interface FailedTest {
	readonly title: string;
	/** The error as it was thrown, with its stack where it has one. */
	readonly reason: string;
}

export const resultsFileVariable = 'SESSION_INSIGHTS_TEST_RESULTS';

/** A start of VS Code is one; what takes less is not worth a line. */
const slowHookMs = 500;

const { EVENT_HOOK_END, EVENT_RUN_END, EVENT_TEST_FAIL, EVENT_TEST_PASS, EVENT_TEST_PENDING } = Mocha.Runner.constants;

export default class ResultsReporter extends Mocha.reporters.Base {
	constructor(runner: Mocha.Runner, options: Mocha.MochaOptions) {
		super(runner, options);
		// Suites of a few slow tests say each; the others, hundreds of fast ones, only what a person has to look at.
		const namesPasses = (options.reporterOptions as { readonly names?: unknown } | undefined)?.names !== undefined;
		runner.on(EVENT_TEST_PASS, test => {
			if (namesPasses) Mocha.reporters.Base.consoleLog(`  ✔ ${test.fullTitle()} (${test.duration ?? 0} ms)`);
		});
		runner.on(EVENT_HOOK_END, hook => {
			const isSlow = (hook.duration ?? 0) >= slowHookMs;
			if (namesPasses && isSlow) Mocha.reporters.Base.consoleLog(`  · ${hook.fullTitle()} (${hook.duration ?? 0} ms)`);
		});
		runner.on(EVENT_TEST_PENDING, test => {
			Mocha.reporters.Base.consoleLog(`  - skipped: ${test.fullTitle()}`);
		});
		const failures: FailedTest[] = [];
		runner.on(EVENT_TEST_FAIL, (test, error: unknown) => {
			failures.push({ title: test.fullTitle(), reason: error instanceof Error ? (error.stack ?? error.message) : String(error) });
		});
		runner.on(EVENT_RUN_END, () => {
			this.epilogue();
			const { passes, failures: failed, pending } = this.stats;
			const file = process.env[resultsFileVariable];
			if (file === undefined) return;
			mkdirSync(dirname(file), { recursive: true });
			writeFileSync(file, JSON.stringify({ passed: passes, failed, skipped: pending, failures } satisfies SuiteResults));
		});
	}
}
