/** The taxonomy's names as people read them, keyed by names that are not ours to choose. */
import type { CategoryName } from './contract/sessions.ts';
import { clipped } from './format.ts';
import { speakerOf } from './sentences.ts';

export const categoryStrings = {
	code_work: 'Code work',
	feature: 'Feature',
	'new-component': 'New component',
	'new-endpoint': 'New endpoint',
	'new-integration': 'New integration',
	enhancement: 'Enhancement',
	bug_fix: 'Bug fix',
	'error-fix': 'Error fix',
	'logic-fix': 'Logic fix',
	'regression-fix': 'Regression fix',
	'crash-fix': 'Crash fix',
	refactor: 'Refactor',
	rename: 'Rename',
	extract: 'Extract',
	restructure: 'Restructure',
	cleanup: 'Cleanup',
	testing: 'Testing',
	'unit-test': 'Unit test',
	'integration-test': 'Integration test',
	'e2e-test': 'E2E test',
	'test-fix': 'Test fix',
	support_work: 'Support work',
	docs: 'Docs',
	readme: 'README',
	'api-docs': 'API docs',
	'inline-docs': 'Inline docs',
	changelog: 'Changelog',
	config: 'Config',
	'env-config': 'Env config',
	'build-config': 'Build config',
	'ci-config': 'CI config',
	deps: 'Deps',
	ops: 'Ops',
	deploy: 'Deploy',
	monitoring: 'Monitoring',
	migration: 'Migration',
	backup: 'Backup',
	thinking_work: 'Thinking work',
	planning: 'Planning',
	'design-doc': 'Design doc',
	spike: 'Spike',
	estimation: 'Estimation',
	roadmap: 'Roadmap',
	explanation: 'Explanation',
	'how-it-works': 'How it works',
	'debugging-help': 'Debugging help',
	'code-review': 'Code review',
	comparison: 'Comparison',
	architecture: 'Architecture',
	'system-design': 'System design',
	'data-model': 'Data model',
	'api-design': 'API design',
	infra: 'Infra',
} as const;

const nameOf = speakerOf('categories', categoryStrings);

/** A name that this version of the page does not know is shown as it is, at a length that layout can bear. */
export function categoryName(category: CategoryName): string {
	return Object.hasOwn(categoryStrings, category) ? nameOf(category as keyof typeof categoryStrings) : clipped(category);
}
