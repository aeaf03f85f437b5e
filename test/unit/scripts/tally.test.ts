import assert from 'node:assert/strict';
import { failureList, outcomeTable, tally, tallyLine, type Outcome } from '../../../scripts/test/tally.ts';

const outcome = (name: string, state: Outcome['state'], results: Outcome['results'] = null): Outcome => ({
	name,
	state,
	seconds: 1.4,
	results,
});

describe('The closing line of npm test', () => {
	it('adds up what the suites counted', () => {
		const outcomes = [
			outcome('unit', 'passed', { passed: 10, failed: 0, skipped: 2, failures: [] }),
			outcome('browser', 'failed', { passed: 3, failed: 2, skipped: 1, failures: [] }),
		];
		assert.equal(tallyLine(tally(outcomes)), '13 passed, 2 failed, 3 skipped');
	});

	it('counts a step that failed without a failing test as one failure', () => {
		const outcomes = [outcome('lint', 'failed'), outcome('vscode', 'failed', { passed: 5, failed: 0, skipped: 0, failures: [] })];
		assert.equal(tallyLine(tally(outcomes)), '5 passed, 2 failed, 0 skipped');
	});

	it('follows a table with one row for each step', () => {
		const table = outcomeTable([
			outcome('lint', 'passed'),
			outcome('browser', 'skipped', { passed: 0, failed: 0, skipped: 0, failures: [] }),
		]);
		assert.deepEqual(table.split('\n'), ['lint     passed      1 s', 'browser  skipped     1 s  0 passed, 0 failed, 0 skipped']);
	});

	it('follows the failed tests with their reasons, which a long output would have carried out of sight', () => {
		const failures = [{ title: 'A page opens', reason: 'Error: no page\n    at open' }];
		const outcomes = [outcome('lint', 'failed'), outcome('browser', 'failed', { passed: 0, failed: 1, skipped: 0, failures })];
		assert.equal(failureList(outcomes), '✘ browser: A page opens\n    Error: no page\n        at open');
	});
});
